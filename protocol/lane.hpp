// The lane: what a member says to staff alone, in one size and ahead of everything else. The relay sees who sent it and
// how many can open it, never what it is. Specification: docs/protocol.md, 8.
#pragma once

#include "protocol/limits.hpp"
#include "protocol/padding.hpp"
#include "protocol/signed/signed.hpp"

namespace veranda {

// The content key, sealed with HPKE to one lane key.
struct LaneWrap {
    SealingKey to;
    ByteArray<32> encapsulated{};
    ByteArray<48> sealed_key{};
    friend bool operator==(const LaneWrap&, const LaneWrap&) = default;
    VERANDA_FIELDS(to, encapsulated, sealed_key)
};

// `commitment` is SHA-256(label, content key): ChaCha20-Poly1305 alone would let one ciphertext open to two texts under
// two keys. The header (commitment and all wraps) is the aad of the sealed content.
struct LaneHeader {
    static constexpr std::string_view commitment_label = "Veranda 1 lane commitment";
    static constexpr std::string_view wrap_info = "Veranda 1 lane wrap";
    Hash commitment;
    std::vector<LaneWrap> wraps;
    friend bool operator==(const LaneHeader&, const LaneHeader&) = default;
    VERANDA_FIELDS(commitment, wraps)
};

struct LaneEnvelope {
    LaneHeader header;
    Bytes sealed;  // lane_plain_bytes + 16, ChaCha20-Poly1305, nonce zero: a content key is used once
    friend bool operator==(const LaneEnvelope&, const LaneEnvelope&) = default;
    VERANDA_FIELDS(header, sealed)
};

enum class LaneKind : std::uint16_t {
    raised_hand = 1,   // RaisedHand
    private_note = 2,  // Text
    report = 3,
    not_safe = 4,  // Text, may be empty
    ask_counsellor = 5,
    leaving = 6,            // empty
    hand_over_consent = 7,  // HandOverConsent
    pass_secret = 8,        // staff to staff: CardSecrets
    held_message = 9,       // Text: what only staff may pass on (hold, 4.3)
    erased = 10,            // empty: after the end, this phone has forgotten the session
    return_pass = 11,       // PassKeys: her return words; they replace older ones
    words_seen = 12,        // empty: somebody else has seen her words; they are void
    book_entry = 13,        // staff to staff: BookEntryTold
    staff_ticket = 14,      // reserved: a ticket's card tells staff of it
    pass_void = 15,         // staff to staff: PassKeys of an invite that nobody may come by any more
};
inline bool is_known(LaneKind) { return true; }  // shown as "from a newer version"

struct RaisedHand {
    bool up = true;
    VERANDA_FIELDS(up)
};

// To a question whether another counsellor may take over: to that one and no other (docs/protocol.md, 14).
struct HandOverConsent {
    InnerId question;  // of the content that asked
    Hash certificate;  // the other's
    bool agrees = false;
    friend bool operator==(const HandOverConsent&, const HandOverConsent&) = default;
    VERANDA_FIELDS(question, certificate, agrees)
};

// Signed by the member's leaf key. From the waiting room `member` is zero, and the leaf key is that of her KeyPackage.
struct LaneContent {
    static constexpr std::string_view label = "Veranda 1 lane content";
    RoomId room;
    MemberId member;
    LaneKind kind{};
    InnerId id;
    Bytes body;
    friend bool operator==(const LaneContent&, const LaneContent&) = default;
    VERANDA_FIELDS(room, member, kind, id, body)
};

struct PaddedLaneContent {
    Signed<LaneContent> content;
    Padding padding;
    VERANDA_FIELDS(content, padding)
};

}  // namespace veranda
