// The rooms that this relay watches, each with those who are in it by this relay. A room that nobody here is in and
// nobody here knocks at is let go of.
#pragma once

#include <functional>
#include <memory>

#include "server/relay/peers.hpp"
#include "server/relay/room.hpp"

namespace veranda::relay {

struct House;
struct Asked;

template <class Key, class Value>
using MapOf = std::unordered_map<Key, Value, IdentifierHash>;
template <class Key>
using SetOf = std::unordered_set<Key, IdentifierHash>;

// A request that was judged on less than the store knows: judged again once the room has caught up.
struct Parked {
    std::shared_ptr<Asked> asked;
    Epoch epoch;
    OrderNumber order_count;
    UnixMillis since;
};

struct RoomHere;

// Someone who comes from another relay and has heard more there than we have: waits until we have, too.
struct Ahead {
    Sequence after;
    UnixMillis since;
    std::function<void(House&, Verdict<RoomHere*>)> then;
};

struct RoomHere {
    RoomHere(const RoomId& its_id, Rate rate) : id(its_id), messages(rate) {}

    using Then = std::function<void(House&, Verdict<RoomHere*>)>;

    RoomId id;
    std::optional<Room> room;  // none while the store is being asked
    bool is_loading = false;
    bool is_loaded = false;  // then room is there, and so is who is present
    bool is_remade = false;  // another was made in its place: nobody comes in any more
    Sequence oldest;         // no entry before it can be had any more; perhaps some after it neither
    std::vector<Then> waiting_for_it;
    std::vector<LogEntry> early;  // entries that came before the snapshot
    std::vector<Peer*> seats;
    MapOf<KnockId, ConnectionId> joiners;
    SetOf<KnockId> told;  // knocks that staff here know of
    SetOf<MemberId> present;
    std::vector<Parked> parked;
    std::vector<Ahead> ahead;
    std::size_t coming = 0;  // those to whom the first page of the log is being read
    TokenBucket messages;
    UnixMillis next_beat;
    UnixMillis farewell_until;  // zero: not ended by an order; the lane is open until then
    UnixMillis idle_since;      // zero: not idle

    bool is_idle() const {
        return seats.empty() && joiners.empty() && waiting_for_it.empty() && parked.empty() && ahead.empty() &&
               coming == 0;
    }
    bool has_staff() const {
        for (const Peer* peer : seats)
            if (peer->seat->commits && peer->seat->is_in()) return true;
        return false;
    }
};

// The room, watched and loaded; asked of the store if it isn't here. Errors: no_such_room, busy.
void with_room(House& house, const RoomId& id, RoomHere::Then then);

// Goes on with those who were ahead of us and are not any more, or have waited for too long.
void let_ahead_in(House& house, RoomHere& here);

// Another was made in its place: everyone who is in it or waits for it is told.
void room_remade(House& house, RoomHere& here);

// The store has lost it: everyone who is in it or waits for it is told.
void forget_room(House& house, const RoomId& id);
void forget_all_rooms(House& house);

// Every tick: lets go of idle rooms, ends those whose time is over, gives up what has been parked for too long.
void tend_rooms(House& house);

}  // namespace veranda::relay
