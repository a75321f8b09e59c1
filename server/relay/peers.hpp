// What the relay remembers of each connection: nothing of where it comes from, and all of it gone when it closes.
#pragma once

#include <optional>

#include "server/relay/desk_here.hpp"
#include "server/relay/rate_limit.hpp"
#include "server/relay/relay.hpp"

namespace veranda::relay {

struct RoomHere;

// Between a member's entrance and the moment from which she gets entries as they come: the log is read to her, and what
// comes meanwhile is held back, so that nothing is lost or doubled in between.
struct CatchUp {
    bool is_live = false;
    bool is_reading = false;
    Sequence position;  // the last entry that was sent
    struct Held {
        Sequence sequence;
        SharedFrame frame;
    };
    std::vector<Held> held;
    std::size_t held_bytes = 0;
    // She is no longer in the room, and is told so once she has got everything up to the entry that says why.
    std::optional<GoneReason> goes;
    Sequence goes_after;
};

// A connection's place in a room.
struct Seat {
    RoomHere* room = nullptr;
    MemberId member;
    AccessKey key;
    bool commits = false;
    std::uint64_t token = 0;     // names this entrance among all relays
    bool is_announced = false;   // our own announcement has come back: what is announced after it is newer than us
    std::size_t speaking = 0;    // application messages that the store has not answered yet
    bool is_owed_knocks = true;  // of staff who commit: what waits could not be read yet, and is at the next beat
    bool is_owed_lane = true;
    CatchUp catch_up;

    bool is_in() const { return !catch_up.goes; }  // or is only being told why not
};

// A knock that waits for its answer on this connection.
struct WaitingKnock {
    RoomId room;
    store::StoredKnock stored;
};

struct Peer {
    Peer(ConnectionId its_id, Connection& its_connection, const Challenge& its_challenge, const Rates& rates)
        : id(its_id),
          connection(&its_connection),
          requests(rates.requests),
          challenge(its_challenge),
          lane(rates.lane),
          staff_lane(rates.staff_lane) {}

    // What every message looks at stands together.
    ConnectionId id;
    Connection* connection;
    bool has_greeted = false;
    bool is_closing = false;
    bool is_entering = false;  // an Enter or OpenRoom waits for the store
    int floods = 0;
    std::size_t in_flight = 0;  // requests that the store has not answered
    TokenBucket requests;
    std::optional<Seat> seat;

    std::optional<GoneReason> gone;  // why it has no seat any more
    Challenge challenge;
    std::optional<CardId> card;  // the one id that it may ask for
    std::optional<WaitingKnock> knock;
    AtDesk desk;
    TokenBucket lane;
    TokenBucket staff_lane;
    std::vector<LaneId> lanes;  // the newest that it said
};

}  // namespace veranda::relay
