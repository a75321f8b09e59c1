// What an infiltrator has: every key that she was ever given, the group of every epoch that she was ever in, and the
// whole log of every room, from somebody at the server. It outlives her devices, and nothing is ever wiped.
#pragma once

#include <list>
#include <map>
#include <set>

#include "client-lib/circle/joining/invite.hpp"
#include "client-lib/mls/group.hpp"
#include "protocol/log_entry.hpp"

namespace veranda::simulation {

// One admission of hers.
struct Foothold {
    RoomId room;
    MemberId member;
    crypto::SigningKey leaf_key;
    crypto::SigningKey access_key;
    circle::PassEntropy ticket;
    Sequence last;                   // taken in
    std::vector<mls::Group> groups;  // oldest first
    bool is_out = false;             // as far as she knows
};

class Loot {
public:
    std::list<Foothold> footholds;      // oldest first
    std::set<SignatureKey> leaf_keys;   // that she ever knocked with
    std::map<Bytes, std::string> said;  // what she sent: the sealed message, and its text
    std::map<RoomId, std::set<Sequence>> opened;
    std::vector<std::string> found;  // what should never have been there to find

    bool is_in() const { return !footholds.empty() && !footholds.back().is_out; }
    // From the relay, or from her accomplice there: in order, each is taken in once.
    void take(Foothold& foothold, const LogEntry& entry);
    void leaked(const RoomId& room, const LogEntry& entry);
    const std::map<RoomId, std::vector<LogEntry>>& log() const { return log_; }
    // By any key that she ever had.
    bool opens(const RoomId& room, const LogEntry& entry);

private:
    void take_commit(Foothold& foothold, const LogEntry& entry, ByteView commit);

    std::map<RoomId, std::vector<LogEntry>> log_;
};

}  // namespace veranda::simulation
