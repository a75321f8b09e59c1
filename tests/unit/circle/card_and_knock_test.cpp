// Cards and knocks: each layer opened by whom it is for, and refused when one thing about it is wrong.
#include <gtest/gtest.h>

#include "client-lib/circle/joining/knock.hpp"
#include "client-lib/circle/trust/leaf_identity.hpp"
#include "crypto/sealed/hpke.hpp"
#include "tests/support/seeded_random.hpp"
#include "tests/support/small_organisation.hpp"
#include "tests/unit/circle/the_room.hpp"

namespace veranda::circle {
namespace {

using namespace tests;

const CardId card_place{{4, 5, 6}};

Genesis genesis_of(const RoomId& id) {
    Genesis genesis;
    genesis.room = id;
    genesis.kind = RoomKind::group;
    return genesis;
}

class Doorway : public testing::Test {
protected:
    SeededRandom random{11};
    SmallOrganisation harbour{random};
    client::StaffKeys amara = harbour.certify("Amara");
    crypto::SigningKey session_key = crypto::SigningKey::generate(random);
    crypto::KemKeyPair lane_key = crypto::KemKeyPair::generate(random);
    TrustedStaff trust{harbour.anchor()};
    Pass pass = Pass::from(crypto::random_secret<16>(random));

    void SetUp() override {
        ASSERT_TRUE(trust.accept_hello(harbour.organisation, harbour.staff.head));
        ASSERT_TRUE(trust.accept_list(harbour.staff));
    }

    StaffCredential credential(const client::StaffKeys& who, const crypto::SigningKey& key) const {
        const SessionStatement body{.room = room,
                                    .certificate = crypto::hash_of(who.certificate),
                                    .session_key = key.public_key(),
                                    .lane_key = lane_key.public_key,
                                    .role = who.certificate.body.role,
                                    .kind = RoomKind::group,
                                    .not_before = UnixSeconds{test_time.value - 60},
                                    .not_after = UnixSeconds{test_time.value + 3600}};
        return {who.certificate, crypto::sign(body, who.key)};
    }

    Card card_body(CardKind kind = CardKind::first_invite) const {
        Card card;
        card.room = room;
        card.kind = kind;
        card.issuer = credential(amara, session_key);
        card.issuer_member = MemberId{{7}};
        card.expires_at = UnixSeconds{test_time.value + 600};
        card.welcome = GroupWelcome{"Evening group", "Be kind.", "en"};
        return card;
    }
    MadeCard made(const Card& card) {
        auto result = make_card(card, session_key, pass.keys(), card_place, random);
        EXPECT_TRUE(result);
        return *std::move(result);
    }
    std::string broken_card(const Bytes& sealed, const Pass& opener, UnixSeconds at = test_time) const {
        const auto opened = open_card(sealed, opener, card_place, trust, at);
        return opened ? "" : std::string(opened.error().rule->name);
    }

    // A knock of Iris on a fresh card, with one thing about it changed.
    struct Knocking {
        std::string leaf_name = "Iris";
        std::string name = "Iris";
        UnixSeconds made_at = test_time;
        bool break_key_package = false;
        std::optional<StaffCredential> staff = std::nullopt;
        CardKind kind = CardKind::first_invite;
    };
    std::string broken_knock(const Knocking& how) {
        MadeCard card = made(card_body(how.kind));
        const auto opened = open_card(card.posted.sealed, pass, card_place, trust, test_time);
        EXPECT_TRUE(opened);
        const auto leaf_key = crypto::SigningKey::generate(random);
        const auto leaf =
            mls::make_key_package(member_identity(how.leaf_name), leaf_key.clone(),
                                  UnixSeconds{how.made_at.value - 3600}, UnixSeconds{how.made_at.value + 3600}, random);
        KnockRequest request{.key_package = tls::encode(leaf.public_part),
                             .access_key = {},
                             .ticket = {},
                             .pseudonym = how.name,
                             .reason = KnockReason::first_visit,
                             .staff = how.staff};
        if (how.break_key_package) request.key_package[40] ^= 1;
        const auto envelope = make_knock(*opened, card_place, pass, std::move(request), random);
        EXPECT_TRUE(envelope);
        const auto knock = open_knock(*envelope, card.secrets, genesis_of(room), trust, test_time);
        return knock ? "" : std::string(knock.error().rule->name);
    }
};

TEST_F(Doorway, OpensACardWithItsPassAndSaysWhoPostedIt) {
    const MadeCard card = made(card_body());
    EXPECT_EQ(card.posted.sealed.size(), limits::card_sealed_bytes);
    const auto opened = open_card(card.posted.sealed, pass, card_place, trust, test_time);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->card().welcome->name, "Evening group");
    EXPECT_EQ(opened->issuer().name(), "Amara");
}

TEST_F(Doorway, RefusesACardForAnotherPassChangedOrCarriedToAnotherPlace) {
    MadeCard card = made(card_body());
    const Pass other = Pass::from(crypto::random_secret<16>(random));
    EXPECT_EQ(broken_card(card.posted.sealed, other), faults::card_not_ours.name);
    const auto elsewhere = open_card(card.posted.sealed, pass, CardId{{9}}, trust, test_time);
    ASSERT_FALSE(elsewhere);
    EXPECT_TRUE(elsewhere.error().is(faults::card_not_ours));
    card.posted.sealed[100] ^= 1;
    EXPECT_EQ(broken_card(card.posted.sealed, pass), faults::card_not_ours.name);
    EXPECT_EQ(broken_card(Bytes(10), pass), faults::card_not_ours.name);
}

TEST_F(Doorway, RefusesACardThatHasRunOut) {
    const MadeCard card = made(card_body());
    EXPECT_EQ(broken_card(card.posted.sealed, pass, UnixSeconds{test_time.value + 601}), faults::card_run_out.name);
}

TEST_F(Doorway, RefusesACardSignedByAnotherKeyThanItsIssuers) {
    const auto stranger = crypto::SigningKey::generate(random);
    auto card = make_card(card_body(), stranger, pass.keys(), card_place, random);
    ASSERT_TRUE(card);
    EXPECT_EQ(broken_card(card->posted.sealed, pass), faults::card_signature.name);
}

TEST_F(Doorway, RefusesACardOfStaffWhoMayNotCommit) {
    const client::StaffKeys mediator = harbour.certify("Mina", Role::mediator);
    TrustedStaff fresh{harbour.anchor()};
    ASSERT_TRUE(fresh.accept_hello(harbour.organisation, harbour.staff.head));
    ASSERT_TRUE(fresh.accept_list(harbour.staff));
    trust = fresh;
    Card card = card_body();
    card.issuer = credential(mediator, session_key);
    EXPECT_EQ(broken_card(made(card).posted.sealed, pass), faults::card_issuer.name);
}

TEST_F(Doorway, RefusesToMakeACardThatDoesNotFit) {
    Card card = card_body();
    card.welcome->rules = std::string(4'000, 'x');
    const auto result = make_card(card, session_key, pass.keys(), card_place, random);
    ASSERT_FALSE(result);
    EXPECT_TRUE(result.error().is(faults::card_too_long));
}

TEST_F(Doorway, OpensAKnockThatIsInOrder) { EXPECT_EQ(broken_knock({}), ""); }

TEST_F(Doorway, RefusesAKnockWhoseLeafSaysAnotherName) {
    EXPECT_EQ(broken_knock({.leaf_name = "Ivy"}), faults::knock_identity.name);
}

TEST_F(Doorway, RefusesAKnockWithABrokenKeyPackage) {
    EXPECT_EQ(broken_knock({.break_key_package = true}), faults::knock_key_package.name);
}

TEST_F(Doorway, AllowsAClockThatIsTwoDaysWrongAndNoMore) {
    const std::uint64_t wrong = limits::clock_wrong_seconds_max;
    EXPECT_EQ(broken_knock({.made_at = UnixSeconds{test_time.value + wrong}}), "");
    EXPECT_EQ(broken_knock({.made_at = UnixSeconds{test_time.value - wrong}}), "");
    EXPECT_EQ(broken_knock({.made_at = UnixSeconds{test_time.value + wrong + 3601}}), faults::knock_lifetime.name);
    EXPECT_EQ(broken_knock({.made_at = UnixSeconds{test_time.value - wrong - 3601}}), faults::knock_lifetime.name);
}

TEST_F(Doorway, RefusesStaffOnAMembersInviteAndMembersOnAStaffInvite) {
    EXPECT_EQ(broken_knock({.kind = CardKind::staff_invite}), faults::knock_staff.name);
    EXPECT_EQ(broken_knock({.staff = credential(amara, session_key)}), faults::knock_identity.name);
}

TEST_F(Doorway, RefusesNamesThatCannotBeShown) {
    for (const std::string_view name : {"", "   ", " Iris", "a\nb", "\xE2\x80\xAEsirI", "abcdefghijklmnopqrstuvwxyz"})
        EXPECT_EQ(broken_knock({.leaf_name = std::string(name), .name = std::string(name)}),
                  faults::pseudonym_form.name)
            << name;
    EXPECT_EQ(broken_knock({.leaf_name = "أمل", .name = "أمل"}), "");
}

TEST_F(Doorway, RefusesAKnockSwappedOrCarriedElsewhere) {
    const MadeCard card = made(card_body());
    const MadeCard other = made(card_body());
    const auto opened = open_card(card.posted.sealed, pass, card_place, trust, test_time);
    ASSERT_TRUE(opened);
    const auto leaf_key = crypto::SigningKey::generate(random);
    const auto leaf = mls::make_key_package(member_identity("Iris"), leaf_key.clone(), test_time,
                                            UnixSeconds{test_time.value + 60}, random);
    const KnockRequest request{tls::encode(leaf.public_part), {}, {}, "Iris", KnockReason::first_visit, {}};
    const auto rule = [&](const Signed<KnockEnvelope>& envelope, const CardSecrets& secrets, const RoomId& where) {
        const auto knock = open_knock(envelope, secrets, genesis_of(where), trust, test_time);
        return knock ? "" : std::string(knock.error().rule->name);
    };
    const auto envelope = make_knock(*opened, card_place, pass, request, random);
    ASSERT_TRUE(envelope);
    EXPECT_EQ(rule(*envelope, other.secrets, room), faults::knock_not_opened.name);  // another card's key and hash
    EXPECT_EQ(rule(*envelope, card.secrets, RoomId{{8}}), faults::knock_other_card.name);

    Signed<KnockEnvelope> moved = *envelope;
    moved.body.card.bytes[0] ^= 1;
    EXPECT_EQ(rule(moved, card.secrets, room), faults::knock_other_card.name);
    Signed<KnockEnvelope> changed = *envelope;
    changed.body.sealed[50] ^= 1;
    EXPECT_EQ(rule(changed, card.secrets, room), faults::knock_not_opened.name);

    // The relay knows the card and its knock key's public half, but not the pass: a knock of its own is refused.
    const Pass relays_own = Pass::from(crypto::random_secret<16>(random));
    const auto forged = make_knock(*opened, card_place, relays_own, request, random);
    ASSERT_TRUE(forged);
    EXPECT_EQ(rule(*forged, card.secrets, room), faults::knock_other_pass.name);
}

// Every facilitator knows a pass's public half, and whoever was shown the link can read its card. Neither of the two is
// the pass: a knock is believed only as the pass signed it, to the last field.
TEST_F(Doorway, RefusesAKnockThatItsPassDidNotSign) {
    const MadeCard card = made(card_body());
    const auto opened = open_card(card.posted.sealed, pass, card_place, trust, test_time);
    ASSERT_TRUE(opened);
    const auto leaf = mls::make_key_package(member_identity("Iris"), crypto::SigningKey::generate(random), test_time,
                                            UnixSeconds{test_time.value + 60}, random);
    Knock knock;
    knock.room = room;
    knock.card = opened->sealed_hash();
    knock.pass = pass.keys();
    knock.key_package = tls::encode(leaf.public_part);
    knock.pseudonym = "Iris";
    knock.reason = KnockReason::first_visit;
    const auto rule = [&](const Signed<Knock>& inner) {  // sealed to the card as every knock is
        const auto sealed =
            crypto::hpke_seal(opened->card().knock_sealing_key, crypto::HpkeInfo(as_bytes("Veranda 1 knock seal")),
                              ByteView(opened->sealed_hash()), tls::encode(inner), random);
        EXPECT_TRUE(sealed);
        Bytes bytes = to_bytes(sealed->encapsulation);
        append(bytes, sealed->ciphertext);
        const auto seed = crypto::Secret<32>::copy_of(std::span<const std::uint8_t, 32>(opened->card().knock_key_seed));
        const auto knock_key = crypto::SigningKey::from_seed(seed);
        const auto envelope = crypto::sign(KnockEnvelope{card_place, std::move(bytes)}, knock_key);
        const auto result = open_knock(envelope, card.secrets, genesis_of(room), trust, test_time);
        return result ? "" : std::string(result.error().rule->name);
    };
    EXPECT_EQ(rule(crypto::sign(knock, pass.signing)), "");
    EXPECT_EQ(rule(crypto::sign(knock, crypto::SigningKey::generate(random))), faults::knock_pass_signature.name);
    EXPECT_EQ(rule({knock, Signature{}}), faults::knock_pass_signature.name);
    const auto changed = [&](auto change) {
        Signed<Knock> inner = crypto::sign(knock, pass.signing);
        change(inner.body);
        return rule(inner);
    };
    EXPECT_EQ(changed([](Knock& k) { k.access_key.bytes[0] ^= 1; }), faults::knock_pass_signature.name);
    EXPECT_EQ(changed([](Knock& k) { k.ticket.sealing_key.bytes[0] ^= 1; }), faults::knock_pass_signature.name);
    EXPECT_EQ(changed([](Knock& k) { k.key_package.back() ^= 1; }), faults::knock_pass_signature.name);
    EXPECT_EQ(changed([](Knock& k) { k.pseudonym = "Ivy"; }), faults::knock_pass_signature.name);
    EXPECT_EQ(changed([](Knock& k) { k.reason = KnockReason::returning; }), faults::knock_pass_signature.name);
}

TEST_F(Doorway, GivesACardsSecretsToAnotherFacilitatorWhole) {
    const MadeCard card = made(card_body());
    const auto copy = CardSecrets::decode(card.secrets.encode());
    ASSERT_TRUE(copy);
    EXPECT_EQ(copy->id, card.secrets.id);
    EXPECT_EQ(copy->pass, card.secrets.pass);
    EXPECT_EQ(copy->knock_sealing.public_key, card.secrets.knock_sealing.public_key);
}

}  // namespace
}  // namespace veranda::circle
