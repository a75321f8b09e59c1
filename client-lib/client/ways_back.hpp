// What is kept for a way back: by whoever lost her place, and by the staff who are to know her again.
// Specification: docs/protocol.md, 7.8 and 7.10.
#pragma once

#include <deque>
#include <map>

#include "client-lib/circle/joining/ticket.hpp"
#include "protocol/frames.hpp"

namespace veranda::client {

// What outlives a session that was lost, until she is back in it by her ticket.
// Said to staff alone, and seen by none of them.
struct Unseen {
    LaneKind kind{};
    Bytes body;
    std::uint64_t said_at = 0;
    bool is_told = false;  // that nobody has seen it
};

struct Returning {
    circle::PassEntropy ticket;
    RoomId room;  // where she was
    MemberId member;
    Sequence last;
    KnockReason reason{};
    UnixSeconds ends_at;  // of the session; zero: not known
    std::map<MemberId, std::deque<InnerId>> seen{};
    std::vector<Unseen> unseen{};
    // Staff who commit: the room to open in the place of the one that was lost; and from when on, if the relay has
    // forgotten that or a person has said so.
    std::optional<Genesis> successor{};
    std::optional<std::uint64_t> remake_at{};
    std::uint64_t lost_at = 0;
    bool by_hand = false;
    bool was_locked = false;
    bool remaking = false;  // asked the relay for it
};

// What a staff client remembers of a member, to know her when she comes back. It outlives the room.
struct WayBack {
    PassKeys ticket;        // the newest
    std::string pseudonym;  // staff: the certificate's name
    std::optional<Hash> certificate{};
    Level level = Level::speaks;           // of her admission; orders stand above it
    std::optional<std::uint64_t> heard{};  // her last authenticated message, on our steady clock
    std::deque<std::uint64_t> returns{};   // lately, however she came
    std::optional<Sequence> since{};       // her first admission that we saw: no recap goes back further
};

// One part of what somebody has missed, and who told it.
struct ToldRecap {
    Recap part;
    std::string from;
};

// A card to be made.
struct CardOrder {
    CardKind kind{};
    PassKeys pass;
    UnixSeconds expires_at;
    MemberId member{};        // tickets
    std::string pseudonym{};  // tickets
    bool welcomes = true;     // says the group's name and rules
};

}  // namespace veranda::client
