// The support desk, both sides, over a real relay on simulated time: who is there, who gets the request, the session
// for two, and what happens when a counsellor's client dies.
#include <gtest/gtest.h>

#include "client-lib/client/client_limits.hpp"
#include "client-lib/client/rules.hpp"
#include "tests/unit/client/desk_evening.hpp"

namespace veranda::client {
namespace {

TEST_F(DeskEvening, TwoTalkAndTheEndErasesBothSides) {
    Counsellor& one = on_duty(celia);
    AskPlan plan;
    plan.language = "it";
    plan.urgency = Urgency::soon;
    plan.note = "Can we talk?";
    Asker& asker = asks(plan);
    EXPECT_EQ(asker.last<DeskEvent>().state, "waiting");
    EXPECT_EQ(asker.last<DeskEvent>().counsellors, 1U);
    const auto request = one.last<RequestEvent>();
    EXPECT_EQ(request.number, 1U);
    EXPECT_EQ(request.language, "it");
    EXPECT_EQ(request.urgency, Urgency::soon);
    EXPECT_EQ(request.note, "Can we talk?");
    EXPECT_FALSE(request.continuing);

    take(one, 1);
    EXPECT_EQ(asker.desk_states(), (std::vector<std::string>{"looking", "waiting", "claimed", "counsellor"}));
    EXPECT_EQ(asker.last<DeskEvent>().name, "Celia") << "said before a word is";
    EXPECT_EQ(asker.last<StateEvent>().phase, Phase::in_group);
    Phone& session = *sessions.at(&one);
    say(asker, "hello");
    EXPECT_EQ(session.texts(), std::vector<std::string>{"Guest: hello"});
    EXPECT_TRUE(session.client.say("good evening", evening.now));
    settle();
    EXPECT_EQ(asker.texts().back(), "Celia: good evening");

    EXPECT_TRUE(session.client.end(evening.now));
    settle();
    EXPECT_EQ(asker.last<StateEvent>().phase, Phase::ended);
    EXPECT_EQ(rule_of(one.core.end(1, evening.now)), "");
    settle();
    EXPECT_EQ(one.last<RequestGoneEvent>().why, "ended");
    EXPECT_EQ(rule_of(asker.core.say("still there?", evening.now)), faults::not_now.name);
}

TEST_F(DeskEvening, OfTwoWhoTakeItOneGetsItAndTheOtherIsTold) {
    Counsellor& one = on_duty(celia);
    Counsellor& two = on_duty(dora);
    Asker& asker = asks();
    EXPECT_EQ(asker.last<DeskEvent>().counsellors, 2U);
    EXPECT_EQ(rule_of(one.core.take(1, evening.now)), "");
    EXPECT_EQ(rule_of(two.core.take(1, evening.now)), "");
    settle();
    EXPECT_NE(one.core.has_request(1), two.core.has_request(1));
    Counsellor& loser = one.core.has_request(1) ? two : one;
    EXPECT_EQ(loser.all<RequestGoneEvent>().size(), 1U);
    EXPECT_EQ(loser.last<RequestGoneEvent>().why, "taken");
    EXPECT_TRUE(loser.core.queue(evening.now).empty());
    EXPECT_EQ(rule_of(loser.core.take(1, evening.now)), faults::no_such_number.name);
    loser.cut(evening.now);
    wait(2);
    EXPECT_EQ(loser.last<DutyEvent>().state, "on_duty");
    EXPECT_EQ(loser.all<RequestEvent>().size(), 1U) << "not offered again";
}

TEST_F(DeskEvening, ACounsellorWhoDiesInTheMiddleIsFollowedByAnotherWhoContinues) {
    Counsellor& one = on_duty(celia);
    Asker& asker = asks();
    take(one, 1);
    say(asker, "hello");
    Counsellor& two = on_duty(dora);
    EXPECT_TRUE(two.all<RequestEvent>().empty()) << "sealed to who was there";
    sessions.at(&one)->offline = true;
    sessions.at(&one)->cut(evening.now);
    one.drop();
    counsellors.remove_if([&](const Counsellor& each) { return &each == &one; });
    wait(limits::claim_ms / 1'000 - 2);
    EXPECT_EQ(asker.last<StateEvent>().phase, Phase::in_group) << "not yet";
    wait(40);  // the relay says that she went half a minute after she did
    ASSERT_EQ(two.all<RequestEvent>().size(), 1U);
    EXPECT_TRUE(two.last<RequestEvent>().continuing);
    take(two, 1);
    EXPECT_EQ(asker.last<DeskEvent>().name, "Dora");
    say(asker, "are you there?");
    EXPECT_EQ(sessions.at(&two)->texts(), std::vector<std::string>{"Guest: are you there?"});
}

TEST_F(DeskEvening, AClaimWhoseHolderDiesBeforeTheSessionWaitsAgain) {
    Counsellor& one = on_duty(celia);
    Counsellor& two = on_duty(dora);
    Asker& asker = asks();
    EXPECT_EQ(rule_of(one.core.take(1, evening.now)), "");
    one.turn(evening.now);  // claimed; the session never opens
    one.drop();
    counsellors.remove_if([&](const Counsellor& each) { return &each == &one; });
    settle();
    EXPECT_EQ(asker.last<DeskEvent>().state, "claimed");
    wait(limits::claim_ms / 1'000 + 5);
    EXPECT_EQ(asker.last<DeskEvent>().state, "waiting");
    EXPECT_EQ(two.all<RequestEvent>().size(), 2U) << "shown again, under its number";
    take(two, 1);
    EXPECT_EQ(asker.last<DeskEvent>().name, "Dora");
}

TEST_F(DeskEvening, ASessionOfHoursKeepsItsClaimAndSheStaysOnDuty) {
    Counsellor& one = on_duty(celia);
    Asker& asker = asks();
    take(one, 1);
    wait(30 * 60);
    EXPECT_TRUE(one.core.has_request(1));
    EXPECT_EQ(asker.last<StateEvent>().phase, Phase::in_group);
    EXPECT_EQ(asker.all<StateEvent>().size(), 1U);
    EXPECT_EQ(one.all<DutyEvent>().size(), 2U) << "connecting, on duty; her statement was renewed";
    say(asker, "still here");
    EXPECT_EQ(sessions.at(&one)->texts().back(), "Guest: still here");
}

TEST_F(DeskEvening, NobodyOnDutyIsSaidAndWhoComesGetsTheRequest) {
    Asker& asker = asks();
    EXPECT_EQ(asker.last<DeskEvent>().state, "nobody");
    EXPECT_FALSE(asker.last<DeskEvent>().can_leave);
    EXPECT_EQ(rule_of(asker.core.leave_request(evening.now)), faults::no_desk_key.name);
    Counsellor& one = on_duty(celia);
    wait(duty_look_ms / 1'000 + 2);
    EXPECT_EQ(asker.last<DeskEvent>().state, "waiting");
    EXPECT_EQ(one.all<RequestEvent>().size(), 1U);
}

TEST_F(DeskEvening, ARequestIsLeftForTheDeskKeyAndTheWordsAreKept) {
    const auto desk_key = crypto::KemKeyPair::generate(evening.random);
    give_desk_key(desk_key.public_key);
    AskPlan plan;
    plan.note = "Call me next week";
    Asker& asker = asks(plan);
    EXPECT_TRUE(asker.last<DeskEvent>().can_leave);
    EXPECT_EQ(rule_of(asker.core.leave_request(evening.now)), "");
    settle();
    EXPECT_EQ(asker.last<DeskEvent>().state, "left");
    EXPECT_EQ(asker.last<StateEvent>().phase, Phase::left);
    const auto entropy = circle::read_words(asker.last<DeskEvent>().words);
    ASSERT_TRUE(entropy);
    // A counsellor who comes on duty is shown nothing of it; whoever holds the desk key can read it.
    Counsellor& one = on_duty(celia);
    EXPECT_TRUE(one.all<RequestEvent>().empty());
    std::vector<store::StoredRequest> kept;
    evening.store.list_requests([&](auto answer) { kept = std::get<0>(answer); });
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_TRUE(kept[0].left);
    const auto envelope = tls::decode<LaneEnvelope>(kept[0].envelope);
    ASSERT_TRUE(envelope);
    const auto opened = circle::open_desk_request(*envelope, desk_key);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->note, "Call me next week");
    EXPECT_EQ(opened->asker, circle::Pass::from(*entropy).keys());
}

TEST_F(DeskEvening, WhoSaysBeforehandLeavesItWithoutBeingAsked) {
    give_desk_key(crypto::KemKeyPair::generate(evening.random).public_key);
    AskPlan plan;
    plan.leaves = true;
    EXPECT_EQ(asks(plan).desk_states(), (std::vector<std::string>{"looking", "nobody", "left"}));
}

// A relay that keeps an old statement, and nobody behind it.
TEST_F(DeskEvening, WhoDoesNotProveThatSheIsThereIsNotThere) {
    Counsellor& one = on_duty(celia);
    one.keep = [](const ServerFrame& frame) { return !std::holds_alternative<DutyNonce>(frame); };
    Asker& asker = asks();
    EXPECT_EQ(asker.last<DeskEvent>().state, "looking");
    wait(duty_proof_wait_ms / 1'000 + 1);
    EXPECT_EQ(asker.last<DeskEvent>().state, "nobody");
}

TEST_F(DeskEvening, WhoComesOnDutyWhileSheWaitsCanReadTheRequestToo) {
    Counsellor& one = on_duty(celia);
    Asker& asker = asks();
    Counsellor& two = on_duty(dora);
    EXPECT_TRUE(two.all<RequestEvent>().empty());
    wait(duty_look_ms / 1'000 + 2);
    EXPECT_EQ(two.all<RequestEvent>().size(), 1U);
    EXPECT_GE(two.last<RequestEvent>().waiting_s, duty_look_ms / 1'000 - 1) << "she has waited since she asked";
    EXPECT_EQ(asker.last<DeskEvent>().counsellors, 2U);
    EXPECT_EQ(one.core.queue(evening.now).size(), 1U) << "one request, not two";
}

TEST_F(DeskEvening, TakesNoCardButOfWhoseProofSheHasSeen) {
    Counsellor& one = on_duty(celia);
    Asker& asker = asks();
    // Another counsellor answers in her place: the request opened to both, the card is Dora's.
    EXPECT_EQ(rule_of(one.core.take(1, evening.now)), "");
    one.turn(evening.now);
    one.turn(evening.now);
    auto session = one.core.take_session();
    ASSERT_TRUE(session);
    Phone& phone = evening.phone();
    EXPECT_TRUE(phone.client.host(clone(dora), session->plan, evening.now));
    wait(5);
    EXPECT_TRUE(asker.saw(faults::card_of_another.name));
    EXPECT_EQ(asker.last<DeskEvent>().state, "claimed");
}

TEST_F(DeskEvening, WhoIsCalledLikeTheCounsellorComesInByAPlainName) {
    Counsellor& one = on_duty(celia);
    AskPlan plan;
    plan.name = "Celia";
    Asker& asker = asks(plan);
    take(one, 1);
    EXPECT_TRUE(asker.saw("called_guest"));
    say(asker, "hello");
    EXPECT_EQ(sessions.at(&one)->texts(), std::vector<std::string>{"Guest: hello"});
}

TEST_F(DeskEvening, BothSidesComeBackAfterACutAndKeepTheirPlace) {
    Counsellor& one = on_duty(celia);
    Asker& asker = asks();
    asker.cut(evening.now);
    one.cut(evening.now);
    wait(2);
    EXPECT_EQ(one.last<DutyEvent>().state, "on_duty");
    EXPECT_EQ(one.all<RequestEvent>().size(), 1U);
    EXPECT_EQ(one.core.queue(evening.now).size(), 1U);
    take(one, 1);
    EXPECT_EQ(asker.last<StateEvent>().phase, Phase::in_group);
}

TEST_F(DeskEvening, SheMayWithdrawAndTheQueueSaysSo) {
    Counsellor& one = on_duty(celia);
    Asker& asker = asks();
    EXPECT_EQ(rule_of(asker.core.leave(evening.now)), "");
    settle();
    EXPECT_EQ(asker.last<StateEvent>().phase, Phase::left);
    EXPECT_EQ(one.last<RequestGoneEvent>().why, "withdrawn");
}

TEST_F(DeskEvening, OffDutyNothingOpensAnyMore) {
    Counsellor& one = on_duty(celia);
    EXPECT_EQ(rule_of(one.core.go_off_duty(evening.now)), "");
    settle();
    EXPECT_EQ(one.last<DutyEvent>().state, "off_duty");
    EXPECT_EQ(asks().last<DeskEvent>().state, "nobody");
    EXPECT_EQ(rule_of(one.core.go_off_duty(evening.now)), faults::not_now.name);
}

// Whatever a relay ever sends to either side, sent at any moment, twice: both go on or end in order.
TEST_F(DeskEvening, AnyFrameAtAnyMomentBreaksNothing) {
    Counsellor& one = on_duty(celia);
    Asker& asker = asks();
    take(one, 1);
    EXPECT_EQ(rule_of(one.core.end(1, evening.now)), "");
    settle();
    std::vector<Bytes> frames = one.heard;
    frames.insert(frames.end(), asker.heard.begin(), asker.heard.end());
    for (const auto standing : {DeskStanding::waiting, DeskStanding::claimed, DeskStanding::gone})
        frames.push_back(encode_frame(DeskState{{}, standing, true}));
    for (std::uint32_t request = 1; request < 6; ++request)
        for (const auto refusal : {Refusal::busy, Refusal::not_on_duty, Refusal::request_claimed,
                                   Refusal::no_such_request, Refusal::desk_full, Refusal::duty_statement})
            frames.push_back(encode_frame(Refused{refusal, 1}, RequestId{request}));
    ASSERT_GE(frames.size(), 45U);
    opens_sessions = false;
    for (const Bytes& frame : frames) {
        for (Counsellor* each : {&on_duty(celia), &on_duty(dora)}) {
            Asker& waits = asks();
            if (each->core.queue(evening.now).empty()) wait(1);
            const auto queue = each->core.queue(evening.now);
            if (!queue.empty()) {
                EXPECT_EQ(rule_of(each->core.take(queue.back().number, evening.now)), "");
            }
            for (int twice = 0; twice < 2; ++twice) {
                each->core.received(frame, evening.now);
                waits.core.received(frame, evening.now);
            }
            wait(1);
            (void)waits.core.leave(evening.now);
            (void)each->core.go_off_duty(evening.now);
            settle();
        }
        sessions.clear();
        talks.clear();
        counsellors.clear();
        askers.clear();
        wait(1);
    }
}

// One message: the relay takes her off duty, and goes on as if she were there.
TEST_F(DeskEvening, WhatComesBehindARefusalOpensNothing) {
    Counsellor& one = on_duty(celia);
    asks();
    std::optional<Bytes> waiting;
    for (const Bytes& message : one.heard)
        if (const auto frames = decode_server_message(message); frames)
            for (const auto& received : *frames)
                if (const auto* frame = std::get_if<DeskRequestFrame>(&std::get<ServerFrame>(received.frame)))
                    waiting = encode_frame(*frame);
    ASSERT_TRUE(waiting);
    Bytes message;
    for (std::uint32_t request = 1; request < 6; ++request)
        append(message, encode_frame(Refused{Refusal::duty_statement, 0}, RequestId{request}));
    append(message, *waiting);
    append(message, encode_frame(DutyNonce{}));
    wait(600);  // a renewal is under way
    one.core.tick(evening.now);
    one.core.received(message, evening.now);
    settle();
    EXPECT_EQ(rule_of(one.core.take(1, evening.now)), faults::not_now.name);
}

// An end that was lost with the connection was never said again, and her claim was renewed for ever.
TEST_F(DeskEvening, AnEndThatACutSwallowedIsSaidAgain) {
    Counsellor& one = on_duty(celia);
    asks();
    opens_sessions = false;
    take(one, 1);
    one.keep = [](const ServerFrame& frame) {
        return !std::holds_alternative<Done>(frame) && !std::holds_alternative<DeskState>(frame);
    };
    ASSERT_EQ(rule_of(one.core.end(1, evening.now)), "");
    one.cut(evening.now);  // before it went out
    one.keep = nullptr;
    wait(40);
    EXPECT_FALSE(one.core.has_request(1));
    EXPECT_EQ(one.last<RequestGoneEvent>().why, "ended");
}

// The answer to a claim was swallowed by a cut: it is asked for again, and she is not told to end another first.
TEST_F(DeskEvening, AClaimThatACutSwallowedIsMadeAgain) {
    Counsellor& one = on_duty(celia);
    asks();
    one.keep = [](const ServerFrame& frame) { return !std::holds_alternative<DeskClaim>(frame); };
    ASSERT_EQ(rule_of(one.core.take(1, evening.now)), "");
    settle();
    one.cut(evening.now);
    one.keep = nullptr;
    wait(40);
    EXPECT_TRUE(one.saw("request_yours"));
}

TEST_F(DeskEvening, RefusesWhatCannotBeMeant) {
    DeskClient desk(test_origin, evening.harbour.anchor(), evening.random);
    EXPECT_EQ(rule_of(desk.go_on_duty(clone(evening.amara), {}, evening.now)), faults::only_counsellors.name);
    EXPECT_EQ(rule_of(desk.go_on_duty(clone(celia), {"e n"}, evening.now)), crypto::faults::duty_form.name);
    EXPECT_EQ(rule_of(desk.take(1, evening.now)), faults::not_now.name);
    AskingClient asking(test_origin, evening.harbour.anchor(), evening.random);
    AskPlan plan;
    plan.note.assign(limits::desk_note_bytes_max + 1, 'x');
    EXPECT_EQ(rule_of(asking.ask(plan, evening.now)), circle::faults::desk_request_form.name);
    plan.note.clear();
    plan.name = " ";
    EXPECT_EQ(rule_of(asking.ask(plan, evening.now)), circle::faults::pseudonym_form.name);
    plan.name = "Counsellor";
    EXPECT_EQ(rule_of(asking.ask(plan, evening.now)), circle::faults::pseudonym_of_staff.name);

    Counsellor& one = on_duty(celia);
    asks();
    asks();
    EXPECT_EQ(rule_of(one.core.take(3, evening.now)), faults::no_such_number.name);
    EXPECT_EQ(rule_of(one.core.end(1, evening.now)), faults::no_such_number.name) << "not hers yet";
    EXPECT_EQ(rule_of(one.core.look_for(1, "Dora", evening.now)), faults::no_such_number.name);

    GroupPlan for_two;
    for_two.name = "For two";
    for_two.kind = RoomKind::one_to_one;
    EXPECT_EQ(rule_of(evening.phone().client.host(clone(celia), for_two, evening.now)), faults::plan_invalid.name)
        << "for nobody";
}

}  // namespace
}  // namespace veranda::client
