// Cards: posted by a room, found by whoever has the id.
#include "tests/contract/stage.hpp"

namespace veranda::tests {
namespace {

class Cards : public Contract {
protected:
    void SetUp() override {
        Contract::SetUp();
        ASSERT_TRUE(open());
    }
    void drop(std::vector<std::uint8_t> numbers, RoomId from = room) {
        std::vector<CardId> cards;
        for (const std::uint8_t number : numbers) cards.push_back(id<CardId>(number));
        ask<Nothing>([&](auto then) { relay().drop_cards(from, cards, then); });
    }
};
VERANDA_FOR_EVERY_STORE(Cards);

TEST_P(Cards, ACardIsFoundAsItWasPosted) {
    post({card(1, "one"), card(2, "two")});
    const auto found = find_card(2);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->room, room);
    EXPECT_EQ(found->knock_key, id<KnockKey>(2));
    EXPECT_EQ(found->sealed, text("two"));
    EXPECT_FALSE(found->spent);
    EXPECT_FALSE(find_card(3).has_value());
}

TEST_P(Cards, ARoomReplacesItsOwnCard) {
    post({card(1, "before")});
    post({card(1, "after")}, room, 1);
    EXPECT_EQ(find_card(1)->sealed, text("after"));
}

TEST_P(Cards, AnotherRoomsCardStaysAsItIs) {
    open(other_room, 1);
    post({card(1, "first")});
    post({card(1, "second"), card(2, "its own")}, other_room, 1);
    EXPECT_EQ(find_card(1)->sealed, text("first"));
    EXPECT_EQ(find_card(1)->room, room);
    EXPECT_EQ(find_card(2)->room, other_room);
}

TEST_P(Cards, DroppedCardsAreGoneAndTheirIdsAreFree) {
    open(other_room, 1);
    post({card(1), card(2)});
    drop({1, 9});
    EXPECT_FALSE(find_card(1).has_value());
    EXPECT_TRUE(find_card(2).has_value());
    post({card(1, "of the other room")}, other_room, 1);
    EXPECT_EQ(find_card(1)->room, other_room);
    drop({});
}

TEST_P(Cards, ARoomCannotDropAnothersCard) {
    open(other_room, 1);
    post({card(1)});
    drop({1}, other_room);
    EXPECT_TRUE(find_card(1).has_value());
}

TEST_P(Cards, AnExpiredCardIsNotKept) {
    PostedCard expired = card(1);
    expired.expires_at = {stage().now().value / 1000 - 10};
    post({expired, card(2)});
    EXPECT_FALSE(find_card(1).has_value());
    EXPECT_TRUE(find_card(2).has_value());
}

TEST_P(Cards, ACardGoesWithItsTime) {
    post({card(1, "short", 1), card(2, "long")});
    ASSERT_TRUE(until([&] { return !find_card(1).has_value(); }));
    EXPECT_TRUE(find_card(2).has_value());
}

TEST_P(Cards, ACardThatIsPostedAgainLivesAsLongAsTheNewer) {
    post({card(1, "short", 1)});
    post({card(1, "long"), card(2, "short", 1)});
    ASSERT_TRUE(until([&] { return !find_card(2).has_value(); }));
    EXPECT_TRUE(find_card(1).has_value());
}

TEST_P(Cards, AnExpiryBeyondAllTimeIsTakenOrLeftButHarmsNothing) {
    PostedCard endless = card(1);
    endless.expires_at = {UINT64_MAX};
    post({endless, card(2)});
    EXPECT_TRUE(find_card(2).has_value());
}

TEST_P(Cards, ARoomThatIsNotThereKeepsNoCards) {
    post({card(1)}, other_room);
    EXPECT_FALSE(find_card(1).has_value());
    post({card(1)});
    EXPECT_TRUE(find_card(1).has_value());
}

TEST_P(Cards, MoreThanTheLimitAreNotKept) {
    std::vector<PostedCard> many;
    for (std::uint64_t i = 0; i < limits::cards_per_room_max + 5; ++i) {
        many.push_back(card(1));
        many.back().id = numbered<CardId>(i);
    }
    const auto first = many.front(), last_kept = many[limits::cards_per_room_max - 1], over = many.back();
    post(many);
    const auto found = [&](const PostedCard& which) {
        return ask<std::optional<StoredCard>>([&](auto then) { relay(1).find_card(which.id, then); }).has_value();
    };
    EXPECT_TRUE(found(first));
    EXPECT_TRUE(found(last_kept));
    EXPECT_FALSE(found(over));

    post({last_kept});  // one that is there is replaced, limit or not
    EXPECT_TRUE(found(last_kept));
    ask<Nothing>([&](auto then) { relay().drop_cards(room, {first.id}, then); });
    post({over});
    EXPECT_TRUE(found(over));
}

}  // namespace
}  // namespace veranda::tests
