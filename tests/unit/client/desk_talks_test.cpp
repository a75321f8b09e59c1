// A counsellor who has several requests at once: each talk is its own, and what happens to one of them leaves the
// others as they are. Over a real relay on simulated time.
#include <gtest/gtest.h>

#include "client-lib/client/client_limits.hpp"
#include "client-lib/client/rules.hpp"
#include "tests/unit/client/desk_evening.hpp"

namespace veranda::client {
namespace {

class TalksAtOnce : public DeskEvening {
protected:
    crypto::KemKeyPair desk_key = crypto::KemKeyPair::generate(evening.random);
    Counsellor* one = nullptr;
    std::map<std::uint64_t, Asker*> who_asked;

    void SetUp() override {
        DeskEvening::SetUp();
        give_desk_key(desk_key.public_key);
        one = &on_duty(celia, desk_key.clone());
    }
    Asker& asks_and_is_taken() {
        Asker& asker = asks();
        const std::uint64_t number = one->last<RequestEvent>().number;
        take(*one, number);
        who_asked[number] = &asker;
        return asker;
    }
    void leave_one() {
        AskPlan plan;
        plan.leaves = true;
        asks(plan);
    }
    Phone& talk(std::uint64_t number) { return *talks.at({one, number}); }
    // Both ways, over that talk alone.
    void go_on(std::uint64_t number, Asker& asker) {
        say(asker, "it is " + std::to_string(number));
        EXPECT_EQ(talk(number).texts().back(), "Guest: it is " + std::to_string(number));
        EXPECT_TRUE(talk(number).client.say("I hear " + std::to_string(number), evening.now));
        settle();
        EXPECT_EQ(asker.texts().back(), "Celia: I hear " + std::to_string(number));
    }
    // The relay has lost the request of this claim: it is gone, and nobody heard of it.
    void forget_at_relay(std::uint64_t nth) {
        std::vector<store::StoredRequest> kept;
        evening.store.list_requests([&](auto answer) { kept = std::get<0>(answer); });
        one->keep = [](const ServerFrame& frame) { return !std::holds_alternative<DeskState>(frame); };
        evening.store.end_request(kept.at(nth).id, {}, [](const auto&) {});
        settle();
        one->keep = nullptr;
    }
};

TEST_F(TalksAtOnce, EachIsItsOwn) {
    Asker& first = asks_and_is_taken();
    Asker& second = asks_and_is_taken();
    EXPECT_EQ(one->core.requests(), (std::vector<std::uint64_t>{1, 2}));
    go_on(1, first);
    go_on(2, second);
    EXPECT_EQ(talk(1).client.roster().size(), 2U);
    EXPECT_TRUE(talk(1).client.end(evening.now));
    EXPECT_EQ(rule_of(one->core.end(1, evening.now)), "");
    settle();
    EXPECT_EQ(first.last<StateEvent>().phase, Phase::ended);
    EXPECT_EQ(one->last<RequestGoneEvent>().number, 1U);
    EXPECT_EQ(one->last<RequestGoneEvent>().why, "ended");
    EXPECT_EQ(one->core.requests(), std::vector<std::uint64_t>{2});
    go_on(2, second);
}

TEST_F(TalksAtOnce, UpToALimitAndAnotherOnlyWhenOneIsOver) {
    for (std::size_t i = 0; i < requests_at_once_max; ++i) asks_and_is_taken();
    asks();
    const std::uint64_t more = one->last<RequestEvent>().number;
    EXPECT_EQ(rule_of(one->core.take(more, evening.now)), faults::too_many_at_once.name);
    EXPECT_EQ(one->core.queue(evening.now).size(), 1U) << "it waits as before";
    EXPECT_EQ(rule_of(one->core.end(2, evening.now)), "");
    settle();
    take(*one, more);
    EXPECT_TRUE(one->core.has_request(more));
}

TEST_F(TalksAtOnce, TheLimitCountsWhatIsAskedForAndNotAnsweredYet) {
    asks();
    asks();
    one->core.set_at_once(1);
    EXPECT_EQ(rule_of(one->core.take(1, evening.now)), "");
    EXPECT_EQ(rule_of(one->core.take(2, evening.now)), faults::too_many_at_once.name);
    EXPECT_EQ(rule_of(one->core.take(1, evening.now)), faults::no_such_number.name) << "asked for already";
}

TEST_F(TalksAtOnce, EveryClaimIsKeptForHoursAndAfterACut) {
    Asker& first = asks_and_is_taken();
    Asker& second = asks_and_is_taken();
    wait(20 * 60);
    one->cut(evening.now);
    wait(10 * 60);
    EXPECT_EQ(one->core.requests(), (std::vector<std::uint64_t>{1, 2}));
    EXPECT_TRUE(one->all<RequestGoneEvent>().empty());
    std::vector<store::StoredRequest> kept;
    evening.store.list_requests([&](auto answer) { kept = std::get<0>(answer); });
    ASSERT_EQ(kept.size(), 2U);
    for (const auto& each : kept) EXPECT_FALSE(each.holder.is_zero());
    go_on(1, first);
    go_on(2, second);
}

TEST_F(TalksAtOnce, AClaimThatIsLostIsSaidAndTheOthersStay) {
    Asker& first = asks_and_is_taken();
    Asker& second = asks_and_is_taken();
    forget_at_relay(0);
    wait(limits::claim_ms / 4'000 + 2);
    ASSERT_EQ(one->all<RequestGoneEvent>().size(), 1U);
    const std::uint64_t lost = one->last<RequestGoneEvent>().number;
    EXPECT_EQ(one->last<RequestGoneEvent>().why, "lost");
    EXPECT_EQ(one->core.requests().size(), 2U) << "the talk goes on";
    wait(5 * 60);
    EXPECT_EQ(one->all<RequestGoneEvent>().size(), 1U) << "said once, and the other is kept";
    go_on(1, first);
    go_on(2, second);
    EXPECT_EQ(rule_of(one->core.end(lost, evening.now)), "");
    settle();
    EXPECT_EQ(one->last<RequestGoneEvent>().why, "ended");
    EXPECT_EQ(one->core.requests().size(), 1U);
}

// Her claim ran out while she was cut off, and its asker is at the desk again: it waits under a number of its own.
TEST_F(TalksAtOnce, WhatWaitsAgainIsAnotherRequestThanTheTalkThatSheHas) {
    asks();
    opens_sessions = false;
    take(*one, 1);
    std::vector<store::StoredRequest> kept;
    evening.store.list_requests([&](auto answer) { kept = std::get<0>(answer); });
    ASSERT_EQ(kept.size(), 1U);
    one->core.received(encode_frame(DeskState{kept[0].id, DeskStanding::waiting, false}), evening.now);
    settle();
    EXPECT_EQ(one->last<RequestGoneEvent>().number, 1U);
    EXPECT_EQ(one->last<RequestGoneEvent>().why, "lost");
    EXPECT_EQ(one->last<RequestEvent>().number, 2U);
    EXPECT_TRUE(one->core.has_request(1));
    EXPECT_EQ(rule_of(one->core.take(2, evening.now)), "");
}

TEST_F(TalksAtOnce, OneIsHandedOverWhileTheOtherGoesOn) {
    Asker& first = asks_and_is_taken();
    Asker& second = asks_and_is_taken();
    Counsellor& two = on_duty(dora);
    EXPECT_EQ(rule_of(one->core.look_for(1, "Dora", evening.now)), "");
    EXPECT_EQ(rule_of(one->core.look_for(2, "Dora", evening.now)), faults::not_now.name) << "one search at a time";
    settle();
    EXPECT_TRUE(second.all<HandOverEvent>().empty()) << "she is not asked about another's talk";
    EXPECT_EQ(rule_of(first.core.agree(true, evening.now)), "");
    settle();
    wait(5);
    EXPECT_EQ(told_to_desk, "");
    EXPECT_EQ(talk(1).phase(), Phase::left);
    EXPECT_EQ(rule_of(one->core.end(1, evening.now)), "");
    settle();
    go_on(2, second);
    ASSERT_EQ(two.core.requests().size(), 1U);
    Phone& taken_over = *talks.at({&two, two.core.requests()[0]});
    say(first, "are you there?");
    EXPECT_EQ(taken_over.texts().back(), "Guest: are you there?");
    EXPECT_EQ(talk(2).texts().back(), "Celia: I hear 2") << "nothing of the other talk";
    EXPECT_EQ(rule_of(two.core.end(two.core.requests()[0], evening.now)), "");
    EXPECT_TRUE(two.core.requests().empty());
}

TEST_F(TalksAtOnce, WhoHasAsManyAsSheCanIsHandedNoneAndIsTold) {
    Asker& first = asks_and_is_taken();
    Counsellor& two = on_duty(dora);
    two.core.set_at_once(0);
    EXPECT_EQ(rule_of(one->core.look_for(1, "Dora", evening.now)), "");
    settle();
    EXPECT_EQ(rule_of(first.core.agree(true, evening.now)), "");
    settle();
    wait(5);
    EXPECT_TRUE(two.saw(faults::hand_over_missed.name));
    EXPECT_TRUE(two.all<HandOverEvent>().empty());
    EXPECT_TRUE(two.core.requests().empty());
    go_on(1, first);
}

TEST_F(TalksAtOnce, AnAnswerIsWrittenBesideATalk) {
    EXPECT_EQ(rule_of(one->core.go_off_duty(evening.now)), "");
    settle();
    leave_one();
    EXPECT_EQ(rule_of(one->core.go_on_duty(clone(celia), {}, evening.now, desk_key.clone())), "");
    settle();
    const std::uint64_t left = one->last<RequestEvent>().number;
    take(*one, left);
    Asker& asker = asks_and_is_taken();
    EXPECT_EQ(rule_of(one->core.look_for(left, "Dora", evening.now)), faults::no_such_number.name) << "nobody is there";
    EXPECT_EQ(rule_of(one->core.answer(left + 1, "x", evening.now)), faults::nothing_to_answer.name);
    EXPECT_EQ(rule_of(one->core.answer(left, "On Tuesday.", evening.now)), "");
    EXPECT_EQ(rule_of(one->core.put_back(left, evening.now)), faults::nothing_to_answer.name) << "it is on its way";
    settle();
    EXPECT_EQ(one->last<RequestGoneEvent>().why, "answered");
    go_on(left + 1, asker);
}

// A pause: nobody new, and those who are there are not left alone.
TEST_F(TalksAtOnce, OffDutyTheTalksGoOnAndSheComesBack) {
    Asker& first = asks_and_is_taken();
    EXPECT_EQ(rule_of(one->core.go_off_duty(evening.now)), "");
    settle();
    EXPECT_EQ(one->last<DutyEvent>().state, "off_duty");
    EXPECT_EQ(one->core.requests(), std::vector<std::uint64_t>{1});
    EXPECT_EQ(rule_of(one->core.look_for(1, "Dora", evening.now)), faults::not_now.name);
    wait(10 * 60);
    go_on(1, first);
    EXPECT_EQ(asks().last<DeskEvent>().state, "nobody");
    EXPECT_EQ(rule_of(one->core.go_on_duty(clone(celia), {"it"}, evening.now)), "");
    settle();
    EXPECT_EQ(one->last<DutyEvent>().state, "on_duty");
    Asker& second = asks_and_is_taken();
    EXPECT_EQ(one->core.requests(), (std::vector<std::uint64_t>{1, 2})) << "no number comes twice";
    go_on(1, first);
    go_on(2, second);
    EXPECT_EQ(rule_of(one->core.end(1, evening.now)), "");
    settle();
    EXPECT_EQ(one->last<RequestGoneEvent>().number, 1U);
}

TEST_F(TalksAtOnce, OffDutyWhatWasLeftIsPutBack) {
    EXPECT_EQ(rule_of(one->core.go_off_duty(evening.now)), "");
    settle();
    leave_one();
    EXPECT_EQ(rule_of(one->core.go_on_duty(clone(celia), {}, evening.now, desk_key.clone())), "");
    settle();
    const std::uint64_t left = one->last<RequestEvent>().number;
    take(*one, left);
    EXPECT_EQ(rule_of(one->core.go_off_duty(evening.now)), "");
    settle();
    EXPECT_EQ(one->last<RequestGoneEvent>().why, "put_back");
    EXPECT_TRUE(one->core.requests().empty());
}

// What she ends while the desk's connection is gone is ended when it is back.
TEST_F(TalksAtOnce, AnEndThatIsSaidWithoutAConnectionIsSaidLater) {
    asks_and_is_taken();
    one->cut(evening.now);
    EXPECT_EQ(rule_of(one->core.end(1, evening.now)), "");
    wait(3);
    EXPECT_EQ(one->last<RequestGoneEvent>().why, "ended");
    EXPECT_TRUE(one->core.requests().empty());
}

}  // namespace
}  // namespace veranda::client
