// Who is here: coarse, refreshed by heartbeat, gone by itself. A connection that closes is away only when its presence
// runs out, so that a tunnel or a reload shows nobody leaving.
#pragma once

#include "server/relay/house.hpp"

namespace veranda::relay {

// What she may know of who is here, she included.
std::vector<MemberPresence> presence_for(const RoomHere& here, const Seat& seat);

void see_presence(House& house, RoomHere& here, const MemberId& member, Whereabouts whereabouts);

// Every heartbeat of a room: refreshes presence, keeps knocks alive, and looks for what was missed.
void beat(House& house, RoomHere& here);

}  // namespace veranda::relay
