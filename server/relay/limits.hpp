// Every number of the relay, with its reason. Numbers of the wire are in protocol/limits.hpp.
#pragma once

#include "protocol/limits.hpp"

namespace veranda::relay {

// A bucket of tokens: `burst` at once, `per_second` in the long run.
struct Rate {
    std::uint32_t per_second = 0;
    std::uint32_t burst = 0;
};

// What one connection and one room may ask for. A benchmark raises them; a server's configuration may.
struct Rates {
    Rate requests{20, 120};    // of a connection: a person types; opening a session posts cards in a burst
    Rate lane{1, 10};          // of a member: never behind anything else, so it has a bucket of its own
    Rate staff_lane{50, 600};  // staff hand each other the key of every card
    Rate room{200, 400};       // messages of a room's members through this relay
};

namespace limits {

using namespace veranda::limits;

inline constexpr std::uint64_t tick_ms = 250;

// A connection's queue: the two largest frames that may wait together, twice. More is a reader too slow to keep.
inline constexpr std::size_t outbox_bytes_max = 4 * admission_frame_bytes_max;
// The log is read to a connection only while less than this waits in its queue.
inline constexpr std::size_t catch_up_bytes_max = 256 * 1024;
inline constexpr std::size_t catch_up_entries = 64;              // one page of the log
inline constexpr std::size_t held_bytes_max = outbox_bytes_max;  // live entries that wait for the log's end

// Content of the largest class and what MLS puts around it.
inline constexpr std::size_t application_bytes_max = content_bytes_max + 1'024;

inline constexpr std::uint64_t heartbeat_ms = 10'000;      // three fit in the presence's time to live
inline constexpr std::uint64_t parked_ms_max = 2'000;      // a request that waits for entries the store already has
inline constexpr std::uint64_t desk_beat_ms = 2'000;       // of the support desk: claims that ran out are found by it
inline constexpr int judgements_max = 8;                   // of one request, one for each change in between
inline constexpr std::size_t in_flight_max = 64;           // requests of a connection that the store has not answered
inline constexpr std::size_t lanes_remembered_max = 32;    // of a connection, to find whose an acknowledgement is
inline constexpr std::size_t earlier_admissions_max = 16;  // of one member of staff who comes back again and again
inline constexpr std::size_t earlier_admissions_of_member_max = 2;  // what she wrote by them is still in the log
inline constexpr int floods_max = 200;  // requests in a row refused as too many, then the cut

static_assert(outbox_bytes_max > 2 * admission_frame_bytes_max, "an Entered and an Admitted fit together");
static_assert(catch_up_bytes_max < outbox_bytes_max / 2);
static_assert(heartbeat_ms * 3 <= 30'000);

}  // namespace limits
}  // namespace veranda::relay
