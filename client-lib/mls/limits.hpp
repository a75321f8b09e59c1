// Every number of MLS here: the RFC's and libsodium's first, our own second, each with its reason.
#pragma once

#include <cstddef>
#include <cstdint>

namespace veranda::mls {

inline constexpr std::size_t hash_bytes = 32;        // Nh of cipher suite 3
inline constexpr std::size_t public_key_bytes = 32;  // X25519 and Ed25519
inline constexpr std::size_t signature_bytes = 64;

// The largest padded content that seal() takes: the greatest size class of the protocol.
inline constexpr std::size_t content_bytes_max = 16 * 1024;

// Keys kept for messages of one sender that were overtaken. A log delivers in order, so a gap means loss; more than
// this would let one forged generation number cost us unbounded hashing.
inline constexpr std::uint32_t skipped_generations_max = 256;

// Leaves of a tree, blank ones included. Twenty times the largest room; bounds what a Commit of many Adds can make us
// do.
inline constexpr std::uint32_t leaves_max = 4096;

// What only a FullGroup keeps. Proposals sent alone, until their epoch ends: a store that any member may fill is full
// at some point. Outsiders have fewer places, of their own, so that they cannot take the members'.
inline constexpr std::size_t pending_proposals_max = 256;
inline constexpr std::size_t pending_from_outside_max = 64;

// Past epochs whose resumption secret can be named as a PSK. Each kept is one that a stolen device gives away.
inline constexpr std::size_t resumption_secrets_max = 16;

static_assert((leaves_max & (leaves_max - 1)) == 0, "a tree is full, so its width is a power of two");

}  // namespace veranda::mls
