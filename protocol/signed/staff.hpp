// Who is staff: the organisation, the certificates its root signs, the list of them, and what a certificate signs for
// one room. Specification: docs/protocol.md, 6.1 to 6.4.
#pragma once

#include "protocol/language_tag.hpp"
#include "protocol/signed/signed.hpp"

namespace veranda {

enum class Role : std::uint8_t { member = 0, facilitator = 1, counsellor = 2, mediator = 3, lead = 4 };
inline bool is_known(Role role) { return role <= Role::lead; }
std::string_view name(Role role);

enum class RoomKind : std::uint8_t { group = 1, debrief = 2, one_to_one = 3 };
inline bool is_known(RoomKind kind) { return kind >= RoomKind::group && kind <= RoomKind::one_to_one; }

// May this role commit, pulse and order in a room of this kind? Facilitators in a group and a debrief, counsellors in a
// session for two; mediators and leads never.
inline bool commits(Role role, RoomKind kind) {
    return role == (kind == RoomKind::one_to_one ? Role::counsellor : Role::facilitator);
}

// What the organisation says to whoever is not safe, in one language.
struct TextInLanguage {
    LanguageTag language;
    std::string text;  // 1 to limits::not_safe_text_bytes_max bytes; lines end in LF
    friend bool operator==(const TextInLanguage&, const TextInLanguage&) = default;
    VERANDA_FIELDS(language, text)
};

// `organisation.pub`: signed by the root it names, and known by SHA-256(root), its fingerprint.
struct Organisation {
    static constexpr std::string_view label = "Veranda 1 organisation";
    SignatureKey root;
    std::string name;
    std::uint16_t zone_minutes =
        0;  // minutes east of UTC, two's complement; fixed, so that every client has the same day
    std::optional<SealingKey> desk_key;
    std::vector<TextInLanguage> not_safe;  // limits::not_safe_texts_max, each language once
    friend bool operator==(const Organisation&, const Organisation&) = default;
    VERANDA_FIELDS(root, name, zone_minutes, desk_key, not_safe)
};

// A request for a certificate, signed by the key it asks for: proof that the asker holds it.
struct CertificateRequest {
    static constexpr std::string_view label = "Veranda 1 certificate request";
    SignatureKey key;
    SealingKey sealing_key;
    std::string name;
    friend bool operator==(const CertificateRequest&, const CertificateRequest&) = default;
    VERANDA_FIELDS(key, sealing_key, name)
};

// Signed by the root. At most 30 days.
struct Certificate {
    static constexpr std::string_view label = "Veranda 1 certificate";
    SignatureKey root;
    SignatureKey key;
    SealingKey sealing_key;
    std::string name;
    Role role{};
    UnixSeconds not_before;
    UnixSeconds not_after;
    friend bool operator==(const Certificate&, const Certificate&) = default;
    VERANDA_FIELDS(root, key, sealing_key, name, role, not_before, not_after)
};

enum class StaffListEvent : std::uint8_t { issued = 1, revoked = 2 };
inline bool is_known(StaffListEvent event) {
    return event == StaffListEvent::issued || event == StaffListEvent::revoked;
}

struct StaffListEntry {
    std::uint32_t number = 0;  // from 1
    StaffListEvent event{};
    Hash certificate;  // SHA-256 of the encoded Signed<Certificate>
    UnixSeconds at;
    friend bool operator==(const StaffListEntry&, const StaffListEntry&) = default;
    VERANDA_FIELDS(number, event, certificate, at)
};

// Signed by the root. `hash` is the last link of the chain: hash(0) is zero, hash(n) = SHA-256(label, hash(n-1), entry
// n).
struct StaffListHead {
    static constexpr std::string_view label = "Veranda 1 staff list";
    static constexpr std::string_view chain_label = "Veranda 1 staff list entry";
    std::uint32_t number = 0;
    Hash hash;
    UnixSeconds good_until;
    friend bool operator==(const StaffListHead&, const StaffListHead&) = default;
    VERANDA_FIELDS(number, hash, good_until)
};

struct StaffList {
    std::vector<StaffListEntry> entries;
    Signed<StaffListHead> head;
    friend bool operator==(const StaffList&, const StaffList&) = default;
    VERANDA_FIELDS(entries, head)
};

// Signed by the certificate's key: this session key and lane key are mine, in this room, until then.
struct SessionStatement {
    static constexpr std::string_view label = "Veranda 1 session statement";
    RoomId room;
    Hash certificate;
    SignatureKey session_key;
    SealingKey lane_key;
    Role role{};
    RoomKind kind{};
    UnixSeconds not_before;
    UnixSeconds not_after;
    friend bool operator==(const SessionStatement&, const SessionStatement&) = default;
    VERANDA_FIELDS(room, certificate, session_key, lane_key, role, kind, not_before, not_after)
};

// What a member of staff shows: who she is, and what she signs with in this room.
struct StaffCredential {
    Signed<Certificate> certificate;
    Signed<SessionStatement> statement;
    friend bool operator==(const StaffCredential&, const StaffCredential&) = default;
    VERANDA_FIELDS(certificate, statement)
};

// The identity of an MLS BasicCredential (RFC 9420, 5.3): a pseudonym, or a member of staff. Exactly one is there.
struct LeafIdentity {
    std::optional<std::string> pseudonym;
    std::optional<StaffCredential> staff;
    VERANDA_FIELDS(pseudonym, staff)
};

}  // namespace veranda
