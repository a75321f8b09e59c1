// The screens from her knock on: they come while she reads the rules, and are one file of the built page.
export { GroupChatView } from "./group-chat/group-chat";
export { WaitingRoomView } from "./waiting-room/waiting-room";
