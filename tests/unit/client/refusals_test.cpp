// What a client refuses: its own person, a relay that asks too much, and a member who says what is not hers to say.
#include <gtest/gtest.h>

#include "client-lib/client/client_limits.hpp"
#include "client-lib/client/rules.hpp"
#include "tests/support/keeper.hpp"
#include "tests/support/rule_of.hpp"

namespace veranda::client {
namespace {

using namespace tests;

TEST(Commands, RefuseAPlanBeyondItsLimits) {
    Evening evening;
    const auto refused = [&](auto change) {
        GroupPlan plan;
        plan.name = "Evening";
        change(plan);
        return rule_of(evening.phone().client.host(clone(evening.amara), plan, evening.now));
    };
    EXPECT_EQ(refused([](auto&) {}), "");
    EXPECT_EQ(refused([](auto& plan) { plan.name.clear(); }), faults::plan_invalid.name);
    EXPECT_EQ(refused([](auto& plan) { plan.rules.assign(limits::rules_bytes_max + 1, 'x'); }),
              faults::plan_invalid.name);
    EXPECT_EQ(refused([](auto& plan) { plan.seconds = limits::session_seconds_max + 1; }), faults::plan_invalid.name);
    EXPECT_EQ(refused([](auto& plan) { plan.members_max = 1; }), faults::plan_invalid.name);
}

TEST(Commands, RefuseNamesOfNobodyAndMembersWhoActAsStaff) {
    Evening evening;
    Phone& amara = evening.host(evening.amara);
    Phone& iris = evening.join(amara, "Iris");
    EXPECT_EQ(rule_of(amara.client.admit("Nobody", evening.now)), faults::nobody_of_that_name.name);
    EXPECT_EQ(rule_of(amara.client.refuse("Nobody", evening.now)), faults::nobody_of_that_name.name);
    EXPECT_EQ(rule_of(amara.client.remove("Nobody", evening.now)), faults::nobody_of_that_name.name);
    EXPECT_EQ(rule_of(iris.client.remove("Amara", evening.now)), faults::only_staff.name);
    EXPECT_EQ(rule_of(iris.client.invite(false, evening.now)), faults::only_staff.name);
    EXPECT_EQ(rule_of(iris.client.end(evening.now)), faults::only_staff.name);
}

TEST(Commands, RefuseATextWhenTooManyWaitAndWhenTheComposerIsClosed) {
    Evening evening;
    Phone& amara = evening.host(evening.amara);
    Phone& iris = evening.join(amara, "Iris");
    iris.offline = true;
    iris.cut(evening.now);
    evening.settle();
    for (std::size_t i = 0; i < outbox_max; ++i) ASSERT_EQ(rule_of(iris.client.say("hello", evening.now)), "");
    EXPECT_EQ(rule_of(iris.client.say("one more", evening.now)), faults::outbox_full.name);

    Phone& joy = evening.join(amara, "Joy");
    amara.offline = true;
    amara.cut(evening.now);
    evening.wait(50);
    EXPECT_EQ(rule_of(joy.client.say("anyone?", evening.now)), faults::composer_closed.name);
}

TEST(Commands, LetNeitherOfTwoWhoKnockOnOneInviteInByOneTap) {
    Evening evening;
    Phone& amara = evening.host(evening.amara);
    const std::string link = evening.invite(amara);
    Phone& iris = evening.knock(link, "Iris");
    Phone& thief = evening.knock(link, "Ivy");
    EXPECT_TRUE(amara.saw("invite_seen_twice"));
    EXPECT_EQ(rule_of(amara.client.admit("*", evening.now)), faults::invite_seen_twice.name);
    EXPECT_EQ(rule_of(amara.client.admit("Iris", evening.now)), faults::invite_seen_twice.name);
    evening.settle();
    EXPECT_EQ(iris.phase(), Phase::waiting);
    EXPECT_EQ(rule_of(amara.client.admit("Iris", evening.now)), "");  // said again, it is meant
    evening.settle();
    EXPECT_EQ(iris.phase(), Phase::in_group);
    EXPECT_EQ(thief.phase(), Phase::waiting);
}

TEST(Commands, RefuseWhatDoesNotFitWhatIsGoingOn) {
    Evening evening;
    Phone& amara = evening.host(evening.amara);
    Phone& iris = evening.phone();
    EXPECT_EQ(rule_of(iris.client.knock("Iris", evening.now)), faults::not_now.name);  // no invite was opened
    EXPECT_EQ(rule_of(iris.client.say("hello", evening.now)), faults::not_now.name);
    EXPECT_EQ(rule_of(amara.client.host(clone(evening.amara), {}, evening.now)), faults::not_now.name);
    const auto link = circle::read_link(evening.invite(amara));
    ASSERT_TRUE(link);
    EXPECT_EQ(rule_of(amara.client.open_invite(circle::Pass::from(link->entropy), evening.now)), faults::not_now.name);
    EXPECT_EQ(amara.phase(), Phase::in_group);
}

// A pulse is what the composer of every member hangs by, and some kinds are a facilitator's tools. A modified client
// may seal them as it likes, and no relay can tell: every client refuses them by the role of who sent them.
class StaffsOwnKinds : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(amara.client.admit("Joy", evening.now));
        evening.settle();
        joy.read();
        ASSERT_TRUE(joy.is_in());
    }
    Bytes pulse() const { return tls::encode(Pulse{joy.groups.back().epoch(), {}, {}, {}, test_time.value + 3600}); }

    Evening evening;
    Phone& amara = evening.host(evening.amara);
    Phone& iris = evening.join(amara, "Iris");
    Keeper joy{evening, evening.invite(amara), "Joy"};
};

TEST_F(StaffsOwnKinds, AreRefusedFromAMember) {
    for (const ContentKind kind : {ContentKind::pulse, ContentKind::pin, ContentKind::round, ContentKind::recap,
                                   ContentKind::held_release, ContentKind::closing}) {
        for (Phone* each : {&amara, &iris}) each->events.clear();
        joy.submit(kind, pulse());
        for (Phone* each : {&amara, &iris}) {
            EXPECT_TRUE(each->saw(circle::faults::kind_not_allowed.name)) << static_cast<int>(kind);
            EXPECT_EQ(each->events.size(), 1U) << static_cast<int>(kind);
        }
    }
    joy.submit(ContentKind::text, tls::encode(Text{"and this is mine to say"}));
    EXPECT_EQ(iris.texts(), std::vector<std::string>{"Joy: and this is mine to say"});
}

TEST_F(StaffsOwnKinds, FromAMemberKeepNoComposerOpen) {
    amara.offline = true;
    amara.cut(evening.now);
    for (int i = 0; i < 4; ++i) {
        evening.wait(15);
        joy.submit(ContentKind::pulse, pulse());
    }
    EXPECT_TRUE(iris.saw(circle::faults::kind_not_allowed.name));
    EXPECT_EQ(iris.last<ComposerEvent>().why, "no_facilitator");
}

TEST_F(StaffsOwnKinds, FromAMemberForkNoLog) {
    evening.wait(30);  // Iris's running hash has begun
    joy.submit(
        ContentKind::pulse,
        tls::encode(Pulse{
            joy.groups.back().epoch(), log_heard_by(iris).back().sequence, Hash{{1}}, {}, test_time.value + 3600}));
    EXPECT_TRUE(iris.saw(circle::faults::kind_not_allowed.name));
    EXPECT_FALSE(iris.saw(circle::faults::log_forked.name));
    EXPECT_TRUE(iris.last<ComposerEvent>().open);
}

TEST(Greeting, RefusesAProofOfWorkThatWouldHangAPhone) {
    Evening evening;
    Phone& amara = evening.phone();
    amara.hear = [](Bytes& message) {
        auto frames = decode_server_message(message);
        ASSERT_TRUE(frames);
        auto* frame = std::get_if<ServerFrame>(&frames->at(0).frame);
        auto* hello = frame == nullptr ? nullptr : std::get_if<ServerHello>(frame);
        if (hello == nullptr) return;
        hello->proof_of_work_bits = proof_of_work_bits_max + 1;
        message = encode_frame(*hello);
    };
    GroupPlan plan;
    plan.name = "Evening";
    ASSERT_TRUE(amara.client.host(clone(evening.amara), plan, evening.now));
    evening.settle();
    EXPECT_TRUE(amara.saw(faults::proof_of_work_too_hard.name));
    EXPECT_NE(amara.phase(), Phase::in_group);
}

}  // namespace
}  // namespace veranda::client
