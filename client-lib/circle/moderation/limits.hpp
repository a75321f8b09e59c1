// Numbers of moderation that are not of the wire, each with its reason.
#pragma once

#include <cstddef>
#include <cstdint>

namespace veranda::circle {

// A level that is for a time ends at the relay a little before it ends at whoever heard of it later.
inline constexpr std::uint64_t level_grace_ms = 5'000;

// Messages that one can point at: more than anyone scrolls back to in an evening of talk.
inline constexpr std::size_t shown_messages_max = 512;
// Hides of messages that have not come: a modified client of staff could send any number.
inline constexpr std::size_t hidden_unseen_max = 512;
// Hidden messages that a room made anew is told of: 8 KiB of its genesis.
inline constexpr std::size_t hidden_carried_max = 512;

}  // namespace veranda::circle
