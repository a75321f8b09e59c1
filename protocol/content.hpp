// What is inside an MLS application message: a kind, a random id, a body, padding. Only members see it.
// Specification: docs/protocol.md, 9.
#pragma once

#include "protocol/lane.hpp"
#include "protocol/signed/room.hpp"

namespace veranda {

// A client that does not know a kind shows "from a newer version" in its place; a kind with the top bit set it may pass
// over in silence. Numbers without a comment are reserved: their bodies are specified by the version that brings them.
enum class ContentKind : std::uint16_t {
    text = 1,   // Text
    reply = 2,  // Reply
    hide = 3,   // Hide
    pin = 4,    // Pin
    round = 5,
    recap = 6,          // never in the group: a recap is for one (docs/protocol.md, 7.8)
    held_release = 7,   // HeldRelease
    closing = 8,        // Closing
    hand_over = 9,      // HandOverQuestion
    warned = 10,        // Warned
    pulse = 0x8001,     // Pulse
    liveness = 0x8002,  // empty
    reaction = 0x8003,  // Reaction
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

// A message that one points at: its author and the id inside it. Ids are the author's own, so both are needed.
struct MessageRef {
    MemberId author;
    InnerId id;
    friend bool operator==(const MessageRef&, const MessageRef&) = default;
    VERANDA_FIELDS(author, id)
};

struct Reply {
    MessageRef to;
    std::string text;
    VERANDA_FIELDS(to, text)
};

// A text that its author says may be hard to read: shown closed, and opened by whoever wants to. An answer, or not.
struct Warned {
    std::optional<MessageRef> to;
    std::string text;
    VERANDA_FIELDS(to, text)
};

// One of the few signs that need no reading.
enum class ReactionSign : std::uint8_t { none = 0, heart = 1, thanks = 2, hug = 3, strength = 4, sad = 5, yes = 6 };
inline bool is_known(ReactionSign sign) { return sign <= ReactionSign::yes; }
struct Reaction {
    MessageRef to;
    ReactionSign sign{};  // none: takes back
    VERANDA_FIELDS(to, sign)
};

// Takes a message from every screen, or puts it back. Of staff who commit; of anyone for a message of her own.
struct Hide {
    MessageRef message;
    bool hidden = true;
    VERANDA_FIELDS(message, hidden)
};

struct Pin {
    std::string text;  // empty: takes down what is pinned
    VERANDA_FIELDS(text)
};

// What a member who speaks through a facilitator has said, passed on unchanged: her own signature, and the admission
// that says whose it is. Shown once, as hers.
struct HeldRelease {
    Signed<LaneContent> content;  // kind held_message
    Signed<Admission> author;
    VERANDA_FIELDS(content, author)
};

// The last words of an evening.
struct Closing {
    std::string text;
    std::uint64_t next_session = 0;  // Unix seconds; 0: not fixed
    VERANDA_FIELDS(text, next_session)
};

// In a session for two: may this counsellor take over? Of staff who commit.
struct HandOverQuestion {
    Signed<Certificate> to;
    VERANDA_FIELDS(to)
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
