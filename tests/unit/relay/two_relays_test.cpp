// One room on two relays that share a store: nothing is lost or doubled, one commit wins, removal holds everywhere.
#include <gtest/gtest.h>

#include "server/relay/relay.hpp"
#include "tests/support/delayed_store.hpp"

namespace veranda::relay {
namespace {

using namespace tests;  // NOLINT

class TwoRelays : public ::testing::Test {
protected:
    void SetUp() override {
        world.add_relay();
        world.open();
        world.let_in(iris, 1);
    }
    World world;
    Person& amara = world.amara;
    Person& iris = world.iris;
};

TEST_F(TwoRelays, CarryMessagesBothWays) {
    amara.ask(world.says("from here", world.epoch), world.now);
    iris.ask(world.says("from there", world.epoch), world.now);
    const std::vector<std::string> both{"from here", "from there"};
    EXPECT_EQ(amara.heard(), both);
    EXPECT_EQ(iris.heard(), both);
}

TEST_F(TwoRelays, SeeEachOthersPresence) {
    EXPECT_EQ(amara.take<PresenceFrame>().back().members[0], (MemberPresence{iris.member, Whereabouts::here}));
    world.pass(120'000);
    EXPECT_TRUE(amara.take<PresenceFrame>().empty());
    iris.disconnect(world.now);
    world.pass(45'000);
    EXPECT_EQ(amara.take<PresenceFrame>().back().members[0], (MemberPresence{iris.member, Whereabouts::away}));
}

TEST_F(TwoRelays, MakeTheOlderConnectionGiveWayWhereverItIs) {
    Person again = world.person("iris again");
    again.member = iris.member;
    again.access_key = iris.access_key.clone();
    world.enter(again, Sequence{2}, 0);
    EXPECT_EQ(iris.take<RoomGone>(), std::vector<RoomGone>{{GoneReason::elsewhere}});
    EXPECT_EQ(why(iris.ask(world.says("me", world.epoch), world.now)), Refused{Refusal::elsewhere});
    EXPECT_TRUE(is<Accepted>(again.ask(world.says("me", world.epoch), world.now)));
    EXPECT_TRUE(again.take<RoomGone>().empty());
}

TEST_F(TwoRelays, LetARemovalHoldOnBoth) {
    Order remove;
    remove.kind = OrderKind::remove;
    remove.member = iris.member;
    amara.ask(world.order(amara, remove), world.now);
    const auto entries = iris.take<EntryFrame>();
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_EQ(entries[0].entry.kind, EntryKind::order);
    EXPECT_EQ(iris.take<RoomGone>(), std::vector<RoomGone>{{GoneReason::removed}});
    EXPECT_EQ(why(iris.ask(world.says("but", world.epoch), world.now)), Refused{Refusal::member_removed});
}

TEST_F(TwoRelays, BringAKnockOfOneToStaffOnTheOtherAndTheAnswerBack) {
    const PostedCard card = world.card();
    amara.ask(PostCards{{card}}, world.now);
    Person joiner = world.person("joiner");
    world.greet(joiner, 1);
    const KnockFrame knock = world.knock(card.id);
    ASSERT_TRUE(is<Done>(joiner.ask(knock, world.now)));
    ASSERT_EQ(amara.take<KnockWaiting>().size(), 1U);
    Admit admit = world.admit(amara, {&joiner}, world.epoch);
    admit.members[0].admission = world.admission(amara, joiner, KnockId{crypto::hash_of(knock.envelope).bytes});
    ASSERT_TRUE(is<Accepted>(amara.ask(admit, world.now)));
    EXPECT_EQ(joiner.take<Admitted>().size(), 1U);
}

TEST_F(TwoRelays, BringTheLaneToStaffOnTheOtherAndTheAcknowledgementBack) {
    const LaneFrame lane = world.lane();
    iris.ask(lane, world.now);
    ASSERT_EQ(amara.take<LaneDelivery>().size(), 1U);
    amara.ask(AcknowledgeLane{world.acknowledgement(amara, lane)}, world.now);
    EXPECT_EQ(iris.take<LaneAcknowledged>().size(), 1U);
}

// ---- with a network in between ----

struct Distant {
    explicit Distant(World& world) {
        for (int i = 0; i < 2; ++i) {
            auto made = std::make_unique<DelayedStore>(world.another_store());
            stores.push_back(made.get());
            world.add_relay(std::move(made));
        }
    }
    void settle() {
        while (!stores[0]->is_quiet() || !stores[1]->is_quiet())
            for (DelayedStore* store : stores) store->settle();
    }
    template <class Frame>
    ServerFrame ask(World& world, Person& who, const Frame& frame) {
        const RequestId request = who.send(frame, world.now);
        settle();
        return who.answer_to(request);
    }
    std::vector<DelayedStore*> stores;
};

TEST(RaceOfRelays, LetsExactlyOneOfTwoCommitsWin) {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        World world;
        Person bea = world.staff("bea");
        Distant distant(world);  // relays 1 and 2
        for (const std::size_t i : {1, 2})
            world.relay(i).organisation_changed(world.organisation.current(UnixSeconds{world.now.value}), world.now);
        TestRandom dice(seed);
        world.greet(world.amara, 1);
        ASSERT_TRUE(is<Entered>(distant.ask(world, world.amara, world.opening(world.amara))));
        ASSERT_TRUE(is<Accepted>(distant.ask(world, world.amara, world.admit(world.amara, {&bea}, Epoch{0}))));
        world.greet(bea, 2);
        ASSERT_TRUE(is<Entered>(distant.ask(world, bea, world.entrance(bea, Sequence{2}))));

        const RequestId hers = world.amara.send(world.commits(Epoch{1}), world.now);
        const RequestId other = bea.send(world.commits(Epoch{1}), world.now);
        while (distant.stores[0]->step(dice) | distant.stores[1]->step(dice)) {
        }
        const auto first = world.amara.answer_to(hers);
        const auto second = bea.answer_to(other);
        EXPECT_NE(is<Accepted>(first), is<Accepted>(second)) << seed;
        const Refused loser = is<Accepted>(first) ? why(second) : why(first);
        EXPECT_EQ(loser, (Refused{Refusal::stale_epoch, 2})) << seed;
        // Hers are the genesis and bea's admission, too.
        EXPECT_EQ(world.amara.take<EntryFrame>().size(), bea.take<EntryFrame>().size() + 2) << seed;
    }
}

// amara speaks without pause on one relay; iris comes, is cut off and comes back on the other, at any moment.
TEST(ResumeOverRelays, LosesAndDoublesNothingUnderAnyInterleaving) {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        World world;
        Distant distant(world);
        TestRandom dice(seed);
        world.greet(world.amara, 1);
        ASSERT_TRUE(is<Entered>(distant.ask(world, world.amara, world.opening(world.amara))));
        ASSERT_TRUE(is<Accepted>(distant.ask(world, world.amara, world.admit(world.amara, {&world.iris}, Epoch{0}))));

        std::vector<RequestId> said;
        Sequence last{2};
        std::vector<std::string> heard;
        const auto listen = [&] {
            for (const EntryFrame& frame : world.iris.take<EntryFrame>()) {
                ASSERT_EQ(frame.entry.sequence, last.next()) << seed;
                last = frame.entry.sequence;
                if (frame.entry.kind == EntryKind::application) heard.push_back(text_of(frame.entry));
            }
        };
        const auto come_back = [&] {
            listen();
            world.greet(world.iris, 1 + dice.below(2));
            world.iris.send(world.entrance(world.iris, last), world.now);
        };
        come_back();
        for (int turn = 0; turn < 400; ++turn) {
            const std::uint64_t what = dice.below(12);
            if (what < 3)
                said.push_back(world.amara.send(world.says(std::to_string(said.size()), Epoch{1}), world.now));
            if (what == 3 && dice.below(6) == 0) come_back();
            if (what > 3) distant.stores[dice.below(2)]->step(dice);
            if (what == 11) world.pass(limits::tick_ms);
            listen();
        }
        distant.settle();
        listen();
        const bool is_still_in = world.iris.take<RoomGone>().empty();
        if (!is_still_in) come_back();
        distant.settle();
        world.pass(1'000);
        distant.settle();
        listen();
        std::vector<std::string> accepted;  // but for the few that were too many at once
        for (std::size_t i = 0; i < said.size(); ++i)
            if (is<Accepted>(world.amara.answer_to(said[i]))) accepted.push_back(std::to_string(i));
        EXPECT_GT(accepted.size(), said.size() / 2);
        ASSERT_EQ(heard, accepted) << seed;
    }
}

// iris is removed while she comes in: whatever the order in which things arrive, she hears nothing after the order.
TEST(RemovalOverRelays, LetsNothingThroughThatWasSaidAfterIt) {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        World world;
        Distant distant(world);
        TestRandom dice(seed);
        world.greet(world.amara, 1);
        ASSERT_TRUE(is<Entered>(distant.ask(world, world.amara, world.opening(world.amara))));
        ASSERT_TRUE(is<Accepted>(distant.ask(world, world.amara, world.admit(world.amara, {&world.iris}, Epoch{0}))));
        world.greet(world.iris, 2);
        const RequestId entering = world.iris.send(world.entrance(world.iris, Sequence{2}), world.now);
        for (std::uint64_t i = dice.below(20); i > 0; --i) distant.stores[dice.below(2)]->step(dice);
        Order remove;
        remove.kind = OrderKind::remove;
        remove.member = world.iris.member;
        world.amara.send(world.says("before", Epoch{1}), world.now);
        world.amara.send(world.order(world.amara, remove), world.now);
        world.amara.send(world.says("after", Epoch{1}), world.now);
        while (distant.stores[0]->step(dice) | distant.stores[1]->step(dice)) {
        }
        distant.settle();
        const auto answer = world.iris.answer_to(entering);
        const auto entries = world.iris.take<EntryFrame>();
        const auto gone = world.iris.take<RoomGone>();
        if (is<Entered>(answer)) {
            ASSERT_EQ(gone, std::vector<RoomGone>{{GoneReason::removed}}) << seed;
            ASSERT_EQ(entries.size(), 2U) << seed;
            EXPECT_EQ(entries.back().entry.kind, EntryKind::order) << seed;
        } else {
            EXPECT_EQ(why(answer), Refused{Refusal::not_in_room}) << seed;
            EXPECT_TRUE(entries.empty()) << seed;
        }
    }
}

}  // namespace
}  // namespace veranda::relay
