// The lane between people: hands, notes and alarms, from the group and from the waiting room; how far each has come;
// and that nothing silences it.
#include "client-lib/circle/moderation/staff_lane.hpp"
#include "client-lib/client/client_limits.hpp"
#include "client-lib/client/rules.hpp"
#include "tests/support/hostile_relay.hpp"
#include "tests/support/rule_of.hpp"

namespace veranda::client {
namespace {

using namespace tests;
using Lines = std::vector<std::string>;

class LaneBetweenPeople : public HostileRelay {
protected:
    // How far each thing has come, in order: "not_safe: seen by Amara".
    static Lines came(const Phone& phone, LaneKind kind) {
        Lines lines;
        for (const LaneEvent& event : phone.all<LaneEvent>())
            if (event.kind == kind)
                lines.push_back(std::string(name(event.progress)) + (event.by.empty() ? "" : " by " + event.by));
        return lines;
    }
    static Lines alarms(const Phone& phone) {
        Lines lines;
        for (const AlarmEvent& alarm : phone.all<AlarmEvent>())
            lines.push_back((alarm.open ? "" : "closed ") + alarm.from + (alarm.waiting ? " waiting: " : ": ") +
                            alarm.text);
        return lines;
    }
    static Lines notes(const Phone& phone) {
        Lines lines;
        for (const NoteEvent& note : phone.all<NoteEvent>())
            lines.push_back(note.from + (note.waiting ? " waiting: " : ": ") + note.text);
        return lines;
    }
    void raise(Phone& who, bool up = true) {
        EXPECT_EQ(rule_of(who.client.raise_hand(up, evening_.now)), "");
        evening_.settle();
    }
    void alarm(Phone& who, std::string_view text = {}) {
        EXPECT_EQ(rule_of(who.client.not_safe(text, evening_.now)), "");
        evening_.settle();
    }
    void note(Phone& who, std::string_view text) {
        EXPECT_EQ(rule_of(who.client.note(text, evening_.now)), "");
        evening_.settle();
    }
    void see(Phone& staff, std::string_view whose) {
        EXPECT_EQ(rule_of(staff.client.seen(whose, evening_.now)), "");
        evening_.settle();
    }
    Phone& knock(std::string_view name) { return evening_.knock(evening_.invite(amara_), name); }
    void go_offline(Phone& phone) {
        phone.offline = true;
        phone.cut(evening_.now);
        evening_.settle();
    }
};

TEST_F(LaneBetweenPeople, HandsStandInTheOrderInWhichTheyWentUp) {
    Phone& iris = evening_.join(amara_, "Iris");
    Phone& joy = evening_.join(amara_, "Joy");
    raise(joy);
    raise(iris);
    raise(joy);
    EXPECT_EQ(amara_.last<HandsEvent>().names, (Lines{"Joy", "Iris"}));
    EXPECT_EQ(came(iris, LaneKind::raised_hand), (Lines{"sent", "at_server", "seen by Amara"}));
    raise(joy, false);
    EXPECT_EQ(amara_.last<HandsEvent>().names, Lines{"Iris"});
    ASSERT_TRUE(iris.client.leave(evening_.now));
    evening_.wait(3);
    EXPECT_EQ(amara_.last<HandsEvent>().names, Lines{});
    EXPECT_TRUE(joy.all<HandsEvent>().empty());
}

TEST_F(LaneBetweenPeople, AFacilitatorWhoComesLaterSeesTheHandsThatAreUp) {
    Phone& iris = evening_.join(amara_, "Iris");
    raise(iris);
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    evening_.wait(2);
    EXPECT_EQ(blessing.last<HandsEvent>().names, Lines{"Iris"});
    EXPECT_EQ(amara_.all<HandsEvent>().size(), 1U) << "she knew already";
}

TEST_F(LaneBetweenPeople, ANoteIsForStaffAlone) {
    Phone& iris = evening_.join(amara_, "Iris");
    Phone& joy = evening_.join(amara_, "Joy");
    note(iris, "Could we talk about something else?");
    EXPECT_EQ(notes(amara_), Lines{"Iris: Could we talk about something else?"});
    EXPECT_EQ(came(iris, LaneKind::private_note).back(), "seen by Amara");
    EXPECT_TRUE(notes(joy).empty());
    EXPECT_EQ(rule_of(iris.client.note("  ", evening_.now)), circle::faults::text_empty.name);
    EXPECT_EQ(rule_of(iris.client.note(std::string(limits::note_bytes_max, 'x'), evening_.now)), "");
    EXPECT_EQ(rule_of(iris.client.note(std::string(limits::note_bytes_max + 1, 'x'), evening_.now)),
              circle::faults::text_too_long.name);
}

TEST_F(LaneBetweenPeople, AnAlarmIsSeenOnlyWhenAPersonHasSeenIt) {
    Phone& iris = evening_.join(amara_, "Iris");
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    evening_.wait(1);
    alarm(iris, "he is here");
    EXPECT_EQ(alarms(amara_), Lines{"Iris: he is here"});
    EXPECT_EQ(alarms(blessing), Lines{"Iris: he is here"});
    EXPECT_EQ(came(iris, LaneKind::not_safe), (Lines{"sent", "at_server"})) << "two phones have it, and no person";
    see(blessing, "iris");
    EXPECT_EQ(came(iris, LaneKind::not_safe).back(), "seen by Blessing");
    EXPECT_EQ(alarms(amara_).back(), "closed Iris: he is here");
    EXPECT_EQ(rule_of(amara_.client.seen("Iris", evening_.now)), faults::nobody_of_that_name.name);
    EXPECT_EQ(rule_of(iris.client.seen("Iris", evening_.now)), faults::only_staff.name);
}

TEST_F(LaneBetweenPeople, AFacilitatorWhoComesBackIsShownTheAlarmThatNobodyHasSeen) {
    Phone& iris = evening_.join(amara_, "Iris");
    go_offline(amara_);
    alarm(iris);
    EXPECT_EQ(came(iris, LaneKind::not_safe), (Lines{"sent", "at_server"}));
    amara_.offline = false;
    evening_.wait(3);
    EXPECT_EQ(alarms(amara_), Lines{"Iris: "});
    amara_.cut(evening_.now);
    evening_.wait(3);
    EXPECT_EQ(alarms(amara_), Lines{"Iris: "}) << "once";
    see(amara_, "Iris");
    EXPECT_EQ(came(iris, LaneKind::not_safe).back(), "seen by Amara");
}

// Bug: while somebody was looking for her way back, nobody told her that her alarm had been seen by none, and it did
// not go on to the support desk.
TEST_F(LaneBetweenPeople, AnAlarmIsSaidToBeUnseenThoughTheRoomIsLostMeanwhile) {
    Phone& iris = evening_.join(amara_, "Iris");
    go_offline(amara_);
    alarm(iris, "he is here");
    evening_.store.forget();
    evening_.wait(limits::lane_unseen_ms / 1'000 + 2);
    ASSERT_EQ(iris.phase(), Phase::reconnecting);
    EXPECT_EQ(came(iris, LaneKind::not_safe), (Lines{"sent", "at_server", "nobody"}));
    amara_.offline = false;
    evening_.wait(40);
    ASSERT_EQ(iris.phase(), Phase::in_group);
    EXPECT_EQ(alarms(amara_), Lines{"Iris: he is here"});
    see(amara_, "Iris");
    EXPECT_EQ(came(iris, LaneKind::not_safe).back(), "seen by Amara");
    const auto all = came(iris, LaneKind::not_safe);
    EXPECT_EQ(std::count(all.begin(), all.end(), "nobody"), 1) << "once";
}

// Bug: an alarm that nobody had seen yet was sealed to the facilitators who were there; one who loaded her page again,
// or came in later, was never shown it.
TEST_F(LaneBetweenPeople, AnAlarmIsShownToStaffWhoComeInBeforeItIsSeen) {
    Phone& iris = evening_.join(amara_, "Iris");
    alarm(iris, "he is here");
    EXPECT_EQ(alarms(amara_), Lines{"Iris: he is here"});
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    evening_.wait(1);
    EXPECT_EQ(alarms(blessing), Lines{"Iris: he is here"});
    EXPECT_EQ(alarms(amara_), Lines{"Iris: he is here"}) << "once";
    see(blessing, "Iris");
    EXPECT_EQ(came(iris, LaneKind::not_safe), (Lines{"sent", "at_server", "seen by Blessing"}));
    evening_.wait(limits::lane_unseen_ms / 1'000 + 2);
    see(amara_, "Iris");
    EXPECT_EQ(came(iris, LaneKind::not_safe), (Lines{"sent", "at_server", "seen by Blessing"}));
    alarm(iris, "again");
    EXPECT_EQ(alarms(blessing).back(), "Iris: again");
    EXPECT_EQ(alarms(amara_).back(), "Iris: again");
}

TEST_F(LaneBetweenPeople, ANoteIsShownToStaffWhoComeInBeforeItIsSeen) {
    Phone& iris = evening_.join(amara_, "Iris");
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    go_offline(amara_);
    go_offline(blessing);
    note(iris, "later");
    evening_.wait(1);
    amara_.offline = false;
    evening_.wait(15);
    EXPECT_EQ(notes(amara_), Lines{"Iris: later"});
    EXPECT_EQ(came(iris, LaneKind::private_note).back(), "seen by Amara");
    Phone& again = evening_.join_staff(amara_, evening_.blessing);
    evening_.wait(1);
    EXPECT_TRUE(notes(again).empty()) << "what was seen is not told again";
}

// Bug: an alarm of which its author had been told that nobody had seen it was "sent" again once she was back in the
// group, and no more was said of it.
TEST_F(LaneBetweenPeople, WhatNobodyHasSeenStaysSoUntilSomebodyDoes) {
    Phone& iris = evening_.join(amara_, "Iris");
    go_offline(amara_);
    alarm(iris, "he is here");
    evening_.wait(limits::lane_unseen_ms / 1'000 + 2);
    evening_.store.forget();
    evening_.wait(2);
    amara_.offline = false;
    evening_.wait(40);
    ASSERT_EQ(iris.phase(), Phase::in_group);
    EXPECT_EQ(came(iris, LaneKind::not_safe), (Lines{"sent", "at_server", "nobody"}));
    see(amara_, "Iris");
    EXPECT_EQ(came(iris, LaneKind::not_safe).back(), "seen by Amara");
}

// Bug: an alarm whose author had come back by another key since was shown to nobody.
TEST_F(LaneBetweenPeople, AnAlarmIsShownThoughItsAuthorHasComeBackSince) {
    Phone& iris = evening_.join(amara_, "Iris");
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    evening_.wait(1);
    go_offline(blessing);
    go_offline(amara_);
    alarm(iris, "he is here");
    auto ticket = iris.client.ticket();
    ASSERT_TRUE(ticket);
    go_offline(iris);
    amara_.hear = [](Bytes& message) {  // what is said in the lane does not reach her
        Bytes kept;
        for (const auto& received : server_frames(message))
            if (!std::holds_alternative<LaneDelivery>(std::get<ServerFrame>(received.frame)))
                std::visit([&](const auto& body) { append(kept, encode_frame(body, received.request)); },
                           std::get<ServerFrame>(received.frame));
        message = std::move(kept);
    };
    amara_.offline = false;
    evening_.wait(3);
    Phone& again = evening_.phone();
    ASSERT_TRUE(again.client.return_by(*circle::Ticket::decode(ticket->encode()), evening_.now));
    evening_.wait(3);
    ASSERT_EQ(again.phase(), Phase::in_group);
    blessing.offline = false;
    evening_.wait(15);
    EXPECT_EQ(alarms(blessing), Lines{"Iris: he is here"});
}

// Bug: what staff had the relay do was lost when the relay was busy just then, and so an alarm stayed unseen.
TEST_F(LaneBetweenPeople, AnAcknowledgementIsSentAgainWhileTheRelayIsBusy) {
    Phone& iris = evening_.join(amara_, "Iris");
    alarm(iris);
    std::size_t withheld = 0;
    amara_.say = [&withheld](Bytes& message) {
        for (const auto& received : client_frames(message))
            if (std::holds_alternative<AcknowledgeLane>(std::get<ClientFrame>(received.frame)) && withheld++ == 0)
                message = encode_frame(FindCard{}, received.request);  // in its place: what the relay refuses
    };
    amara_.hear = [](Bytes& message) {
        Bytes changed;
        for (const auto& received : server_frames(message)) {
            const auto& frame = std::get<ServerFrame>(received.frame);
            const bool is_refused = std::holds_alternative<Refused>(frame);
            if (is_refused) append(changed, encode_frame(Refused{Refusal::busy, 100}, received.request));
            if (!is_refused)
                std::visit([&](const auto& body) { append(changed, encode_frame(body, received.request)); }, frame);
        }
        message = std::move(changed);
    };
    see(amara_, "Iris");
    EXPECT_NE(came(iris, LaneKind::not_safe).back(), "seen by Amara");
    evening_.wait(5);
    EXPECT_GE(withheld, 2U);
    EXPECT_EQ(came(iris, LaneKind::not_safe).back(), "seen by Amara");
}

// Bug: an acknowledgement whose notification was lost was never made up for, and she was told that nobody has seen it.
TEST_F(LaneBetweenPeople, AnAlarmWhoseAnswerIsLostIsAskedAboutAgain) {
    Phone& iris = evening_.join(amara_, "Iris");
    alarm(iris);
    lie_about<LaneAcknowledged>(iris, [](const LaneAcknowledged&) { return Frames{}; });
    see(amara_, "Iris");
    iris.hear = {};
    evening_.wait(lane_again_ms / 1'000 + 2);
    EXPECT_EQ(came(iris, LaneKind::not_safe).back(), "seen by Amara");
    EXPECT_EQ(alarms(amara_).size(), 2U) << "opened and closed, once each";
}

TEST_F(LaneBetweenPeople, OneAlarmIsOpenAPersonAndFurtherWordsGoAfterIt) {
    Phone& iris = evening_.join(amara_, "Iris");
    alarm(iris);
    alarm(iris);
    alarm(iris, "he is at the door");
    EXPECT_EQ(alarms(amara_), Lines{"Iris: "});
    EXPECT_EQ(notes(amara_), Lines{"Iris: he is at the door"});
    see(amara_, "Iris");
    alarm(iris, "again");
    EXPECT_EQ(alarms(amara_).back(), "Iris: again");
}

TEST_F(LaneBetweenPeople, AfterAMinuteSheIsToldThatNobodyHasSeenIt) {
    Phone& iris = evening_.join(amara_, "Iris");
    alarm(iris);
    evening_.wait(limits::lane_unseen_ms / 1'000 - 1);
    EXPECT_EQ(came(iris, LaneKind::not_safe), (Lines{"sent", "at_server"}));
    evening_.wait(2);
    EXPECT_EQ(came(iris, LaneKind::not_safe), (Lines{"sent", "at_server", "nobody"}));
    see(amara_, "Iris");
    EXPECT_EQ(came(iris, LaneKind::not_safe).back(), "seen by Amara") << "better late";
}

TEST_F(LaneBetweenPeople, WhatACutSwallowedGoesAgainAndIsOneAlarm) {
    Phone& iris = evening_.join(amara_, "Iris");
    go_offline(iris);
    EXPECT_EQ(rule_of(iris.client.not_safe("he is here", evening_.now)), "");
    evening_.wait(2);
    EXPECT_EQ(came(iris, LaneKind::not_safe), Lines{"sent"});
    iris.offline = false;
    evening_.wait(12);
    EXPECT_EQ(alarms(amara_), Lines{"Iris: he is here"});
    go_offline(iris);
    see(amara_, "Iris");  // the answer finds nobody
    iris.offline = false;
    evening_.wait(12);
    EXPECT_EQ(came(iris, LaneKind::not_safe).back(), "seen by Amara");
    EXPECT_EQ(alarms(amara_), (Lines{"Iris: he is here", "closed Iris: he is here"}));
}

// ---- from the waiting room ----

TEST_F(LaneBetweenPeople, IsOpenFromTheWaitingRoom) {
    Phone& iris = knock("Iris");
    note(iris, "please hurry");
    alarm(iris, "he is outside");
    EXPECT_EQ(notes(amara_), Lines{"Iris waiting: please hurry"});
    EXPECT_EQ(alarms(amara_), Lines{"Iris waiting: he is outside"});
    EXPECT_EQ(came(iris, LaneKind::private_note), (Lines{"sent", "at_server", "seen by Amara"}));
    see(amara_, "Iris");
    EXPECT_EQ(came(iris, LaneKind::not_safe), (Lines{"sent", "at_server", "seen by Amara"}));
    EXPECT_EQ(rule_of(iris.client.raise_hand(true, evening_.now)), faults::not_now.name);
}

TEST_F(LaneBetweenPeople, AnAlarmFromTheWaitingRoomIsSeenAfterSheWasLetIn) {
    Phone& iris = knock("Iris");
    alarm(iris, "he is outside");
    ASSERT_TRUE(amara_.client.admit("Iris", evening_.now));
    evening_.settle();
    ASSERT_EQ(iris.phase(), Phase::in_group);
    see(amara_, "Iris");
    EXPECT_EQ(came(iris, LaneKind::not_safe).back(), "seen by Amara");
}

TEST_F(LaneBetweenPeople, AnotherWhoWaitsHearsNothingOfIt) {
    Phone& iris = knock("Iris");
    Phone& joy = knock("Joy");
    alarm(iris);
    see(amara_, "Iris");
    EXPECT_FALSE(last_heard<LaneAcknowledged>(joy));
    EXPECT_TRUE(last_heard<LaneAcknowledged>(iris));
}

// ---- never silenced ----

TEST_F(LaneBetweenPeople, IsNeverSilencedByLevelsOrAFullOrClosedRoom) {
    GroupPlan plan;
    plan.name = "Quiet";
    plan.members_max = 3;
    Phone& blessing = evening_.phone();
    ASSERT_TRUE(blessing.client.host(clone(evening_.blessing), plan, evening_.now));
    evening_.settle();
    Phone& iris = evening_.knock(evening_.invite(blessing), "Iris");
    Phone& joy = evening_.knock(evening_.invite(blessing), "Joy");
    ASSERT_TRUE(blessing.client.admit("Iris", evening_.now, Level::listens));
    ASSERT_TRUE(blessing.client.admit("Joy", evening_.now, Level::held));
    evening_.settle();
    Phone& mina = evening_.knock(evening_.invite(blessing), "Mina");  // the room is full
    ASSERT_TRUE(blessing.client.lock(true, false, evening_.now));     // and closed
    evening_.settle();
    EXPECT_EQ(rule_of(iris.client.say("hello", evening_.now)), faults::composer_closed.name);
    for (Phone* each : {&iris, &joy, &mina}) alarm(*each);
    EXPECT_EQ(alarms(blessing), (Lines{"Iris: ", "Joy: ", "Mina waiting: "}));
    for (const std::string_view name : {"Iris", "Joy", "Mina"}) see(blessing, name);
    for (Phone* each : {&iris, &joy, &mina}) EXPECT_EQ(came(*each, LaneKind::not_safe).back(), "seen by Blessing");
}

// ---- what is made up ----

TEST_F(LaneBetweenPeople, AnAcknowledgementThatNoStaffSignedSaysNothing) {
    Phone& iris = knock("Iris");
    Phone& joy = evening_.join(amara_, "Joy");
    for (Phone* each : {&iris, &joy}) {
        alarm(*each);
        const auto stranger = crypto::SigningKey::generate(evening_.random);
        const auto delivered = last_heard<LaneDelivery>(amara_);
        ASSERT_TRUE(delivered);
        const LaneAcknowledgement body{room(), amara_id(), circle::lane_id(delivered->envelope)};
        invent(*each, LaneAcknowledged{crypto::sign(body, stranger)});
        EXPECT_EQ(came(*each, LaneKind::not_safe).back(), "at_server");
    }
}

TEST_F(LaneBetweenPeople, ARelayCannotMakeAStrangersAlarmAMembers) {
    Phone& iris = knock("Iris");
    Phone& joy = evening_.join(amara_, "Joy");
    const MemberId joys_id = last_heard<Entered>(joy)->self;
    lie_about<LaneDelivery>(amara_, [&](LaneDelivery delivery) {
        delivery.from = joys_id;
        return Frames{delivery};
    });
    alarm(iris, "I am Joy");
    EXPECT_TRUE(alarms(amara_).empty());
}

TEST_F(LaneBetweenPeople, KeepsNoMoreUnseenThanItsLimit) {
    Phone& iris = evening_.join(amara_, "Iris");
    go_offline(iris);
    for (std::size_t i = 0; i < lane_said_max; ++i) ASSERT_EQ(rule_of(iris.client.note("hello", evening_.now)), "");
    EXPECT_EQ(rule_of(iris.client.note("hello", evening_.now)), faults::outbox_full.name);
}

}  // namespace
}  // namespace veranda::client
