// Talk: kept beside a knock, told to every watcher, gone with it or living as long as its answer.
#include "tests/contract/stage.hpp"

namespace veranda::tests {
namespace {

class Talks : public Contract {
protected:
    void SetUp() override {
        Contract::SetUp();
        ASSERT_TRUE(open());
        knock(1);
    }
    TalkKept say(std::string_view words, bool from_staff = false, std::uint64_t number = 1,
                 std::size_t relay_number = 0) {
        const StoredTalk talk{from_staff, text(words)};
        return ask<TalkKept>(
            [&](auto then) { relay(relay_number).put_talk(room, numbered<KnockId>(number), talk, then); });
    }
    std::vector<std::string> said(std::uint64_t number = 1, std::size_t relay_number = 0) {
        const auto all = ask<std::vector<StoredTalk>>(
            [&](auto then) { relay(relay_number).list_talks(room, numbered<KnockId>(number), then); });
        std::vector<std::string> words;
        for (const StoredTalk& talk : all)
            words.push_back((talk.from_staff ? "staff: " : "") + std::string(talk.sealed.begin(), talk.sealed.end()));
        return words;
    }
    bool end(KnockEnd how, std::optional<Answered> answer = {}) {
        return ask<bool>([&](auto then) { relay().end_knock(room, numbered<KnockId>(1), how, answer, then); });
    }
    const Answered refusal{FrameType::knock_refused, text("not this time")};
};
VERANDA_FOR_EVERY_STORE(Talks);

TEST_P(Talks, AreKeptInOrderAndToldToEveryWatcher) {
    watch(room, 1);
    EXPECT_EQ(say("may I?"), TalkKept::kept);
    EXPECT_EQ(say("who are you?", true, 1, 1), TalkKept::kept);
    EXPECT_EQ(said(1, 1), (std::vector<std::string>{"may I?", "staff: who are you?"}));
    for (const std::size_t number : {0U, 1U}) {
        ASSERT_TRUE(until([&] { return heard(number).talks.size() == 2; }));
        EXPECT_EQ(heard(number).talks[0], (std::pair{numbered<KnockId>(1), StoredTalk{false, text("may I?")}}));
        EXPECT_EQ(heard(number).talks[1], (std::pair{numbered<KnockId>(1), StoredTalk{true, text("who are you?")}}));
    }
    EXPECT_TRUE(said(2).empty());
}

TEST_P(Talks, TheSameBytesTwiceAreOne) {
    EXPECT_EQ(say("may I?"), TalkKept::kept);
    EXPECT_EQ(say("may I?"), TalkKept::kept);
    EXPECT_EQ(say("may I?", true), TalkKept::kept) << "the other side may say the same";
    ASSERT_TRUE(until([&] { return heard().talks.size() == 2; }));
    EXPECT_EQ(said(), (std::vector<std::string>{"may I?", "staff: may I?"}));
}

TEST_P(Talks, OfAKnockThatDoesNotWaitAreNotKept) {
    EXPECT_EQ(say("hello", false, 2), TalkKept::no_such_knock);
    EXPECT_TRUE(end(KnockEnd::refused, refusal));
    EXPECT_EQ(say("too late"), TalkKept::no_such_knock);
    EXPECT_EQ(ask<TalkKept>([&](auto then) {
                  relay().put_talk(other_room, numbered<KnockId>(1), {false, text("hello")}, then);
              }),
              TalkKept::no_such_knock);
}

TEST_P(Talks, NoMoreThanTheLimitAreKept) {
    for (std::size_t i = 0; i < limits::talks_per_knock_max; ++i)
        ASSERT_EQ(say(std::to_string(i), i % 2 == 1), TalkKept::kept);
    EXPECT_EQ(say("one more"), TalkKept::full);
    EXPECT_EQ(say("0"), TalkKept::kept) << "what is there already is there";
    EXPECT_EQ(said().size(), limits::talks_per_knock_max);
    knock(2);
    EXPECT_EQ(say("another's", false, 2), TalkKept::kept);
}

TEST_P(Talks, GoWithAKnockThatEndsWithoutAnAnswer) {
    say("may I?");
    EXPECT_TRUE(end(KnockEnd::withdrawn));
    EXPECT_TRUE(said().empty());
    knock(1);
    EXPECT_TRUE(said().empty()) << "made again, it begins anew";
}

TEST_P(Talks, LiveAsLongAsTheAnswer) {
    begin({.mail = 1s});
    open();
    knock(1);
    say("may I?");
    EXPECT_TRUE(end(KnockEnd::refused, refusal));
    EXPECT_EQ(said(), std::vector<std::string>{"may I?"});
    ASSERT_TRUE(until([&] { return said().empty(); }));
}

TEST_P(Talks, OfOneWhoWasAdmittedLiveAsLongAsHerAnswer) {
    say("you missed this", true);
    knock(2);
    Append admit = message("admit");
    admit.mail = {{numbered<KnockId>(1), text("front")}};
    stored(admit);
    EXPECT_EQ(said(), std::vector<std::string>{"staff: you missed this"});
    EXPECT_EQ(say("too late", true), TalkKept::no_such_knock);
}

TEST_P(Talks, WaitAsLongAsTheirKnockIsPutAgain) {
    begin({.knock = 1s});
    open();
    knock(1);
    knock(2);
    say("mine");
    say("another's", false, 2);
    ASSERT_TRUE(until([&] {
        knock(1);
        return said(2).empty();
    }));
    EXPECT_EQ(said(), std::vector<std::string>{"mine"});
    ASSERT_TRUE(until([&] { return said().empty(); }));
}

}  // namespace
}  // namespace veranda::tests
