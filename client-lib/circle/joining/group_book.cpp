// Entries are kept by their hash, so that the same one twice is one; the folds go through them oldest first.
#include "client-lib/circle/joining/group_book.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "client-lib/circle/joining/knock.hpp"
#include "crypto/sealed/faults.hpp"
#include "crypto/sealed/password.hpp"
#include "crypto/sealed/signed_make.hpp"
#include "crypto/verify/signed_check.hpp"
#include "protocol/content.hpp"

namespace veranda::circle {
namespace {

bool names_a_person(BookEntryKind kind) { return kind != BookEntryKind::group && kind != BookEntryKind::session; }

bool is_group(ByteView body) {
    const auto welcome = tls::decode<GroupWelcome>(body);
    return welcome && !welcome->name.empty() && welcome->name.size() <= limits::group_name_bytes_max &&
           welcome->rules.size() <= limits::rules_bytes_max && welcome->language.size() <= limits::language_bytes_max;
}

bool is_pseudonym(ByteView body) {
    const auto text = tls::decode<Text>(body);
    return text && check_pseudonym(text->text);
}

// Has the entry the body of its kind, and a person just where its kind is about one?
bool is_well_formed(const BookEntry& entry) {
    if (names_a_person(entry.kind) == entry.person.is_zero()) return false;
    switch (entry.kind) {
        case BookEntryKind::group: return is_group(entry.body);
        case BookEntryKind::person: return is_pseudonym(entry.body);
        case BookEntryKind::pass:
        case BookEntryKind::pass_void: return tls::decode<PassKeys>(entry.body).has_value();
        case BookEntryKind::removal: return entry.body.empty();
        case BookEntryKind::session: return tls::decode<BookSession>(entry.body).has_value();
        case BookEntryKind::seat: return tls::decode<BookSeat>(entry.body).has_value();
    }
    return false;
}

// Was she staff by this list when she wrote it?
bool was_staff(const Hash& certificate, UnixSeconds at, const StaffList& list) {
    const auto says = [&](StaffListEvent event) {
        return std::find_if(list.entries.begin(), list.entries.end(), [&](const StaffListEntry& entry) {
            return entry.event == event && entry.certificate == certificate;
        });
    };
    const auto revoked = says(StaffListEvent::revoked);
    return says(StaffListEvent::issued) != list.entries.end() && (revoked == list.entries.end() || at < revoked->at);
}

}  // namespace

GroupBook GroupBook::start(const GroupWelcome& welcome, const BookPen& pen, UnixSeconds now,
                           crypto::RandomSource& random) {
    GroupBook book(GroupId{random.array<GroupId::size>()});
    const auto written = book.write(BookEntryKind::group, {}, tls::encode(welcome), pen, now);
    VERANDA_ASSERT(written.has_value());  // the caller's plan has been checked
    return book;
}

Result<GroupBook> GroupBook::from(const GroupBookBody& body, const SignatureKey& root) {
    if (body.entries.empty()) return fail(faults::book_damaged);
    GroupBook book(body.entries.front().body.group);
    std::map<Hash, const Signed<Certificate>*> by_hash;
    for (const Signed<Certificate>& certificate : body.certificates)
        by_hash[crypto::hash_of(certificate)] = &certificate;
    for (const Signed<BookEntry>& entry : body.entries) {
        const auto writer = by_hash.find(entry.body.certificate);
        if (writer == by_hash.end()) return fail(faults::book_entry_writer);
        TRY(book.take(entry, *writer->second, root));
    }
    return book;
}

GroupBookBody GroupBook::body() const {
    GroupBookBody body;
    for (const auto& [hash, certificate] : certificates_) body.certificates.push_back(certificate);
    body.entries = entries();
    return body;
}

std::vector<Signed<BookEntry>> GroupBook::entries() const {
    std::vector<Signed<BookEntry>> all;
    for (const auto& [hash, entry] : entries_) all.push_back(entry);
    return all;
}

const Signed<BookEntry>* GroupBook::entry(const Hash& hash) const {
    const auto found = entries_.find(hash);
    return found == entries_.end() ? nullptr : &found->second;
}

UnixSeconds GroupBook::newest_at(BookEntryKind kind, const PersonId& person) const {
    UnixSeconds newest;
    for (const auto& [hash, entry] : entries_)
        if (entry.body.kind == kind && entry.body.person == person) newest = std::max(newest, entry.body.at);
    return newest;
}

const Signed<Certificate>* GroupBook::certificate(const Hash& hash) const {
    const auto found = certificates_.find(hash);
    return found == certificates_.end() ? nullptr : &found->second;
}

Result<Signed<BookEntry>> GroupBook::write(BookEntryKind kind, const PersonId& person, Bytes body, const BookPen& pen,
                                           UnixSeconds now) {
    const Hash writer = crypto::hash_of(pen.certificate);
    const BookEntry entry{group_, now, writer, kind, person, std::move(body)};
    if (!is_well_formed(entry)) return fail(faults::book_entry_form);
    if (entries_.size() >= book_entries_max) return fail(faults::book_full, book_entries_max);
    Signed<BookEntry> made = crypto::sign(entry, pen.key);
    certificates_.try_emplace(writer, pen.certificate);
    entries_.try_emplace(crypto::hash_of(made), made);
    return made;
}

Result<bool> GroupBook::take(const Signed<BookEntry>& entry, const Signed<Certificate>& certificate,
                             const SignatureKey& root) {
    const Certificate& writer = certificate.body;
    const BookEntry& body = entry.body;
    if (body.group != group_) return fail(faults::book_other_group);
    const bool is_hers = crypto::hash_of(certificate) == body.certificate && writer.root == root &&
                         crypto::signature_holds(certificate, root);
    const bool was_good =
        writer.role == Role::facilitator && writer.not_before <= body.at && body.at <= writer.not_after;
    if (!is_hers || !was_good) return fail(faults::book_entry_writer);
    if (!crypto::signature_holds(entry, writer.key)) return fail(faults::book_entry_signature);
    if (!is_well_formed(body)) return fail(faults::book_entry_form);
    const Hash hash = crypto::hash_of(entry);
    if (entries_.contains(hash)) return false;
    if (entries_.size() >= book_entries_max) return fail(faults::book_full, book_entries_max);
    certificates_.try_emplace(body.certificate, certificate);
    entries_.try_emplace(hash, entry);
    return true;
}

Result<void> GroupBook::merge(const GroupBook& other) {
    if (other.group_ != group_) return fail(faults::book_other_group);
    auto both = entries_;
    both.insert(other.entries_.begin(), other.entries_.end());
    if (both.size() > book_entries_max) return fail(faults::book_full, book_entries_max);
    entries_ = std::move(both);
    certificates_.insert(other.certificates_.begin(), other.certificates_.end());
    return {};
}

std::vector<const BookEntry*> GroupBook::counting(const StaffList& list) const {
    std::vector<std::tuple<UnixSeconds, Hash, const BookEntry*>> found;
    for (const auto& [hash, entry] : entries_)
        if (was_staff(entry.body.certificate, entry.body.at, list))
            found.emplace_back(entry.body.at, hash, &entry.body);
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
        return std::tie(std::get<0>(a), std::get<1>(a)) < std::tie(std::get<0>(b), std::get<1>(b));
    });
    std::vector<const BookEntry*> entries;
    entries.reserve(found.size());
    for (const auto& each : found) entries.push_back(std::get<2>(each));
    return entries;
}

GroupWelcome GroupBook::welcome(const StaffList& list) const {
    GroupWelcome newest;
    for (const BookEntry* entry : counting(list))
        if (entry->kind == BookEntryKind::group) newest = *tls::decode<GroupWelcome>(entry->body);
    return newest;
}

std::vector<BookPerson> GroupBook::people(const StaffList& list) const {
    std::map<PersonId, BookPerson> people;
    std::vector<PassKeys> void_passes;
    for (const BookEntry* entry : counting(list)) {
        if (!names_a_person(entry->kind) || entry->kind == BookEntryKind::seat) continue;
        BookPerson& person = people[entry->person];
        person.id = entry->person;
        if (entry->kind == BookEntryKind::person) person.pseudonym = tls::decode<Text>(entry->body)->text;
        if (entry->kind == BookEntryKind::pass) person.pass = *tls::decode<PassKeys>(entry->body);
        if (entry->kind == BookEntryKind::pass_void) void_passes.push_back(*tls::decode<PassKeys>(entry->body));
        if (entry->kind == BookEntryKind::removal) person.removed = true;
    }
    std::vector<BookPerson> all;
    for (auto& [id, person] : people) {
        const bool is_void =
            person.pass && std::find(void_passes.begin(), void_passes.end(), *person.pass) != void_passes.end();
        if (is_void) person.pass.reset();
        all.push_back(std::move(person));
    }
    return all;
}

std::optional<BookSession> GroupBook::session_under_way(const StaffList& list, UnixSeconds now) const {
    std::optional<BookSession> newest;
    std::set<RoomId> seen;
    const auto entries = counting(list);
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        if ((*entry)->kind != BookEntryKind::session) continue;
        const BookSession session = *tls::decode<BookSession>((*entry)->body);
        const bool is_its_newest = seen.insert(session.room).second;
        if (is_its_newest && session.ends_at > now && !newest) newest = session;
    }
    return newest;
}

std::optional<BookSession> GroupBook::session_of(const StaffList& list, const RoomId& room) const {
    std::optional<BookSession> newest;
    for (const BookEntry* entry : counting(list)) {
        if (entry->kind != BookEntryKind::session) continue;
        const BookSession session = *tls::decode<BookSession>(entry->body);
        if (session.room == room) newest = session;
    }
    return newest;
}

std::vector<BookPlace> GroupBook::places(const StaffList& list, const RoomId& room) const {
    struct Newest {
        UnixSeconds at;
        BookSeat seat;
    };
    std::map<PersonId, Newest> newest;
    std::map<PersonId, UnixSeconds> removed;
    for (const BookEntry* entry : counting(list)) {
        if (entry->kind == BookEntryKind::removal) removed[entry->person] = entry->at;
        if (entry->kind != BookEntryKind::seat) continue;
        const BookSeat seat = *tls::decode<BookSeat>(entry->body);
        if (seat.room == room) newest[entry->person] = {entry->at, seat};
    }
    std::vector<BookPlace> all;
    all.reserve(newest.size());
    for (const auto& [person, known] : newest) {
        const auto gone = removed.find(person);
        all.push_back({person, known.seat, gone != removed.end() && gone->second >= known.at});
    }
    return all;
}

void GroupBook::forget_old_seats(UnixSeconds now) {
    std::erase_if(entries_, [&](const auto& each) {
        const BookEntry& entry = each.second.body;
        return entry.kind == BookEntryKind::seat && entry.at.value + seats_kept_seconds < now.value;
    });
}

Result<Bytes> seal_book_body(ByteView body, ByteView passphrase, crypto::RandomSource& random) {
    GroupBookFile file;
    file.sealed = TRY(crypto::password_seal(passphrase, body, random));
    file.checksum = crypto::sha256(file.sealed);
    return tls::encode(file);
}

Result<GroupBook> open_book(ByteView file, ByteView passphrase, const SignatureKey& root) {
    tls::Reader version(file);
    const std::uint64_t number = version.number(2);
    if (version.ok() && number > GroupBookFile::current_version) return fail(faults::book_newer_version, number);
    const auto book = tls::decode<GroupBookFile>(file);
    if (!book || book->version != GroupBookFile::current_version || crypto::sha256(book->sealed) != book->checksum)
        return fail(faults::book_damaged);
    auto plain = crypto::password_open(passphrase, book->sealed);
    if (!plain && plain.error().is(crypto::faults::decryption)) return fail(faults::book_passphrase);
    if (!plain) return Failure(plain.error());
    const auto body = tls::decode<GroupBookBody>(plain->view());
    if (!body) return fail(faults::book_damaged);
    return GroupBook::from(*body, root);
}

}  // namespace veranda::circle
