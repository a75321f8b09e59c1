// Everything that becomes an entry of a log: judged, appended under what the judgement relied on, judged anew if that
// has gone stale, and answered once.
#pragma once

#include "server/relay/house.hpp"

namespace veranda::relay {

using Appendable = std::variant<Submit, Admit, OrderFrame, Leave>;

// A request that is under way.
struct Asked {
    ConnectionId from;
    std::uint64_t seat_token = 0;
    RequestId request;
    RoomId room;
    Sender sender;
    Appendable what;
    int judgements = 0;
    bool is_no_double = false;  // the store has said so
    bool is_speech = false;     // counted in Seat::speaking
    Epoch judged_epoch{};       // the state of the room that it was judged on
    OrderNumber judged_orders{};
};

// Caller must: the peer has a seat.
void ask(House& house, Peer& peer, RequestId request, Appendable what);

// Judges again what waits for entries that have come now.
void judge_parked(House& house, RoomHere& here);
void give_up_parked(House& house, RoomHere& here, Refusal why);
void give_up_late(House& house, RoomHere& here);  // what has waited for too long: busy

}  // namespace veranda::relay
