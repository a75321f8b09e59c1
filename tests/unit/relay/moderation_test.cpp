// Orders as people feel them: through the whole relay, to the connections they are about.
#include <gtest/gtest.h>

#include "server/relay/relay.hpp"
#include "tests/support/rooms.hpp"

namespace veranda::relay {
namespace {

using namespace tests;  // NOLINT

class Moderation : public ::testing::Test {
protected:
    void SetUp() override {
        world.open();
        world.let_in(iris);
    }
    ServerFrame ordered(Order order) { return amara.ask(world.order(amara, order), world.now); }
    ServerFrame says(Person& who, std::string_view text) { return who.ask(world.says(text, world.epoch), world.now); }
    Order of(OrderKind kind) {
        Order order;
        order.kind = kind;
        return order;
    }
    Order remove_iris() {
        Order order = of(OrderKind::remove);
        order.member = iris.member;
        return order;
    }

    World world;
    Person& amara = world.amara;
    Person& iris = world.iris;
};

TEST_F(Moderation, ReachesEveryoneAsAnEntryAndIsShownToWhoComesLater) {
    Order order = of(OrderKind::slow_mode);
    order.seconds = 30;
    ASSERT_TRUE(is<Accepted>(ordered(order)));
    const auto entries = iris.take<EntryFrame>();
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_EQ(entries[0].entry.kind, EntryKind::order);
    world.greet(iris);
    const auto entered = iris.ask(world.entrance(iris, Sequence{3}), world.now);
    ASSERT_TRUE(is<Entered>(entered));
    ASSERT_EQ(std::get<Entered>(entered).orders.size(), 1U);
    EXPECT_EQ(std::get<Entered>(entered).orders[0].body.seconds, 30U);
}

TEST_F(Moderation, SlowModeIsKeptByTheRelay) {
    Order order = of(OrderKind::slow_mode);
    order.seconds = 30;
    ordered(order);
    EXPECT_TRUE(is<Accepted>(says(iris, "one")));
    EXPECT_EQ(why(says(iris, "two")), (Refused{Refusal::too_fast, 30'000}));
    world.pass(30'000);
    EXPECT_TRUE(is<Accepted>(says(iris, "three")));
}

TEST_F(Moderation, LevelsAreKeptByTheRelay) {
    Order order = of(OrderKind::set_level);
    order.member = iris.member;
    order.level = Level::listens;
    ordered(order);
    EXPECT_EQ(why(says(iris, "but")), Refused{Refusal::listens_only});
    order.level = Level::held;
    ordered(order);
    EXPECT_EQ(why(says(iris, "but")), Refused{Refusal::held});
}

TEST_F(Moderation, ARemovedMemberGetsTheOrderThenIsGoneAndStaysOut) {
    iris.read();
    iris.inbox.clear();
    ASSERT_TRUE(is<Accepted>(ordered(remove_iris())));
    iris.read();
    ASSERT_EQ(iris.inbox.size(), 2U);
    EXPECT_TRUE(is<EntryFrame>(iris.inbox[0]));
    ASSERT_TRUE(is<RoomGone>(iris.inbox[1]));
    EXPECT_EQ(std::get<RoomGone>(iris.inbox[1]).reason, GoneReason::removed);
    EXPECT_EQ(why(says(iris, "but")), Refused{Refusal::member_removed});
    says(amara, "she is gone");
    EXPECT_TRUE(iris.heard().empty());
    EXPECT_EQ(amara.take<PresenceFrame>().back().members[0], (MemberPresence{iris.member, Whereabouts::away}));
    world.greet(iris);
    EXPECT_EQ(why(iris.ask(world.entrance(iris), world.now)), Refused{Refusal::not_in_room});
    Person again("iris", world.random);
    again.member = iris.member;
    EXPECT_EQ(why(amara.ask(world.admit(amara, {&again}, world.epoch), world.now)), Refused{Refusal::member_removed});
}

TEST_F(Moderation, TheEndIsSaidToAllAndTheLogCanStillBeReadOnce) {
    iris.disconnect(world.now);
    says(amara, "closing words");
    ASSERT_TRUE(is<Accepted>(ordered(of(OrderKind::end))));
    EXPECT_EQ(why(says(amara, "one more thing")), Refused{Refusal::room_ended});
    EXPECT_TRUE(amara.take<RoomGone>().empty());
    world.pass(limits::farewell_ms);
    EXPECT_EQ(amara.take<RoomGone>(), std::vector<RoomGone>{{GoneReason::ended}});

    world.greet(iris);
    ASSERT_TRUE(is<Entered>(iris.ask(world.entrance(iris, Sequence{2}), world.now)));
    iris.read();
    ASSERT_EQ(iris.inbox.size(), 3U);
    EXPECT_EQ(text_of(std::get<EntryFrame>(iris.inbox[0]).entry), "closing words");
    EXPECT_EQ(std::get<EntryFrame>(iris.inbox[1]).entry.kind, EntryKind::order);
    EXPECT_EQ(std::get<RoomGone>(iris.inbox[2]).reason, GoneReason::ended);

    Person stranger = world.person("stranger");
    world.greet(stranger);
    EXPECT_EQ(why(stranger.ask(world.entrance(stranger), world.now)), Refused{Refusal::room_ended});
    world.pass(16 * 60'000);
    EXPECT_EQ(world.memory().room_count(), 0U);
    world.greet(iris);
    EXPECT_EQ(why(iris.ask(world.entrance(iris), world.now)), Refused{Refusal::no_such_room});
}

TEST_F(Moderation, AfterTheEndTheLaneAloneIsOpenForAMoment) {
    ASSERT_TRUE(is<Accepted>(ordered(of(OrderKind::end))));
    ASSERT_TRUE(is<Done>(iris.ask(world.lane(), world.now)));
    EXPECT_EQ(amara.take<LaneDelivery>().size(), 1U);
    EXPECT_EQ(why(iris.ask(Hold{world.lane().envelope}, world.now)), Refused{Refusal::room_ended});
    EXPECT_EQ(why(amara.ask(PostCards{{world.card()}}, world.now)), Refused{Refusal::room_ended});
    EXPECT_EQ(why(amara.ask(ClaimLease{LeaseKind::admitting, false}, world.now)), Refused{Refusal::room_ended});
    world.pass(limits::farewell_ms - limits::tick_ms);
    EXPECT_TRUE(iris.take<RoomGone>().empty());
    world.pass(limits::tick_ms);
    EXPECT_EQ(iris.take<RoomGone>(), std::vector<RoomGone>{{GoneReason::ended}});
    EXPECT_EQ(why(iris.ask(world.lane(), world.now)), Refused{Refusal::room_ended});
}

// What is sealed in the epoch of a removal could be opened by her whom it removes.
TEST_F(Moderation, AfterARemovalNoMessageIsTakenUntilTheNextEpoch) {
    Person joy = world.person("joy");
    world.let_in(joy);
    ASSERT_TRUE(is<Accepted>(ordered(remove_iris())));
    EXPECT_EQ(why(says(joy, "under way")), (Refused{Refusal::stale_epoch, world.epoch.value}));
    EXPECT_EQ(why(says(amara, "a pulse")), (Refused{Refusal::stale_epoch, world.epoch.value}));
    world.add_relay();  // one that knows of it from the store alone
    world.greet(joy, 1);
    ASSERT_TRUE(is<Entered>(joy.ask(world.entrance(joy, Sequence{3}), world.now)));
    EXPECT_EQ(why(says(joy, "by another way")), (Refused{Refusal::stale_epoch, world.epoch.value}));
    ASSERT_TRUE(is<Accepted>(amara.ask(world.commits(world.epoch), world.now)));
    world.epoch = world.epoch.next();
    EXPECT_TRUE(is<Accepted>(says(joy, "without her")));
    EXPECT_TRUE(is<Accepted>(says(amara, "a pulse")));
}

TEST_F(Moderation, TheRoomEndsByItselfWhenItsTimeIsOver) {
    for (int minute = 0; minute < 180; minute += 10) {
        EXPECT_TRUE(amara.take<RoomGone>().empty());
        world.pass(10 * 60'000);
    }
    EXPECT_EQ(amara.take<RoomGone>(), std::vector<RoomGone>{{GoneReason::ended}});
    EXPECT_EQ(iris.take<RoomGone>(), std::vector<RoomGone>{{GoneReason::ended}});
}

TEST_F(Moderation, ALockKeepsKnocksOutAndClearingSendsThoseAwayWhoWait) {
    const PostedCard card = world.card();
    amara.ask(PostCards{{card}}, world.now);
    Person joiner = world.person("joiner");
    world.greet(joiner);
    const KnockFrame knock = world.knock(card.id);
    ASSERT_TRUE(is<Done>(joiner.ask(knock, world.now)));
    const KnockId id{crypto::hash_of(knock.envelope).bytes};

    Order lock = of(OrderKind::lock);
    lock.flag = true;
    ASSERT_TRUE(is<Accepted>(ordered(lock)));
    EXPECT_TRUE(joiner.take<KnockGone>().empty());
    Person late = world.person("late");
    world.greet(late);
    EXPECT_EQ(why(late.ask(world.knock(card.id), world.now)), Refused{Refusal::room_locked});
    EXPECT_EQ(why(amara.ask(world.admit(amara, {&joiner}, world.epoch), world.now)), Refused{Refusal::room_locked});

    // Bug: whoever waited already was refused when she came by another connection, and knocked as somebody else.
    joiner.disconnect(world.now);
    world.greet(joiner);
    ASSERT_TRUE(is<Done>(joiner.ask(knock, world.now)));

    lock.clear = true;
    amara.take<KnockGone>();
    ASSERT_TRUE(is<Accepted>(ordered(lock)));
    EXPECT_EQ(joiner.take<KnockGone>(), (std::vector<KnockGone>{{id, KnockEnd::sent_away}}));
    EXPECT_EQ(amara.take<KnockGone>(), (std::vector<KnockGone>{{id, KnockEnd::sent_away}}));
}

TEST_F(Moderation, ANewAdmissionReplacesTheKeyAndCutsTheOlderConnection) {
    Person again("iris", world.random);
    again.member = iris.member;
    world.let_in(again);
    EXPECT_EQ(iris.take<RoomGone>(), std::vector<RoomGone>{{GoneReason::elsewhere}});
    EXPECT_TRUE(is<Accepted>(says(again, "back")));
    EXPECT_EQ(why(says(iris, "me too")), Refused{Refusal::elsewhere});
    world.greet(iris);
    EXPECT_EQ(why(iris.ask(world.entrance(iris), world.now)), Refused{Refusal::not_in_room});
}

// ---- doubles: what was accepted once is accepted again as the same, whatever has become of the gates ----

TEST_F(Moderation, AMessageSentAgainAfterItsEpochHasPassedIsTheSameMessage) {
    const Submit submit = world.says("once", world.epoch);
    const auto first = iris.ask(submit, world.now);
    ASSERT_TRUE(is<Accepted>(first));
    ASSERT_TRUE(is<Accepted>(amara.ask(world.commits(world.epoch), world.now)));
    world.enter(iris, Sequence{2});
    EXPECT_EQ(iris.ask(submit, world.now), first);
    amara.take<PresenceFrame>();
    EXPECT_EQ(amara.heard(), std::vector<std::string>{"once"});
    EXPECT_EQ(why(says(iris, "new")), (Refused{Refusal::stale_epoch, 2}));
}

TEST_F(Moderation, AMessageSentAgainAfterHerLevelOrPaceHasChangedIsTheSameMessage) {
    Order order = of(OrderKind::slow_mode);
    order.seconds = 60;
    ordered(order);
    const Submit submit = world.says("once", world.epoch);
    const auto first = iris.ask(submit, world.now);
    EXPECT_EQ(iris.ask(submit, world.now), first);
    order = of(OrderKind::set_level);
    order.member = iris.member;
    order.level = Level::listens;
    ordered(order);
    EXPECT_EQ(iris.ask(submit, world.now), first);
}

TEST_F(Moderation, ACommitAnAdmissionAndAnOrderSentAgainAreTheSame) {
    const Submit commit = world.commits(world.epoch);
    const auto committed = amara.ask(commit, world.now);
    Person joiner = world.person("joiner");
    const Admit admit = world.admit(amara, {&joiner}, world.epoch.next());
    const auto admitted = amara.ask(admit, world.now);
    ASSERT_TRUE(is<Accepted>(admitted));
    const OrderFrame order = world.order(amara, of(OrderKind::slow_mode));
    const auto obeyed = amara.ask(order, world.now);
    EXPECT_EQ(amara.ask(commit, world.now), committed);
    EXPECT_EQ(amara.ask(admit, world.now), admitted);
    EXPECT_EQ(amara.ask(order, world.now), obeyed);
    const OrderFrame replayed{world.random.id<SubmissionId>(), order.order};
    EXPECT_EQ(why(amara.ask(replayed, world.now)), (Refused{Refusal::order_replayed, 1}));
}

}  // namespace
}  // namespace veranda::relay
