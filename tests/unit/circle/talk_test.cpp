// Talk before admission: sealed to one side by the other, and refused when one thing about it is wrong.
#include "client-lib/circle/joining/talk.hpp"

#include <gtest/gtest.h>

#include "crypto/sealed/hpke.hpp"
#include "tests/support/seeded_random.hpp"
#include "tests/support/small_organisation.hpp"

namespace veranda::circle {
namespace {

using namespace tests;

class TalkAtTheDoor : public testing::Test {
protected:
    const RoomId room{{1, 2, 3}};
    const CardId place{{4, 5, 6}};
    const KnockId id{{7, 8, 9}};
    SeededRandom random{17};
    SmallOrganisation harbour{random};
    client::StaffKeys amara = harbour.certify("Amara");
    client::StaffKeys mina = harbour.certify("Mina", Role::mediator);
    crypto::SigningKey session_key = crypto::SigningKey::generate(random);
    crypto::KemKeyPair lane_key = crypto::KemKeyPair::generate(random);
    TrustedStaff trust{harbour.anchor()};
    Pass pass = Pass::from(crypto::random_secret<16>(random));
    Pass ticket = Pass::from(crypto::random_secret<16>(random));
    Knock knock;
    std::optional<MadeCard> made;
    std::optional<OpenedCard> card;

    void SetUp() override {
        ASSERT_TRUE(trust.accept_hello(harbour.organisation, harbour.staff.head));
        ASSERT_TRUE(trust.accept_list(harbour.staff));
        Card body;
        body.room = room;
        body.kind = CardKind::first_invite;
        body.issuer = credential(amara);
        body.expires_at = UnixSeconds{test_time.value + 600};
        auto result = make_card(body, session_key, pass.keys(), place, random);
        ASSERT_TRUE(result);
        made.emplace(*std::move(result));
        auto opened = open_card(made->posted.sealed, pass, place, trust, test_time);
        ASSERT_TRUE(opened);
        card.emplace(*std::move(opened));
        knock.room = room;
        knock.ticket = ticket.keys();
    }
    StaffCredential credential(const client::StaffKeys& who, RoomKind kind = RoomKind::group) const {
        const SessionStatement body{.room = room,
                                    .certificate = crypto::hash_of(who.certificate),
                                    .session_key = session_key.public_key(),
                                    .lane_key = lane_key.public_key,
                                    .role = who.certificate.body.role,
                                    .kind = kind,
                                    .not_before = UnixSeconds{test_time.value - 60},
                                    .not_after = UnixSeconds{test_time.value + 3600}};
        return {who.certificate, crypto::sign(body, who.key)};
    }
    TalkContent content(std::string_view words, std::optional<StaffCredential> speaker = std::nullopt) const {
        return {room, id, std::move(speaker), 1, TalkKind::text, tls::encode(Text{std::string(words)})};
    }
    // The bytes of a sealed talk, whatever is in it, signed by any key and of any size.
    Bytes forged(const TalkContent& content, const crypto::SigningKey& key, const SealingKey& to,
                 std::size_t size = limits::talk_plain_bytes, const char* info = "Veranda 1 talk seal") {
        Bytes plain = tls::encode(PaddedTalk{crypto::sign(content, key), {}});
        plain.resize(size);
        const auto sealed = crypto::hpke_seal(to, crypto::HpkeInfo(as_bytes(info)), ByteView(id), plain, random);
        Bytes bytes = to_bytes(sealed->encapsulation);
        append(bytes, sealed->ciphertext);
        return bytes;
    }
    const SealingKey& at_staff() const { return card->card().knock_sealing_key; }

    std::string heard_by_staff(ByteView sealed) {
        const auto said = open_talk_from_joiner(sealed, made->secrets.knock_sealing, id, knock);
        return said ? tls::decode<Text>(said->body)->text : std::string(said.error().rule->name);
    }
    std::string heard_by_joiner(ByteView sealed) {
        const auto said = open_talk_from_staff(sealed, ticket, id, *card, trust, test_time);
        return said ? said->speaker.name() + ": " + tls::decode<Text>(said->content.body)->text
                    : std::string(said.error().rule->name);
    }
};

TEST_F(TalkAtTheDoor, GoesBothWaysInOneSize) {
    const auto question = seal_talk_to_staff(content("May I come in?"), ticket, at_staff(), random);
    ASSERT_TRUE(question);
    EXPECT_EQ(question->size(), limits::talk_plain_bytes + 48);
    EXPECT_EQ(heard_by_staff(*question), "May I come in?");
    const auto answer =
        seal_talk_to_joiner(content("One moment.", credential(amara)), session_key, knock.ticket.sealing_key, random);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->size(), limits::talk_plain_bytes + 48);
    EXPECT_EQ(heard_by_joiner(*answer), "Amara: One moment.");
}

TEST_F(TalkAtTheDoor, TheLongestTextAndARecapFit) {
    const std::string longest(limits::talk_text_bytes_max, 'x');
    TalkContent text = content(longest, credential(amara));
    EXPECT_TRUE(seal_talk_to_joiner(text, session_key, knock.ticket.sealing_key, random));
    text.kind = TalkKind::recap;
    text.body.resize(10'000);
    const auto recap = seal_talk_to_joiner(text, session_key, knock.ticket.sealing_key, random);
    ASSERT_TRUE(recap);
    EXPECT_EQ(recap->size(), limits::recap_plain_bytes + 48);
    EXPECT_TRUE(open_talk_from_staff(*recap, ticket, id, *card, trust, test_time));
}

TEST_F(TalkAtTheDoor, RefusesToSealWhatDoesNotFit) {
    TalkContent text = content("x");
    text.body.resize(limits::talk_plain_bytes);
    const auto sealed = seal_talk_to_staff(text, ticket, at_staff(), random);
    ASSERT_FALSE(sealed);
    EXPECT_TRUE(sealed.error().is(faults::talk_too_long));
    EXPECT_TRUE(talk_text(" \n").error().is(faults::text_empty));
    EXPECT_TRUE(talk_text(std::string(limits::talk_text_bytes_max, 'x')));
    EXPECT_TRUE(talk_text(std::string(limits::talk_text_bytes_max + 1, 'x')).error().is(faults::text_too_long));
    EXPECT_TRUE(talk_text("\xff").error().is(tls::faults::text_not_utf8));
}

TEST_F(TalkAtTheDoor, RefusesWhatIsSealedForAnotherChangedOrOfAnotherSize) {
    const Pass other = Pass::from(crypto::random_secret<16>(random));
    Bytes good = forged(content("hi"), ticket.signing, at_staff());
    EXPECT_EQ(heard_by_staff(good), "hi");
    good[60] ^= 1;
    EXPECT_EQ(heard_by_staff(good), faults::talk_not_opened.name);
    EXPECT_EQ(heard_by_staff(Bytes(10)), faults::talk_not_opened.name);
    EXPECT_EQ(heard_by_staff(forged(content("hi"), ticket.signing, other.sealing.public_key)),
              faults::talk_not_opened.name);
    EXPECT_EQ(heard_by_staff(forged(content("hi"), ticket.signing, at_staff(), limits::talk_plain_bytes + 1)),
              faults::talk_not_opened.name);
    EXPECT_EQ(heard_by_staff(
                  forged(content("hi"), ticket.signing, at_staff(), limits::talk_plain_bytes, "Veranda 1 knock seal")),
              faults::talk_not_opened.name);
    TalkContent no_text = content("hi");
    no_text.body = {0x05};
    EXPECT_EQ(heard_by_staff(forged(no_text, ticket.signing, at_staff())), faults::talk_not_opened.name);
    EXPECT_EQ(heard_by_staff(forged(content(""), ticket.signing, at_staff())), faults::text_empty.name);
    EXPECT_EQ(
        heard_by_staff(forged(content(std::string(limits::talk_text_bytes_max + 1, 'x')), ticket.signing, at_staff())),
        faults::text_too_long.name);
}

TEST_F(TalkAtTheDoor, RefusesTalkOfAnotherKnockOrRoom) {
    TalkContent moved = content("hi");
    moved.knock = KnockId{{1}};
    EXPECT_EQ(heard_by_staff(forged(moved, ticket.signing, at_staff())), faults::talk_other_knock.name);
    moved = content("hi", credential(amara));
    moved.room = RoomId{{1}};
    EXPECT_EQ(heard_by_joiner(forged(moved, session_key, ticket.sealing.public_key)), faults::talk_other_knock.name);
}

TEST_F(TalkAtTheDoor, RefusesWordsThatAnotherKeySigned) {
    EXPECT_EQ(heard_by_staff(forged(content("hi"), session_key, at_staff())), faults::talk_signature.name);
    EXPECT_EQ(heard_by_joiner(forged(content("hi", credential(amara)), ticket.signing, ticket.sealing.public_key)),
              faults::talk_signature.name);
}

TEST_F(TalkAtTheDoor, RefusesAJoinerWhoClaimsToBeStaffAndStaffWhoAreNot) {
    EXPECT_EQ(heard_by_staff(forged(content("hi", credential(amara)), ticket.signing, at_staff())),
              faults::talk_speaker.name);
    EXPECT_EQ(heard_by_joiner(forged(content("hi"), ticket.signing, ticket.sealing.public_key)),
              faults::talk_speaker.name);
    EXPECT_EQ(heard_by_joiner(forged(content("hi", credential(mina)), session_key, ticket.sealing.public_key)),
              faults::talk_speaker.name);
    EXPECT_EQ(heard_by_joiner(
                  forged(content("hi", credential(amara, RoomKind::debrief)), session_key, ticket.sealing.public_key)),
              faults::talk_speaker.name);
}

}  // namespace
}  // namespace veranda::circle
