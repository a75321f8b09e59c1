// The group book: who may write in it, what counts when several did, and a file that says what is wrong with it.
#include "client-lib/circle/joining/group_book.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "protocol/content.hpp"
#include "tests/support/seeded_random.hpp"
#include "tests/support/small_organisation.hpp"

namespace veranda::circle {
namespace {

using namespace tests;

const GroupWelcome evening_group{"Evening group", "Be kind.", "en"};
const PersonId iris{{1}};
const PersonId joy{{2}};

UnixSeconds after(std::uint64_t seconds) { return UnixSeconds{test_time.value + seconds}; }
Bytes named(std::string name) { return tls::encode(Text{std::move(name)}); }
PassKeys pass_of(std::uint8_t byte) { return {SignatureKey{{byte}}, SealingKey{{byte}}}; }

class Book : public testing::Test {
protected:
    SeededRandom random{5};
    SmallOrganisation harbour{random};
    client::StaffKeys amara = harbour.certify("Amara");
    client::StaffKeys blessing = harbour.certify("Blessing");
    GroupBook book = GroupBook::start(evening_group, pen(amara), test_time, random);

    static BookPen pen(const client::StaffKeys& keys) { return {keys.certificate, keys.key}; }
    const SignatureKey& root() const { return harbour.organisation.body.root; }

    Signed<BookEntry> write(BookEntryKind kind, const PersonId& person, Bytes body, std::uint64_t at = 0) {
        const auto entry = book.write(kind, person, std::move(body), pen(amara), after(at));
        EXPECT_TRUE(entry.has_value());
        return *entry;
    }
    GroupBook copy(const GroupBook& of) const { return *GroupBook::from(of.body(), root()); }
    BookPerson person(const PersonId& id) const {
        for (BookPerson& each : book.people(harbour.staff))
            if (each.id == id) return each;
        return {};
    }
    const Rule* why_not(const Signed<BookEntry>& entry, const Signed<Certificate>& certificate) {
        const auto before = book.entries();
        const auto taken = book.take(entry, certificate, root());
        EXPECT_EQ(book.entries(), before) << "a refused entry changes nothing";
        return taken ? nullptr : taken.error().rule;
    }
    Signed<BookEntry> entry_by(const client::StaffKeys& keys) const {
        const BookEntry body{book.group(),          after(5), crypto::hash_of(keys.certificate),
                             BookEntryKind::person, iris,     named("Iris")};
        return crypto::sign(body, keys.key);
    }
};

TEST_F(Book, TellsItsGroupAndItsPeople) {
    write(BookEntryKind::person, iris, named("Iris"));
    write(BookEntryKind::pass, iris, tls::encode(pass_of(1)));
    EXPECT_EQ(book.welcome(harbour.staff), evening_group);
    EXPECT_EQ(person(iris).pseudonym, "Iris");
    EXPECT_EQ(person(iris).pass, pass_of(1));
    EXPECT_FALSE(person(iris).removed);
}

TEST_F(Book, TheNewestNameAndPassCount) {
    write(BookEntryKind::person, iris, named("Rose"), 20);
    write(BookEntryKind::person, iris, named("Iris"), 10);
    write(BookEntryKind::pass, iris, tls::encode(pass_of(2)), 20);
    write(BookEntryKind::pass, iris, tls::encode(pass_of(1)), 10);
    EXPECT_EQ(person(iris).pseudonym, "Rose");
    EXPECT_EQ(person(iris).pass, pass_of(2));
}

TEST_F(Book, APassOnceVoidOpensNothingEvenIfItIsWrittenAgain) {
    write(BookEntryKind::pass_void, iris, tls::encode(pass_of(1)), 10);
    write(BookEntryKind::pass, iris, tls::encode(pass_of(1)), 20);
    EXPECT_FALSE(person(iris).pass.has_value());
    write(BookEntryKind::pass, iris, tls::encode(pass_of(2)), 30);
    EXPECT_EQ(person(iris).pass, pass_of(2));
}

TEST_F(Book, ARemovalWinsWheneverItWasWritten) {
    write(BookEntryKind::removal, iris, {}, 10);
    write(BookEntryKind::person, iris, named("Iris"), 20);
    EXPECT_TRUE(person(iris).removed);
    EXPECT_FALSE(person(joy).removed);
}

TEST_F(Book, MergedBothWaysSaysTheSame) {
    GroupBook other = copy(book);
    write(BookEntryKind::person, iris, named("Iris"), 1);
    write(BookEntryKind::removal, joy, {}, 2);
    ASSERT_TRUE(other.write(BookEntryKind::person, joy, named("Joy"), pen(blessing), after(3)));
    GroupBook here = copy(book);
    ASSERT_TRUE(here.merge(other));
    ASSERT_TRUE(other.merge(book));
    EXPECT_EQ(here.entries(), other.entries());
    EXPECT_EQ(here.size(), 4U);
    const auto people = here.people(harbour.staff);
    ASSERT_EQ(people.size(), 2U);
    EXPECT_TRUE(std::all_of(people.begin(), people.end(),
                            [](const BookPerson& each) { return each.removed == (each.pseudonym == "Joy"); }));
}

TEST_F(Book, AnotherGroupsBookIsNotMerged) {
    const GroupBook other = GroupBook::start(evening_group, pen(amara), test_time, random);
    const auto merged = book.merge(other);
    ASSERT_FALSE(merged);
    EXPECT_TRUE(merged.error().is(faults::book_other_group));
    EXPECT_EQ(book.size(), 1U);
}

TEST_F(Book, TakesTheSameEntryOnce) {
    const auto entry = entry_by(blessing);
    EXPECT_EQ(*book.take(entry, blessing.certificate, root()), true);
    EXPECT_EQ(*book.take(entry, blessing.certificate, root()), false);
    EXPECT_EQ(book.size(), 2U);
}

TEST_F(Book, EachFieldOfAnEntryIsSigned) {
    const auto entry = entry_by(blessing);
    const auto changed = [&](auto change) {
        Signed<BookEntry> other = entry;
        change(other.body);
        return why_not(other, blessing.certificate);
    };
    EXPECT_EQ(changed([](BookEntry& e) { e.group.bytes[0] ^= 1; }), &faults::book_other_group);
    EXPECT_EQ(changed([](BookEntry& e) { e.at = e.at.next(); }), &faults::book_entry_signature);
    EXPECT_EQ(changed([](BookEntry& e) { e.certificate.bytes[0] ^= 1; }), &faults::book_entry_writer);
    EXPECT_EQ(changed([](BookEntry& e) { e.kind = BookEntryKind::removal; }), &faults::book_entry_signature);
    EXPECT_EQ(changed([](BookEntry& e) { e.person.bytes[0] ^= 2; }), &faults::book_entry_signature);
    EXPECT_EQ(changed([](BookEntry& e) { e.body = named("Rose"); }), &faults::book_entry_signature);
}

TEST_F(Book, OnlyFacilitatorsOfThisOrganisationWrite) {
    const client::StaffKeys grace = harbour.certify("Grace", Role::counsellor);
    SmallOrganisation island(random, "Island");
    const client::StaffKeys stranger = island.certify("Stranger");
    EXPECT_EQ(why_not(entry_by(grace), grace.certificate), &faults::book_entry_writer);
    EXPECT_EQ(why_not(entry_by(stranger), stranger.certificate), &faults::book_entry_writer);
    EXPECT_EQ(why_not(entry_by(blessing), amara.certificate), &faults::book_entry_writer);
}

TEST_F(Book, AnEntryIsWithinTheLifeOfItsCertificate) {
    BookEntry body = entry_by(blessing).body;
    body.at = blessing.certificate.body.not_after.next();
    EXPECT_EQ(why_not(crypto::sign(body, blessing.key), blessing.certificate), &faults::book_entry_writer);
    body.at = blessing.certificate.body.not_after;
    EXPECT_EQ(why_not(crypto::sign(body, blessing.key), amara.certificate), &faults::book_entry_writer);
    EXPECT_TRUE(book.take(crypto::sign(body, blessing.key), blessing.certificate, root()));
}

TEST_F(Book, WhatADismissedFacilitatorWroteBeforeStandsAndNothingAfter) {
    ASSERT_TRUE(book.take(entry_by(blessing), blessing.certificate, root()));
    harbour.now = after(60);
    harbour.revoke(blessing);
    BookEntry later = entry_by(blessing).body;
    later.at = after(60);
    later.body = named("Rose");
    ASSERT_TRUE(book.take(crypto::sign(later, blessing.key), blessing.certificate, root()));
    EXPECT_EQ(person(iris).pseudonym, "Iris");
}

TEST_F(Book, ACertificateThatNoListKnowsWritesNothingThatCounts) {
    const StaffList before = harbour.staff;
    const client::StaffKeys secret = harbour.certify("Secret");
    ASSERT_TRUE(book.take(entry_by(secret), secret.certificate, root()));
    EXPECT_TRUE(book.people(before).empty());
    EXPECT_EQ(book.people(harbour.staff).size(), 1U);
}

TEST_F(Book, AnEntryHasTheBodyOfItsKind) {
    const auto refused = [&](BookEntryKind kind, const PersonId& person, Bytes body) {
        const auto written = book.write(kind, person, std::move(body), pen(amara), test_time);
        return !written && written.error().is(faults::book_entry_form);
    };
    EXPECT_TRUE(refused(BookEntryKind::person, PersonId{}, named("Iris")));
    EXPECT_TRUE(refused(BookEntryKind::person, iris, named(" ")));
    EXPECT_TRUE(refused(BookEntryKind::person, iris, {}));
    EXPECT_TRUE(refused(BookEntryKind::group, iris, tls::encode(evening_group)));
    EXPECT_TRUE(refused(BookEntryKind::group, {}, tls::encode(GroupWelcome{"", "", "en"})));
    EXPECT_TRUE(refused(BookEntryKind::pass, iris, {1, 2, 3}));
    EXPECT_TRUE(refused(BookEntryKind::removal, iris, {1}));
    EXPECT_TRUE(refused(BookEntryKind::session, {}, {1}));
    EXPECT_TRUE(refused(BookEntryKind::seat, iris, {1}));
    BookEntry bad = entry_by(blessing).body;
    bad.body = {};
    EXPECT_EQ(why_not(crypto::sign(bad, blessing.key), blessing.certificate), &faults::book_entry_form);
}

TEST_F(Book, KnowsTheSessionUnderWayAndItsSeats) {
    const BookSession session{RoomId{{9}}, test_time, after(3600), {}};
    const BookSeat first{session.room, MemberId{{1}}, Level::speaks, pass_of(1)};
    BookSeat second = first;
    second.ticket = pass_of(2);
    write(BookEntryKind::session, {}, tls::encode(session));
    write(BookEntryKind::seat, iris, tls::encode(first), 1);
    write(BookEntryKind::seat, iris, tls::encode(second), 2);
    write(BookEntryKind::seat, joy, tls::encode(BookSeat{RoomId{{8}}, MemberId{{2}}, Level::listens, pass_of(3)}), 2);
    EXPECT_EQ(book.session_under_way(harbour.staff, after(3599)), session);
    EXPECT_FALSE(book.session_under_way(harbour.staff, after(3600)).has_value());
    const BookSession over{RoomId{{7}}, after(10), after(20), {}};
    write(BookEntryKind::session, {}, tls::encode(over), 10);
    EXPECT_EQ(book.session_under_way(harbour.staff, after(15)), over) << "the newest";
    EXPECT_EQ(book.session_under_way(harbour.staff, after(30)), session) << "a later one that is over hides none";
    EXPECT_EQ(book.session_of(harbour.staff, over.room), over);
    EXPECT_FALSE(book.session_of(harbour.staff, RoomId{{6}}).has_value());
    const auto places = book.places(harbour.staff, session.room);
    ASSERT_EQ(places.size(), 1U);
    EXPECT_EQ(places[0].person, iris);
    EXPECT_EQ(places[0].seat, second);
}

TEST_F(Book, ForgetsSeatsAfterTwoDaysAndNothingElse) {
    write(BookEntryKind::person, iris, named("Iris"));
    write(BookEntryKind::seat, iris, tls::encode(BookSeat{RoomId{{9}}, {}, Level::speaks, pass_of(1)}));
    book.forget_old_seats(after(seats_kept_seconds));
    EXPECT_EQ(book.size(), 3U);
    book.forget_old_seats(after(seats_kept_seconds + 1));
    EXPECT_EQ(book.size(), 2U);
    EXPECT_EQ(person(iris).pseudonym, "Iris");
}

TEST_F(Book, IsFullAtItsLimit) {
    GroupBookBody body = book.body();
    while (body.entries.size() < book_entries_max + 1) body.entries.push_back(body.entries.front());
    EXPECT_TRUE(GroupBook::from(body, root())) << "the same entry many times is one";
    for (std::uint64_t i = 1; book.size() < book_entries_max; ++i) write(BookEntryKind::removal, iris, {}, i);
    const auto written = book.write(BookEntryKind::removal, joy, {}, pen(amara), test_time);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error(), (Error{&faults::book_full, book_entries_max}));
    EXPECT_EQ(why_not(entry_by(blessing), blessing.certificate), &faults::book_full);
}

TEST_F(Book, ComesBackFromItsFileUnderItsPassphraseOnly) {
    write(BookEntryKind::person, iris, named("Iris"));
    const Bytes file = *seal_book_body(tls::encode(book.body()), as_bytes("a passphrase"), random);
    const auto opened = open_book(file, as_bytes("a passphrase"), root());
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->entries(), book.entries());
    const auto wrong = open_book(file, as_bytes("another"), root());
    ASSERT_FALSE(wrong);
    EXPECT_TRUE(wrong.error().is(faults::book_passphrase));
}

TEST_F(Book, SaysWhetherAFileIsDamagedOrNewer) {
    const Bytes file = *seal_book_body(tls::encode(book.body()), as_bytes("a passphrase"), random);
    const auto why = [&](Bytes bytes) { return open_book(bytes, as_bytes("a passphrase"), root()).error().rule; };
    Bytes newer = file;
    newer[1] = 2;
    EXPECT_EQ(why(newer), &faults::book_newer_version);
    Bytes changed = file;
    changed[changed.size() / 2] ^= 1;
    EXPECT_EQ(why(changed), &faults::book_damaged);
    EXPECT_EQ(why(Bytes(file.begin(), file.end() - 1)), &faults::book_damaged);
    EXPECT_EQ(why({}), &faults::book_damaged);
    const auto empty = GroupBook::from(GroupBookBody{}, root());
    ASSERT_FALSE(empty);
    EXPECT_TRUE(empty.error().is(faults::book_damaged));
    GroupBookBody no_writer = book.body();
    no_writer.certificates.clear();
    EXPECT_TRUE(GroupBook::from(no_writer, root()).error().is(faults::book_entry_writer));
}

}  // namespace
}  // namespace veranda::circle
