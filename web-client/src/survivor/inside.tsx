// The screens from her knock on, to the last: they come while she reads the rules, and are one file of the built page.
export { GroupChatView } from "./group-chat/group-chat";
export { ClosingView } from "./leaving/closing";
export { DoubledView } from "./leaving/doubled";
export { WaitingRoomView } from "./waiting-room/waiting-room";
