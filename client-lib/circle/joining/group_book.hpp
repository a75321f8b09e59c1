// The group book: the people of a group between its evenings, in a file of its facilitators and nowhere else.
//
// A set of signed entries. Merging two books is the union of their entries, and what they say together is a fold whose
// outcome depends on no order of arrival: the newest entry counts, and a removal counts for good. An entry counts if a
// facilitator of the organisation wrote it while her certificate was good. Specification: docs/protocol.md, 13.
#pragma once

#include <map>

#include "client-lib/circle/rules.hpp"
#include "crypto/sealed/secret.hpp"
#include "crypto/sealed/signing.hpp"
#include "protocol/book.hpp"

namespace veranda::circle {

namespace faults {
inline constexpr Rule book_damaged{"book_damaged", "docs/protocol.md, 13"};
inline constexpr Rule book_newer_version{"book_newer_version", "docs/protocol.md, 13"};  // detail: its version
inline constexpr Rule book_passphrase{"book_passphrase", "docs/protocol.md, 13"};
inline constexpr Rule book_full{"book_full", "docs/protocol.md, 13"};  // detail: entries at most
inline constexpr Rule book_other_group{"book_other_group", "docs/protocol.md, 13"};
inline constexpr Rule book_entry_form{"book_entry_form", "docs/protocol.md, 13"};      // its body is not of its kind
inline constexpr Rule book_entry_writer{"book_entry_writer", "docs/protocol.md, 13"};  // not by a facilitator of ours
inline constexpr Rule book_entry_signature{"book_entry_signature", "docs/protocol.md, 13"};
}  // namespace faults

// Who writes: her certificate and the key that it is for.
struct BookPen {
    const Signed<Certificate>& certificate;
    const crypto::SigningKey& key;
};

struct BookPerson {
    PersonId id;
    std::string pseudonym;
    std::optional<PassKeys> pass;  // of her return words, unless void
    bool removed = false;
};

struct BookPlace {
    PersonId person;
    BookSeat seat;
    bool removed = false;  // since she had this seat
};

class GroupBook {
public:
    // A new book, whose first entry is the group's name, rules and language.
    static GroupBook start(const GroupWelcome& welcome, const BookPen& pen, UnixSeconds now,
                           crypto::RandomSource& random);
    // One that has no entry yet, to take in another's.
    static GroupBook empty(const GroupId& group) { return GroupBook(group); }
    // Errors: book_damaged (no entry), book_full, and those of take().
    static Result<GroupBook> from(const GroupBookBody& body, const SignatureKey& root);

    const GroupId& group() const { return group_; }
    std::size_t size() const { return entries_.size(); }
    GroupBookBody body() const;
    // Every entry with the certificate of its writer, for another facilitator.
    std::vector<Signed<BookEntry>> entries() const;
    const Signed<BookEntry>* entry(const Hash& hash) const;
    const Signed<Certificate>* certificate(const Hash& hash) const;
    // When the newest entry of this kind about this person was written; zero: there is none. What is to count after it
    // has to be later.
    UnixSeconds newest_at(BookEntryKind kind, const PersonId& person) const;

    // Writes an entry and gives it back, to be sent to the other facilitators. Errors: book_full, book_entry_form.
    Result<Signed<BookEntry>> write(BookEntryKind kind, const PersonId& person, Bytes body, const BookPen& pen,
                                    UnixSeconds now);
    // Takes another's entry; false if it was here. `certificate` is the writer's. Errors: book_other_group,
    // book_entry_writer, book_entry_signature, book_entry_form, book_full.
    Result<bool> take(const Signed<BookEntry>& entry, const Signed<Certificate>& certificate, const SignatureKey& root);
    // Takes in everything of another book of the same group. Errors: as take(); nothing is taken then.
    Result<void> merge(const GroupBook& other);

    // What the entries say together, of those whose writers `list` knows as staff.
    GroupWelcome welcome(const StaffList& list) const;
    std::vector<BookPerson> people(const StaffList& list) const;
    std::optional<BookSession> session_of(const StaffList& list, const RoomId& room) const;
    // Whose end has not come; of several the newest.
    std::optional<BookSession> session_under_way(const StaffList& list, UnixSeconds now) const;
    std::vector<BookPlace> places(const StaffList& list, const RoomId& room) const;

    // Drops the seats of sessions that were over `seats_kept_seconds` ago: tickets of then open nothing any more.
    void forget_old_seats(UnixSeconds now);

private:
    explicit GroupBook(const GroupId& group) : group_(group) {}
    std::vector<const BookEntry*> counting(const StaffList& list) const;  // oldest first

    GroupId group_;
    std::map<Hash, Signed<BookEntry>> entries_;  // by the hash of the signed entry
    std::map<Hash, Signed<Certificate>> certificates_;
};

inline constexpr std::size_t book_entries_max = 4'096;
inline constexpr std::uint64_t seats_kept_seconds = 48ULL * 3600;

// The bytes of a book file. `body`: an encoded GroupBookBody. Errors: password_cost, if memory is short.
Result<Bytes> seal_book_body(ByteView body, ByteView passphrase, crypto::RandomSource& random);
// Errors: book_newer_version, book_damaged, book_passphrase, password_cost, and those of GroupBook::from.
Result<GroupBook> open_book(ByteView file, ByteView passphrase, const SignatureKey& root);

}  // namespace veranda::circle
