// Knocks: who waits, for how long, and how waiting ends.
#include "tests/contract/stage.hpp"

namespace veranda::tests {
namespace {

class Knocks : public Contract {
protected:
    void SetUp() override {
        Contract::SetUp();
        ASSERT_TRUE(open());
    }
    bool end(std::uint64_t number, KnockEnd how, std::optional<Answered> answer = {}, std::size_t relay_number = 0) {
        return ask<bool>(
            [&](auto then) { relay(relay_number).end_knock(room, numbered<KnockId>(number), how, answer, then); });
    }
    std::optional<Answered> answer(std::uint64_t number) {
        return ask<std::optional<Answered>>(
            [&](auto then) { relay().find_answer(room, numbered<KnockId>(number), then); });
    }
    bool waits(std::uint64_t number) {
        const auto all = knocks();
        return std::any_of(all.begin(), all.end(),
                           [&](const auto& one) { return one.id == numbered<KnockId>(number); });
    }
};
VERANDA_FOR_EVERY_STORE(Knocks);

TEST_P(Knocks, AKnockWaitsAndIsToldToEveryWatcher) {
    watch(room, 1);
    EXPECT_TRUE(std::holds_alternative<Waiting>(knock(1)));
    for (const std::size_t number : {0U, 1U}) {
        ASSERT_TRUE(until([&] { return !heard(number).knocks.empty(); }));
        EXPECT_EQ(heard(number).knocks[0].id, numbered<KnockId>(1));
        EXPECT_EQ(heard(number).knocks[0].envelope, text("envelope 1"));
    }
    EXPECT_FALSE(answer(1).has_value());
}

TEST_P(Knocks, KnockingAgainIsNotToldAgain) {
    knock(1);
    EXPECT_TRUE(std::holds_alternative<Waiting>(knock(1, room, 1)));
    knock(2);
    ASSERT_TRUE(until([&] { return heard().knocks.size() >= 2; }));
    EXPECT_EQ(heard().knocks.size(), 2U);
    EXPECT_EQ(heard().knocks[1].id, numbered<KnockId>(2));
    EXPECT_EQ(knocks().size(), 2U);
}

TEST_P(Knocks, AreListedInTheOrderInWhichTheyCame) {
    for (const std::uint64_t number : {5U, 1U, 9U, 3U}) knock(number);
    const auto waiting = knocks(1);
    ASSERT_EQ(waiting.size(), 4U);
    EXPECT_EQ(waiting[0].id, numbered<KnockId>(5));
    EXPECT_EQ(waiting[0].envelope, text("envelope 5"));
    EXPECT_EQ(waiting[1].id, numbered<KnockId>(1));
    EXPECT_EQ(waiting[2].id, numbered<KnockId>(9));
    EXPECT_EQ(waiting[3].id, numbered<KnockId>(3));
}

TEST_P(Knocks, ARoomThatIsNotThereIsFull) {
    EXPECT_TRUE(std::holds_alternative<Full>(knock(1, other_room)));
    EXPECT_FALSE(ask<bool>([&](auto then) {
        relay().end_knock(other_room, numbered<KnockId>(1), KnockEnd::refused, std::nullopt, then);
    }));
}

TEST_P(Knocks, NoMoreThanTheLimitWait) {
    for (std::uint64_t i = 0; i < limits::waiting_knocks_max; ++i)
        ASSERT_TRUE(std::holds_alternative<Waiting>(knock(i)));
    EXPECT_TRUE(std::holds_alternative<Full>(knock(1'000)));
    EXPECT_TRUE(std::holds_alternative<Waiting>(knock(0))) << "who waits already goes on waiting";
    EXPECT_TRUE(end(0, KnockEnd::withdrawn));
    EXPECT_TRUE(std::holds_alternative<Waiting>(knock(1'000)));
}

TEST_P(Knocks, AWithdrawnKnockIsGoneAndCanBeMadeAgain) {
    knock(1);
    EXPECT_TRUE(end(1, KnockEnd::withdrawn, {}, 1));
    ASSERT_TRUE(until([&] { return !heard().knock_ends.empty(); }));
    EXPECT_EQ(heard().knock_ends[0], (std::pair{numbered<KnockId>(1), KnockEnd::withdrawn}));
    EXPECT_FALSE(waits(1));
    EXPECT_FALSE(answer(1).has_value());
    EXPECT_TRUE(std::holds_alternative<Waiting>(knock(1)));
    ASSERT_TRUE(until([&] { return heard().knocks.size() == 2; })) << "a new one is told";
}

TEST_P(Knocks, ARefusalIsKeptAsMail) {
    knock(1);
    const Answered refusal{FrameType::knock_refused, text("not this time")};
    EXPECT_TRUE(end(1, KnockEnd::refused, refusal));
    ASSERT_TRUE(until([&] { return !heard().knock_ends.empty(); }));
    EXPECT_EQ(heard().knock_ends[0].second, KnockEnd::refused);
    const auto found = answer(1);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->type, FrameType::knock_refused);
    EXPECT_EQ(found->body, text("not this time"));
    const KnockState again = knock(1);
    ASSERT_TRUE(std::holds_alternative<Answered>(again));
    EXPECT_EQ(std::get<Answered>(again).body, text("not this time"));
}

TEST_P(Knocks, WhatDoesNotWaitCannotBeEndedNorAnswered) {
    const Answered refusal{FrameType::knock_refused, text("not this time")};
    EXPECT_FALSE(end(1, KnockEnd::refused, refusal));
    EXPECT_FALSE(answer(1).has_value());
    knock(2);
    EXPECT_TRUE(end(2, KnockEnd::sent_away));
    EXPECT_FALSE(end(2, KnockEnd::refused, refusal));
    EXPECT_FALSE(answer(2).has_value());
    knock(3);
    ASSERT_TRUE(until([&] { return heard().knocks.size() == 2; }));
    EXPECT_EQ(heard().knock_ends.size(), 1U);
}

TEST_P(Knocks, OneThatIsPutAgainOutlivesOneThatIsNot) {
    begin({.knock = 2s});
    open();
    knock(1);
    knock(2);
    ASSERT_TRUE(until([&] {
        knock(1);
        return !waits(2);
    }));
    EXPECT_TRUE(waits(1));
    EXPECT_FALSE(end(2, KnockEnd::refused));
    ASSERT_TRUE(until([&] { return !heard().knock_ends.empty(); }));
    EXPECT_EQ(heard().knock_ends, (std::vector{std::pair{numbered<KnockId>(2), KnockEnd::withdrawn}}));
    ASSERT_TRUE(until([&] { return !waits(1); }));
}

}  // namespace
}  // namespace veranda::tests
