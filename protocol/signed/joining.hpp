// What lies inside the seals on the way in: the card that waits for a pass, and the knock. The relay never sees these
// bodies; they stand here so that every byte of the protocol has one home. Specification:
// docs/protocol.md, 6.10, 6.11, 7.
#pragma once

#include "protocol/padding.hpp"
#include "protocol/signed/room.hpp"

namespace veranda {

// The public half of a pass: what the group book may keep.
struct PassKeys {
    SignatureKey signature_key;
    SealingKey sealing_key;
    friend bool operator==(const PassKeys&, const PassKeys&) = default;
    VERANDA_FIELDS(signature_key, sealing_key)
};

enum class CardKind : std::uint8_t { first_invite = 1, staff_invite = 2, returning = 3, ticket = 4, group = 5 };
inline bool is_known(CardKind kind) { return kind >= CardKind::first_invite && kind <= CardKind::group; }

// What an invite tells before she knocks.
struct GroupWelcome {
    std::string name;
    std::string rules;
    std::string language;
    friend bool operator==(const GroupWelcome&, const GroupWelcome&) = default;
    VERANDA_FIELDS(name, rules, language)
};

// Signed by the issuer's session key, then sealed to the pass and padded to one size.
struct Card {
    static constexpr std::string_view label = "Veranda 1 card";
    RoomId room;
    CardKind kind{};
    StaffCredential issuer;
    MemberId issuer_member;
    SealingKey knock_sealing_key;    // what a knock is sealed to
    ByteArray<32> knock_key_seed{};  // signs the knock envelope; the relay holds the public half
    UnixSeconds expires_at;
    Hash staff_list_head;
    std::vector<Signed<SessionStatement>> staff;  // the lane keys of all staff now in the room
    std::optional<GroupWelcome> welcome;          // first invites and invites of staff
    std::string pseudonym;                        // tickets: as whom she comes back; else empty
    friend bool operator==(const Card&, const Card&) = default;
    VERANDA_FIELDS(room, kind, issuer, issuer_member, knock_sealing_key, knock_key_seed, expires_at, staff_list_head,
                   staff, welcome, pseudonym)
};

// What is sealed to the pass: the card and zeros, card_plain_bytes in all.
struct PaddedCard {
    Signed<Card> card;
    Padding padding;
    VERANDA_FIELDS(card, padding)
};

enum class KnockReason : std::uint8_t {
    first_visit = 1,
    staff = 2,
    returning = 3,
    commit_refused = 4,
    room_forgotten = 5
};
inline bool is_known(KnockReason reason) {
    return reason >= KnockReason::first_visit && reason <= KnockReason::room_forgotten;
}

// Where a returning client stood: gets the recap from there.
struct ReturnPoint {
    MemberId member;
    Sequence last;
    friend bool operator==(const ReturnPoint&, const ReturnPoint&) = default;
    VERANDA_FIELDS(member, last)
};

// Signed by the pass, then sealed to the card's key with the card's hash as aad.
struct Knock {
    static constexpr std::string_view label = "Veranda 1 knock";
    RoomId room;
    Hash card;  // SHA-256 of the sealed card
    PassKeys pass;
    Bytes key_package;  // RFC 9420, 10: KeyPackage
    AccessKey access_key;
    PassKeys ticket;
    std::string pseudonym;  // staff: the certificate's name
    KnockReason reason{};
    std::optional<StaffCredential> staff;
    std::optional<ReturnPoint> from;
    friend bool operator==(const Knock&, const Knock&) = default;
    VERANDA_FIELDS(room, card, pass, key_package, access_key, ticket, pseudonym, reason, staff, from)
};

}  // namespace veranda
