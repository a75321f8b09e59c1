// A session for two is handed over: nobody comes in without the survivor's own signed word, for that one counsellor,
// and she is told at each step. Over a real relay on simulated time.
#include <gtest/gtest.h>

#include "client-lib/client/client_limits.hpp"
#include "client-lib/client/rules.hpp"
#include "tests/unit/client/desk_evening.hpp"

namespace veranda::client {
namespace {

class HandingOverASession : public DeskEvening {
protected:
    StaffKeys erin = evening.harbour.certify("Erin", Role::counsellor);
    Counsellor* one = nullptr;
    Counsellor* two = nullptr;
    Asker* asker = nullptr;

    void SetUp() override {
        DeskEvening::SetUp();
        one = &on_duty(celia);
        asker = &asks();
        take(*one, 1);
        ASSERT_EQ(asker->last<StateEvent>().phase, Phase::in_group);
        two = &on_duty(dora);
    }
    Phone& session(Counsellor& of) { return *sessions.at(&of); }
    void ask_for(std::string_view name) {
        EXPECT_EQ(rule_of(one->core.look_for(1, name, evening.now)), "");
        settle();
    }
    void agrees(bool yes = true) {
        EXPECT_EQ(rule_of(asker->core.agree(yes, evening.now)), "");
        settle();
    }
    template <class Who>
    static std::vector<std::string> steps(const Who& who) {
        std::vector<std::string> found;
        for (const auto& event : who.template all<HandOverEvent>()) found.push_back(event.state + " " + event.name);
        return found;
    }
    std::size_t people() { return session(*one).client.roster().size(); }
};

TEST_F(HandingOverASession, SheIsAskedAgreesAndTheOtherGoesOn) {
    ask_for("dora");
    EXPECT_EQ(told_to_room, "");
    EXPECT_EQ(asker->last<HandOverEvent>().by, "Celia");
    EXPECT_EQ(people(), 2U) << "nobody comes in before she has answered";
    EXPECT_TRUE(two->all<HandOverEvent>().empty()) << "and nobody else hears of it";
    agrees();
    wait(5);
    EXPECT_EQ(told_to_desk, "");
    EXPECT_EQ(steps(*asker), (std::vector<std::string>{"asked Dora", "agreed Dora", "here Dora"}));
    EXPECT_EQ(steps(*two), (std::vector<std::string>{"handed Celia"}));
    EXPECT_EQ(steps(session(*one)), (std::vector<std::string>{"agreed Dora", "here Dora"}));
    EXPECT_EQ(session(*one).phase(), Phase::left);
    EXPECT_EQ(session(*two).phase(), Phase::in_group);
    wait(10);
    EXPECT_EQ(session(*two).client.roster().size(), 2U) << "the first one's leaf is out of the group";
    say(*asker, "are you there?");
    EXPECT_EQ(session(*two).texts().back(), "Guest: are you there?");
    EXPECT_TRUE(session(*two).client.say("I am", evening.now));
    settle();
    EXPECT_EQ(asker->texts().back(), "Dora: I am");
    EXPECT_FALSE(asker->saw(faults::counsellor_unasked.name));
    EXPECT_TRUE(session(*two).client.end(evening.now));
    settle();
    EXPECT_EQ(asker->last<StateEvent>().phase, Phase::ended);
}

// Another who was looked for meanwhile got the pass that she had agreed to give to the first.
TEST_F(HandingOverASession, WhatSheAgreesToIsTheOneSheWasAskedAbout) {
    Counsellor& erins = on_duty(erin);
    ask_for("Dora");
    wait(6);  // the relay paces who asks who is on duty
    ask_for("Erin");
    EXPECT_EQ(told_to_room, faults::not_now.name);
    agrees();
    wait(5);
    EXPECT_EQ(steps(*two), (std::vector<std::string>{"handed Celia"}));
    EXPECT_TRUE(erins.all<HandOverEvent>().empty());
    EXPECT_EQ(steps(*asker).back(), "here Dora");
}

TEST_F(HandingOverASession, SheDeclinesAndEverythingStays) {
    ask_for("Dora");
    agrees(false);
    wait(5);
    EXPECT_EQ(steps(session(*one)), (std::vector<std::string>{"declined Dora"}));
    EXPECT_TRUE(two->all<HandOverEvent>().empty());
    EXPECT_EQ(people(), 2U);
    EXPECT_EQ(rule_of(asker->core.agree(true, evening.now)), faults::hand_over_not_asked.name) << "answered once";
    ask_for("Dora");
    agrees();
    wait(5);
    EXPECT_EQ(session(*one).phase(), Phase::left) << "asked again, she may say yes";
}

TEST_F(HandingOverASession, SheDoesNotAnswerAndNothingHappens) {
    ask_for("Dora");
    EXPECT_EQ(rule_of(session(*one).client.ask_to_hand_over(dora.certificate, evening.now)), faults::not_now.name);
    wait(hand_over_ms_max / 1'000 + 1);
    EXPECT_EQ(steps(session(*one)), (std::vector<std::string>{"failed Dora"}));
    EXPECT_EQ(rule_of(asker->core.agree(true, evening.now)), faults::hand_over_not_asked.name);
    EXPECT_EQ(people(), 2U);
}

TEST_F(HandingOverASession, OnlyToAnotherWhoIsOnDuty) {
    ask_for("Erin");
    EXPECT_TRUE(one->saw(faults::nobody_on_duty.name));
    ask_for("Celia");
    EXPECT_TRUE(asker->all<HandOverEvent>().empty());
    two->keep = [](const ServerFrame& frame) { return !std::holds_alternative<DutyNonce>(frame); };
    wait(limits::find_duty_ms_min / 1'000);
    const auto before = one->all<ErrorEvent>().size();
    ask_for("Dora");
    wait(duty_proof_wait_ms / 1'000 + 1);
    EXPECT_GT(one->all<ErrorEvent>().size(), before) << "a statement without a proof is nobody";
    EXPECT_TRUE(asker->all<HandOverEvent>().empty());
}

TEST_F(HandingOverASession, AskedOnlyByTheStaffOfASessionForTwo) {
    EXPECT_EQ(rule_of(asker->core.agree(true, evening.now)), faults::hand_over_not_asked.name);
    EXPECT_EQ(rule_of(evening.phone().client.ask_to_hand_over(dora.certificate, evening.now)), faults::only_staff.name);
    EXPECT_EQ(rule_of(session(*one).client.ask_to_hand_over(celia.certificate, evening.now)), faults::not_now.name)
        << "to herself";
}

// What staff say in the room is not enough: who is named has to be a counsellor, by the survivor's own list.
TEST_F(HandingOverASession, SheIsNotAskedAboutWhoIsNoCounsellor) {
    EXPECT_EQ(rule_of(session(*one).client.ask_to_hand_over(evening.amara.certificate, evening.now)), "");
    settle();
    EXPECT_TRUE(asker->saw(circle::faults::hand_over_role.name));
    EXPECT_TRUE(asker->all<HandOverEvent>().empty());
    EXPECT_EQ(people(), 2U);
}

// An old consent, played again by the relay while another question is open: it is known, and lets nobody in.
TEST_F(HandingOverASession, AConsentThatIsPlayedAgainLetsNobodyIn) {
    ask_for("Dora");
    two->keep = [](const ServerFrame& frame) { return !std::holds_alternative<HandedOver>(frame); };
    agrees();
    std::vector<Bytes> lane;
    for (const Bytes& message : session(*one).heard)
        if (const auto frames = decode_server_message(message); frames)
            for (const auto& received : *frames)
                if (const auto* frame = std::get_if<LaneDelivery>(&std::get<ServerFrame>(received.frame)))
                    lane.push_back(encode_frame(*frame));
    ASSERT_FALSE(lane.empty());
    wait(hand_over_ms_max / 1'000 + 1);
    EXPECT_EQ(session(*one).last<HandOverEvent>().state, "failed") << "she did not come";
    two->keep = nullptr;
    ask_for("Dora");
    EXPECT_EQ(asker->last<HandOverEvent>().state, "asked");
    for (const Bytes& message : lane) session(*one).client.received(message, evening.now);
    wait(5);
    EXPECT_EQ(people(), 2U);
    EXPECT_TRUE(two->all<HandOverEvent>().empty());
}

// Whoever got hold of the pass is not the one who was agreed on.
TEST_F(HandingOverASession, AnotherWhoKnocksByThePassIsNotLetIn) {
    opens_sessions = false;
    Phone& room = session(*one);
    EXPECT_EQ(rule_of(room.client.ask_to_hand_over(dora.certificate, evening.now)), "");
    settle();
    agrees();
    const auto pass = room.client.take_hand_over();
    ASSERT_TRUE(pass);
    EXPECT_FALSE(room.client.take_hand_over()) << "handed out once";
    Phone& other = evening.phone();
    EXPECT_TRUE(other.client.open_invite(circle::Pass::from(*pass), evening.now));
    settle();
    EXPECT_TRUE(other.client.knock_as_staff(clone(erin), evening.now));
    wait(5);
    EXPECT_TRUE(room.saw(faults::hand_over_other_counsellor.name));
    EXPECT_EQ(people(), 2U);
    EXPECT_NE(other.phase(), Phase::in_group);
}

// A counsellor's client of another make lets somebody in without asking: the survivor's screen says so.
TEST_F(HandingOverASession, AnotherCounsellorWhomNobodyAskedForIsSaid) {
    Phone& room = session(*one);
    EXPECT_TRUE(room.client.invite(true, evening.now));
    settle();
    const auto link = circle::read_link(room.last<InviteEvent>().link);
    ASSERT_TRUE(link);
    Phone& other = evening.phone();
    EXPECT_TRUE(other.client.open_invite(circle::Pass::from(link->entropy), evening.now));
    settle();
    EXPECT_TRUE(other.client.knock_as_staff(clone(dora), evening.now));
    settle();
    EXPECT_TRUE(room.client.admit("Dora", evening.now));
    wait(5);
    EXPECT_TRUE(asker->saw(faults::counsellor_unasked.name));
    EXPECT_EQ(room.phase(), Phase::in_group) << "and the first one stays";
}

}  // namespace
}  // namespace veranda::client
