// One room for a group: whoever opens it by her book, though it be an old one, hears that it is open already.
#include <gtest/gtest.h>

#include "tests/unit/client/books.hpp"

namespace veranda::client {
namespace {

class OneRoom : public Books {
protected:
    // As it was before any session.
    GroupBook old_book() {
        return GroupBook::start({"Tuesday group", "Be kind.", "en"}, pen(evening_.amara), today(), evening_.random);
    }
    GroupBook copy(const GroupBook& book) const { return *GroupBook::from(book.body(), root()); }
};

// Bug: a facilitator whose book did not know of the session under way opened a second room, and the group was in two.
TEST_F(OneRoom, WhoOpensAGroupByAnOldBookHearsThatItIsOpen) {
    const GroupBook book = old_book();
    Phone& first = host_by_book(evening_.amara, copy(book));
    ASSERT_EQ(first.phase(), Phase::in_group);
    evening_.wait(1);
    Phone& second = host_by_book(evening_.blessing, copy(book));
    EXPECT_EQ(second.phase(), Phase::refused);
    EXPECT_TRUE(second.saw("session_elsewhere"));
    Phone& invited = evening_.join_staff(first, evening_.blessing);
    EXPECT_EQ(invited.phase(), Phase::in_group);
}

TEST_F(OneRoom, AnotherGroupIsNoneOfItsBusiness) {
    Phone& first = host_by_book(evening_.amara, old_book());
    evening_.wait(1);
    Phone& second = host_by_book(evening_.blessing, old_book());  // made anew: it has an id of its own
    EXPECT_EQ(first.phase(), Phase::in_group);
    EXPECT_EQ(second.phase(), Phase::in_group);
}

// Bug: of two who opened a group by their books in the same moment, each had a room.
TEST_F(OneRoom, OfTwoWhoOpenAtOnceOneGivesWay) {
    const GroupBook book = old_book();
    Phone& first = evening_.phone();
    Phone& second = evening_.phone();
    for (Phone* phone : {&first, &second}) {
        EXPECT_TRUE(phone->client.bring_book(copy(book)));
        GroupPlan plan;
        plan.name.clear();
        EXPECT_TRUE(
            phone->client.host(clone(phone == &first ? evening_.amara : evening_.blessing), plan, evening_.now));
    }
    evening_.settle();
    ASSERT_TRUE(last_heard<Entered>(first) && last_heard<Entered>(second)) << "neither found the other's";
    evening_.wait(2);
    const bool is_first = first.phase() == Phase::in_group;
    const Phone& stays = is_first ? first : second;
    const Phone& goes = is_first ? second : first;
    EXPECT_EQ(stays.phase(), Phase::in_group);
    EXPECT_EQ(goes.phase(), Phase::refused);
    EXPECT_TRUE(goes.saw("session_elsewhere"));
    EXPECT_FALSE(goes.saw("ended"));
}

TEST_F(OneRoom, IsOverWithTheSession) {
    const GroupBook book = old_book();
    Phone& first = host_by_book(evening_.amara, copy(book));
    evening_.wait(1);
    ASSERT_TRUE(first.client.end(evening_.now));
    evening_.settle();
    EXPECT_EQ(host_by_book(evening_.blessing, copy(book)).phase(), Phase::in_group);
}

TEST_F(OneRoom, IsFoundForAsLongAsAFacilitatorIsInAndNotForMuchLonger) {
    const GroupBook book = old_book();
    Phone& first = host_by_book(evening_.amara, copy(book));
    evening_.wait(2 * group_card_seconds);
    EXPECT_EQ(host_by_book(evening_.blessing, copy(book)).phase(), Phase::refused);
    kill(first, evening_);
    evening_.wait(group_card_seconds + 1);
    EXPECT_EQ(host_by_book(evening_.blessing, copy(book)).phase(), Phase::in_group);
}

TEST_F(OneRoom, ACoFacilitatorKeepsTheCardWhenTheFirstHasGone) {
    const GroupBook book = old_book();
    Phone& first = host_by_book(evening_.amara, copy(book));
    Phone& second = bring_staff(first, evening_.blessing, copy(book));
    ASSERT_EQ(second.phase(), Phase::in_group);
    kill(first, evening_);
    evening_.wait(3 * group_card_seconds);
    EXPECT_EQ(host_by_book(evening_.amara, copy(book)).phase(), Phase::refused);
}

// The card of a ticket that she had looked for may come when she makes the room anew already.
TEST_F(OneRoom, NoOtherCardOpensARoom) {
    std::size_t opened = 0;
    amara_.say = [&](Bytes& message) {
        for (const auto& received : client_frames(message))
            if (const auto* frame = std::get_if<ClientFrame>(&received.frame); frame && std::get_if<OpenRoom>(frame))
                ++opened;
    };
    lie_about<Entered>(amara_, [](const Entered&) { return Frames{}; });
    evening_.store.forget();
    evening_.wait(3);
    ASSERT_EQ(opened, 1U);
    invent(amara_, CardFrame{Bytes(4'096)});
    EXPECT_EQ(opened, 1U);
}

TEST_F(OneRoom, WhatIsNotTheGroupsCardKeepsNobodyOut) {
    const GroupBook book = old_book();
    host_by_book(evening_.amara, copy(book));
    evening_.wait(1);
    Phone& second = evening_.phone();
    lie_about<CardFrame>(second, [](CardFrame frame) {
        frame.sealed.back() ^= 1;
        return Frames{frame};
    });
    ASSERT_TRUE(second.client.bring_book(copy(book)));
    GroupPlan plan;
    plan.name.clear();
    ASSERT_TRUE(second.client.host(clone(evening_.blessing), plan, evening_.now));
    evening_.settle();
    EXPECT_TRUE(last_heard<Entered>(second)) << "a relay that lies can open two rooms, and no more";
}

TEST_F(OneRoom, WhereTheRelayIsBusyTheCardIsPostedLater) {
    const GroupBook book = old_book();
    Phone& first = host_by_book(evening_.amara, copy(book));
    ASSERT_EQ(first.phase(), Phase::in_group);
    lie_about<Done>(first, [](const Done&) { return Frames{Refused{Refusal::busy, 100}}; });
    evening_.wait(1);
    first.hear = {};
    evening_.wait(2);
    EXPECT_EQ(host_by_book(evening_.blessing, copy(book)).phase(), Phase::refused);
}

}  // namespace
}  // namespace veranda::client
