// How long the loops of a conversation and of the desk wait.
#pragma once

#include <chrono>

namespace veranda::terminal {

inline constexpr std::chrono::milliseconds tick_time{250};
inline constexpr std::chrono::seconds leaving_time_max{5};  // for the relay to hear that she leaves
inline constexpr std::chrono::seconds closing_time_max{3};  // for the socket

}  // namespace veranda::terminal
