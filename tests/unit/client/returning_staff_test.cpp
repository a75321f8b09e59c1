// Facilitators who lost their place: who lets them in again, with which role, and what they see of themselves.
#include <gtest/gtest.h>

#include "tests/unit/client/returns.hpp"

namespace veranda::client {
namespace {

TEST_F(Returns, AFacilitatorComesBackByTheOtherWithHerFullRole) {
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    Phone& iris = evening_.join(blessing, "Iris");
    Phone& again = kill_and_come_back(blessing, &evening_.blessing);
    ASSERT_EQ(again.phase(), Phase::in_group);
    evening_.wait(60);
    EXPECT_EQ(again.phase(), Phase::in_group) << "not taken out for the silence before";
    EXPECT_TRUE(iris.last<ComposerEvent>().open);
    Phone& joy = evening_.join(again, "Joy");  // she checks who let Iris in, by a key that is Blessing's no more
    EXPECT_EQ(joy.phase(), Phase::in_group);
    EXPECT_EQ(joy.client.roster().size(), 4U);
    ASSERT_TRUE(again.client.remove("Iris", evening_.now));
    evening_.wait(2);
    EXPECT_EQ(iris.phase(), Phase::removed);
    Phone& kemi = evening_.join(amara_, "Kemi");
    EXPECT_EQ(kemi.phase(), Phase::in_group);
}

TEST_F(Returns, TheOpenerComesBackToo) {
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    evening_.join(amara_, "Iris");
    ASSERT_TRUE(amara_.client.remove("Iris", evening_.now));
    evening_.settle();
    Phone& again = kill_and_come_back(amara_, &evening_.amara);
    ASSERT_EQ(again.phase(), Phase::in_group);
    evening_.wait(2);
    Phone& joy = evening_.join(again, "Joy");  // she is told of the order that Amara signed by her first key
    EXPECT_EQ(joy.phase(), Phase::in_group);
    EXPECT_FALSE(joy.client.roster().empty());
    ASSERT_TRUE(again.client.remove("Joy", evening_.now));  // her count goes on, though only the relay knows it all
    evening_.wait(2);
    EXPECT_EQ(joy.phase(), Phase::removed);
    EXPECT_EQ(blessing.client.roster().size(), 2U);
}

// Bug: an earlier knock of hers, which the relay had kept, was shown to the facilitator herself once she was back, and
// let in by her it was a second one of her, whom nobody is.
TEST_F(Returns, AFacilitatorIsNotShownHerOwnEarlierKnock) {
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    bool spoilt = false;
    lie_about_entries(blessing, [&](LogEntry entry) {
        if (entry.kind == EntryKind::admit && !std::exchange(spoilt, true)) entry = spoil(std::move(entry));
        return std::vector<LogEntry>{entry};
    });
    std::vector<KnockWaiting> knocks;  // Joy's, and then hers, of which Amara does not hear
    lie_about<KnockWaiting>(amara_, [&](const KnockWaiting& knock) {
        knocks.push_back(knock);
        return knocks.size() == 1 ? Frames{knock} : Frames{};
    });
    evening_.join(amara_, "Joy");
    evening_.wait(5);
    ASSERT_EQ(knocks.size(), 2U);
    amara_.hear = {};
    invent(blessing, KnockGone{circle::knock_id(knocks[1].envelope), KnockEnd::withdrawn});
    evening_.wait(15);
    ASSERT_EQ(blessing.phase(), Phase::in_group);
    const std::size_t shown = blessing.all<KnockEvent>().size();
    invent(blessing, knocks[1]);
    EXPECT_EQ(blessing.all<KnockEvent>().size(), shown);
    EXPECT_EQ(rule_of(blessing.client.admit("Blessing", evening_.now)), faults::nobody_of_that_name.name);
}

TEST_F(Returns, AFacilitatorsTicketWithoutHerCertificateLetsNobodyInByItself) {
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    const std::string ticket = ticket_of(blessing);
    kill(blessing);
    Phone& again = come_back(ticket);  // whoever found the ticket
    EXPECT_EQ(again.phase(), Phase::refused) << "a card of staff opens to staff alone";
    Phone& other = come_back(ticket, &evening_.amara);
    EXPECT_NE(other.phase(), Phase::in_group);
    EXPECT_TRUE(amara_.last<KnockEvent>().returning);
}

}  // namespace
}  // namespace veranda::client
