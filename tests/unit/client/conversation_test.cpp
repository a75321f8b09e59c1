// Whole conversations through a real relay, without sockets: joining, talking, a cut, removal, leaving, the end.
#include <gtest/gtest.h>

#include "tests/support/evening.hpp"

namespace veranda::client {
namespace {

using namespace tests;
using Texts = std::vector<std::string>;

TEST(Conversation, AFacilitatorAndTwoMembersTalk) {
    Evening evening;
    Phone& amara = evening.host(evening.amara);
    ASSERT_EQ(amara.phase(), Phase::in_group);
    Phone& iris = evening.join(amara, "Iris");
    ASSERT_EQ(iris.phase(), Phase::in_group);
    Phone& joy = evening.join(amara, "Joy");
    evening.say(amara, "Welcome, all");
    evening.say(iris, "Thank you");
    evening.say(joy, "Ciao");
    const Texts all{"Amara: Welcome, all", "Iris: Thank you", "Joy: Ciao"};
    EXPECT_EQ(amara.texts(), all);
    EXPECT_EQ(iris.texts(), all);
    EXPECT_EQ(joy.texts(), all);
    EXPECT_EQ(iris.all<MessageEvent>()[0].role, Role::facilitator);
    EXPECT_EQ(joy.client.roster().size(), 3U);
    for (const Phone* phone : {&amara, &iris, &joy}) EXPECT_TRUE(phone->all<ErrorEvent>().empty());
}

TEST(Conversation, AnInviteSaysWhatTheGroupIsBeforeANameIsAskedFor) {
    Evening evening;
    Phone& amara = evening.host(evening.amara, "Cooking");
    Phone& iris = evening.open(evening.invite(amara));
    const auto invitation = iris.last<InvitationEvent>();
    EXPECT_EQ(invitation.group, "Cooking");
    EXPECT_EQ(invitation.rules, "Be kind.");
    EXPECT_EQ(invitation.organisation, "Harbour");
    EXPECT_EQ(invitation.facilitator, "Amara");
}

TEST(Conversation, EveryoneWhoWaitsIsLetInByOneCommit) {
    Evening evening;
    Phone& amara = evening.host(evening.amara);
    std::vector<Phone*> joiners;
    for (int i = 0; i < 8; ++i) joiners.push_back(&evening.knock(evening.invite(amara), "Guest" + std::to_string(i)));
    ASSERT_TRUE(amara.client.admit("*", evening.now));
    evening.settle();
    for (Phone* joiner : joiners) EXPECT_EQ(joiner->phase(), Phase::in_group);
    evening.say(*joiners[0], "we are in");
    for (Phone* joiner : joiners) EXPECT_EQ(joiner->texts(), Texts{"Guest0: we are in"});
    EXPECT_EQ(amara.client.roster().size(), 9U);
}

TEST(Conversation, ASecondFacilitatorComesInByKnockingAndCanAdmitOnTheFirstOnesInvites) {
    Evening evening;
    Phone& amara = evening.host(evening.amara);
    const std::string link = evening.invite(amara);
    Phone& blessing = evening.join_staff(amara, evening.blessing);
    ASSERT_EQ(blessing.phase(), Phase::in_group);
    Phone& iris = evening.knock(link, "Iris");
    ASSERT_TRUE(blessing.client.admit("Iris", evening.now));
    evening.settle();
    evening.wait(2);
    EXPECT_EQ(iris.phase(), Phase::in_group);
    evening.say(iris, "hello");
    EXPECT_EQ(amara.texts(), Texts{"Iris: hello"});
    EXPECT_EQ(blessing.texts(), Texts{"Iris: hello"});
    for (const auto& member : iris.client.roster()) EXPECT_TRUE(member.vouched) << member.name;
}

TEST(Conversation, ARefusedKnockEndsAndSaysWhy) {
    Evening evening;
    Phone& amara = evening.host(evening.amara);
    Phone& iris = evening.knock(evening.invite(amara), "Iris");
    EXPECT_EQ(iris.phase(), Phase::waiting);
    EXPECT_EQ(amara.last<KnockEvent>().name, "Iris");
    ASSERT_TRUE(amara.client.refuse("iris", evening.now));
    evening.settle();
    EXPECT_EQ(iris.phase(), Phase::refused);
    EXPECT_TRUE(iris.saw("knock_refused"));
}

TEST(Conversation, ASpentARevokedAndAnExpiredInviteAreRefused) {
    Evening evening;
    Phone& amara = evening.host(evening.amara);
    const std::string spent = evening.invite(amara);
    evening.knock(spent, "Iris");
    ASSERT_TRUE(amara.client.admit("Iris", evening.now));
    evening.settle();
    EXPECT_EQ(evening.open(spent).phase(), Phase::refused);

    const std::string revoked = evening.invite(amara);
    ASSERT_TRUE(amara.client.revoke_invites(evening.now));
    evening.settle();
    EXPECT_EQ(evening.open(revoked).phase(), Phase::refused);

    Phone& hurried = evening.phone();
    GroupPlan plan;
    plan.name = "Short";
    plan.invite_seconds = 30;
    ASSERT_TRUE(hurried.client.host(clone(evening.blessing), plan, evening.now));
    evening.settle();
    const std::string expired = evening.invite(hurried);
    evening.wait(40);
    EXPECT_EQ(evening.open(expired).phase(), Phase::refused);
}

TEST(Conversation, ANameThatIsTakenIsRefused) {
    Evening evening;
    Phone& amara = evening.host(evening.amara);
    evening.join(amara, "Iris");
    Phone& second = evening.knock(evening.invite(amara), "I RIS");
    EXPECT_TRUE(second.saw("pseudonym_taken"));
    EXPECT_EQ(second.phase(), Phase::connected);
    ASSERT_TRUE(second.client.knock("Ivy", evening.now));  // the invite is still good for another name
    evening.settle();
    ASSERT_TRUE(amara.client.admit("Ivy", evening.now));
    evening.settle();
    EXPECT_EQ(second.phase(), Phase::in_group);
    Phone& imitator = evening.knock(evening.invite(amara), "amara");
    EXPECT_TRUE(imitator.saw("pseudonym_taken"));
}

TEST(Conversation, NothingIsLostOrDoubledWhenAWireIsCut) {
    Evening evening;
    Phone& amara = evening.host(evening.amara);
    Phone& iris = evening.join(amara, "Iris");
    Phone& joy = evening.join(amara, "Joy");
    evening.say(iris, "one");
    iris.offline = true;
    iris.cut(evening.now);
    evening.settle();
    EXPECT_EQ(iris.phase(), Phase::reconnecting);
    evening.say(amara, "two");
    ASSERT_TRUE(iris.client.say("three, while away", evening.now));
    Phone& kemi = evening.join(amara, "Kemi");  // a Commit that Iris has to follow first
    evening.say(kemi, "four");
    iris.offline = false;
    evening.wait(12);
    EXPECT_EQ(iris.phase(), Phase::in_group);
    const Texts all{"Iris: one", "Amara: two", "Kemi: four", "Iris: three, while away"};
    EXPECT_EQ(iris.texts(), all);
    EXPECT_EQ(amara.texts(), all);
    EXPECT_EQ(joy.texts(), all);
}

TEST(Conversation, ATextWhoseAcceptanceWasLostIsNotSaidTwice) {
    Evening evening;
    Phone& amara = evening.host(evening.amara);
    Phone& iris = evening.join(amara, "Iris");
    ASSERT_TRUE(iris.client.say("once", evening.now));
    for (const Action& action :
         iris.client.take_actions())  // it reaches the relay, and the wire is cut before the answer
        if (const auto* send = std::get_if<Send>(&action)) iris.send_raw(send->message, evening.now);
    iris.cut(evening.now);
    evening.join(amara, "Joy");  // and the epoch moves on
    evening.wait(12);
    EXPECT_EQ(iris.texts(), Texts{"Iris: once"});
    EXPECT_EQ(amara.texts(), Texts{"Iris: once"});
}

TEST(Conversation, AKnockThatIsCutOffFindsItsAnswerWaiting) {
    Evening evening;
    Phone& amara = evening.host(evening.amara);
    Phone& iris = evening.knock(evening.invite(amara), "Iris");
    iris.offline = true;
    iris.cut(evening.now);
    ASSERT_TRUE(amara.client.admit("Iris", evening.now));
    evening.settle();
    evening.say(amara, "are you there?");
    iris.offline = false;
    evening.wait(12);
    EXPECT_EQ(iris.phase(), Phase::in_group);
    EXPECT_EQ(iris.texts(), Texts{"Amara: are you there?"});
}

// A bug: she was told for ever that the connection was lost, though her knock waited again.
TEST(Conversation, AKnockThatIsCutOffWaitsAgain) {
    Evening evening;
    Phone& amara = evening.host(evening.amara);
    Phone& iris = evening.knock(evening.invite(amara), "Iris");
    iris.cut(evening.now);
    evening.settle();
    EXPECT_EQ(iris.phase(), Phase::reconnecting);
    evening.wait(2);
    EXPECT_EQ(iris.phase(), Phase::waiting);
}

TEST(Conversation, ARemovedMemberIsOutForAllAndReadsNothingSaidLater) {
    Evening evening;
    Phone& amara = evening.host(evening.amara);
    Phone& iris = evening.join(amara, "Iris");
    Phone& joy = evening.join(amara, "Joy");
    ASSERT_TRUE(amara.client.remove("Joy", evening.now));
    evening.settle();
    EXPECT_EQ(joy.phase(), Phase::removed);
    EXPECT_EQ(iris.client.roster().size(), 2U);
    evening.say(iris, "are we alone?");
    EXPECT_EQ(amara.texts(), Texts{"Iris: are we alone?"});
    EXPECT_TRUE(joy.texts().empty());
}

TEST(Conversation, TwoFacilitatorsWhoCommitAtOnceEndInTheSameEpoch) {
    Evening evening;
    Phone& amara = evening.host(evening.amara);
    Phone& blessing = evening.join_staff(amara, evening.blessing);
    Phone& iris = evening.join(amara, "Iris");
    Phone& joy = evening.join(amara, "Joy");
    Phone& kemi = evening.knock(evening.invite(blessing), "Kemi");
    ASSERT_TRUE(amara.client.remove("Joy", evening.now));
    ASSERT_TRUE(blessing.client.admit("Kemi", evening.now));
    evening.settle();
    evening.wait(3);
    EXPECT_EQ(joy.phase(), Phase::removed);
    EXPECT_EQ(kemi.phase(), Phase::in_group);
    evening.say(kemi, "hello");
    evening.say(iris, "hello Kemi");
    const Texts all{"Kemi: hello", "Iris: hello Kemi"};
    for (Phone* phone : {&amara, &blessing, &iris, &kemi}) {
        EXPECT_EQ(phone->texts(), all);
        EXPECT_EQ(phone->client.roster().size(), 4U);
    }
}

TEST(Conversation, WhoLeavesIsOutAndTheOthersKnow) {
    Evening evening;
    Phone& amara = evening.host(evening.amara);
    Phone& iris = evening.join(amara, "Iris");
    Phone& joy = evening.join(amara, "Joy");
    ASSERT_TRUE(joy.client.leave(evening.now));
    evening.settle();
    evening.wait(3);
    EXPECT_EQ(joy.phase(), Phase::left);
    EXPECT_EQ(iris.client.roster().size(), 2U);
    evening.say(iris, "bye Joy");
    EXPECT_EQ(amara.texts(), Texts{"Iris: bye Joy"});
}

// Whoever wanted to go has left, whatever the relay heard first.
class Leaves : public testing::Test {
protected:
    Leaves() {
        joy_.say = [](Bytes& message) { message.clear(); };
        EXPECT_TRUE(joy_.client.leave(evening_.now));
        evening_.settle();
        EXPECT_EQ(joy_.phase(), Phase::in_group);
    }
    void remove_joy() {
        EXPECT_TRUE(amara_.client.remove("Joy", evening_.now));
        evening_.settle();
    }
    void come_back() {
        joy_.say = nullptr;
        joy_.cut(evening_.now);
        evening_.wait(5);
    }

    Evening evening_;
    Phone& amara_ = evening_.host(evening_.amara);
    Phone& joy_ = evening_.join(amara_, "Joy");
};

TEST_F(Leaves, ThoughAFacilitatorTookHerOutFirst) {
    remove_joy();
    EXPECT_EQ(joy_.phase(), Phase::left);
    EXPECT_FALSE(joy_.saw("removed"));
}

TEST_F(Leaves, ThoughTheConnectionBrokeBeforeTheAnswer) {
    come_back();
    EXPECT_EQ(joy_.phase(), Phase::left);
    EXPECT_EQ(amara_.client.roster().size(), 1U);
}

TEST_F(Leaves, ThoughSheWasTakenOutWhileTheConnectionWasBroken) {
    joy_.hear = [](Bytes& message) { message.clear(); };
    remove_joy();
    joy_.hear = nullptr;
    come_back();
    EXPECT_EQ(joy_.phase(), Phase::left);
    EXPECT_FALSE(joy_.saw("removed"));
}

TEST(Conversation, TheEndIsForEveryone) {
    Evening evening;
    Phone& amara = evening.host(evening.amara);
    Phone& iris = evening.join(amara, "Iris");
    const std::string late = evening.invite(amara);
    ASSERT_TRUE(amara.client.end(evening.now));
    evening.settle();
    EXPECT_EQ(amara.phase(), Phase::ended);
    EXPECT_EQ(iris.phase(), Phase::ended);
    evening.wait(3);
    const Phase after = evening.open(late).phase();
    EXPECT_TRUE(after == Phase::refused || after == Phase::connected) << name(after);
}

TEST(Conversation, TheComposerClosesWithoutAPulseAndOpensAgain) {
    Evening evening;
    Phone& amara = evening.host(evening.amara);
    Phone& iris = evening.join(amara, "Iris");
    evening.wait(60);
    EXPECT_TRUE(iris.last<ComposerEvent>().open);
    amara.offline = true;
    amara.cut(evening.now);
    evening.wait(50);
    EXPECT_EQ(iris.last<ComposerEvent>().why, "no_facilitator");
    EXPECT_FALSE(iris.client.say("hello?", evening.now));
    amara.offline = false;
    evening.wait(30);
    EXPECT_TRUE(iris.last<ComposerEvent>().open);
    evening.say(iris, "there you are");
    EXPECT_EQ(amara.texts(), Texts{"Iris: there you are"});
}

TEST(Conversation, TextFromOthersIsHarmlessOnAScreen) {
    Evening evening;
    Phone& amara = evening.host(evening.amara);
    Phone& iris = evening.join(amara, "Iris");
    evening.say(iris, "\x1b[2J\xE2\x80\xAEolleh");
    EXPECT_EQ(amara.texts(), Texts{"Iris: \xEF\xBF\xBD[2J\xEF\xBF\xBDolleh"});
}

}  // namespace
}  // namespace veranda::client
