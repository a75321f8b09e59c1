// The chain from the root to a session statement, link by link: each test breaks exactly one.
#include <gtest/gtest.h>

#include "client-lib/circle/trust/trusted_staff.hpp"
#include "tests/support/seeded_random.hpp"
#include "tests/support/small_organisation.hpp"
#include "tests/unit/circle/the_room.hpp"

namespace veranda::circle {
namespace {

using namespace tests;
namespace rules = crypto::faults;

class StaffChain : public testing::Test {
protected:
    SeededRandom random{7};
    SmallOrganisation harbour{random};
    client::StaffKeys amara = harbour.certify("Amara");
    crypto::SigningKey session_key = crypto::SigningKey::generate(random);

    SessionStatement statement() const {
        return {.room = room,
                .certificate = crypto::hash_of(amara.certificate),
                .session_key = session_key.public_key(),
                .lane_key = amara.sealing.public_key,
                .role = Role::facilitator,
                .kind = RoomKind::group,
                .not_before = UnixSeconds{test_time.value - 60},
                .not_after = UnixSeconds{test_time.value + 3600}};
    }
    StaffCredential credential(const SessionStatement& body) const {
        return {amara.certificate, crypto::sign(body, amara.key)};
    }
    // The rule that `credential` breaks in this room, or an empty name.
    std::string broken(const StaffCredential& shown, UnixSeconds at = test_time) const {
        const auto standing = crypto::check_staff(shown, room, harbour.root.public_key(), harbour.staff, at);
        return standing ? "" : std::string(standing.error().rule->name);
    }
};

TEST_F(StaffChain, BelievesAFacilitatorWhoseEveryLinkHolds) {
    const auto standing =
        crypto::check_staff(credential(statement()), room, harbour.root.public_key(), harbour.staff, test_time);
    ASSERT_TRUE(standing);
    EXPECT_EQ(standing->name(), "Amara");
    EXPECT_EQ(standing->session_key(), session_key.public_key());
    EXPECT_TRUE(standing->commits());
}

TEST_F(StaffChain, RefusesAStatementWithAnyFieldChanged) {
    const auto changed = [&](auto change) {
        StaffCredential shown = credential(statement());
        change(shown.statement.body);
        return broken(shown);
    };
    EXPECT_EQ(changed([](auto& s) { s.room.bytes[0] ^= 1; }), rules::statement_signature.name);
    EXPECT_EQ(changed([](auto& s) { s.certificate.bytes[0] ^= 1; }), rules::statement_other_certificate.name);
    EXPECT_EQ(changed([](auto& s) { s.session_key.bytes[0] ^= 1; }), rules::statement_signature.name);
    EXPECT_EQ(changed([](auto& s) { s.lane_key.bytes[0] ^= 1; }), rules::statement_signature.name);
    EXPECT_EQ(changed([](auto& s) { s.role = Role::counsellor; }), rules::statement_signature.name);
    EXPECT_EQ(changed([](auto& s) { s.kind = RoomKind::debrief; }), rules::statement_signature.name);
    EXPECT_EQ(changed([](auto& s) { s.not_before.value -= 1; }), rules::statement_signature.name);
    EXPECT_EQ(changed([](auto& s) { s.not_after.value += 1; }), rules::statement_signature.name);
}

TEST_F(StaffChain, RefusesACertificateWithAnyFieldChanged) {
    const auto changed = [&](auto change) {
        StaffCredential shown = credential(statement());
        change(shown.certificate.body);
        return broken(shown);
    };
    EXPECT_EQ(changed([](auto& c) { c.root.bytes[0] ^= 1; }), rules::certificate_root.name);
    EXPECT_EQ(changed([](auto& c) { c.key.bytes[0] ^= 1; }), rules::certificate_signature.name);
    EXPECT_EQ(changed([](auto& c) { c.sealing_key.bytes[0] ^= 1; }), rules::certificate_signature.name);
    EXPECT_EQ(changed([](auto& c) { c.name = "Bea"; }), rules::certificate_signature.name);
    EXPECT_EQ(changed([](auto& c) { c.role = Role::lead; }), rules::certificate_signature.name);
    EXPECT_EQ(changed([](auto& c) { c.not_before.value -= 1; }), rules::certificate_signature.name);
    EXPECT_EQ(changed([](auto& c) { c.not_after.value += 1; }), rules::certificate_signature.name);
}

TEST_F(StaffChain, RefusesAStatementForAnotherRoom) {
    SessionStatement elsewhere = statement();
    elsewhere.room = RoomId{{9}};
    EXPECT_EQ(broken(credential(elsewhere)), rules::statement_other_room.name);
}

TEST_F(StaffChain, RefusesARoleThatTheCertificateDoesNotGive) {
    SessionStatement promoted = statement();
    promoted.role = Role::lead;
    EXPECT_EQ(broken(credential(promoted)), rules::statement_role.name);
}

TEST_F(StaffChain, RefusesAStatementThatHasRunOutOrLivesTooLong) {
    EXPECT_EQ(broken(credential(statement()), UnixSeconds{test_time.value + 3601}), rules::statement_lifetime.name);
    SessionStatement endless = statement();
    endless.not_after = UnixSeconds{endless.not_before.value + limits::session_seconds_max + 1};
    EXPECT_EQ(broken(credential(endless)), rules::statement_lifetime.name);
}

TEST_F(StaffChain, RefusesACertificateThatHasRunOut) {
    const UnixSeconds later{test_time.value + 8 * 24 * 3600};
    EXPECT_EQ(broken(credential(statement()), later), rules::certificate_lifetime.name);
}

TEST_F(StaffChain, RefusesACertificateThatIsOnNoList) {
    harbour.staff = SmallOrganisation(random).staff;
    harbour.staff.head = crypto::sign(StaffListHead{0, {}, UnixSeconds{test_time.value + 60}}, harbour.root);
    EXPECT_EQ(broken(credential(statement())), rules::certificate_not_listed.name);
}

TEST_F(StaffChain, RefusesARevokedCertificateEvenIfItIsIssuedAgain) {
    harbour.revoke(amara);
    harbour.list(StaffListEvent::issued, crypto::hash_of(amara.certificate));
    EXPECT_EQ(broken(credential(statement())), rules::certificate_revoked.name);
}

TEST_F(StaffChain, RefusesAListThatHasRunOut) {
    harbour.staff.head =
        crypto::sign(StaffListHead{1, harbour.staff.head.body.hash, UnixSeconds{test_time.value - 1}}, harbour.root);
    EXPECT_EQ(broken(credential(statement())), rules::staff_list_run_out.name);
}

TEST_F(StaffChain, RefusesAListWhoseChainOrSignatureIsBroken) {
    const SignatureKey& root = harbour.root.public_key();
    ASSERT_TRUE(crypto::check_staff_list(harbour.staff, root));
    const auto broken_list = [&](auto change) {
        StaffList list = harbour.staff;
        change(list);
        const auto checked = crypto::check_staff_list(list, root);
        return checked ? "" : std::string(checked.error().rule->name);
    };
    EXPECT_EQ(broken_list([](auto& l) { l.entries[0].number = 2; }), rules::staff_list_chain.name);
    EXPECT_EQ(broken_list([](auto& l) { l.entries[0].event = StaffListEvent::revoked; }), rules::staff_list_chain.name);
    EXPECT_EQ(broken_list([](auto& l) { l.entries[0].at.value += 1; }), rules::staff_list_chain.name);
    EXPECT_EQ(broken_list([](auto& l) { l.entries.clear(); }), rules::staff_list_chain.name);
    EXPECT_EQ(broken_list([](auto& l) { l.head.body.good_until.value += 1; }), rules::staff_list_signature.name);
}

TEST_F(StaffChain, BelievesOnlyTheOrganisationThatTheLinkNames) {
    SmallOrganisation other(random, "Elsewhere");
    TrustedStaff trust(harbour.anchor());
    const auto refused = trust.accept_hello(other.organisation, other.staff.head);
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().is(faults::fingerprint_differs));
    EXPECT_TRUE(trust.accept_hello(harbour.organisation, harbour.staff.head));
}

TEST_F(StaffChain, BelievesNobodyBeforeItHasTheListThatTheHelloSpokeOf) {
    TrustedStaff trust(harbour.anchor());
    ASSERT_TRUE(trust.accept_hello(harbour.organisation, harbour.staff.head));
    EXPECT_TRUE(trust.check(credential(statement()), room, test_time).error().is(faults::no_staff_list));
    StaffList other = harbour.staff;
    other.head.body.good_until.value += 1;
    EXPECT_TRUE(trust.accept_list(other).error().is(faults::no_staff_list));
    ASSERT_TRUE(trust.accept_list(harbour.staff));
    EXPECT_TRUE(trust.check(credential(statement()), room, test_time));
}

TEST_F(StaffChain, RefusesAStaffListThatGoesBackOrAside) {
    TrustedStaff trust(harbour.anchor());
    const Signed<StaffListHead> older = harbour.staff.head;
    const client::StaffKeys blessing = harbour.certify("Blessing");
    ASSERT_TRUE(trust.accept_hello(harbour.organisation, harbour.staff.head));
    ASSERT_TRUE(trust.accept_list(harbour.staff));
    const auto back = trust.accept_hello(harbour.organisation, older);
    ASSERT_FALSE(back);
    EXPECT_TRUE(back.error().is(faults::staff_list_went_back));
    const auto aside = crypto::sign(StaffListHead{2, Hash{{7}}, UnixSeconds{test_time.value + 60}}, harbour.root);
    const auto forked = trust.accept_hello(harbour.organisation, aside);
    ASSERT_FALSE(forked);
    EXPECT_TRUE(forked.error().is(faults::staff_list_forked));
}

}  // namespace
}  // namespace veranda::circle
