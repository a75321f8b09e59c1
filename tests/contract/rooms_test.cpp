// Opening, watching and ending rooms.
#include "tests/contract/stage.hpp"

namespace veranda::tests {
namespace {

class Rooms : public Contract {};
VERANDA_FOR_EVERY_STORE(Rooms);

TEST_P(Rooms, OpensARoomOnceAndKeepsTheFirst) {
    EXPECT_TRUE(open());
    const NewRoom second{room, text("another genesis"), text("another opener"), noor, stage().now(), 1h};
    EXPECT_FALSE(ask<bool>([&](auto then) { relay(1).open_room(second, then); }));
    EXPECT_EQ(snapshot().genesis_entry, text("genesis"));
    EXPECT_EQ(snapshot().admissions, std::vector<Bytes>{text("opener")});
}

TEST_P(Rooms, ShowsANewRoomAsItWasMade) {
    open();
    const RoomSnapshot found = snapshot();
    EXPECT_EQ(found.genesis_entry, text("genesis"));
    EXPECT_EQ(found.epoch, Epoch{0});
    EXPECT_EQ(found.last, Sequence{1});
    EXPECT_EQ(found.oldest, Sequence{1});
    EXPECT_EQ(found.order_count, OrderNumber{0});
    EXPECT_EQ(found.admissions, std::vector<Bytes>{text("opener")});
    EXPECT_TRUE(found.orders.empty());
}

TEST_P(Rooms, BeginsTheLogWithTheGenesis) {
    const NewRoom made{room, text("genesis"), text("opener"), amara, stage().now(), 1h};
    EXPECT_TRUE(ask<bool>([&](auto then) { relay().open_room(made, then); }));
    const LogEntry genesis{Sequence{1}, made.now, amara, EntryKind::genesis, text("genesis")};
    EXPECT_EQ(read_log(), std::vector{genesis});
}

TEST_P(Rooms, FindsNoRoomWhereThereIsNone) {
    EXPECT_EQ(watch().has_value(), false);
    EXPECT_TRUE(read_log().empty());
}

TEST_P(Rooms, ARoomThatWasMadeIsWatchedAtOnceFromBehindItsGenesis) {
    open();
    stored(message("first"));
    ASSERT_TRUE(until([&] { return !heard().entries.empty(); }));
    EXPECT_EQ(heard().sequences(), (std::vector<std::uint64_t>{2}));
}

TEST_P(Rooms, ARoomThatWasThereIsNotWatchedByTryingToMakeIt) {
    open();
    EXPECT_FALSE(open(room, 1));
    stored(message("not for relay 1"));
    ASSERT_EQ(watch(room, 1)->last, Sequence{2});
    stored(message("for relay 1"));
    ASSERT_TRUE(until([&] { return !heard(1).entries.empty(); }));
    EXPECT_EQ(heard(1).sequences(), (std::vector<std::uint64_t>{3}));
}

TEST_P(Rooms, TellsNothingOfARoomThatIsNotWatched) {
    open();
    open(other_room, 1);
    stored(message("of one room"));
    stored(message("of the other", other_room));
    ASSERT_TRUE(until([&] { return !heard(0).entries.empty() && !heard(1, other_room).entries.empty(); }));
    EXPECT_TRUE(heard(0, other_room).entries.empty());
    EXPECT_TRUE(heard(1, room).entries.empty());
}

TEST_P(Rooms, AfterUnwatchNothingMoreIsTold) {
    open();
    watch(room, 1);
    stored(message("heard"));
    ASSERT_TRUE(until([&] { return heard(1).entries.size() == 1; }));
    relay(1).unwatch(room);
    stored(message("not heard"));
    ASSERT_EQ(watch(room, 1)->last, Sequence{3});
    stored(message("heard again"));
    ASSERT_TRUE(until([&] { return heard(1).entries.size() == 2; }));
    EXPECT_EQ(heard(1).sequences(), (std::vector<std::uint64_t>{2, 4}));
}

TEST_P(Rooms, WatchingTwiceIsOneWatch) {
    open();
    watch(room, 1);
    watch(room, 1);
    stored(message("once"));
    stored(message("and once"));
    ASSERT_TRUE(until([&] { return heard(1).entries.size() >= 2; }));
    relay(1).announce_entrance(room, amaras_key, 1);  // whatever came twice has come before this
    ASSERT_TRUE(until([&] { return !heard(1).entrances.empty(); }));
    EXPECT_EQ(heard(1).sequences(), (std::vector<std::uint64_t>{2, 3}));
    relay(1).unwatch(room);
    stored(message("not heard"));
    EXPECT_EQ(watch(room, 1)->last, Sequence{4});
    EXPECT_EQ(heard(1).entries.size(), 2U);
}

TEST_P(Rooms, EverythingOfARoomGoesWithItsTime) {
    open(room, 0, 300ms);
    post({card(1)});
    knock(1);
    stored(message("goes too"));
    ASSERT_TRUE(until([&] { return !watch(room, 1).has_value(); }));
    EXPECT_TRUE(read_log().empty());
    EXPECT_FALSE(find_card(1).has_value());
    EXPECT_TRUE(knocks().empty());
    EXPECT_TRUE(std::holds_alternative<NoRoom>(append(message("too late"))));
    EXPECT_TRUE(open()) << "its id is free again";
    EXPECT_EQ(snapshot().last, Sequence{1});
}

TEST_P(Rooms, TakesTheCardOfARoomThatIsGone) {
    open(room, 0, 300ms);
    post({card(1, "of the old room")});
    ASSERT_TRUE(until([&] { return !watch(room, 1).has_value(); }));
    open(other_room);
    post({card(1, "of the new room")}, other_room);
    const auto found = find_card(1);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->room, other_room);
    EXPECT_EQ(found->sealed, text("of the new room"));
}

}  // namespace
}  // namespace veranda::tests
