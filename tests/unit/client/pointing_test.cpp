// What points at a message: answers, signs, hides; and what staff pin. By everyone's own client, and by a modified one
// that sends what it should not.
#include "tests/support/hostile_relay.hpp"
#include "tests/support/rule_of.hpp"

namespace veranda::client {
namespace {

using namespace tests;
using Texts = std::vector<std::string>;

class Pointing : public HostileRelay {
protected:
    Pointing() : iris_(evening_.join(amara_, "Iris")), joy_(evening_.join(amara_, "Joy")) {}

    Keeper& let_modified_in() {
        keeper_.emplace(evening_, evening_.invite(amara_), "Kemi");
        EXPECT_TRUE(amara_.client.admit("Kemi", evening_.now));
        evening_.settle();
        keeper_->read();
        return *keeper_;
    }
    Keeper& let_modified_staff_in() {
        keeper_.emplace(evening_, evening_.invite(amara_, true), evening_.blessing);
        EXPECT_TRUE(amara_.client.admit("Blessing", evening_.now));
        evening_.settle();
        keeper_->read();
        return *keeper_;
    }
    std::uint64_t last_seq() const { return joy_.last<MessageEvent>().seq; }
    MessageRef ref_of(const Phone& author, const MessageEvent& message) const {
        MessageRef ref;
        ref.author = last_heard<Entered>(author)->self;
        for (std::size_t i = 0; i < InnerId::size; ++i)
            ref.id.bytes[i] = static_cast<std::uint8_t>(std::stoi(message.id.substr(2 * i, 2), nullptr, 16));
        return ref;
    }
    void hide(Phone& who, std::uint64_t seq, bool hidden) {
        ASSERT_EQ(rule_of(who.client.hide(seq, hidden, evening_.now)), "");
        evening_.settle();
    }

    Phone& iris_;
    Phone& joy_;
    std::optional<Keeper> keeper_;
};

TEST_F(Pointing, AnAnswerAndASignSayWhatTheyAreAbout) {
    evening_.say(iris_, "I cannot sleep");
    const std::uint64_t seq = last_seq();
    ASSERT_EQ(rule_of(joy_.client.reply(seq, "nor can I", evening_.now)), "");
    evening_.settle();
    ASSERT_EQ(rule_of(amara_.client.react(seq, ReactionSign::hug, evening_.now)), "");
    evening_.settle();
    EXPECT_EQ(iris_.last<MessageEvent>().text, "nor can I");
    EXPECT_EQ(iris_.last<MessageEvent>().reply_to, seq);
    EXPECT_EQ(joy_.last<MessageEvent>().reply_to, seq);
    EXPECT_TRUE(joy_.last<MessageEvent>().own);
    EXPECT_EQ(iris_.last<MessageEvent>().id, joy_.last<MessageEvent>().id);
    const auto reaction = iris_.last<ReactionEvent>();
    EXPECT_EQ(reaction.from, "Amara");
    EXPECT_EQ(reaction.seq, seq);
    EXPECT_EQ(reaction.sign, ReactionSign::hug);
    EXPECT_TRUE(amara_.last<ReactionEvent>().own);
}

TEST_F(Pointing, WhatMayBeHardToReadIsSaidToBeSo) {
    evening_.say(iris_, "how was it?");
    const std::uint64_t seq = last_seq();
    ASSERT_EQ(rule_of(joy_.client.say_warned(0, "there was a fire", evening_.now)), "");
    evening_.settle();
    EXPECT_TRUE(iris_.last<MessageEvent>().warned);
    EXPECT_EQ(iris_.last<MessageEvent>().reply_to, 0U);
    ASSERT_EQ(rule_of(joy_.client.say_warned(seq, "and smoke", evening_.now)), "");
    evening_.settle();
    EXPECT_EQ(iris_.last<MessageEvent>().text, "and smoke");
    EXPECT_EQ(iris_.last<MessageEvent>().reply_to, seq);
    EXPECT_TRUE(joy_.last<MessageEvent>().warned);
    hide(joy_, last_seq(), true);  // as any text of hers
    EXPECT_TRUE(iris_.last<HiddenEvent>().hidden);

    EXPECT_EQ(rule_of(joy_.client.say_warned(99, "what?", evening_.now)), faults::no_such_message.name);
    EXPECT_EQ(rule_of(joy_.client.say_warned(0, " ", evening_.now)), circle::faults::text_empty.name);
    ASSERT_EQ(rule_of(amara_.client.set_level("Joy", Level::held, 0, evening_.now)), "");
    evening_.settle();
    EXPECT_EQ(rule_of(joy_.client.say_warned(0, "held", evening_.now)), faults::composer_closed.name);
}

TEST_F(Pointing, WhatPointsAtNothingIsPassedOver) {
    EXPECT_EQ(rule_of(iris_.client.reply(99, "what?", evening_.now)), faults::no_such_message.name);
    EXPECT_EQ(rule_of(iris_.client.react(99, ReactionSign::yes, evening_.now)), faults::no_such_message.name);
    EXPECT_EQ(rule_of(amara_.client.hide(99, true, evening_.now)), faults::no_such_message.name);
    Keeper& kemi = let_modified_in();
    const MessageRef nothing{kemi.member(), InnerId{{1}}};
    const auto before = iris_.events.size();
    kemi.submit(ContentKind::reaction, tls::encode(Reaction{nothing, ReactionSign::heart}));
    EXPECT_EQ(iris_.events.size(), before);
    kemi.submit(ContentKind::reply, tls::encode(Reply{nothing, "as you said"}));  // the words are shown all the same
    EXPECT_EQ(iris_.last<MessageEvent>().text, "as you said");
    EXPECT_EQ(iris_.last<MessageEvent>().reply_to, 0U);
}

TEST_F(Pointing, StaffHideAnyonesAndAMemberHerOwn) {
    evening_.say(iris_, "my address is");
    const std::uint64_t seq = last_seq();
    EXPECT_EQ(rule_of(joy_.client.hide(seq, true, evening_.now)), faults::not_ones_own.name);
    hide(amara_, seq, true);
    EXPECT_EQ(joy_.last<HiddenEvent>().seq, seq);
    EXPECT_EQ(joy_.last<HiddenEvent>().author, "Iris");
    EXPECT_TRUE(joy_.last<HiddenEvent>().hidden);
    ASSERT_EQ(rule_of(amara_.client.undo(evening_.now)), "");
    evening_.settle();
    EXPECT_FALSE(joy_.last<HiddenEvent>().hidden);
    hide(iris_, seq, true);
    EXPECT_TRUE(joy_.last<HiddenEvent>().hidden);
}

TEST_F(Pointing, WhatAnAuthorHidStaffCannotPutBackNorSheWhatStaffHid) {
    evening_.say(iris_, "my address is");
    const std::uint64_t seq = last_seq();
    hide(iris_, seq, true);
    hide(amara_, seq, false);
    EXPECT_EQ(joy_.all<HiddenEvent>().size(), 1U);
    hide(amara_, seq, true);
    hide(iris_, seq, false);
    EXPECT_EQ(joy_.all<HiddenEvent>().size(), 1U);
    hide(amara_, seq, false);
    ASSERT_EQ(joy_.all<HiddenEvent>().size(), 2U);
    EXPECT_FALSE(joy_.last<HiddenEvent>().hidden);
}

TEST_F(Pointing, AMessageThatWasHiddenBeforeItCameStaysHiddenUntilItIsPutBack) {
    Keeper& kemi = let_modified_in();
    const InnerId id{{9}};
    kemi.submit(ContentKind::hide, tls::encode(Hide{{kemi.member(), id}, true}));
    kemi.submit(ContentKind::text, tls::encode(Text{"no, not that"}), id);
    EXPECT_TRUE(iris_.texts().empty());
    kemi.submit(ContentKind::hide, tls::encode(Hide{{kemi.member(), id}, false}));
    EXPECT_EQ(iris_.texts(), Texts{"Kemi: no, not that"});
    EXPECT_TRUE(iris_.all<HiddenEvent>().empty());
}

TEST_F(Pointing, AModifiedClientHidesNobodysMessageButItsOwn) {
    Keeper& kemi = let_modified_in();
    evening_.say(iris_, "something");
    kemi.submit(ContentKind::hide, tls::encode(Hide{ref_of(iris_, joy_.last<MessageEvent>()), true}));
    EXPECT_TRUE(joy_.all<HiddenEvent>().empty());
    EXPECT_TRUE(joy_.saw("kind_not_allowed"));
    kemi.submit(ContentKind::pin, tls::encode(Pin{"call this number"}));
    EXPECT_TRUE(joy_.all<PinnedEvent>().empty());
    kemi.submit(ContentKind::closing, tls::encode(Closing{"it is over", 0}));
    EXPECT_TRUE(joy_.all<ClosingEvent>().empty());
}

TEST_F(Pointing, BytesThatAreNoneOfTheirKindAreOneMessageThatCouldNotBeRead) {
    Keeper& kemi = let_modified_staff_in();
    for (const ContentKind kind :
         {ContentKind::text, ContentKind::reply, ContentKind::warned, ContentKind::hide, ContentKind::reaction,
          ContentKind::pin, ContentKind::closing, ContentKind::held_release}) {
        const auto before = iris_.all<NoticeEvent>().size();
        kemi.submit(kind, Bytes{0xff});
        ASSERT_EQ(iris_.all<NoticeEvent>().size(), before + 1) << static_cast<int>(kind);
        EXPECT_EQ(iris_.last<NoticeEvent>().code, "message_not_read");
    }
    kemi.submit(ContentKind::text, tls::encode(Text{"  "}));
    kemi.submit(ContentKind::text, tls::encode(Text{std::string(limits::text_bytes_max + 1, 'x')}));
    kemi.submit(ContentKind::warned, tls::encode(Warned{std::nullopt, " "}));
    EXPECT_TRUE(iris_.texts().empty());
    kemi.submit(ContentKind::round, {});
    EXPECT_EQ(iris_.last<NoticeEvent>().code, "newer_version");
}

TEST_F(Pointing, ASentenceIsPinnedReplacedTakenBackAndTakenDown) {
    const auto pin = [&](std::string_view text) {
        ASSERT_EQ(rule_of(amara_.client.pin(text, evening_.now)), "");
        evening_.settle();
    };
    EXPECT_EQ(rule_of(iris_.client.pin("me", evening_.now)), faults::only_staff.name);
    pin("Helpline: 116 006");
    EXPECT_EQ(iris_.last<PinnedEvent>().text, "Helpline: 116 006");
    EXPECT_EQ(iris_.last<PinnedEvent>().from, "Amara");
    pin("Be kind");
    ASSERT_EQ(rule_of(amara_.client.undo(evening_.now)), "");
    evening_.settle();
    EXPECT_EQ(iris_.last<PinnedEvent>().text, "Helpline: 116 006");
    pin("");
    EXPECT_EQ(iris_.last<PinnedEvent>().text, "");
    EXPECT_EQ(rule_of(amara_.client.pin(std::string(limits::text_bytes_max + 1, 'x'), evening_.now)), "text_too_long");
}

// A modified client hides any number of messages of its own that never were; what staff hid stays hidden.
TEST_F(Pointing, HidesThatNeverWereBringBackNothingThatStaffHaveHidden) {
    circle::ShownMessages shown;
    const MessageRef hidden{MemberId{{1}}, InnerId{{9}}};
    shown.hide(hidden, true, circle::ShownMessages::By::staff);
    for (std::size_t i = 0; i <= circle::shown_messages_max + circle::hidden_unseen_max; ++i) {
        MessageRef never{MemberId{{2}}, {}};
        never.id.bytes[0] = static_cast<std::uint8_t>(i);
        never.id.bytes[1] = static_cast<std::uint8_t>(i >> 8);
        shown.hide(never, true, circle::ShownMessages::By::author);
    }
    EXPECT_TRUE(shown.is_hidden(hidden));
    EXPECT_FALSE(shown.is_hidden({MemberId{{2}}, {}})) << "the first of hers is forgotten";
}

TEST_F(Pointing, OnlySoManyMessagesCanBePointedAt) {
    circle::ShownMessages shown;
    for (std::uint64_t i = 1; i <= circle::shown_messages_max + 1; ++i) {
        circle::ShownMessage message;
        message.sequence = Sequence{i};
        message.ref.id.bytes[0] = static_cast<std::uint8_t>(i);
        message.ref.id.bytes[1] = static_cast<std::uint8_t>(i >> 8);
        EXPECT_NE(shown.add(message), nullptr);
    }
    EXPECT_EQ(shown.find(Sequence{1}), nullptr);
    EXPECT_NE(shown.find(Sequence{2}), nullptr);
    circle::ShownMessages remade;
    remade.hide_from_the_start({InnerId{{4}}});
    circle::ShownMessage of_before;
    of_before.ref.id = InnerId{{4}};
    EXPECT_EQ(remade.add(of_before), nullptr);
}

}  // namespace
}  // namespace veranda::client
