// One room in the place of another: who may, and what becomes of the old one.
#include "tests/contract/stage.hpp"

namespace veranda::tests {
namespace {

class Succession : public Contract {
protected:
    static inline const RoomId third_room = id<RoomId>(0x30);
    bool claim(RoomId successor, std::size_t number = 0) {
        return ask<bool>([&](auto then) { relay(number).claim_succession(room, successor, then); });
    }
    void replace(RoomId successor = other_room, std::size_t number = 0, milliseconds lives = 0ms) {
        ask<Nothing>([&](auto then) { relay(number).replace_room(room, successor, lives, then); });
    }
};
VERANDA_FOR_EVERY_STORE(Succession);

TEST_P(Succession, IsOneRoomsOnlyWhicheverRelayAsks) {
    EXPECT_TRUE(claim(other_room));
    EXPECT_FALSE(claim(third_room, 1));
    EXPECT_TRUE(claim(other_room, 1)) << "asked again, after a cut";
}

TEST_P(Succession, IsFreeAgainIfWhoClaimedItOpenedNothing) {
    begin({.presence = 200ms});
    EXPECT_TRUE(claim(other_room));
    EXPECT_TRUE(until([&] { return claim(third_room, 1); }));
}

TEST_P(Succession, LastsOnceTheNewRoomIsThere) {
    begin({.presence = 200ms});
    open();
    EXPECT_TRUE(claim(other_room));
    open(other_room);
    replace();
    const UnixMillis then{stage().now().value + 400};
    ASSERT_TRUE(until([&] { return stage().now() > then; }));
    EXPECT_FALSE(claim(third_room, 1));
}

// Bug: whoever came with an old book, later than a log lives, opened a second room in the place of one that went on.
TEST_P(Succession, IsKnownForAsLongAsTheNewRoomMayLive) {
    begin({.log = 100ms, .presence = 100ms});
    open();
    EXPECT_TRUE(claim(other_room));
    open(other_room);
    replace(other_room, 0, 1h);
    const UnixMillis then{stage().now().value + 300};
    ASSERT_TRUE(until([&] { return stage().now() > then; }));
    EXPECT_FALSE(claim(third_room, 1));
}

TEST_P(Succession, TellsEveryRelayThatWatchesTheOldRoomOnce) {
    open();
    watch(room, 1);
    open(other_room);
    replace();
    replace();
    ASSERT_TRUE(until([&] { return heard().remade == 1 && heard(1).remade == 1; }));
    EXPECT_TRUE(watch(room, 1)->remade);
    EXPECT_FALSE(watch(other_room, 1)->remade);
    EXPECT_EQ(heard(1).remade, 1);
}

TEST_P(Succession, EndsTheOldRoomAndLetsItsCardsGoToTheNewOne) {
    open();
    open(other_room);
    post({card(1, "of the old")});
    ASSERT_TRUE(std::holds_alternative<Waiting>(knock(1)));
    replace();
    EXPECT_TRUE(std::holds_alternative<RoomEnded>(append(message("too late"))));
    EXPECT_FALSE(find_card(1).has_value());
    EXPECT_TRUE(knocks().empty());
    post({card(1, "of the new")}, other_room);
    ASSERT_TRUE(find_card(1).has_value());
    EXPECT_EQ(find_card(1)->room, other_room);
}

TEST_P(Succession, OfARoomThatIsNotThereIsRememberedToo) {
    replace();
    EXPECT_FALSE(claim(third_room));
}

// The leases of a room that was replaced stayed until their own time was over, longer than the room.
TEST_P(Succession, LeavesNoLeaseBehind) {
    begin({.log = 300ms});
    open();
    const auto claim_lease = [&](MemberId holder) {
        return ask<LeaseState>([&](auto then) { relay().claim_lease(room, LeaseKind::remaking, holder, 1h, then); });
    };
    EXPECT_EQ(claim_lease(amara).holder, amara);
    replace();
    ASSERT_TRUE(until([&] { return claim_lease(iris).holder.is_zero(); }));
    relay().unwatch(room);
    ASSERT_TRUE(open());
    EXPECT_EQ(claim_lease(iris).holder, iris);
}

// What was said with the knocks of a room that was replaced was still listed, and met the same knock put anew.
TEST_P(Succession, WhatWasSaidWithAKnockGoesWithIt) {
    open();
    const auto said = [&](std::uint64_t number) {
        return ask<std::vector<StoredTalk>>(
            [&](auto then) { relay(1).list_talks(room, numbered<KnockId>(number), then); });
    };
    ASSERT_TRUE(std::holds_alternative<Waiting>(knock(1)));
    const StoredTalk talk{true, text("who are you?")};
    ask<TalkKept>([&](auto then) { relay().put_talk(room, numbered<KnockId>(1), talk, then); });
    EXPECT_EQ(said(1).size(), 1U);
    replace();
    EXPECT_TRUE(said(1).empty());
}

}  // namespace
}  // namespace veranda::tests
