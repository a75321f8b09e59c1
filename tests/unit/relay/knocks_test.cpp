// The waiting room: cards, knocks, answers; and that nobody who was cut off is lost in it.
#include "server/relay/knocks.hpp"

#include <gtest/gtest.h>

#include "tests/unit/relay/at_the_door.hpp"

namespace veranda::relay {
namespace {

using namespace tests;  // NOLINT

class Knocks : public AtTheDoor {
protected:
    KnockId id_of(const KnockFrame& knock) { return knock_id(knock.envelope); }
    KnockFrame waiting_knock(Person& who) {
        const KnockFrame knock = world.knock(card.id);
        EXPECT_TRUE(is<Done>(who.ask(knock, world.now)));
        return knock;
    }
    ServerFrame admit(const KnockFrame& knock, bool spends_card = true) {
        Admit admit = world.admit(amara, {&iris}, world.epoch);
        admit.members[0].admission = world.admission(amara, iris, id_of(knock));
        if (spends_card) admit.spent = {card.id};
        const auto answer = amara.ask(admit, world.now);
        world.epoch = world.epoch.next();
        return answer;
    }
};

TEST_F(Knocks, ACardIsFoundByItsIdAndOneIdAConnection) {
    EXPECT_TRUE(is<CardFrame>(iris.ask(FindCard{card.id}, world.now)));
    EXPECT_TRUE(is<CardFrame>(iris.ask(FindCard{card.id}, world.now)));
    EXPECT_EQ(why(iris.ask(FindCard{world.random.id<CardId>()}, world.now)), Refused{Refusal::one_card_a_connection});
}

TEST_F(Knocks, StaffInTheirRoomLookForAsManyCardsAsTheyLike) {
    EXPECT_TRUE(is<CardFrame>(amara.ask(FindCard{card.id}, world.now)));
    EXPECT_EQ(why(amara.ask(FindCard{world.random.id<CardId>()}, world.now)), Refused{Refusal::no_such_card});
    EXPECT_TRUE(is<CardFrame>(amara.ask(FindCard{card.id}, world.now)));
    ASSERT_TRUE(is<Accepted>(admit(waiting_knock(iris))));
    ASSERT_TRUE(is<Entered>(iris.ask(world.entrance(iris, Sequence{2}), world.now)));
    EXPECT_EQ(why(iris.ask(FindCard{world.random.id<CardId>()}, world.now)), Refused{Refusal::no_such_card});
    EXPECT_EQ(why(iris.ask(FindCard{card.id}, world.now)), Refused{Refusal::one_card_a_connection});
}

TEST_F(Knocks, RefusesACardThatIsNotThereOrWithdrawnOrSpentOrRunOut) {
    EXPECT_EQ(why(iris.ask(FindCard{world.random.id<CardId>()}, world.now)), Refused{Refusal::no_such_card});
    world.greet(iris);
    ASSERT_TRUE(is<Done>(amara.ask(WithdrawCards{{card.id}}, world.now)));
    EXPECT_EQ(why(iris.ask(FindCard{card.id}, world.now)), Refused{Refusal::no_such_card});
    EXPECT_EQ(why(iris.ask(world.knock(card.id), world.now)), Refused{Refusal::no_such_card});
    amara.ask(PostCards{{card}}, world.now);
    const KnockFrame knock = waiting_knock(iris);
    ASSERT_TRUE(is<Accepted>(admit(knock)));
    EXPECT_EQ(why(iris.ask(FindCard{card.id}, world.now)), Refused{Refusal::no_such_card});
}

TEST_F(Knocks, RefusesCardsOfAnotherSizeOrTooMany) {
    PostedCard large = world.card();
    large.sealed.push_back(0);
    EXPECT_EQ(why(amara.ask(PostCards{{large}}, world.now)), (Refused{Refusal::too_long, limits::card_sealed_bytes}));
    PostCards many;
    many.cards.assign(limits::cards_per_post_max + 1, world.card());
    EXPECT_EQ(why(amara.ask(many, world.now)).refusal, Refusal::too_long);
}

TEST_F(Knocks, OnlyStaffWhoCommitPostWithdrawRefuseOrAdmit) {
    ASSERT_TRUE(is<Accepted>(admit(waiting_knock(iris))));
    ASSERT_TRUE(is<Entered>(iris.ask(world.entrance(iris, Sequence{2}), world.now)));
    EXPECT_EQ(why(iris.ask(PostCards{{world.card()}}, world.now)), Refused{Refusal::only_staff});
    EXPECT_EQ(why(iris.ask(WithdrawCards{{card.id}}, world.now)), Refused{Refusal::only_staff});
    EXPECT_EQ(why(iris.ask(RefuseKnock{world.refusal(iris, {})}, world.now)), Refused{Refusal::only_staff});
    EXPECT_EQ(why(iris.ask(world.admit(iris, {&amara}, world.epoch), world.now)), Refused{Refusal::only_staff});
    EXPECT_TRUE(iris.take<KnockWaiting>().empty());
}

TEST_F(Knocks, RefusesAKnockThatTheCardsKeyDidNotSign) {
    KnockFrame knock = world.knock(card.id);
    knock.envelope = crypto::sign(knock.envelope.body, iris.access_key);
    EXPECT_EQ(why(iris.ask(knock, world.now)), Refused{Refusal::knock_signature});
    EXPECT_TRUE(amara.take<KnockWaiting>().empty());
}

TEST_F(Knocks, RefusesAKnockOfAMemberAndOneThatIsTooLong) {
    EXPECT_EQ(why(amara.ask(world.knock(card.id), world.now)), Refused{Refusal::already_in_room});
    KnockFrame knock = world.knock(card.id);
    knock.envelope.body.sealed.resize(limits::knock_sealed_bytes_max + 1);
    EXPECT_EQ(why(iris.ask(knock, world.now)), (Refused{Refusal::too_long, limits::knock_sealed_bytes_max}));
}

TEST_F(Knocks, RefusesAKnockAtARoomThatHasEnded) {
    Order end;
    end.kind = OrderKind::end;
    amara.ask(world.order(amara, end), world.now);
    EXPECT_EQ(why(iris.ask(world.knock(card.id), world.now)), Refused{Refusal::room_ended});
}

TEST_F(Knocks, RefusesOneMoreThanMayWait) {
    for (std::size_t i = 0; i < limits::waiting_knocks_max; ++i) {
        Person joiner = world.person("joiner");
        world.greet(joiner);
        ASSERT_TRUE(is<Done>(joiner.ask(world.knock(card.id), world.now)));
        joiner.disconnect(world.now);
    }
    EXPECT_EQ(why(iris.ask(world.knock(card.id), world.now)),
              (Refused{Refusal::waiting_room_full, limits::waiting_knocks_max}));
    world.pass(70'000);
    EXPECT_TRUE(is<Done>(iris.ask(world.knock(card.id), world.now)));
}

TEST_F(Knocks, TheNewestOfAConnectionReplacesTheOlder) {
    const KnockFrame first = waiting_knock(iris);
    const KnockFrame second = waiting_knock(iris);
    EXPECT_EQ(amara.take<KnockWaiting>().size(), 2U);
    EXPECT_EQ(amara.take<KnockGone>(), (std::vector<KnockGone>{{id_of(first), KnockEnd::withdrawn}}));
    EXPECT_EQ(why(iris.ask(WithdrawKnock{id_of(first)}, world.now)), Refused{Refusal::no_such_knock});
    EXPECT_TRUE(is<Done>(iris.ask(WithdrawKnock{id_of(second)}, world.now)));
    EXPECT_EQ(amara.take<KnockGone>(), (std::vector<KnockGone>{{id_of(second), KnockEnd::withdrawn}}));
}

TEST_F(Knocks, AreWithdrawnFromAnotherConnectionByWhoOpenedTheCardAndKnowsTheId) {
    const KnockFrame knock = waiting_knock(iris);
    Person again = world.person("Iris");
    world.greet(again);
    EXPECT_EQ(why(again.ask(WithdrawKnock{id_of(knock)}, world.now)), Refused{Refusal::no_such_knock});
    ASSERT_TRUE(is<CardFrame>(again.ask(FindCard{card.id}, world.now)));
    EXPECT_EQ(why(again.ask(WithdrawKnock{world.random.id<KnockId>()}, world.now)), Refused{Refusal::no_such_knock});
    EXPECT_TRUE(amara.take<KnockGone>().empty());
    EXPECT_TRUE(is<Done>(again.ask(WithdrawKnock{id_of(knock)}, world.now)));
    const std::vector<KnockGone> gone{{id_of(knock), KnockEnd::withdrawn}};
    EXPECT_EQ(amara.take<KnockGone>(), gone);
    EXPECT_EQ(iris.take<KnockGone>(), gone) << "the page that she left open says that she is elsewhere";
    EXPECT_EQ(why(again.ask(WithdrawKnock{id_of(knock)}, world.now)), Refused{Refusal::no_such_knock});
    waiting_knock(again);
}

TEST_F(Knocks, WaitForAsLongAsTheConnectionLives) {
    const KnockFrame knock = waiting_knock(iris);
    world.pass(300'000);
    EXPECT_TRUE(amara.take<KnockGone>().empty());
    ASSERT_TRUE(is<Accepted>(admit(knock)));
    EXPECT_EQ(iris.take<Admitted>().size(), 1U);
}

TEST_F(Knocks, EndAsWithdrawnAMinuteAfterTheConnectionIsGone) {
    const KnockFrame knock = waiting_knock(iris);
    amara.take<KnockWaiting>();
    iris.disconnect(world.now);
    world.pass(49'000);
    EXPECT_TRUE(amara.take<KnockGone>().empty());
    world.pass(12'000);
    EXPECT_EQ(amara.take<KnockGone>(), (std::vector<KnockGone>{{id_of(knock), KnockEnd::withdrawn}}));
}

TEST_F(Knocks, FindTheirAnswerAfterACutThoughTheCardIsSpentAndAnotherPostedInItsPlace) {
    const KnockFrame knock = waiting_knock(iris);
    iris.disconnect(world.now);
    ASSERT_TRUE(is<Accepted>(admit(knock)));
    PostedCard again = card;
    again.knock_key = KnockKey{world.random.array<32>()};
    for (const bool is_posted_again : {false, true}) {
        if (is_posted_again) amara.ask(PostCards{{again}}, world.now);
        world.greet(iris);
        EXPECT_TRUE(is<Done>(iris.ask(knock, world.now)));
        EXPECT_EQ(iris.take<Admitted>().size(), 1U);
    }
    world.pass(11 * 60'000);
    world.greet(iris);
    EXPECT_FALSE(is<Done>(iris.ask(knock, world.now)));
}

TEST_F(Knocks, SentAgainAfterACutWaitAsTheSameKnock) {
    const KnockFrame knock = waiting_knock(iris);
    amara.take<KnockWaiting>();
    world.greet(iris);
    EXPECT_TRUE(is<Done>(iris.ask(knock, world.now)));
    EXPECT_TRUE(amara.take<KnockWaiting>().empty());
    ASSERT_TRUE(is<Accepted>(admit(knock)));
    EXPECT_EQ(iris.take<Admitted>().size(), 1U);
}

TEST_F(Knocks, OnASpentInviteStillReachStaff) {
    ASSERT_TRUE(is<Accepted>(admit(waiting_knock(iris))));
    Person second = world.person("second");
    world.greet(second);
    amara.take<KnockWaiting>();
    EXPECT_TRUE(is<Done>(second.ask(world.knock(card.id), world.now)));
    EXPECT_EQ(amara.take<KnockWaiting>().size(), 1U);
}

TEST_F(Knocks, AreRefusedWithStaffsSignedWords) {
    const KnockFrame knock = waiting_knock(iris);
    const auto refusal = world.refusal(amara, id_of(knock));
    EXPECT_EQ(why(amara.ask(RefuseKnock{crypto::sign(refusal.body, iris.leaf_key)}, world.now)),
              Refused{Refusal::order_signature});
    EXPECT_TRUE(is<Done>(amara.ask(RefuseKnock{refusal}, world.now)));
    EXPECT_EQ(iris.take<KnockRefused>(), std::vector<KnockRefused>{{refusal}});
    EXPECT_EQ(why(amara.ask(RefuseKnock{refusal}, world.now)), Refused{Refusal::no_such_knock});
    world.greet(iris);
    EXPECT_TRUE(is<Done>(iris.ask(knock, world.now)));
    EXPECT_EQ(iris.take<KnockRefused>().size(), 1U);
}

TEST_F(Knocks, AreShownToStaffWhoComeIn) {
    const KnockFrame knock = waiting_knock(iris);
    world.enter(amara, Sequence{1});
    const auto waiting = amara.take<KnockWaiting>();
    ASSERT_EQ(waiting.size(), 1U);
    EXPECT_EQ(waiting[0].envelope, knock.envelope);
}

TEST_F(Knocks, AreSentAwayWhenTheRoomEnds) {
    const KnockFrame knock = waiting_knock(iris);
    Order end;
    end.kind = OrderKind::end;
    ASSERT_TRUE(is<Accepted>(amara.ask(world.order(amara, end), world.now)));
    EXPECT_EQ(iris.take<KnockGone>(), (std::vector<KnockGone>{{id_of(knock), KnockEnd::sent_away}}));
}

}  // namespace
}  // namespace veranda::relay
