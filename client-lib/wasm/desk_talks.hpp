// A counsellor's talks: each a channel of its own beside that of the desk, under the number of its request. The desk
// and a talk know nothing of each other; what one has for the other is carried between them here.
#pragma once

#include "client-lib/wasm/instance.hpp"

namespace veranda::wasm {

namespace limits {
inline constexpr ChannelNumber first_talk_channel = 8;  // web-client/src/core/commands.ts: firstTalkChannel
}

// After anything happened to the desk or to a talk: opens what was taken or handed over, and carries a hand-over on.
// true: something was done.
bool tend_talks(Instance& here);
// Whatever a talk tells, before the page hears of it.
void hear_of_talk(Instance& here, ChannelNumber channel, const client::Event& event);
void forget_talks(Instance& here);
// Its client; none: there is no such talk, or it is over.
client::Client* room_of(Instance& here, std::uint64_t number);

}  // namespace veranda::wasm
