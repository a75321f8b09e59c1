// What an append does beside the log: answers to knocks, cards that are spent.
#include "tests/contract/stage.hpp"

namespace veranda::tests {
namespace {

class Admitting : public Contract {
protected:
    void SetUp() override {
        Contract::SetUp();
        ASSERT_TRUE(open());
    }
    Append admit(std::vector<std::uint64_t> knocked, std::string_view tail = "tail") {
        Append made = message("commit");
        made.kind = EntryKind::admit;
        made.advances_epoch = true;
        for (const std::uint64_t number : knocked)
            made.mail.push_back({numbered<KnockId>(number), text("front " + std::to_string(number) + " ")});
        made.mail_tail = text(tail);
        return made;
    }
    std::optional<Answered> answer(std::uint64_t number, std::size_t relay_number = 0) {
        return ask<std::optional<Answered>>(
            [&](auto then) { relay(relay_number).find_answer(room, numbered<KnockId>(number), then); });
    }
};
VERANDA_FOR_EVERY_STORE(Admitting);

Bytes admitted_body(std::uint64_t sequence, std::string_view words) {
    tls::Writer writer;
    writer.number(sequence, 8);
    writer.raw(as_bytes(words));
    return writer.take();
}

TEST_P(Admitting, AnswersEachKnockWithSequenceFrontAndTail) {
    knock(1);
    knock(2);
    const Sequence sequence = stored(admit({1, 2}));
    for (const std::uint64_t number : {1U, 2U}) {
        const auto found = answer(number, 1);
        ASSERT_TRUE(found.has_value());
        EXPECT_EQ(found->type, FrameType::admitted);
        EXPECT_EQ(found->body, admitted_body(sequence.value, "front " + std::to_string(number) + " tail"));
    }
}

TEST_P(Admitting, TheMailIsTheBodyOfAnAdmittedFrame) {
    knock(1);
    Admitted expected;
    expected.admission.body.member = iris;
    expected.admission.body.level = Level::speaks;
    expected.welcome_head = text("head");
    expected.welcome_tail = text("tail");
    Append what = admit({});
    what.mail = {{numbered<KnockId>(1), tls::encode(expected.admission)}};
    veranda::append(what.mail[0].front, tls::encode(expected.welcome_head));
    what.mail_tail = tls::encode(expected.welcome_tail);
    expected.sequence = stored(what);
    const auto found = tls::decode<Admitted>(answer(1)->body);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(*found, expected);
}

TEST_P(Admitting, AKnockThatIsAnsweredWaitsNoLonger) {
    watch(room, 1);
    knock(1);
    knock(2);
    stored(admit({1}));
    const auto waiting = knocks();
    ASSERT_EQ(waiting.size(), 1U);
    EXPECT_EQ(waiting[0].id, numbered<KnockId>(2));
    for (const std::size_t number : {0U, 1U}) {
        ASSERT_TRUE(until([&] { return !heard(number).knock_ends.empty(); }));
        EXPECT_EQ(heard(number).knock_ends, (std::vector{std::pair{numbered<KnockId>(1), KnockEnd::admitted}}));
    }
}

TEST_P(Admitting, KnockingAgainFindsTheAnswer) {
    knock(1);
    const Sequence sequence = stored(admit({1}));
    const KnockState state = knock(1);
    ASSERT_TRUE(std::holds_alternative<Answered>(state));
    EXPECT_EQ(std::get<Answered>(state).body, admitted_body(sequence.value, "front 1 tail"));
}

TEST_P(Admitting, MailWaitsForOneWhoseKnockIsGone) {
    stored(admit({7}));
    EXPECT_TRUE(answer(7).has_value());
}

TEST_P(Admitting, NewerMailReplacesOlder) {
    stored(admit({1}, "first"));
    const Sequence sequence = stored(admit({1}, "second"));
    EXPECT_EQ(answer(1)->body, admitted_body(sequence.value, "front 1 second"));
}

TEST_P(Admitting, TakesARoomFullOfMailWithOneLargeTail) {
    std::vector<std::uint64_t> everyone;
    for (std::uint64_t i = 0; i < 200; ++i) everyone.push_back(i);
    const std::string tail(100'000, 't');
    const Sequence sequence = stored(admit(everyone, tail));
    EXPECT_EQ(answer(199)->body, admitted_body(sequence.value, "front 199 " + tail));
}

TEST_P(Admitting, MailThatIsNotFetchedGoes) {
    begin({.mail = 300ms});
    open();
    stored(admit({1}));
    EXPECT_TRUE(until([&] { return !answer(1).has_value(); }));
    EXPECT_TRUE(std::holds_alternative<Waiting>(knock(1)));
}

TEST_P(Admitting, ASpentCardIsFoundAsSpentWithNothingSealed) {
    post({card(1), card(2)});
    Append what = admit({});
    what.spent = {id<CardId>(1), id<CardId>(9)};
    stored(what);
    const auto spent = find_card(1);
    ASSERT_TRUE(spent.has_value());
    EXPECT_TRUE(spent->spent);
    EXPECT_EQ(spent->room, room);
    EXPECT_EQ(spent->knock_key, id<KnockKey>(1));
    EXPECT_TRUE(spent->sealed.empty());
    EXPECT_FALSE(find_card(2)->spent);
    EXPECT_FALSE(find_card(9).has_value());
}

TEST_P(Admitting, ASpentCardGoesAfterTheMailsTime) {
    begin({.mail = 300ms});
    open();
    post({card(1)});
    Append what = admit({});
    what.spent = {id<CardId>(1)};
    stored(what);
    EXPECT_TRUE(until([&] { return !find_card(1).has_value(); }));
}

TEST_P(Admitting, ASpentCardOutlivesItsOwnExpiryForTheMailsTime) {
    post({card(1, "sealed", 1), card(2, "sealed", 1)});
    Append what = admit({});
    what.spent = {id<CardId>(1)};
    stored(what);
    ASSERT_TRUE(until([&] { return !find_card(2).has_value(); }));
    EXPECT_TRUE(find_card(1).has_value());
}

TEST_P(Admitting, AnotherRoomsCardsCannotBeSpent) {
    open(other_room, 1);
    post({card(1)}, other_room, 1);
    Append what = admit({});
    what.spent = {id<CardId>(1)};
    stored(what);
    EXPECT_FALSE(find_card(1)->spent);
}

TEST_P(Admitting, ASpentCardCanBePostedAnew) {
    post({card(1, "before")});
    Append what = admit({});
    what.spent = {id<CardId>(1)};
    stored(what);
    post({card(1, "after")});
    EXPECT_FALSE(find_card(1)->spent);
    EXPECT_EQ(find_card(1)->sealed, text("after"));
}

// The end that many answers share was kept under the first of their knocks: answered again, it changed all of them.
TEST_P(Admitting, AKnockThatIsAnsweredAgainChangesNoOtherAnswer) {
    const Sequence first = stored(admit({1, 2}, "one"));
    const Sequence second = stored(admit({1}, "other"));
    EXPECT_EQ(answer(1)->body, admitted_body(second.value, "front 1 other"));
    EXPECT_EQ(answer(2, 1)->body, admitted_body(first.value, "front 2 one"));
}

}  // namespace
}  // namespace veranda::tests
