// Talk before admission, as the relay passes it: to the other side alone, kept for whoever comes, of one of two sizes.
#include "server/relay/talk.hpp"

#include <gtest/gtest.h>

#include "server/relay/knocks.hpp"
#include "tests/unit/relay/at_the_door.hpp"

namespace veranda::relay {
namespace {

using namespace tests;  // NOLINT

constexpr std::size_t text_bytes = limits::talk_plain_bytes + 48;
constexpr std::size_t recap_bytes = limits::recap_plain_bytes + 48;

class TalkBeforeAdmission : public AtTheDoor {
protected:
    void SetUp() override {
        AtTheDoor::SetUp();
        frame = world.knock(card.id);
        ASSERT_TRUE(is<Done>(iris.ask(frame, world.now)));
        knock = knock_id(frame.envelope);
    }
    Talk said(std::uint8_t byte, std::size_t size = text_bytes) { return {knock, Bytes(size, byte)}; }
    std::vector<int> heard(Person& who) {
        std::vector<int> bytes;
        for (const TalkDelivery& talk : who.take<TalkDelivery>()) bytes.push_back(talk.sealed.at(0));
        return bytes;
    }

    KnockFrame frame;
    KnockId knock;
};

TEST_F(TalkBeforeAdmission, GoesToTheOtherSideAlone) {
    EXPECT_TRUE(is<Done>(iris.ask(said(1), world.now)));
    EXPECT_TRUE(is<Done>(amara.ask(said(2), world.now)));
    EXPECT_EQ(amara.take<TalkDelivery>(), (std::vector<TalkDelivery>{{knock, false, Bytes(text_bytes, 1)}}));
    EXPECT_EQ(iris.take<TalkDelivery>(), (std::vector<TalkDelivery>{{knock, true, Bytes(text_bytes, 2)}}));
}

TEST_F(TalkBeforeAdmission, IsToldAgainInOrderToWhoeverComes) {
    for (const auto byte : std::initializer_list<std::uint8_t>{1, 2}) iris.ask(said(byte), world.now);
    for (const auto byte : std::initializer_list<std::uint8_t>{8, 9}) amara.ask(said(byte), world.now);
    world.enter(amara, Sequence{1});
    EXPECT_EQ(heard(amara), (std::vector<int>{1, 2}));
    heard(iris);
    world.greet(iris);
    EXPECT_TRUE(is<Done>(iris.ask(frame, world.now)));
    EXPECT_EQ(heard(iris), (std::vector<int>{8, 9}));
    EXPECT_EQ(heard(amara), std::vector<int>{});
}

TEST_F(TalkBeforeAdmission, IsToldBeforeTheAnswerThatWaited) {
    iris.disconnect(world.now);
    ASSERT_TRUE(is<Done>(amara.ask(said(7, recap_bytes), world.now)));
    ASSERT_TRUE(is<Done>(amara.ask(RefuseKnock{world.refusal(amara, knock)}, world.now)));
    world.greet(iris);
    EXPECT_TRUE(is<Done>(iris.ask(frame, world.now)));
    iris.read();
    ASSERT_EQ(iris.inbox.size(), 2U);
    EXPECT_TRUE(is<TalkDelivery>(iris.inbox[0]));
    EXPECT_TRUE(is<KnockRefused>(iris.inbox[1]));
}

TEST_F(TalkBeforeAdmission, ComesThroughAnotherRelay) {
    Person blessing = world.staff("Blessing");
    world.add_relay();
    for (const std::size_t number : {0U, 1U})
        world.relay(number).organisation_changed(world.organisation.current(UnixSeconds{world.now.value}), world.now);
    world.let_in(blessing, 1);
    EXPECT_TRUE(is<Done>(iris.ask(said(1), world.now)));
    EXPECT_TRUE(is<Done>(blessing.ask(said(2), world.now)));
    EXPECT_EQ(heard(blessing), std::vector<int>{1});
    EXPECT_EQ(heard(iris), std::vector<int>{2});
}

TEST_F(TalkBeforeAdmission, RefusesAnotherSizeAndARecapOfAJoiner) {
    EXPECT_EQ(why(iris.ask(said(1, text_bytes - 1), world.now)), (Refused{Refusal::too_long, text_bytes}));
    EXPECT_EQ(why(iris.ask(said(1, recap_bytes), world.now)), (Refused{Refusal::too_long, text_bytes}));
    EXPECT_EQ(why(amara.ask(said(1, recap_bytes + 1), world.now)), (Refused{Refusal::too_long, recap_bytes}));
    EXPECT_TRUE(is<Done>(amara.ask(said(1, recap_bytes), world.now)));
}

TEST_F(TalkBeforeAdmission, RefusesAKnockThatIsAnothersOrWaitsNoLonger) {
    Person ivy = world.person("ivy");
    world.greet(ivy);
    EXPECT_EQ(why(ivy.ask(said(1), world.now)), Refused{Refusal::no_such_knock});
    ASSERT_TRUE(is<Done>(ivy.ask(world.knock(card.id), world.now)));
    EXPECT_EQ(why(ivy.ask(said(1), world.now)), Refused{Refusal::no_such_knock});
    world.let_in(ivy);
    EXPECT_EQ(why(ivy.ask(said(1), world.now)), Refused{Refusal::no_such_knock}) << "a member, but no staff";
    ASSERT_TRUE(is<Done>(iris.ask(WithdrawKnock{knock}, world.now)));
    EXPECT_EQ(why(iris.ask(said(1), world.now)), Refused{Refusal::no_such_knock});
    EXPECT_EQ(why(amara.ask(said(1), world.now)), Refused{Refusal::no_such_knock});
    EXPECT_TRUE(heard(amara).empty());
}

TEST_F(TalkBeforeAdmission, RefusesMoreThanMayBeSaidBeforeAnAnswer) {
    for (std::size_t i = 0; i < limits::talks_per_knock_max; ++i)
        ASSERT_TRUE(is<Done>(iris.ask(said(static_cast<std::uint8_t>(i)), world.now)));
    EXPECT_EQ(why(iris.ask(said(99), world.now)), (Refused{Refusal::talk_full, limits::talks_per_knock_max}));
    EXPECT_EQ(why(amara.ask(said(99), world.now)), (Refused{Refusal::talk_full, limits::talks_per_knock_max}));
}

}  // namespace
}  // namespace veranda::relay
