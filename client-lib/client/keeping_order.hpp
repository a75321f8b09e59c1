// What a client keeps of order beside the room itself: what could be undone, held messages, and the last word at the
// end.
#pragma once

#include <set>

#include "client-lib/circle/moderation/room_state.hpp"
#include "protocol/content.hpp"

namespace veranda::client {

// What could take back the last thing that a person did here.
struct LastAct {
    std::uint64_t at = 0;
    std::optional<Order> order{};                            // the opposite order,
    std::optional<std::pair<ContentKind, Bytes>> content{};  // or the opposite content; neither: it cannot be undone
};

// A held message of ours, until it is known whether it was passed on.
struct OwnHeld {
    InnerId id;
    LaneId lane;
    LaneEnvelope envelope;
    std::string text;
    std::vector<SealingKey> readers;  // staff who were there
    bool in_flight = false;
    bool is_kept = false;  // by the relay
    bool is_told = false;  // and the person knows
    std::uint64_t not_before = 0;
    std::uint64_t kept_at = 0;
    std::uint64_t given_up_at = 0;  // once staff have acknowledged it
};

// Staff: a held message that waits for us.
struct WaitingHeld {
    LaneId lane;
    Signed<LaneContent> content;
    std::uint64_t number = 0;
    bool released = false;  // our release is on its way
};

// After the end order. Group and leaf keys are gone by then; staff keep their lane key for the others' last word.
struct Farewell {
    std::uint64_t until = 0;
    bool said = false;                        // our own last word is at the relay, or there is nobody to hear it
    std::optional<circle::RoomState> room{};  // staff
    std::set<MemberId> expected{};            // staff: the others who were in the group
    std::set<MemberId> confirmed{};
    bool gives_way = false;  // staff: to another room of the group
};

}  // namespace veranda::client
