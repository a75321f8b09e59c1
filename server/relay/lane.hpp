// The lane: what a member says to staff alone. Never silenced, never behind anything else, kept until staff have
// acknowledged it. The relay sees who sent it and how many can open it, never what it is.
#pragma once

#include "server/relay/house.hpp"

namespace veranda::relay {

// Every envelope has one size, and at least one who may open it; a request at the support desk too.
inline constexpr std::size_t lane_envelope_bytes_max =
    Hash::size + limits::lane_wraps_max * sizeof(LaneWrap) + limits::lane_plain_bytes + 16 + 2 * 2;  // two lengths
bool is_of_the_one_size(const LaneEnvelope& envelope);

void send_lane(House& house, Peer& peer, RequestId request, const LaneFrame& frame);
void hold(House& house, Peer& peer, RequestId request, const Hold& frame);
void acknowledge_lane(House& house, Peer& peer, RequestId request, const AcknowledgeLane& acknowledge);
void show_waiting_lane(House& house, Peer& peer);  // to staff who come in

void lane_waits(House& house, RoomHere& here, const store::StoredLane& lane);
void lane_acknowledged(House& house, RoomHere& here, const MemberId& to, const Bytes& acknowledgement);

}  // namespace veranda::relay
