// The group book in hosting clients: written before what it tells of, exchanged among facilitators, and the way back of
// a facilitator alone.
#include <gtest/gtest.h>

#include "client-lib/circle/moderation/staff_lane.hpp"
#include "tests/unit/client/books.hpp"

namespace veranda::client {
namespace {

// Each time that she sends a frame of this kind.
template <class Frame>
void on_sending(Phone& phone, std::function<void()> act) {
    phone.say = [act = std::move(act)](Bytes& message) {
        for (const auto& received : client_frames(message))
            if (const auto* known = std::get_if<ClientFrame>(&received.frame); known && std::get_if<Frame>(known))
                act();
    };
}

// ---- written before ----

TEST_F(Books, TheSessionIsInTheBookBeforeTheRelayHearsOfIt) {
    Phone& blessing = evening_.phone();
    std::optional<bool> was_saved;
    on_sending<OpenRoom>(blessing, [&] { was_saved = !blessing.saved.empty(); });
    GroupPlan plan;
    plan.name = "Another group";
    ASSERT_TRUE(blessing.client.host(clone(evening_.blessing), plan, evening_.now));
    evening_.settle();
    EXPECT_EQ(was_saved, true);
    ASSERT_FALSE(amara_.saved.empty());
    const auto session = book_of(amara_).session_under_way(evening_.harbour.staff, today());
    ASSERT_TRUE(session);
    EXPECT_EQ(session->room, room());
    EXPECT_EQ(book_of(amara_).welcome(evening_.harbour.staff), (GroupWelcome{"Evening group", "Be kind.", "en"}));
    ASSERT_EQ(book_of(amara_).places(evening_.harbour.staff, room()).size(), 1U);
    EXPECT_EQ(book_of(amara_).places(evening_.harbour.staff, room()).front().seat.member, amara_id());
}

TEST_F(Books, AnAdmissionALevelAndARemovalAreSavedBeforeTheyAreSent) {
    Phone& iris = evening_.knock(evening_.invite(amara_), "Iris");
    const auto saves_first = [&](const std::function<void()>& act) {
        evening_.settle();
        amara_.done.clear();
        const std::size_t saved = amara_.saved.size();
        act();
        amara_.turn(evening_.now);  // the wire alone, before anybody answers
        EXPECT_EQ(amara_.saved.size(), saved + 1);
        EXPECT_EQ(amara_.done, (Names{"save", "send"}));
    };
    evening_.wait(1);
    Names in_book;
    on_sending<Admit>(amara_, [&] { in_book = names_in_book_of(amara_); });
    ASSERT_TRUE(amara_.client.admit("Iris", evening_.now));  // asks for the lease first
    evening_.settle();
    amara_.say = nullptr;
    EXPECT_EQ(in_book, Names{"Iris"});
    EXPECT_EQ(iris.phase(), Phase::in_group);
    EXPECT_EQ(names_in_book_of(amara_), Names{"Iris"});
    evening_.wait(1);
    saves_first([&] { ASSERT_TRUE(amara_.client.set_level("Iris", Level::held, 0, evening_.now)); });
    for (const auto& place : book_of(amara_).places(evening_.harbour.staff, room()))
        EXPECT_EQ(place.seat.level, place.seat.member == id_of(iris) ? Level::held : Level::speaks);
    saves_first([&] { ASSERT_TRUE(amara_.client.remove("Iris", evening_.now)); });
    EXPECT_EQ(names_in_book_of(amara_), Names{"Iris (removed)"});
    evening_.settle();
    EXPECT_EQ(iris.phase(), Phase::removed);
}

TEST_F(Books, WhoComesBackByHerTicketIsOnePersonWithANewSeat) {
    Phone& iris = evening_.join(amara_, "Iris");
    auto ticket = iris.client.ticket();
    ASSERT_TRUE(ticket);
    kill(iris, evening_);
    Phone& again = evening_.phone();
    ASSERT_TRUE(again.client.return_by(*std::move(ticket), evening_.now));
    evening_.wait(2);
    ASSERT_EQ(again.phase(), Phase::in_group);
    EXPECT_EQ(names_in_book_of(amara_), Names{"Iris"});
    for (const auto& place : book_of(amara_).places(evening_.harbour.staff, room())) {
        if (place.seat.member != id_of(again)) continue;
        const circle::Pass pass = circle::Pass::from(again.client.ticket()->entropy);
        EXPECT_EQ(place.seat.ticket, pass.keys());
    }
}

TEST_F(Books, TheEndOfASessionIsInTheBook) {
    end_session(amara_);
    EXPECT_EQ(amara_.phase(), Phase::ended);
    EXPECT_FALSE(book_of(amara_).session_under_way(evening_.harbour.staff, today()));
}

// ---- among facilitators ----

TEST_F(Books, WhoComesInWithoutABookHasTheWholeOneAndEachNewEntry) {
    Phone& iris = evening_.join(amara_, "Iris");
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    evening_.wait(3);
    EXPECT_EQ(book_of(blessing).group(), book_of(amara_).group());
    EXPECT_EQ(book_of(blessing).entries(), book_of(amara_).entries());
    evening_.join(blessing, "Kemi");
    remove(amara_, "Iris");
    evening_.wait(3);
    EXPECT_EQ(iris.phase(), Phase::removed);
    EXPECT_EQ(names_in_book_of(blessing), (Names{"Iris (removed)", "Kemi"}));
    EXPECT_EQ(book_of(blessing).entries(), book_of(amara_).entries());
}

TEST_F(Books, TwoBooksOfOneGroupBecomeOneThoughTheirWritersAreNotThere) {
    evening_.join(amara_, "Iris");
    const StaffKeys celia = evening_.harbour.certify("Celia");  // who is not in the room
    GroupBook copy = book_of(amara_);
    ASSERT_TRUE(copy.write(BookEntryKind::person, PersonId{{7}}, named("Dora"), pen(celia), today()));
    bring_staff(amara_, evening_.blessing, std::move(copy));
    evening_.wait(4);
    EXPECT_EQ(names_in_book_of(amara_), (Names{"Dora", "Iris"}));
}

TEST_F(Books, AManyPagedBookComesThroughInTimeAndAnAlarmDoesNotWaitForIt) {
    GroupBook copy = book_of(amara_);
    constexpr std::uint8_t many = 120;
    for (std::uint8_t i = 1; i <= many; ++i)
        ASSERT_TRUE(copy.write(BookEntryKind::person, PersonId{{i}}, named("Person " + std::to_string(i)),
                               pen(evening_.blessing), today()));
    Phone& iris = evening_.join(amara_, "Iris");
    bring_staff(amara_, evening_.blessing, std::move(copy));
    ASSERT_TRUE(iris.client.not_safe("now", evening_.now));
    evening_.settle();
    EXPECT_EQ(amara_.last<AlarmEvent>().text, "now");
    EXPECT_LT(people_of(amara_).size(), many) << "it is told at a pace";
    evening_.wait(20);
    EXPECT_EQ(people_of(amara_).size(), many + 1U);
    EXPECT_FALSE(amara_.saw("too_many_requests"));
}

TEST_F(Books, WhoeverOpenedTheRoomSaysWhoseItIsAndAnothersBookIsPutAside) {
    GroupBook other = GroupBook::start({"Another group", "", "en"}, pen(evening_.blessing), today(), evening_.random);
    const auto before = book_of(amara_).entries();
    Phone& blessing = bring_staff(amara_, evening_.blessing, std::move(other));
    evening_.wait(4);
    for (const Phone* phone : {&amara_, &blessing}) {
        const auto errors = phone->all<ErrorEvent>();
        EXPECT_EQ(std::count_if(errors.begin(), errors.end(),
                                [](auto& e) { return e.code == circle::faults::book_other_group.name; }),
                  1)
            << "it is said once";
    }
    for (const auto& entry : before) EXPECT_NE(book_of(amara_).entry(crypto::hash_of(entry)), nullptr);
    EXPECT_EQ(book_of(amara_).welcome(evening_.harbour.staff).name, "Evening group");
    evening_.join(blessing, "Iris");
    evening_.wait(2);
    EXPECT_EQ(book_of(blessing).group(), book_of(amara_).group());
    EXPECT_EQ(names_in_book_of(amara_), Names{"Iris"});
}

// ---- a modified client of a facilitator ----

class ForgedEntries : public Books {
protected:
    void SetUp() override {
        const std::string link = evening_.invite(amara_, true);
        keeper_.emplace(evening_, link, evening_.blessing);
        evening_.settle();
        EXPECT_TRUE(amara_.client.admit("Blessing", evening_.now));
        evening_.settle();
        keeper_->read();
        evening_.wait(1);
        before_ = book_of(amara_).entries();
    }
    // What Amara says of it.
    std::string tell(ByteView body) {
        const SealingKey to = last_heard<Entered>(amara_)->genesis.opener.body.staff->statement.body.lane_key;
        const LaneContent content{room(), keeper_->member(), LaneKind::book_entry, evening_.random_id<InnerId>(),
                                  to_bytes(body)};
        const auto envelope = circle::seal_lane(content, keeper_->leaf_key(), std::vector{to}, evening_.random);
        EXPECT_TRUE(envelope);
        amara_.events.clear();
        if (envelope) keeper_->ask_for(LaneFrame{*envelope});
        evening_.wait(1);
        EXPECT_EQ(book_of(amara_).entries(), before_) << "nothing of it is in the book";
        return amara_.last<ErrorEvent>().code;
    }
    BookEntry entry(const StaffKeys& by) const {
        return {book_of(amara_).group(), today(),       crypto::hash_of(by.certificate),
                BookEntryKind::removal,  PersonId{{9}}, {}};
    }
    std::optional<Keeper> keeper_;
    std::vector<Signed<BookEntry>> before_;
};

TEST_F(ForgedEntries, AreRefusedByName) {
    BookEntryTold forged{crypto::sign(entry(evening_.amara), evening_.blessing.key), std::nullopt};
    EXPECT_EQ(tell(tls::encode(forged)), circle::faults::book_entry_signature.name);
    BookEntryTold foreign{crypto::sign(entry(evening_.blessing), evening_.blessing.key), std::nullopt};
    foreign.entry.body.group = GroupId{{1}};
    foreign.entry = crypto::sign(foreign.entry.body, evening_.blessing.key);
    EXPECT_EQ(tell(tls::encode(foreign)), circle::faults::book_other_group.name);
    const StaffKeys celia = evening_.harbour.certify("Celia");
    BookEntryTold unknown{crypto::sign(entry(celia), celia.key), std::nullopt};
    EXPECT_EQ(tell(tls::encode(unknown)), circle::faults::book_entry_writer.name) << "no certificate is with it";
    const StaffKeys counsellor = evening_.harbour.certify("Dayo", Role::counsellor);
    BookEntryTold of_another_role{crypto::sign(entry(counsellor), counsellor.key), counsellor.certificate};
    EXPECT_EQ(tell(tls::encode(of_another_role)), circle::faults::book_entry_writer.name);
    BookEntry odd = entry(evening_.blessing);
    odd.body = named("a removal has none");
    EXPECT_EQ(tell(tls::encode(BookEntryTold{crypto::sign(odd, evening_.blessing.key), std::nullopt})),
              circle::faults::book_entry_form.name);
    EXPECT_FALSE(tell(as_bytes("no entry at all")).empty());
}

TEST_F(Books, ADismissedFacilitatorOpensNothingByHerOldBook) {
    evening_.join(amara_, "Iris");
    evening_.join_staff(amara_, evening_.blessing);
    evening_.wait(3);
    GroupBook old = book_of(amara_);
    end_session(amara_);
    evening_.harbour.revoke(evening_.blessing);
    evening_.relay_now->organisation_changed({evening_.harbour.organisation, evening_.harbour.staff},
                                             evening_.now.wall);
    ASSERT_TRUE(old.write(BookEntryKind::removal, people_of(amara_).front().id, {}, pen(evening_.blessing), today()));
    Phone& blessing = host_by_book(evening_.blessing, *GroupBook::from(old.body(), root()));
    EXPECT_EQ(blessing.phase(), Phase::refused);
    Phone& amara = host_by_book(evening_.amara, *GroupBook::from(old.body(), root()));
    EXPECT_EQ(amara.phase(), Phase::in_group);
    EXPECT_EQ(names_in_book_of(amara), Names{"Iris"}) << "what she wrote since does not count";
}

// ---- a facilitator alone, whose device died ----

TEST_F(Books, ALoneFacilitatorComesBackByTheBookAsWhoSheWas) {
    Phone& iris = evening_.join(amara_, "Iris");
    Phone& joy = evening_.join(amara_, "Joy");
    Phone& kemi = evening_.join(amara_, "Kemi");
    ASSERT_TRUE(amara_.client.set_level("Joy", Level::listens, 0, evening_.now));
    evening_.settle();
    const MemberId kemis = id_of(kemi);
    remove(amara_, "Kemi");
    const std::vector<MemberId> ids{amara_id(), id_of(iris), id_of(joy)};
    const Genesis old = genesis_of(amara_);
    kill(amara_, evening_);
    evening_.wait(5);
    Phone& amara = host_by_book(evening_.amara, book_of(amara_));
    ASSERT_EQ(amara.phase(), Phase::in_group);
    const Genesis anew = genesis_of(amara);
    EXPECT_EQ(anew.predecessor, old.room);
    EXPECT_EQ(anew.ends_at, old.ends_at);
    EXPECT_EQ(anew.removed, std::vector<MemberId>{kemis});
    evening_.wait(8);
    EXPECT_EQ(iris.phase(), Phase::waiting) << "nobody knows when she was last heard: a person decides";
    EXPECT_EQ(knocks_shown(amara), 2U);
    EXPECT_TRUE(amara.last<KnockEvent>().returning);
    admit(amara, "*");
    evening_.wait(3);
    ASSERT_EQ(iris.phase(), Phase::in_group);
    ASSERT_EQ(joy.phase(), Phase::in_group);
    EXPECT_EQ((std::vector<MemberId>{id_of(amara), id_of(iris), id_of(joy)}), ids);
    EXPECT_EQ(joy.last<ComposerEvent>().why, "listens_only");
    evening_.say(iris, "we are back");
    EXPECT_EQ(amara.texts(), Names{"Iris: we are back"});
    EXPECT_EQ(names_in_book_of(amara), (Names{"Iris", "Joy", "Kemi (removed)"}));
    EXPECT_EQ(kemi.phase(), Phase::removed);

    kill(amara, evening_);  // and once more
    Phone& third = host_by_book(evening_.amara, book_of(amara));
    ASSERT_EQ(third.phase(), Phase::in_group);
    EXPECT_EQ(genesis_of(third).removed, std::vector<MemberId>{kemis});
    evening_.wait(8);
    admit(third, "*");
    evening_.wait(3);
    EXPECT_EQ(id_of(joy), ids[2]);
    EXPECT_EQ(joy.phase(), Phase::in_group);
}

TEST_F(Books, ASessionThatIsOverAtTheRelayIsFollowedByANewOne) {
    evening_.join(amara_, "Iris");
    GroupBook book = book_of(amara_);
    end_session(amara_);
    Phone& amara = host_by_book(evening_.amara, std::move(book));  // a copy from before the end
    ASSERT_EQ(amara.phase(), Phase::in_group);
    EXPECT_TRUE(amara.saw("session_over"));
    EXPECT_FALSE(genesis_of(amara).predecessor);
    EXPECT_EQ(amara.client.roster().size(), 1U);
}

TEST_F(Books, ASessionThatGoesOnElsewhereIsLeftAlone) {
    evening_.join(amara_, "Iris");
    const GroupBook book = book_of(amara_);
    kill(amara_, evening_);
    Phone& first = host_by_book(evening_.amara, *GroupBook::from(book.body(), root()));
    ASSERT_EQ(first.phase(), Phase::in_group);
    Phone& second = host_by_book(evening_.amara, *GroupBook::from(book.body(), root()));
    EXPECT_EQ(second.phase(), Phase::refused);
    EXPECT_TRUE(second.saw("session_elsewhere"));
    const auto session = book_of(second).session_under_way(evening_.harbour.staff, today());
    ASSERT_TRUE(session);
    EXPECT_EQ(session->room, genesis_of(amara_).room) << "the book says what it said";
    EXPECT_EQ(first.phase(), Phase::in_group);
}

// Bug: of two who make a lost room anew, the one who was second kept the room that did not come to be in the book as
// the session under way; opened by it, the group was in two rooms.
TEST_F(Books, ARoomThatAnotherMadeInItsPlaceIsOverInTheBook) {
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    evening_.wait(3);
    amara_.offline = blessing.offline = true;
    amara_.cut(evening_.now);
    blessing.cut(evening_.now);
    evening_.store.forget();
    evening_.wait(60);  // by then both think that it is their turn
    amara_.offline = blessing.offline = false;
    for (int i = 0; i < 60 && !(amara_.phase() == Phase::in_group && blessing.phase() == Phase::in_group); ++i)
        evening_.wait(1);
    evening_.wait(30);
    ASSERT_EQ(genesis_of(amara_).room, genesis_of(blessing).room);
    for (const Phone* phone : {&amara_, &blessing}) {
        const auto session = book_of(*phone).session_under_way(evening_.harbour.staff, today());
        ASSERT_TRUE(session);
        EXPECT_EQ(session->room, genesis_of(amara_).room);
    }
}

TEST_F(Books, WhoHasNoSeatInTheSessionUnderWayOpensOneOfHerOwn) {
    const GroupBook book = book_of(amara_);
    Phone& blessing = host_by_book(evening_.blessing, *GroupBook::from(book.body(), root()));
    EXPECT_EQ(blessing.phase(), Phase::in_group);
    EXPECT_FALSE(genesis_of(blessing).predecessor);
    EXPECT_EQ(amara_.phase(), Phase::in_group);
}

TEST_F(Books, ARoomMadeAnewAfterAmnesiaHasItsSeatsInTheBook) {
    Phone& iris = evening_.join(amara_, "Iris");
    evening_.store.forget();
    evening_.wait(20);
    ASSERT_EQ(amara_.phase(), Phase::in_group);
    ASSERT_EQ(iris.phase(), Phase::in_group);
    const auto session = book_of(amara_).session_under_way(evening_.harbour.staff, today());
    ASSERT_TRUE(session);
    EXPECT_EQ(session->room, genesis_of(amara_).room);
    EXPECT_EQ(book_of(amara_).places(evening_.harbour.staff, session->room).size(), 2U);
    EXPECT_EQ(names_in_book_of(amara_), Names{"Iris"});
}

}  // namespace
}  // namespace veranda::client
