// Talk between the waiting room and staff: both ways, after cuts, to a facilitator who comes later; and to nobody else.
#include "client-lib/client/client_limits.hpp"
#include "client-lib/client/rules.hpp"
#include "tests/support/hostile_relay.hpp"

namespace veranda::client {
namespace {

using namespace tests;

std::vector<std::string> said(const Phone& phone) {
    std::vector<std::string> lines;
    for (const TalkEvent& talk : phone.all<TalkEvent>())
        lines.push_back(talk.name + '/' + talk.from + (talk.own ? " (own): " : ": ") + talk.text);
    return lines;
}
using Lines = std::vector<std::string>;

class Talking : public HostileRelay {
protected:
    Phone& iris = evening_.knock(evening_.invite(amara_), "Iris");

    void tell(Phone& staff, std::string_view name, std::string_view text) {
        const auto told = staff.client.talk(name, text, evening_.now);
        EXPECT_TRUE(told) << (told ? "" : told.error().rule->name);
        evening_.settle();
    }
};

TEST_F(Talking, GoesBothWaysWhileSheWaitsAndThenToTheGroup) {
    evening_.say(iris, "Is this the Tuesday group?");
    tell(amara_, "iris", "It is. Welcome.");
    EXPECT_EQ(said(iris), (Lines{"Iris/Iris (own): Is this the Tuesday group?", "Iris/Amara: It is. Welcome."}));
    EXPECT_EQ(said(amara_), (Lines{"Iris/Iris: Is this the Tuesday group?", "Iris/Amara (own): It is. Welcome."}));
    ASSERT_TRUE(amara_.client.admit("Iris", evening_.now));
    evening_.settle();
    evening_.wait(1);
    evening_.say(iris, "hello all");
    EXPECT_EQ(amara_.texts(), Lines{"Iris: hello all"});
    EXPECT_EQ(said(amara_).size(), 2U);
}

TEST_F(Talking, WhatWasSaidDuringACutComesOnceAndInOrder) {
    iris.offline = true;
    iris.cut(evening_.now);
    evening_.settle();
    ASSERT_TRUE(iris.client.say("one", evening_.now));
    ASSERT_TRUE(iris.client.say("two", evening_.now));
    tell(amara_, "Iris", "are you there?");
    tell(amara_, "Iris", "take your time");
    iris.offline = false;
    evening_.wait(3);
    EXPECT_EQ(said(amara_), (Lines{"Iris/Amara (own): are you there?", "Iris/Amara (own): take your time",
                                   "Iris/Iris: one", "Iris/Iris: two"}));
    const Lines hers = said(iris);
    EXPECT_EQ(hers.size(), 4U);
    iris.cut(evening_.now);
    amara_.cut(evening_.now);
    evening_.wait(3);
    EXPECT_EQ(said(iris), hers) << "all of it came again, and was passed over";
    EXPECT_EQ(said(amara_).size(), 4U);
}

TEST_F(Talking, AnAnswerThatACutSwallowedMakesNoSecondText) {
    iris.hear = [](Bytes& message) { message.clear(); };
    evening_.say(iris, "one");
    EXPECT_TRUE(said(iris).empty());
    iris.hear = {};
    iris.cut(evening_.now);
    evening_.wait(3);
    EXPECT_EQ(said(iris), Lines{"Iris/Iris (own): one"});
    EXPECT_EQ(said(amara_), Lines{"Iris/Iris: one"});
}

TEST_F(Talking, AFacilitatorWhoComesLaterHearsWhatTheJoinerSaid) {
    evening_.say(iris, "Is this the Tuesday group?");
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    evening_.wait(2);
    EXPECT_EQ(said(blessing), Lines{"Iris/Iris: Is this the Tuesday group?"});
    tell(blessing, "Iris", "It is.");
    EXPECT_EQ(said(iris).back(), "Iris/Blessing: It is.");
}

TEST_F(Talking, IsRefusedToMembersToNobodyAndWithoutWords) {
    Phone& ivy = evening_.join(amara_, "Ivy");
    const auto rule = [](const Result<void>& result) { return result ? "" : result.error().rule->name; };
    EXPECT_EQ(rule(ivy.client.talk("Iris", "hello", evening_.now)), faults::only_staff.name);
    EXPECT_EQ(rule(amara_.client.talk("Nobody", "hello", evening_.now)), faults::nobody_of_that_name.name);
    EXPECT_EQ(rule(amara_.client.talk("Iris", "  ", evening_.now)), circle::faults::text_empty.name);
    EXPECT_EQ(rule(iris.client.say(std::string(limits::talk_text_bytes_max + 1, 'x'), evening_.now)),
              circle::faults::text_too_long.name);
    EXPECT_TRUE(said(ivy).empty());
}

TEST_F(Talking, WaitsInAQueueOfItsOwnLimit) {
    iris.offline = true;
    iris.cut(evening_.now);
    evening_.settle();
    for (std::size_t i = 0; i < limits::talks_per_knock_max; ++i) ASSERT_TRUE(iris.client.say("hello", evening_.now));
    const auto more = iris.client.say("hello", evening_.now);
    ASSERT_FALSE(more);
    EXPECT_TRUE(more.error().is(faults::outbox_full));
}

TEST_F(Talking, WhatIsNotTakenIsGivenBack) {
    for (std::size_t i = 0; i < limits::talks_per_knock_max; ++i) evening_.say(iris, std::to_string(i));
    evening_.say(iris, "one more");
    EXPECT_TRUE(iris.saw("talk_full"));
    EXPECT_EQ(iris.last<NoticeEvent>().code, "not_sent");
    EXPECT_EQ(iris.last<NoticeEvent>().text, "one more");
}

TEST_F(Talking, WordsThatTheRelayMadeUpAreNotShown) {
    invent(iris,
           TalkDelivery{last_heard<KnockWaiting>(amara_) ? circle::knock_id(last_heard<KnockWaiting>(amara_)->envelope)
                                                         : KnockId{},
                        true, Bytes(limits::talk_plain_bytes + 48)});
    EXPECT_TRUE(iris.saw("talk_not_opened"));
    EXPECT_TRUE(said(iris).empty());
}

}  // namespace
}  // namespace veranda::client
