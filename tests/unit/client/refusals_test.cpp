// What a client refuses its own person, and a relay that asks too much: each rule of client/rules.hpp by the input that
// breaks it.
#include <gtest/gtest.h>

#include "client-lib/client/client_limits.hpp"
#include "client-lib/client/rules.hpp"
#include "tests/support/evening.hpp"

namespace veranda::client {
namespace {

using namespace tests;

std::string_view rule(const Result<void>& result) { return result ? "" : result.error().rule->name; }

TEST(Commands, RefuseAPlanBeyondItsLimits) {
    Evening evening;
    const auto refused = [&](auto change) {
        GroupPlan plan;
        plan.name = "Evening";
        change(plan);
        return rule(evening.phone().client.host(clone(evening.amara), plan, evening.now));
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
    EXPECT_EQ(rule(amara.client.admit("Nobody", evening.now)), faults::nobody_of_that_name.name);
    EXPECT_EQ(rule(amara.client.refuse("Nobody", evening.now)), faults::nobody_of_that_name.name);
    EXPECT_EQ(rule(amara.client.remove("Nobody", evening.now)), faults::nobody_of_that_name.name);
    EXPECT_EQ(rule(iris.client.remove("Amara", evening.now)), faults::only_staff.name);
    EXPECT_EQ(rule(iris.client.invite(false, evening.now)), faults::only_staff.name);
    EXPECT_EQ(rule(iris.client.end(evening.now)), faults::only_staff.name);
}

TEST(Commands, RefuseATextWhenTooManyWaitAndWhenTheComposerIsClosed) {
    Evening evening;
    Phone& amara = evening.host(evening.amara);
    Phone& iris = evening.join(amara, "Iris");
    iris.offline = true;
    iris.cut(evening.now);
    evening.settle();
    for (std::size_t i = 0; i < outbox_max; ++i) ASSERT_EQ(rule(iris.client.say("hello", evening.now)), "");
    EXPECT_EQ(rule(iris.client.say("one more", evening.now)), faults::outbox_full.name);

    Phone& joy = evening.join(amara, "Joy");
    amara.offline = true;
    amara.cut(evening.now);
    evening.wait(50);
    EXPECT_EQ(rule(joy.client.say("anyone?", evening.now)), faults::composer_closed.name);
}

TEST(Commands, LetNeitherOfTwoWhoKnockOnOneInviteInByOneTap) {
    Evening evening;
    Phone& amara = evening.host(evening.amara);
    const std::string link = evening.invite(amara);
    Phone& iris = evening.knock(link, "Iris");
    Phone& thief = evening.knock(link, "Ivy");
    EXPECT_TRUE(amara.saw("invite_seen_twice"));
    EXPECT_EQ(rule(amara.client.admit("*", evening.now)), faults::invite_seen_twice.name);
    EXPECT_EQ(rule(amara.client.admit("Iris", evening.now)), faults::invite_seen_twice.name);
    evening.settle();
    EXPECT_EQ(iris.phase(), Phase::waiting);
    EXPECT_EQ(rule(amara.client.admit("Iris", evening.now)), "");  // said again, it is meant
    evening.settle();
    EXPECT_EQ(iris.phase(), Phase::in_group);
    EXPECT_EQ(thief.phase(), Phase::waiting);
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
