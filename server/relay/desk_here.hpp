// What the relay remembers of the support desk: who is there by which connection. All else is the store's.
#pragma once

#include <unordered_set>

#include "crypto/verify/duty_check.hpp"
#include "server/store/store.hpp"

namespace veranda::relay {

struct OnDuty {
    crypto::DutyStanding standing;
    Signed<DutyStatement> statement;
};

// A connection's part.
struct AtDesk {
    std::optional<OnDuty> duty;
    std::optional<Challenge> nonce;  // it has asked who is there
    UnixMillis may_ask_again;
    UnixMillis may_look_again;  // for an answer
    std::optional<LaneId> request;

    bool is_there() const { return duty || nonce || request; }
};

struct DeskHere {
    bool is_watched = false;
    UnixMillis next_beat;
    std::unordered_set<std::uint64_t> people;  // connections that are at the desk, or were
};

}  // namespace veranda::relay
