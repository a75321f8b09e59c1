// The hash that runs along a room's log, entry by entry, so that two clients can find out that they were shown
// different logs. Specification: docs/protocol.md, 9.2.
#pragma once

#include <deque>

#include "client-lib/circle/rules.hpp"
#include "protocol/content.hpp"
#include "protocol/log_entry.hpp"

namespace veranda::circle {

class RunningHash {
public:
    // Entries whose hashes are kept, to hold a pulse about the recent past against.
    static constexpr std::size_t history_max = 512;

    // Whoever opened the room has the chain from its genesis on.
    static RunningHash from_genesis();
    // A joiner starts at the first pulse that speaks of an entry she has.
    RunningHash() = default;

    // The next entry, as stored. Caller must: give every entry once, in order.
    void add(const LogEntry& entry);

    // Holds a pulse against what we saw; starts the chain if it has none. A pulse about entries before our time says
    // nothing. Errors: log_forked.
    Result<void> check(Sequence position, const Hash& hash);

    // Where we stand, if the chain has begun.
    std::optional<std::pair<Sequence, Hash>> head() const;

private:
    struct Link {
        Sequence sequence;
        Bytes entry;  // until the chain has begun
        Hash hash;
    };
    void begin(std::size_t at, const Hash& hash);

    bool begun_ = false;
    std::deque<Link> links_;
};

}  // namespace veranda::circle
