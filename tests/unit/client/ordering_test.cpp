// Orders as people feel them: levels that end, slow mode, what is told to whom, taking back; and that no message is
// sealed for someone who is being removed.
#include "tests/support/hostile_relay.hpp"
#include "tests/support/rule_of.hpp"

namespace veranda::client {
namespace {

using namespace tests;
using Texts = std::vector<std::string>;

class Ordering : public HostileRelay {
protected:
    Ordering() : iris_(evening_.join(amara_, "Iris")), joy_(evening_.join(amara_, "Joy")) {}

    void mute(std::uint64_t seconds) {
        ASSERT_EQ(rule_of(amara_.client.set_level("Iris", Level::listens, seconds, evening_.now)), "");
        evening_.settle();
    }
    void slow(std::uint64_t seconds) {
        ASSERT_EQ(rule_of(amara_.client.slow_mode(seconds, evening_.now)), "");
        evening_.settle();
    }
    void undo() {
        ASSERT_EQ(rule_of(amara_.client.undo(evening_.now)), "");
        evening_.settle();
    }
    static Level level_of(const Phone& seen_by, std::string_view name) {
        for (const RosterMember& member : seen_by.client.roster())
            if (member.name == name) return member.level.value_or(Level::speaks);
        return Level::speaks;
    }
    bool no_errors() const { return iris_.all<ErrorEvent>().empty() && joy_.all<ErrorEvent>().empty(); }

    Phone& iris_;
    Phone& joy_;
};

TEST_F(Ordering, AMuteIsCountedDownOnHerOwnClockAndEnds) {
    mute(60);
    EXPECT_EQ(iris_.last<ComposerEvent>().why, "listens_only");
    EXPECT_EQ(iris_.last<ComposerEvent>().wait_ms, 60'000U);
    EXPECT_EQ(rule_of(iris_.client.say("but", evening_.now)), faults::composer_closed.name);
    evening_.wait(59);
    EXPECT_FALSE(iris_.last<ComposerEvent>().open);
    evening_.wait(2);
    EXPECT_TRUE(iris_.last<ComposerEvent>().open);
    EXPECT_EQ(level_of(amara_, "Iris"), Level::speaks);
    evening_.say(iris_, "thank you");
    EXPECT_EQ(joy_.texts(), Texts{"Iris: thank you"});
    EXPECT_TRUE(no_errors());
}

TEST_F(Ordering, AMessageAfterAMuteIsShownToWhoReadsTheLogLate) {
    joy_.offline = true;
    joy_.cut(evening_.now);
    mute(60);
    evening_.wait(61);
    evening_.say(iris_, "thank you");
    joy_.offline = false;
    evening_.wait(15);
    EXPECT_EQ(joy_.texts(), Texts{"Iris: thank you"});
}

TEST_F(Ordering, AMessageAfterAMuteIsShownToWhoCameInBetween) {
    mute(60);
    evening_.wait(50);
    Phone& kemi = evening_.join(amara_, "Kemi");
    evening_.wait(11);
    evening_.say(iris_, "thank you");
    EXPECT_EQ(kemi.texts(), Texts{"Iris: thank you"});
}

TEST_F(Ordering, AModifiedClientThatSpeaksWhileItListensIsNotShown) {
    Keeper keeper(evening_, evening_.invite(amara_), "Kemi");
    ASSERT_TRUE(amara_.client.admit("Kemi", evening_.now));
    evening_.settle();
    keeper.read();
    ASSERT_TRUE(amara_.client.set_level("Kemi", Level::listens, 0, evening_.now));
    evening_.settle();
    keeper.submit(ContentKind::text, tls::encode(Text{"but"}));
    ASSERT_EQ(keeper.refusals, std::vector<Refusal>{Refusal::listens_only});
    // A relay that lets it through.
    const auto content = circle::wrap(ContentKind::text, InnerId{{7}}, tls::encode(Text{"but"}));
    invent_entry(joy_, EntryKind::application, *keeper.groups.back().seal(*content, evening_.random), keeper.member());
    EXPECT_TRUE(joy_.texts().empty());
    EXPECT_TRUE(joy_.saw("level"));
}

TEST_F(Ordering, WhoWasSilencedIsToldToHerselfAndToStaffAlone) {
    mute(120);
    const auto told = iris_.last<OrderEvent>();
    EXPECT_EQ(told.kind, "set_level");
    EXPECT_EQ(told.by, "Amara");
    EXPECT_TRUE(told.self);
    EXPECT_EQ(told.level, Level::listens);
    EXPECT_EQ(told.seconds, 120U);
    EXPECT_EQ(amara_.last<OrderEvent>().name, "Iris");
    EXPECT_TRUE(joy_.all<OrderEvent>().empty());
    EXPECT_EQ(level_of(amara_, "Iris"), Level::listens);
    for (const RosterMember& member : joy_.client.roster()) EXPECT_EQ(member.level.has_value(), member.self);
    slow(30);
    EXPECT_EQ(joy_.last<OrderEvent>().kind, "slow_mode");
    EXPECT_EQ(joy_.last<OrderEvent>().seconds, 30U);
}

TEST_F(Ordering, SlowModeIsSaidByTheComposerAndNotByARefusal) {
    slow(30);
    evening_.say(iris_, "one");
    EXPECT_EQ(iris_.last<ComposerEvent>().why, "slow_mode");
    EXPECT_EQ(iris_.last<ComposerEvent>().wait_ms, 30'000U);
    const auto too_soon = iris_.client.say("two", evening_.now);
    ASSERT_EQ(rule_of(too_soon), faults::slow_mode.name);
    EXPECT_EQ(too_soon.error().detail, 30'000U);
    evening_.say(amara_, "staff are not slowed");
    evening_.say(amara_, "at all");
    evening_.wait(31);
    EXPECT_TRUE(iris_.last<ComposerEvent>().open);
    evening_.say(iris_, "two");
    EXPECT_EQ(joy_.texts().back(), "Iris: two");
    slow(0);
    EXPECT_TRUE(iris_.last<ComposerEvent>().open);
    EXPECT_TRUE(no_errors());
}

TEST_F(Ordering, WhatWaitedForTheConnectionGoesOutAtThePaceOfSlowMode) {
    iris_.offline = true;
    iris_.cut(evening_.now);
    for (const std::string_view text : {"one", "two"}) ASSERT_TRUE(iris_.client.say(text, evening_.now));
    slow(20);
    iris_.offline = false;
    evening_.wait(12);
    EXPECT_EQ(joy_.texts(), Texts{"Iris: one"});
    evening_.wait(25);
    EXPECT_EQ(joy_.texts(), (Texts{"Iris: one", "Iris: two"}));
    EXPECT_TRUE(no_errors());
}

TEST_F(Ordering, UndoTakesBackAMuteAndSlowModeAsTheyWere) {
    mute(60);
    undo();
    EXPECT_EQ(level_of(amara_, "Iris"), Level::speaks);
    EXPECT_TRUE(iris_.last<ComposerEvent>().open);
    EXPECT_EQ(rule_of(amara_.client.undo(evening_.now)), faults::nothing_to_undo.name);
    ASSERT_TRUE(amara_.client.set_level("Iris", Level::held, 0, evening_.now));
    evening_.settle();
    mute(60);
    undo();
    EXPECT_EQ(level_of(amara_, "Iris"), Level::held);
    slow(30);
    slow(60);
    undo();
    EXPECT_EQ(joy_.last<OrderEvent>().seconds, 30U);
}

TEST_F(Ordering, UndoComesTooLateOrCannotBe) {
    mute(60);
    evening_.wait(limits::undo_ms / 1'000 + 1);
    EXPECT_EQ(rule_of(amara_.client.undo(evening_.now)), faults::nothing_to_undo.name);
    ASSERT_TRUE(amara_.client.remove("Joy", evening_.now));
    EXPECT_EQ(rule_of(amara_.client.undo(evening_.now)), faults::cannot_be_undone.name);
    evening_.settle();
    EXPECT_EQ(level_of(amara_, "Iris"), Level::listens);
}

TEST_F(Ordering, BindNoStaffAndAreGivenByStaffAlone) {
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    EXPECT_EQ(rule_of(amara_.client.set_level("Blessing", Level::listens, 0, evening_.now)),
              faults::levels_bind_no_staff.name);
    EXPECT_EQ(rule_of(amara_.client.lift("Nobody", evening_.now)), faults::nobody_of_that_name.name);
    EXPECT_EQ(rule_of(iris_.client.set_level("Joy", Level::listens, 0, evening_.now)), faults::only_staff.name);
    EXPECT_EQ(rule_of(iris_.client.slow_mode(5, evening_.now)), faults::only_staff.name);
    EXPECT_EQ(rule_of(amara_.client.slow_mode(order_seconds_max + 1, evening_.now)), faults::plan_invalid.name);
    ASSERT_TRUE(blessing.client.set_level("Iris", Level::listens, 0, evening_.now));  // a second one can
    evening_.settle();
    ASSERT_TRUE(amara_.client.lift("Iris", evening_.now));
    evening_.settle();
    EXPECT_TRUE(iris_.last<ComposerEvent>().open);
}

TEST(Newcomers, ComeInAtTheLevelThatTheGenesisSays) {
    Evening evening;
    GroupPlan plan;
    plan.name = "Evening";
    plan.newcomers = Level::listens;
    plan.slow_mode_seconds = 20;
    Phone& amara = evening.host(evening.amara, plan);
    Phone& iris = evening.join(amara, "Iris");
    EXPECT_EQ(iris.last<ComposerEvent>().why, "listens_only");
    Phone& blessing = evening.join_staff(amara, evening.blessing);
    evening.say(blessing, "staff speak");
    ASSERT_TRUE(amara.client.set_level("Iris", Level::speaks, 0, evening.now));
    evening.settle();
    evening.say(iris, "hello");
    EXPECT_EQ(iris.last<ComposerEvent>().why, "slow_mode");
    ASSERT_TRUE(amara.client.lift("Iris", evening.now));
    evening.settle();
    EXPECT_EQ(iris.last<ComposerEvent>().why, "listens_only");
}

// ---- removals ----

// Iris writes while the order is on its way to her: the relay stops what she sealed, and it is sealed again without
// Joy.
TEST_F(Ordering, AMessageUnderWayWhenSomebodyIsRemovedIsSealedAgainWithoutHer) {
    Keeper kemi(evening_, evening_.invite(amara_), "Kemi");
    ASSERT_TRUE(amara_.client.admit("Kemi", evening_.now));
    evening_.settle();
    kemi.read();
    const auto without_entries = [](std::vector<Bytes>& held) {
        return [&held](Bytes& message) {
            for (const auto& received : server_frames(message))
                if (std::holds_alternative<EntryFrame>(std::get<ServerFrame>(received.frame)))
                    return held.push_back(std::exchange(message, {}));
        };
    };
    std::vector<Bytes> for_iris;
    std::vector<Bytes> for_amara;
    iris_.hear = without_entries(for_iris);
    amara_.hear = without_entries(for_amara);  // so that her Commit does not follow yet
    ASSERT_TRUE(amara_.client.remove("Kemi", evening_.now));
    evening_.settle();
    ASSERT_TRUE(iris_.client.say("is she gone?", evening_.now));
    evening_.settle();
    EXPECT_TRUE(joy_.texts().empty());
    const auto give = [&](Phone& phone, const std::vector<Bytes>& messages) {
        phone.hear = {};
        for (const Bytes& message : messages) phone.client.received(message, evening_.now);
    };
    give(iris_, for_iris);
    give(amara_, for_amara);
    evening_.settle();
    evening_.wait(5);
    EXPECT_EQ(joy_.texts(), Texts{"Iris: is she gone?"});
    kemi.read();
    EXPECT_TRUE(kemi.texts.empty());
    EXPECT_FALSE(kemi.opens(log_heard_by(joy_).back().body));
}

TEST_F(Ordering, TwoWhoRemoveTheSameOneAtOnceLeaveTheGroupAbleToWrite) {
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    ASSERT_TRUE(amara_.client.remove("Joy", evening_.now));
    ASSERT_TRUE(blessing.client.remove("Joy", evening_.now));
    evening_.settle();
    evening_.wait(5);
    evening_.say(iris_, "still here");
    EXPECT_EQ(amara_.texts(), Texts{"Iris: still here"});
    EXPECT_EQ(blessing.texts(), Texts{"Iris: still here"});
}

// ---- a gap in the log ----

TEST_F(Ordering, WhatAGapSwallowedIsTakenFromTheEntrance) {
    evening_.wait(30);
    iris_.offline = true;
    iris_.cut(evening_.now);
    slow(30);
    ASSERT_TRUE(amara_.client.set_level("Iris", Level::listens, 0, evening_.now));
    evening_.settle();
    Sequence gone;
    iris_.hear = [&](Bytes& message) {  // the relay holds nothing of that time any more
        Bytes changed;
        for (const auto& received : server_frames(message)) {
            auto frame = std::get<ServerFrame>(received.frame);
            if (auto* entered = std::get_if<Entered>(&frame))
                gone = entered->last, entered->oldest = entered->last.next();
            const auto* entry = std::get_if<EntryFrame>(&frame);
            if (entry != nullptr && entry->entry.sequence <= gone) continue;
            std::visit([&](const auto& body) { append(changed, encode_frame(body, received.request)); }, frame);
        }
        message = std::move(changed);
    };
    iris_.offline = false;
    evening_.wait(12);
    EXPECT_EQ(iris_.all<GapEvent>().size(), 1U);
    EXPECT_EQ(iris_.last<ComposerEvent>().why, "listens_only");
    EXPECT_FALSE(iris_.saw("log_forked"));
}

}  // namespace
}  // namespace veranda::client
