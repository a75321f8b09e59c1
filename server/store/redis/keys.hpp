// The names of everything we keep in Redis. All keys of a room share the hash tag {room}, so that in a Cluster they are
// on one node and one script may touch them all. A card's key is found without knowing the room, so it stands alone.
#pragma once

#include <string>
#include <vector>

#include "protocol/frames.hpp"
#include "protocol/hex.hpp"

namespace veranda::store::redis {

struct RoomKeys {
    explicit RoomKeys(RoomId id) : base("veranda:{" + to_hex(id) + "}:") {}

    std::string room() const { return base + "room"; }              // hash: genesis, and how it stands
    std::string log() const { return base + "log"; }                // list: time || double || entry
    std::string doubles() const { return base + "doubles"; }        // hash: access key || submission -> sequence
    std::string admissions() const { return base + "admissions"; }  // hash: member -> admission
    std::string orders() const { return base + "orders"; }          // list, oldest first
    std::string knocks() const { return base + "knocks"; }          // hash: knock -> arrival || envelope
    std::string deadlines() const { return base + "deadlines"; }    // sorted set: knock by when it is given up
    std::string cards() const { return base + "cards"; }            // hash: card -> deadline || knock key || sealed
    std::string lane() const { return base + "lane"; }              // hash: lane -> arrival || from || envelope
    std::string held() const { return base + "held"; }              // hash: member -> lane, her held message
    std::string presence() const { return base + "presence"; }      // sorted set: member by when she counts as gone
    std::string channel() const { return base + "events"; }         // sharded channel
    std::string mail(KnockId knock) const { return base + "mail:" + to_hex(knock); }  // hash: type, body or its parts
    std::string talks() const { return base + "talks:"; }                             // and a knock, as below
    std::string talks(KnockId knock) const { return talks() + to_hex(knock); }        // list: from staff || sealed
    // What many answers end with: by the append's submission. A knock may be answered again, by another append.
    std::string tail(AccessKey by, SubmissionId submission) const {
        return base + "tail:" + to_hex(by) + to_hex(submission);
    }
    std::string successor() const { return base + "successor"; }  // the room that is made in its place
    std::string lease(LeaseKind kind) const { return base + "lease:" + std::to_string(static_cast<int>(kind)); }

    std::string base;
};

// The support desk's. There is one desk, so one slot of a Cluster holds it.
struct DeskKeys {
    std::string duty() const { return base + "duty"; }            // hash: turn -> statement
    std::string on_duty() const { return base + "on_duty"; }      // sorted set: turn by when it counts as gone
    std::string requests() const { return base + "requests"; }    // hash: request -> since || left || envelope
    std::string deadlines() const { return base + "deadlines"; }  // sorted set: request by when its asker is gone
    std::string left() const { return base + "left"; }            // hash: request -> its answer's id, if it was left
    std::string claims() const { return base + "claims"; }        // hash: request -> holder
    std::string claimed() const { return base + "claimed"; }      // sorted set: request by when its claim runs out
    std::string channel() const { return base + "events"; }       // sharded channel
    std::string awaited() const { return base + "awaited"; }      // hash: answer's id -> request that was left
    std::string answers() const { return base + "answers"; }      // hash: answer's id -> the sealed answer
    std::string kept() const { return base + "kept"; }            // sorted set: answer's id by when it is dropped
    std::vector<std::string> all() const {
        return {duty(),    on_duty(), requests(), deadlines(), left(), claims(),
                claimed(), channel(), awaited(),  answers(),   kept()};
    }

    std::string base = "veranda:{desk}:";
};

// Which incarnation of Redis wrote all the rest.
inline constexpr std::string_view incarnation_key = "veranda:incarnation";

// Points to the room that posted the card; whether the card still stands is for that room's `cards` to say.
inline std::string card_key(CardId card) { return "veranda:card:" + to_hex(card); }

}  // namespace veranda::store::redis
