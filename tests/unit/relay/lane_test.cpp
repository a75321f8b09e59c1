// The lane and the leases: what staff are told ahead of everything, and which of them acts on it.
#include "server/relay/lane.hpp"

#include <gtest/gtest.h>

#include "server/relay/knocks.hpp"
#include "server/store/memory/memory.hpp"
#include "tests/unit/relay/at_the_door.hpp"

namespace veranda::relay {
namespace {

using namespace tests;  // NOLINT

class LaneTest : public ::testing::Test {
protected:
    void SetUp() override {
        world.open();
        world.let_in(iris);
    }
    World world;
    Person& amara = world.amara;
    Person& iris = world.iris;
};

TEST_F(LaneTest, ReachesStaffAloneAndIsAcknowledgedToWhoeverSaidIt) {
    const LaneFrame lane = world.lane();
    ASSERT_TRUE(is<Done>(iris.ask(lane, world.now)));
    const auto delivered = amara.take<LaneDelivery>();
    ASSERT_EQ(delivered.size(), 1U);
    EXPECT_EQ(delivered[0].from, iris.member);
    EXPECT_EQ(delivered[0].envelope, lane.envelope);
    EXPECT_TRUE(iris.take<LaneDelivery>().empty());
    const auto acknowledgement = world.acknowledgement(amara, lane);
    ASSERT_TRUE(is<Done>(amara.ask(AcknowledgeLane{acknowledgement}, world.now)));
    EXPECT_EQ(iris.take<LaneAcknowledged>(), std::vector<LaneAcknowledged>{{acknowledgement}});
}

TEST_F(LaneTest, GoesAheadOfEverythingThatWaits) {
    amara.read();
    amara.inbox.clear();
    iris.ask(world.says("one", world.epoch), world.now);
    iris.ask(world.lane(), world.now);
    amara.read();
    ASSERT_EQ(amara.inbox.size(), 2U);
    EXPECT_TRUE(is<LaneDelivery>(amara.inbox[0]));
}

TEST_F(LaneTest, WaitsForStaffAndIsShownToThemAfterTheRoomItself) {
    amara.disconnect(world.now);
    ASSERT_TRUE(is<Done>(iris.ask(world.lane(), world.now)));
    world.greet(amara);
    const RequestId request = amara.send(world.entrance(amara, Sequence{2}), world.now);
    const auto frames = amara.connection().read();
    ASSERT_GE(frames.size(), 2U);
    EXPECT_EQ(frames[0].request, request);
    EXPECT_TRUE(is<LaneDelivery>(std::get<ServerFrame>(frames[1].frame)));
}

TEST_F(LaneTest, IsNeverSilencedOrSlowedByOrders) {
    Order order;
    order.kind = OrderKind::set_level;
    order.member = iris.member;
    order.level = Level::listens;
    amara.ask(world.order(amara, order), world.now);
    EXPECT_TRUE(is<Done>(iris.ask(world.lane(), world.now)));
}

TEST_F(LaneTest, RefusesAnotherSizeThanTheOne) {
    LaneFrame lane = world.lane();
    lane.envelope.sealed.pop_back();
    EXPECT_EQ(why(iris.ask(lane, world.now)).refusal, Refusal::too_long);
    lane = world.lane();
    lane.envelope.header.wraps.clear();
    EXPECT_EQ(why(iris.ask(lane, world.now)).refusal, Refusal::too_long);
    lane.envelope.header.wraps.resize(limits::lane_wraps_max + 1);
    EXPECT_EQ(why(iris.ask(lane, world.now)).refusal, Refusal::too_long);
    EXPECT_TRUE(amara.take<LaneDelivery>().empty());
}

TEST_F(LaneTest, HasAPaceOfItsOwnThatOtherRequestsDoNotUse) {
    for (std::uint32_t i = 0; i < Rates{}.requests.burst + 10; ++i) iris.send(GetStaffList{}, world.now);
    EXPECT_EQ(why(iris.ask(GetStaffList{}, world.now)).refusal, Refusal::too_many_requests);
    for (std::uint32_t i = 0; i < Rates{}.lane.burst; ++i) EXPECT_TRUE(is<Done>(iris.ask(world.lane(), world.now)));
    EXPECT_EQ(why(iris.ask(world.lane(), world.now)), (Refused{Refusal::too_many_requests, 1'000}));
}

TEST_F(LaneTest, RefusesMoreThanTheRoomKeeps) {
    int kept = 0;
    Refused refused;
    while (refused.refusal == Refusal{} && kept < 1'000) {
        refused = why(amara.ask(world.lane(), world.now));
        ++kept;
    }
    EXPECT_EQ(refused, Refused{Refusal::lane_full});
    EXPECT_EQ(kept, static_cast<int>(limits::lane_waiting_max) + 1);
}

TEST_F(LaneTest, RefusesAnAcknowledgementThatStaffDidNotSign) {
    const LaneFrame lane = world.lane();
    iris.ask(lane, world.now);
    EXPECT_EQ(why(iris.ask(AcknowledgeLane{world.acknowledgement(iris, lane)}, world.now)),
              Refused{Refusal::only_staff});
    auto forged = world.acknowledgement(amara, lane);
    forged = crypto::sign(forged.body, iris.leaf_key);
    EXPECT_EQ(why(amara.ask(AcknowledgeLane{forged}, world.now)), Refused{Refusal::order_signature});
    EXPECT_TRUE(iris.take<LaneAcknowledged>().empty());
}

// ---- held messages ----

class HoldTest : public LaneTest {
protected:
    Hold hold() { return {world.lane().envelope}; }
    void order(OrderKind kind, Level level, std::uint32_t seconds = 0) {
        Order wanted;
        wanted.kind = kind;
        if (kind == OrderKind::set_level) wanted.member = iris.member;
        wanted.level = level;
        wanted.seconds = seconds;
        ASSERT_TRUE(is<Accepted>(amara.ask(world.order(amara, wanted), world.now)));
    }
    std::size_t waiting() { return world.memory().memory()->find(world.room)->lane.size(); }
    Signed<LaneAcknowledgement> seen(const Hold& held) { return world.acknowledgement(amara, {held.envelope}); }
};

TEST_F(HoldTest, GoesToStaffAndTheNewestOfAMemberWaitsUntilTheyAnswer) {
    order(OrderKind::set_level, Level::held);
    const Hold first = hold();
    ASSERT_TRUE(is<Done>(iris.ask(first, world.now)));
    ASSERT_TRUE(is<Done>(iris.ask(first, world.now)));  // after a cut: the same one
    const auto delivered = amara.take<LaneDelivery>();
    ASSERT_EQ(delivered.size(), 1U);
    EXPECT_EQ(delivered[0].from, iris.member);
    EXPECT_EQ(delivered[0].envelope, first.envelope);
    EXPECT_TRUE(is<Done>(iris.ask(world.lane(), world.now)));  // her lane stays open
    Person joy = world.person("joy");
    world.let_in(joy);
    EXPECT_TRUE(is<Done>(joy.ask(hold(), world.now)));  // it is one a member
    const Hold second = hold();
    ASSERT_TRUE(is<Done>(iris.ask(second, world.now)));
    EXPECT_EQ(waiting(), 3U);  // in the place of her first; her note and Joy's wait on
    ASSERT_TRUE(is<Done>(amara.ask(AcknowledgeLane{seen(second)}, world.now)));
    EXPECT_EQ(waiting(), 2U);
    EXPECT_TRUE(is<Done>(iris.ask(hold(), world.now)));
}

TEST_F(HoldTest, IsUnderTheGatesOfAMessage) {
    order(OrderKind::set_level, Level::listens);
    EXPECT_EQ(why(iris.ask(hold(), world.now)), Refused{Refusal::listens_only});
    order(OrderKind::set_level, Level::held);
    order(OrderKind::slow_mode, Level::speaks, 30);
    const Hold first = hold();
    ASSERT_TRUE(is<Done>(iris.ask(first, world.now)));
    amara.ask(AcknowledgeLane{seen(first)}, world.now);
    EXPECT_EQ(why(iris.ask(hold(), world.now)), (Refused{Refusal::too_fast, 30'000}));
    world.pass(30'000);
    EXPECT_TRUE(is<Done>(iris.ask(hold(), world.now)));
    Hold odd = hold();
    odd.envelope.sealed.pop_back();
    EXPECT_EQ(why(iris.ask(odd, world.now)).refusal, Refusal::too_long);
}

TEST_F(HoldTest, IsRefusedWhenTheLaneIsFull) {
    while (is<Done>(amara.ask(world.lane(), world.now))) {
    }
    EXPECT_EQ(why(iris.ask(hold(), world.now)), Refused{Refusal::lane_full});
}

class LaneFromTheWaitingRoom : public AtTheDoor {
protected:
    void wait(Person& who) {
        knock = world.knock(card.id);
        ASSERT_TRUE(is<Done>(who.ask(knock, world.now)));
    }
    KnockFrame knock;
};

TEST_F(LaneFromTheWaitingRoom, ReachesStaffAsFromNobodyAndIsAcknowledgedToHerAlone) {
    EXPECT_EQ(why(iris.ask(world.lane(), world.now)), Refused{Refusal::not_yet}) << "she has not knocked";
    wait(iris);
    Person ivy = world.person("ivy");
    world.greet(ivy);
    wait(ivy);
    const LaneFrame lane = world.lane();
    ASSERT_TRUE(is<Done>(iris.ask(lane, world.now)));
    EXPECT_EQ(amara.take<LaneDelivery>(), (std::vector<LaneDelivery>{{MemberId{}, lane.envelope}}));
    const auto acknowledgement = world.acknowledgement(amara, lane);
    ASSERT_TRUE(is<Done>(amara.ask(AcknowledgeLane{acknowledgement}, world.now)));
    EXPECT_EQ(iris.take<LaneAcknowledged>(), std::vector<LaneAcknowledged>{{acknowledgement}});
    EXPECT_TRUE(ivy.take<LaneAcknowledged>().empty());
}

TEST_F(LaneFromTheWaitingRoom, IsAcknowledgedAfterSheWasLetIn) {
    wait(iris);
    const LaneFrame lane = world.lane();
    ASSERT_TRUE(is<Done>(iris.ask(lane, world.now)));
    Admit admit = world.admit(amara, {&iris}, world.epoch);
    admit.members[0].admission = world.admission(amara, iris, knock_id(knock.envelope));
    ASSERT_TRUE(is<Accepted>(amara.ask(admit, world.now)));
    ASSERT_TRUE(is<Entered>(iris.ask(world.entrance(iris, Sequence{2}), world.now)));
    ASSERT_TRUE(is<Done>(amara.ask(AcknowledgeLane{world.acknowledgement(amara, lane)}, world.now)));
    EXPECT_EQ(iris.take<LaneAcknowledged>().size(), 1U);
}

TEST_F(LaneFromTheWaitingRoom, HasTheMembersPaceAndOtherRequestsDoNotSlowIt) {
    wait(iris);
    for (std::uint32_t i = 0; i < Rates{}.requests.burst + 10; ++i) iris.send(GetStaffList{}, world.now);
    for (std::uint32_t i = 0; i < Rates{}.lane.burst; ++i) EXPECT_TRUE(is<Done>(iris.ask(world.lane(), world.now)));
    EXPECT_EQ(why(iris.ask(world.lane(), world.now)), (Refused{Refusal::too_many_requests, 1'000}));
}

TEST_F(LaneFromTheWaitingRoom, OfManyTheNewestAreRememberedAsHers) {
    wait(iris);
    std::vector<LaneFrame> lanes;
    for (std::size_t i = 0; i <= limits::lanes_remembered_max; ++i) {
        lanes.push_back(world.lane());
        ASSERT_TRUE(is<Done>(iris.ask(lanes.back(), world.now)));
        world.pass(1'000);
    }
    for (const LaneFrame& lane : lanes) amara.ask(AcknowledgeLane{world.acknowledgement(amara, lane)}, world.now);
    EXPECT_EQ(iris.take<LaneAcknowledged>().size(), limits::lanes_remembered_max);
}

TEST_F(LaneFromTheWaitingRoom, IsOpenWhileTheRoomIsLocked) {
    wait(iris);
    Order lock;
    lock.kind = OrderKind::lock;
    lock.flag = true;
    ASSERT_TRUE(is<Accepted>(amara.ask(world.order(amara, lock), world.now)));
    EXPECT_TRUE(is<Done>(iris.ask(world.lane(), world.now)));
}

TEST(Lease, IsHeldByOneAndRenewedReleasedOrLeftToTheNext) {
    World world;
    Person bea = world.staff("bea");
    world.relay().organisation_changed(world.organisation.current(UnixSeconds{world.now.value}), world.now);
    world.open();
    world.let_in(bea);
    const ClaimLease claim{LeaseKind::admitting, false};
    EXPECT_EQ(world.amara.ask(claim, world.now), ServerFrame(Lease{LeaseKind::admitting, limits::lease_ms}));
    world.pass(10'000);
    EXPECT_EQ(why(bea.ask(claim, world.now)), (Refused{Refusal::lease_held, 20'000}));
    EXPECT_EQ(world.amara.ask(claim, world.now), ServerFrame(Lease{LeaseKind::admitting, limits::lease_ms}));
    EXPECT_TRUE(is<Lease>(bea.ask(ClaimLease{LeaseKind::remaking, false}, world.now)));
    EXPECT_EQ(world.amara.ask(ClaimLease{LeaseKind::admitting, true}, world.now),
              ServerFrame(Lease{LeaseKind::admitting, 0}));
    EXPECT_TRUE(is<Lease>(bea.ask(claim, world.now)));
    world.pass(limits::lease_ms);
    EXPECT_TRUE(is<Lease>(world.amara.ask(claim, world.now)));
}

}  // namespace
}  // namespace veranda::relay
