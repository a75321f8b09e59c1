// A request that was left, the desk key that reads it, and the answer that is read later with words; over a real relay
// on simulated time.
#include <gtest/gtest.h>

#include "client-lib/client/client_limits.hpp"
#include "client-lib/client/rules.hpp"
#include "tests/unit/client/desk_evening.hpp"

namespace veranda::client {
namespace {

class LeftAtTheDesk : public DeskEvening {
protected:
    crypto::KemKeyPair desk_key = crypto::KemKeyPair::generate(evening.random);
    std::string words;

    void SetUp() override {
        DeskEvening::SetUp();
        give_desk_key(desk_key.public_key);
    }
    // With nobody on duty; she keeps the words.
    void leave_one() {
        AskPlan plan;
        plan.language = "it";
        plan.urgency = Urgency::soon;
        plan.note = "Can somebody write to me?";
        plan.leaves = true;
        words = asks(plan).last<DeskEvent>().words;
        askers.clear();
    }
    void answer(Counsellor& who, std::string_view text) {
        EXPECT_EQ(rule_of(who.core.answer(1, text, evening.now)), "");
        settle();
    }
};

TEST_F(LeftAtTheDesk, IsReadWithTheDeskKeyAnsweredAndReadWithTheWords) {
    leave_one();
    EXPECT_EQ(reads(words).last<AnswerEvent>().state, "not_answered");
    wait(3'600);
    Counsellor& one = on_duty(celia, desk_key.clone());
    const auto request = one.last<RequestEvent>();
    EXPECT_TRUE(request.left);
    EXPECT_EQ(request.language, "it");
    EXPECT_EQ(request.urgency, Urgency::soon);
    EXPECT_EQ(request.note, "Can somebody write to me?");
    EXPECT_GE(request.waiting_s, 3'600U);
    take(one, 1);
    EXPECT_TRUE(one.saw("request_to_answer"));
    EXPECT_FALSE(one.core.take_session()) << "nobody is there to talk to";
    answer(one, "Yes. We are there on Tuesday.");
    EXPECT_EQ(one.last<RequestGoneEvent>().why, "answered");
    EXPECT_FALSE(one.core.has_request(1));

    Reader& reader = reads(words);
    const auto read = reader.last<AnswerEvent>();
    EXPECT_EQ(read.state, "answered");
    EXPECT_EQ(read.name, "Celia");
    EXPECT_EQ(read.text, "Yes. We are there on Tuesday.");
    EXPECT_EQ(read.answered_at, read.asked_at + 3'603);
    EXPECT_EQ(reader.last<StateEvent>().phase, Phase::left);
    wait(10);
    EXPECT_EQ(reads(words).last<AnswerEvent>().state, "answered") << "as often as she likes";
}

TEST_F(LeftAtTheDesk, IsNotShownWithoutTheDeskKey) {
    leave_one();
    EXPECT_TRUE(on_duty(celia).all<RequestEvent>().empty());
}

TEST_F(LeftAtTheDesk, AnotherDeskKeyPutsNobodyOnDuty) {
    Counsellor& one =
        counsellors.emplace_back(DeskClient(test_origin, evening.harbour.anchor(), evening.random), evening.relay_now);
    EXPECT_EQ(rule_of(one.core.go_on_duty(clone(celia), {}, evening.now, crypto::KemKeyPair::generate(evening.random))),
              "");
    settle();
    EXPECT_TRUE(one.saw(faults::other_desk_key.name));
    EXPECT_EQ(one.last<DutyEvent>().state, "refused");
}

// The relay says that somebody who waits is gone, or the other way round.
TEST_F(LeftAtTheDesk, ARelayThatCallsAWaitingRequestLeftIsNotBelieved) {
    Counsellor& one = on_duty(celia, desk_key.clone());
    one.keep = [](const ServerFrame& frame) { return !std::holds_alternative<DeskRequestFrame>(frame); };
    asks();
    settle();
    std::optional<DeskRequestFrame> waiting;
    for (const Bytes& message : one.heard)
        if (const auto frames = decode_server_message(message); frames)
            for (const auto& received : *frames)
                if (const auto* frame = std::get_if<DeskRequestFrame>(&std::get<ServerFrame>(received.frame)))
                    waiting = *frame;
    ASSERT_TRUE(waiting);
    waiting->left = true;
    one.core.received(encode_frame(*waiting), evening.now);
    settle();
    EXPECT_TRUE(one.all<RequestEvent>().empty());
}

TEST_F(LeftAtTheDesk, NothingIsKeptUnderWordsThatNobodyLeftOrWhoseTimeIsOver) {
    leave_one();
    const auto others =
        circle::write_words(circle::new_entropy(circle::WordLanguage::en, evening.random), circle::WordLanguage::en);
    EXPECT_EQ(reads(others).last<AnswerEvent>().state, "no_such_answer");
    evening.store.advance(UnixMillis{evening.now.wall.value + limits::desk_left_ms + 1'000});
    EXPECT_EQ(reads(words).last<AnswerEvent>().state, "no_such_answer");
}

TEST_F(LeftAtTheDesk, OnlyWhoHasTakenOneAnswersItAndWithWords) {
    leave_one();
    Counsellor& one = on_duty(celia, desk_key.clone());
    EXPECT_EQ(rule_of(one.core.answer(1, "x", evening.now)), faults::nothing_to_answer.name);
    EXPECT_EQ(rule_of(one.core.put_back(1, evening.now)), faults::nothing_to_answer.name);
    take(one, 1);
    EXPECT_EQ(rule_of(one.core.answer(1, " ", evening.now)), circle::faults::desk_answer_form.name);
    EXPECT_EQ(rule_of(one.core.take(1, evening.now)), faults::no_such_number.name) << "it is hers already";
    EXPECT_TRUE(one.core.has_left_request(1));
}

TEST_F(LeftAtTheDesk, WhatIsPutBackWaitsAgainForAnother) {
    leave_one();
    Counsellor& one = on_duty(celia, desk_key.clone());
    Counsellor& two = on_duty(dora, desk_key.clone());
    take(one, 1);
    EXPECT_EQ(two.last<RequestGoneEvent>().why, "taken");
    EXPECT_EQ(rule_of(one.core.put_back(1, evening.now)), "");
    settle();
    EXPECT_EQ(one.last<RequestGoneEvent>().why, "put_back");
    wait(limits::claim_ms / 1'000 + 5);
    EXPECT_EQ(two.all<RequestEvent>().size(), 2U);
    take(two, 1);
    answer(two, "Here I am.");
    EXPECT_EQ(reads(words).last<AnswerEvent>().name, "Dora");
}

// The relay had it, and its word was lost with the connection: sent again, it is the same answer, and kept once.
TEST_F(LeftAtTheDesk, AnAnswerThatACutSwallowedIsSentAgain) {
    leave_one();
    Counsellor& one = on_duty(celia, desk_key.clone());
    take(one, 1);
    one.keep = [](const ServerFrame& frame) { return !std::holds_alternative<Done>(frame); };
    answer(one, "Yes.");
    EXPECT_EQ(one.all<RequestGoneEvent>().size(), 0U);
    one.cut(evening.now);
    one.keep = nullptr;
    wait(3);
    EXPECT_EQ(one.last<RequestGoneEvent>().why, "answered");
    EXPECT_EQ(one.all<RequestGoneEvent>().size(), 1U) << "and not lost";
    EXPECT_EQ(reads(words).last<AnswerEvent>().text, "Yes.");
}

TEST_F(LeftAtTheDesk, AnAnswerThatWasChangedIsRefusedByName) {
    leave_one();
    Counsellor& one = on_duty(celia, desk_key.clone());
    take(one, 1);
    answer(one, "Yes.");
    auto& reader =
        readers.emplace_back(AnswerReader(test_origin, evening.harbour.anchor(), evening.random), evening.relay_now);
    reader.keep = [](const ServerFrame& frame) { return !std::holds_alternative<DeskAnswerFrame>(frame); };
    EXPECT_EQ(rule_of(reader.core.read(circle::Pass::from(*circle::read_words(words)), evening.now)), "");
    EXPECT_EQ(rule_of(reader.core.read(circle::Pass::from(*circle::read_words(words)), evening.now)),
              faults::not_now.name);
    settle();
    const auto frames = decode_server_message(reader.heard.back());
    ASSERT_TRUE(frames);
    auto frame = std::get<DeskAnswerFrame>(std::get<ServerFrame>(frames->at(0).frame));
    frame.sealed[100] ^= 1;
    reader.core.received(encode_frame(frame, frames->at(0).request), evening.now);
    settle();
    EXPECT_TRUE(reader.saw(circle::faults::desk_answer_not_ours.name));
    EXPECT_EQ(reader.last<StateEvent>().phase, Phase::refused);
}

TEST_F(LeftAtTheDesk, WhoReadsComesBackAfterACutAndMayGiveUp) {
    leave_one();
    Reader& reader = reads(words);
    EXPECT_EQ(reader.all<AnswerEvent>().size(), 1U);
    auto& other =
        readers.emplace_back(AnswerReader(test_origin, evening.harbour.anchor(), evening.random), evening.relay_now);
    other.keep = [](const ServerFrame& frame) { return !std::holds_alternative<Refused>(frame); };
    EXPECT_EQ(rule_of(other.core.read(circle::Pass::from(*circle::read_words(words)), evening.now)), "");
    settle();
    other.cut(evening.now);
    other.keep = nullptr;
    wait(3);
    EXPECT_EQ(other.last<AnswerEvent>().state, "not_answered");
    other.core.give_up();
    EXPECT_EQ(other.all<StateEvent>().size(), 1U) << "it was over";
}

}  // namespace
}  // namespace veranda::client
