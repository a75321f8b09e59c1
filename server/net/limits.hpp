// What a connection may cost before the relay hears of it. The relay's own limits are in server/relay/limits.hpp.
#pragma once

#include <chrono>
#include <cstddef>

#include "protocol/limits.hpp"

namespace veranda::net::limits {

using namespace std::chrono_literals;

// A request's head. Ours has a handful of short headers; a browser's, a few hundred bytes more.
inline constexpr std::size_t head_bytes_max = 8 * 1024;
inline constexpr std::size_t head_lines_max = 64;
inline constexpr std::size_t requests_per_connection_max = 200;   // then it is closed; the browser opens another
inline constexpr std::size_t pages_bytes_max = 64 * 1024 * 1024;  // all files of the web client, held in memory

inline constexpr std::size_t neutral_page_bytes_max = 200;

// Deadlines, looked at every sweep. A handshake is TLS and the request's head together.
inline constexpr auto sweep_every = 250ms;
inline constexpr auto handshake_within = 10s;
inline constexpr auto keep_alive_for = 10s;
inline constexpr auto response_within = 60s;  // a large file over a bad line
inline constexpr auto goodbye_within = 2s;    // from our close frame to the end of the connection
inline constexpr auto drain_within = 5s;      // all of them, at shutdown

// A peer that is silent is asked with a ping, and cut when it stays silent.
inline constexpr auto ping_after = 25s;
inline constexpr auto dead_after = 50s;
static_assert(ping_after + ping_after <= dead_after && dead_after + 2 * sweep_every <= 60s);

// Counted below Beast, in windows of a second: a flood is over within two.
inline constexpr std::size_t frames_per_second_max = 500;  // a client sends a few; bursts after a cut, a few dozen
inline constexpr std::size_t empty_frames_per_second_max = 20;
inline constexpr std::size_t control_frames_per_second_max = 20;
inline constexpr std::size_t bytes_per_second_max = 4 * 1024 * 1024;

// Memory of one connection.
inline constexpr std::size_t idle_read_bytes = 768;        // an ordinary message of the smallest class fits
inline constexpr std::size_t batch_bytes_max = 64 * 1024;  // one write; an urgent frame waits for no more than this

inline constexpr std::size_t connections_max_default = 10'000;
inline constexpr std::size_t newcomers_max_default = 200;  // of one address prefix; a phone network's gateway has many
inline constexpr auto newcomers_window = 10s;
static_assert(bytes_per_second_max > 4 * veranda::limits::message_bytes_max);

}  // namespace veranda::net::limits
