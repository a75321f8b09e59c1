// What is signed about one room: its genesis, who is admitted, the orders. Signed by session keys of staff who commit.
// Specification: docs/protocol.md, 6.5 to 6.9.
#pragma once

#include "protocol/signed/staff.hpp"

namespace veranda {

enum class Level : std::uint8_t { speaks = 1, held = 2, listens = 3 };
inline bool is_known(Level level) { return level >= Level::speaks && level <= Level::listens; }

struct MemberLevel {
    MemberId member;
    Level level{};
    friend bool operator==(const MemberLevel&, const MemberLevel&) = default;
    VERANDA_FIELDS(member, level)
};

// How the room is run from its first moment. Seconds of 0 mean: not limited.
struct Policies {
    std::uint16_t members_max = 50;
    std::uint16_t slow_mode_seconds = 0;
    Level newcomers = Level::speaks;
    bool locked = false;
    bool goes_on_without_staff = false;
    bool presence_for_staff_only = false;
    friend bool operator==(const Policies&, const Policies&) = default;
    VERANDA_FIELDS(members_max, slow_mode_seconds, newcomers, locked, goes_on_without_staff, presence_for_staff_only)
};

// The log's first entry. Its signer is the first member.
struct Genesis {
    static constexpr std::string_view label = "Veranda 1 genesis";
    RoomId room;
    std::optional<RoomId> predecessor;  // the room that this one is made anew from
    std::uint16_t rule_version = 1;
    RoomKind kind{};
    UnixSeconds opened_at;
    UnixSeconds ends_at;
    Policies policies;
    Hash staff_list_head;
    std::vector<MemberLevel> levels;  // carried over from the predecessor
    std::vector<MemberId> removed;    // never come back by themselves
    std::vector<InnerId> hidden;      // messages that stay hidden
    friend bool operator==(const Genesis&, const Genesis&) = default;
    VERANDA_FIELDS(room, predecessor, rule_version, kind, opened_at, ends_at, policies, staff_list_head, levels,
                   removed, hidden)
};

// One person let in: this member id has this leaf and this access key, at this level. A newer one for the same member
// id replaces it. `staff` is there for staff only; the relay and every client check it.
struct Admission {
    static constexpr std::string_view label = "Veranda 1 admission";
    RoomId room;
    MemberId admitted_by;
    MemberId member;
    AccessKey access_key;
    SignatureKey leaf_key;
    Level level{};
    KnockId knock;  // zero for whoever opened the room
    std::optional<StaffCredential> staff;
    friend bool operator==(const Admission&, const Admission&) = default;
    VERANDA_FIELDS(room, admitted_by, member, access_key, leaf_key, level, knock, staff)
};

enum class OrderKind : std::uint8_t { set_level = 1, slow_mode = 2, lock = 3, remove = 4, end = 5, lift = 6 };
inline bool is_known(OrderKind kind) { return kind >= OrderKind::set_level && kind <= OrderKind::lift; }

// A moderation order that the relay sees and enforces. Fields that a kind does not use are zero; anything else is
// refused.
//   set_level: member, level, seconds (0: until lifted)      slow_mode: seconds (0: off)
//   lock:      flag (locked), clear (send those who wait away)  remove: member      end: nothing
//   lift:      member; ends a set_level before its seconds are over
struct Order {
    static constexpr std::string_view label = "Veranda 1 order";
    RoomId room;
    MemberId signer;
    SignerNumber number;  // the signer's own count, from 1, without gaps
    OrderKind kind{};
    MemberId member{};
    Level level = Level::speaks;
    std::uint32_t seconds = 0;
    bool flag = false;
    bool clear = false;
    friend bool operator==(const Order&, const Order&) = default;
    VERANDA_FIELDS(room, signer, number, kind, member, level, seconds, flag, clear)
};

// Does the order use only the fields of its kind?
bool is_well_formed(const Order& order);

enum class KnockRefusalReason : std::uint8_t { not_now = 1, pseudonym = 2, used_invite = 3, full = 4, other = 5 };
inline bool is_known(KnockRefusalReason reason) {
    return reason >= KnockRefusalReason::not_now && reason <= KnockRefusalReason::other;
}

// "Not this time", to one who knocked. Carries the credential of whoever says so, since she knows no member ids yet.
struct KnockRefusal {
    static constexpr std::string_view label = "Veranda 1 knock refusal";
    RoomId room;
    KnockId knock;
    KnockRefusalReason reason{};
    std::string words;
    StaffCredential refuser{};
    friend bool operator==(const KnockRefusal&, const KnockRefusal&) = default;
    VERANDA_FIELDS(room, knock, reason, words, refuser)
};

// The only acknowledgement of a lane envelope that counts.
struct LaneAcknowledgement {
    static constexpr std::string_view label = "Veranda 1 lane acknowledgement";
    RoomId room;
    MemberId signer;
    LaneId envelope;
    friend bool operator==(const LaneAcknowledgement&, const LaneAcknowledgement&) = default;
    VERANDA_FIELDS(room, signer, envelope)
};

// Proof that this connection holds the access key: over the server's challenge, for this origin and room. Signed by the
// access key.
struct AccessProof {
    static constexpr std::string_view label = "Veranda 1 access proof";
    RoomId room;
    std::string origin;  // as the client dialled it: scheme://host[:port], RFC 6454
    Challenge challenge;
    AccessKey key;
    friend bool operator==(const AccessProof&, const AccessProof&) = default;
    VERANDA_FIELDS(room, origin, challenge, key)
};

// What a joiner sends before anyone knows her. The relay checks the knock key's signature and cannot open the seal.
struct KnockEnvelope {
    static constexpr std::string_view label = "Veranda 1 knock envelope";
    CardId card;
    Bytes sealed;  // HPKE to the card's key
    friend bool operator==(const KnockEnvelope&, const KnockEnvelope&) = default;
    VERANDA_FIELDS(card, sealed)
};

}  // namespace veranda
