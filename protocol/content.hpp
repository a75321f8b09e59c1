// What is inside an MLS application message: a kind, a random id, a body, padding. Only members see it.
// Specification: docs/protocol.md, 9.
#pragma once

#include "protocol/identifiers.hpp"
#include "protocol/padding.hpp"

namespace veranda {

// A client that does not know a kind shows "from a newer version" in its place; a kind with the top bit set it may pass
// over in silence. Numbers without a comment are reserved: their bodies are specified by the version that brings them.
enum class ContentKind : std::uint16_t {
    text = 1,  // Text
    reply = 2,
    hide = 3,
    pin = 4,
    round = 5,
    recap = 6,
    held_release = 7,
    closing = 8,
    pulse = 0x8001,     // Pulse
    liveness = 0x8002,  // empty
    reaction = 0x8003,
    hello = 0x8004,
};
inline bool is_known(ContentKind) { return true; }
inline bool may_be_passed_over(ContentKind kind) { return (static_cast<std::uint16_t>(kind) & 0x8000) != 0; }

struct Content {
    ContentKind kind{};
    InnerId id;
    Bytes body;
    Padding padding;  // fills the content to its class
    VERANDA_FIELDS(kind, id, body, padding)
};

struct Text {
    std::string text;
    VERANDA_FIELDS(text)
};

// What staff who commit say every 20 seconds: where the log stands, as they see it.
//   running hash: hash(n) = SHA-256("Veranda 1 log" as opaque<V>, hash(n-1), entry n as stored); a chain starts at its
//   first pulse, so `hash` is compared from then on. `position` is the last entry it covers.
struct Pulse {
    static constexpr std::string_view chain_label = "Veranda 1 log";
    Epoch epoch;
    Sequence position;
    Hash hash;
    Hash staff_list_head;
    std::uint64_t ends_at = 0;  // Unix seconds
    VERANDA_FIELDS(epoch, position, hash, staff_list_head, ends_at)
};

}  // namespace veranda
