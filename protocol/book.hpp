// The group book: what facilitators keep of a group between its sessions, as signed entries in a sealed file. No relay
// ever sees it. Specification: docs/protocol.md, 13.
#pragma once

#include "protocol/signed/joining.hpp"

namespace veranda {

enum class BookEntryKind : std::uint8_t {
    group = 1,      // GroupWelcome
    person = 2,     // Text: her pseudonym
    pass = 3,       // PassKeys: the public half of her return words
    pass_void = 4,  // PassKeys: for good
    removal = 5,    // empty: for good, whatever else is written
    session = 6,    // BookSession
    seat = 7,       // BookSeat
};
inline bool is_known(BookEntryKind kind) { return kind >= BookEntryKind::group && kind <= BookEntryKind::seat; }

// Signed by the key of the certificate that it names.
struct BookEntry {
    static constexpr std::string_view label = "Veranda 1 book entry";
    GroupId group;
    UnixSeconds at;  // the writer's clock
    Hash certificate;
    BookEntryKind kind{};
    PersonId person;  // zero where the kind is about nobody
    Bytes body;
    friend bool operator==(const BookEntry&, const BookEntry&) = default;
    VERANDA_FIELDS(group, at, certificate, kind, person, body)
};

struct BookSession {
    RoomId room;
    UnixSeconds opened_at;
    UnixSeconds ends_at;
    UnixSeconds next_session;  // 0: not fixed
    friend bool operator==(const BookSession&, const BookSession&) = default;
    VERANDA_FIELDS(room, opened_at, ends_at, next_session)
};

// Where a person sits this evening: by it another device of a facilitator can make the room anew.
struct BookSeat {
    RoomId room;
    MemberId member;
    Level level{};
    PassKeys ticket;
    friend bool operator==(const BookSeat&, const BookSeat&) = default;
    VERANDA_FIELDS(room, member, level, ticket)
};

// What one facilitator tells another of her book, in the lane. The writer's certificate goes with it, unless she is
// staff in the room herself.
struct BookEntryTold {
    Signed<BookEntry> entry;
    std::optional<Signed<Certificate>> certificate;
    friend bool operator==(const BookEntryTold&, const BookEntryTold&) = default;
    VERANDA_FIELDS(entry, certificate)
};

// The whole book. Order means nothing.
struct GroupBookBody {
    std::vector<Signed<Certificate>> certificates;  // of everyone who wrote in it
    std::vector<Signed<BookEntry>> entries;
    VERANDA_FIELDS(certificates, entries)
};

// A file of it. The checksum tells damage from a wrong passphrase, and is no protection: the seal is.
struct GroupBookFile {
    static constexpr std::uint16_t current_version = 1;
    std::uint16_t version = current_version;
    Bytes sealed;   // crypto::password_seal of a GroupBookBody
    Hash checksum;  // SHA-256 of `sealed`
    VERANDA_FIELDS(version, sealed, checksum)
};

}  // namespace veranda
