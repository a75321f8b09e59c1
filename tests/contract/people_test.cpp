// Entrances, presence, leases and the lane.
#include "tests/contract/stage.hpp"

namespace veranda::tests {
namespace {

class People : public Contract {
protected:
    void SetUp() override {
        Contract::SetUp();
        enter();
    }
    void enter() {
        ASSERT_TRUE(open());
        ASSERT_TRUE(watch(room, 1).has_value());
    }
    std::vector<MemberId> here(std::vector<MemberId> through_us, std::size_t number = 0) {
        auto found =
            ask<std::vector<MemberId>>([&](auto then) { relay(number).refresh_presence(room, through_us, then); });
        std::sort(found.begin(), found.end());
        return found;
    }
    LeaseState claim(MemberId holder, std::size_t number = 0, milliseconds lives = 30s,
                     LeaseKind kind = LeaseKind::admitting) {
        return ask<LeaseState>([&](auto then) { relay(number).claim_lease(room, kind, holder, lives, then); });
    }
    void release(MemberId holder, LeaseKind kind = LeaseKind::admitting) {
        ask<Nothing>([&](auto then) { relay().release_lease(room, kind, holder, then); });
    }
    bool put_lane(std::uint64_t number, MemberId from = iris, RoomId where = room) {
        const StoredLane lane{numbered<LaneId>(number), from, text("lane " + std::to_string(number))};
        return ask<bool>([&](auto then) { relay().put_lane(where, lane, then); });
    }
    bool put_held(std::uint64_t number, MemberId from = iris, std::size_t relay_number = 0, RoomId where = room) {
        const StoredLane held{numbered<LaneId>(number), from, text("held " + std::to_string(number))};
        return ask<bool>([&](auto then) { relay(relay_number).put_held(where, held, then); });
    }
    std::vector<StoredLane> lane(std::size_t number = 0) {
        return ask<std::vector<StoredLane>>([&](auto then) { relay(number).list_lane(room, then); });
    }
    bool acknowledge(std::uint64_t number, std::size_t relay_number = 0) {
        return ask<bool>([&](auto then) {
            relay(relay_number).acknowledge_lane(room, numbered<LaneId>(number), text("acknowledged"), then);
        });
    }
};
VERANDA_FOR_EVERY_STORE(People);

TEST_P(People, AnEntranceIsAnnouncedToEveryWatcherTheAnnouncerToo) {
    relay(1).announce_entrance(room, iriss_key, 0xfedcba9876543210);
    for (const std::size_t number : {0U, 1U}) {
        ASSERT_TRUE(until([&] { return !heard(number).entrances.empty(); }));
        EXPECT_EQ(heard(number).entrances[0], (std::pair<AccessKey, std::uint64_t>{iriss_key, 0xfedcba9876543210}));
    }
}

TEST_P(People, PresenceIsToldWhenItChangesAndOnlyThen) {
    relay(0).set_presence(room, iris, Whereabouts::here);
    relay(1).set_presence(room, iris, Whereabouts::here);
    relay(0).set_presence(room, noor, Whereabouts::away);  // was not here
    relay(0).set_presence(room, noor, Whereabouts::here);
    relay(0).set_presence(room, noor, Whereabouts::away);
    const auto count = [&](std::size_t number, MemberId who) {
        const auto& all = heard(number).presence;
        return std::count_if(all.begin(), all.end(), [&](const auto& one) { return one.member == who; });
    };
    for (const std::size_t number : {0U, 1U}) {
        ASSERT_TRUE(until([&] { return count(number, iris) >= 1 && count(number, noor) >= 2; }));
        relay(number).announce_entrance(room, iriss_key, number);
        ASSERT_TRUE(until([&] { return heard(number).entrances.size() >= number + 1; }));
        EXPECT_EQ(count(number, iris), 1);
        EXPECT_EQ(count(number, noor), 2);
    }
    EXPECT_EQ(heard(1).presence.back().whereabouts, Whereabouts::away);
}

TEST_P(People, RefreshingAnswersWithEveryoneWhoIsHere) {
    relay(0).set_presence(room, iris, Whereabouts::here);
    EXPECT_EQ(here({amara}, 0), (std::vector{amara, iris}));
    EXPECT_EQ(here({noor}, 1), (std::vector{amara, iris, noor}));
    relay(1).set_presence(room, noor, Whereabouts::away);
    EXPECT_EQ(here({}, 1), (std::vector{amara, iris}));
}

TEST_P(People, WhoIsNotRefreshedIsAwayAndWhoIsStays) {
    begin({.presence = 1s});
    enter();
    EXPECT_EQ(here({amara, iris}), (std::vector{amara, iris}));
    ASSERT_TRUE(until([&] { return here({amara}) == std::vector{amara}; }));
    const MemberPresence went{iris, Whereabouts::away};
    EXPECT_TRUE(until([&] { return !heard(1).presence.empty() && heard(1).presence.back() == went; }));
    ASSERT_TRUE(until([&] { return here({}).empty(); }));
}

TEST_P(People, PresenceInARoomThatIsNotThereIsNothing) {
    relay(0).set_presence(other_room, iris, Whereabouts::here);
    const auto found =
        ask<std::vector<MemberId>>([&](auto then) { relay().refresh_presence(other_room, {iris}, then); });
    EXPECT_TRUE(found.empty());
}

TEST_P(People, ALeaseHasOneHolder) {
    const LeaseState taken = claim(amara);
    EXPECT_EQ(taken.holder, amara);
    EXPECT_GT(taken.left, 25s);
    const LeaseState other = claim(noor, 1);
    EXPECT_EQ(other.holder, amara);
    EXPECT_GT(other.left, 0s);
    EXPECT_LE(other.left, 30s);
    EXPECT_EQ(claim(noor, 1, 30s, LeaseKind::remaking).holder, noor) << "another kind is another lease";
}

TEST_P(People, ALeaseIsRenewedByItsHolder) {
    claim(amara, 0, 10s);
    EXPECT_GT(claim(amara, 1, 60s).left, 50s);
    EXPECT_GT(claim(noor, 0, 10s).left, 50s);
}

TEST_P(People, ALeaseIsFreeWhenReleasedByItsHolderOnly) {
    claim(amara);
    release(noor);
    EXPECT_EQ(claim(noor).holder, amara);
    release(amara);
    EXPECT_EQ(claim(noor).holder, noor);
}

TEST_P(People, ALeaseIsFreeWhenItsTimeIsOver) {
    claim(amara, 0, 300ms);
    EXPECT_TRUE(until([&] { return claim(noor, 1).holder == noor; }));
}

TEST_P(People, ARoomThatIsNotThereHasNoLease) {
    const LeaseState state =
        ask<LeaseState>([&](auto then) { relay().claim_lease(other_room, LeaseKind::admitting, amara, 30s, then); });
    EXPECT_TRUE(state.holder.is_zero());
}

TEST_P(People, TheLaneIsToldAndKeptUntilAcknowledged) {
    EXPECT_TRUE(put_lane(7));
    EXPECT_TRUE(put_lane(3, noor));
    for (const std::size_t number : {0U, 1U}) {
        ASSERT_TRUE(until([&] { return heard(number).lane.size() == 2; }));
        EXPECT_EQ(heard(number).lane[0].id, numbered<LaneId>(7));
        EXPECT_EQ(heard(number).lane[0].from, iris);
        EXPECT_EQ(heard(number).lane[0].envelope, text("lane 7"));
    }
    const auto waiting = lane(1);
    ASSERT_EQ(waiting.size(), 2U);
    EXPECT_EQ(waiting[0].id, numbered<LaneId>(7));
    EXPECT_EQ(waiting[1].id, numbered<LaneId>(3));
    EXPECT_EQ(waiting[1].from, noor);
    EXPECT_EQ(waiting[1].envelope, text("lane 3"));

    EXPECT_TRUE(acknowledge(3, 1));
    EXPECT_FALSE(acknowledge(3)) << "once";
    EXPECT_FALSE(acknowledge(99));
    for (const std::size_t number : {0U, 1U}) {
        ASSERT_TRUE(until([&] { return !heard(number).acknowledgements.empty(); }));
        EXPECT_EQ(heard(number).acknowledgements[0], (std::pair{noor, text("acknowledged")}));
    }
    EXPECT_EQ(lane().size(), 1U);
}

TEST_P(People, TheSameEnvelopeTwiceIsOnce) {
    EXPECT_TRUE(put_lane(1));
    EXPECT_TRUE(put_lane(1));
    EXPECT_TRUE(put_lane(2));
    ASSERT_TRUE(until([&] { return heard(1).lane.size() >= 2; }));
    EXPECT_EQ(heard(1).lane.size(), 2U);
    EXPECT_EQ(lane().size(), 2U);
}

TEST_P(People, TheLaneIsFullAtItsLimit) {
    for (std::uint64_t i = 0; i < limits::lane_waiting_max; ++i) ASSERT_TRUE(put_lane(i));
    EXPECT_FALSE(put_lane(9'999));
    EXPECT_TRUE(put_lane(0)) << "is there already";
    EXPECT_TRUE(acknowledge(0));
    EXPECT_TRUE(put_lane(9'999));
}

TEST_P(People, OfAMembersHeldMessagesTheNewestWaitsByWhicheverRelaySheComes) {
    EXPECT_TRUE(put_held(1));
    EXPECT_TRUE(put_held(1)) << "the same one";
    EXPECT_TRUE(put_held(3, noor, 1));
    EXPECT_TRUE(put_lane(4));
    ASSERT_TRUE(until([&] { return heard(1).lane.size() == 3; }));
    EXPECT_EQ(heard(1).lane[0].from, iris);
    EXPECT_TRUE(put_held(2, iris, 1));
    ASSERT_TRUE(until([&] { return heard(1).lane.size() == 4; }));
    EXPECT_EQ(lane().size(), 3U) << "hers took the place of her first; her note and another's wait on";
    EXPECT_FALSE(acknowledge(1, 1)) << "it waits no longer";
    EXPECT_TRUE(acknowledge(2, 1));
    EXPECT_TRUE(put_held(5));
    EXPECT_EQ(lane().size(), 3U);
}

TEST_P(People, AHeldMessageThatFindsTheLaneFullDoesNotWaitButInThePlaceOfAnother) {
    EXPECT_TRUE(put_held(9'997));
    for (std::uint64_t i = 1; i < limits::lane_waiting_max; ++i) ASSERT_TRUE(put_lane(i, noor));
    EXPECT_FALSE(put_held(9'999, noor));
    EXPECT_TRUE(put_held(9'998));
    EXPECT_FALSE(put_held(9'999, noor));
    EXPECT_TRUE(acknowledge(1));
    EXPECT_TRUE(put_held(9'999, noor));
}

TEST_P(People, WhoWaitNeverFillTheLane) {
    for (std::uint64_t i = 0; i < limits::lane_of_waiting_max; ++i) ASSERT_TRUE(put_lane(i, MemberId{}));
    EXPECT_FALSE(put_lane(9'999, MemberId{}));
    EXPECT_TRUE(put_lane(0, MemberId{})) << "is there already";
    EXPECT_TRUE(put_lane(9'998, iris));
    EXPECT_TRUE(acknowledge(9'998));
    EXPECT_FALSE(put_lane(9'999, MemberId{}));
    EXPECT_TRUE(acknowledge(0));
    EXPECT_TRUE(put_lane(9'999, MemberId{}));
}

TEST_P(People, ARoomThatIsNotThereHasNoLane) {
    EXPECT_FALSE(put_held(1, iris, 0, other_room));

    EXPECT_FALSE(put_lane(1, iris, other_room));
    EXPECT_FALSE(acknowledge(1));
}

// An envelope that waited already was kept a second time when it was put as a held message: it was listed and told
// twice, or became another member's.
TEST_P(People, AnEnvelopeThatWaitsAlreadyIsKeptOnceHoweverItIsPut) {
    EXPECT_TRUE(put_lane(1, noor));
    EXPECT_TRUE(put_held(1, iris, 1));
    EXPECT_TRUE(put_held(2, iris, 1)) << "the other was not hers to hold";
    EXPECT_TRUE(put_lane(2, noor));
    ASSERT_TRUE(until([&] { return heard(1).lane.size() >= 2; }));
    EXPECT_EQ(heard(1).lane.size(), 2U);
    ASSERT_EQ(lane().size(), 2U);
    EXPECT_EQ(lane()[0].from, noor);
    EXPECT_EQ(lane()[1].from, iris);
    EXPECT_TRUE(acknowledge(1));
    EXPECT_EQ(lane().size(), 1U);
}

// With the last one whose time ran out, all presence of a room was forgotten, and nobody was told who is away.
TEST_P(People, WatchersHearThatTheLastOneIsAway) {
    begin({.presence = 300ms});
    enter();
    relay().set_presence(room, iris, Whereabouts::here);
    ASSERT_TRUE(until([&] {
        here({}, 1);
        return heard(1).presence.size() == 2;
    }));
    EXPECT_EQ(heard(1).presence[1], (MemberPresence{iris, Whereabouts::away}));
}

}  // namespace
}  // namespace veranda::tests
