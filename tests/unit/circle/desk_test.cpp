// The support desk's signed and sealed things: who is on duty, who proves it, and what is asked; each rule broken once.
#include <gtest/gtest.h>

#include "client-lib/circle/desk/desk_request.hpp"
#include "client-lib/circle/desk/duty.hpp"
#include "client-lib/circle/trust/trusted_staff.hpp"
#include "crypto/sealed/signed_make.hpp"
#include "tests/support/rule_of.hpp"
#include "tests/support/seeded_random.hpp"
#include "tests/support/small_organisation.hpp"

namespace veranda::circle {
namespace {

using namespace tests;
namespace rules = crypto::faults;

class DutyRules : public testing::Test {
protected:
    SeededRandom random{11};
    SmallOrganisation harbour{random};
    client::StaffKeys celia = harbour.certify("Celia", Role::counsellor);
    TrustedStaff trust{harbour.anchor()};
    Challenge nonce{{7}};

    void SetUp() override { believe(); }
    void believe() {
        trust = TrustedStaff(harbour.anchor());
        ASSERT_TRUE(trust.accept_hello(harbour.organisation, harbour.staff.head));
        ASSERT_TRUE(trust.accept_list(harbour.staff));
    }
    DutyStatement statement() {
        Duty duty(celia.certificate, {{"en"}, {"it"}}, random);
        return duty.state(test_time, celia.key).body;
    }
    std::string_view broken(const DutyStatement& body, UnixSeconds at = test_time) const {
        return rule_of(trust.check_duty(crypto::sign(body, celia.key), at));
    }
};

TEST_F(DutyRules, AStatementSaysWhoIsThereWithWhichKeyAndUntilWhen) {
    Duty duty(celia.certificate, {{"en"}, {"pcm"}}, random);
    const auto standing = trust.check_duty(duty.state(test_time, celia.key), test_time);
    ASSERT_TRUE(standing);
    EXPECT_EQ(standing->name(), "Celia");
    EXPECT_EQ(standing->duty_key(), duty.key().public_key);
    EXPECT_EQ(standing->languages(), (std::vector<LanguageTag>{{"en"}, {"pcm"}}));
    const Hash first = standing->statement();
    const UnixSeconds later{test_time.value + 300};
    const auto renewed = trust.check_duty(duty.state(later, celia.key), later);
    EXPECT_EQ(rule_of(renewed), "");
    EXPECT_NE(renewed->statement(), first);
    EXPECT_EQ(renewed->turn(), standing->turn()) << "one turn, whichever statement";
}

TEST_F(DutyRules, RefusesAStatementOfTheWrongForm) {
    DutyStatement body = statement();
    body.languages.assign(limits::duty_languages_max, {"en"});
    EXPECT_EQ(broken(body), "");
    body.languages.push_back({"en"});
    EXPECT_EQ(broken(body), rules::duty_form.name);
    for (const std::string& tag :
         {std::string(), std::string(limits::language_bytes_max + 1, 'e'), std::string("e n")}) {
        body = statement();
        body.languages[0].tag = tag;
        EXPECT_EQ(broken(body), rules::duty_form.name) << tag;
    }
}

TEST_F(DutyRules, RefusesWhoIsNoCounsellor) {
    const client::StaffKeys amara = harbour.certify("Amara");
    believe();
    Duty duty(amara.certificate, {}, random);
    EXPECT_EQ(rule_of(trust.check_duty(duty.state(test_time, amara.key), test_time)), rules::duty_role.name);
}

TEST_F(DutyRules, RefusesAnothersSignatureAndAChangedKey) {
    const client::StaffKeys dora = harbour.certify("Dora", Role::counsellor);
    believe();
    EXPECT_EQ(rule_of(trust.check_duty(crypto::sign(statement(), dora.key), test_time)), rules::duty_signature.name);
    auto changed = crypto::sign(statement(), celia.key);
    changed.body.duty_key.bytes[0] ^= 1;
    EXPECT_EQ(rule_of(trust.check_duty(changed, test_time)), rules::duty_signature.name);
}

TEST_F(DutyRules, RefusesAStatementBeforeAfterAndBeyondItsTime) {
    const DutyStatement body = statement();
    EXPECT_EQ(broken(body, body.not_before), "");
    EXPECT_EQ(broken(body, body.not_after), "");
    EXPECT_EQ(broken(body, UnixSeconds{body.not_before.value - 1}), rules::duty_lifetime.name);
    EXPECT_EQ(broken(body, UnixSeconds{body.not_after.value + 1}), rules::duty_lifetime.name);
    DutyStatement longer = body;
    longer.not_after = UnixSeconds{body.not_before.value + limits::duty_seconds_max + 1};
    EXPECT_EQ(broken(longer), rules::duty_lifetime.name);
}

TEST_F(DutyRules, RefusesACertificateThatWasRevokedAndAStrangers) {
    const DutyStatement body = statement();
    harbour.revoke(celia);
    believe();
    EXPECT_EQ(broken(body), rules::certificate_revoked.name);
    SmallOrganisation other(random, "Other");
    const client::StaffKeys eve = other.certify("Eve", Role::counsellor);
    Duty duty(eve.certificate, {}, random);
    EXPECT_EQ(rule_of(trust.check_duty(duty.state(test_time, eve.key), test_time)), rules::certificate_root.name);
    EXPECT_EQ(rule_of(TrustedStaff(harbour.anchor()).check_duty(duty.state(test_time, eve.key), test_time)),
              faults::no_staff_list.name);
}

TEST_F(DutyRules, RefusesAProofOfAnotherStatementOfAnotherNonceAndBySomebodyElse) {
    Duty duty(celia.certificate, {}, random);
    const auto standing = trust.check_duty(duty.state(test_time, celia.key), test_time);
    ASSERT_TRUE(standing);
    const auto proof = duty.prove(nonce, celia.key);
    EXPECT_EQ(rule_of(crypto::check_duty_proof(proof, *standing, nonce)), "");
    EXPECT_EQ(rule_of(crypto::check_duty_proof(proof, *standing, Challenge{{8}})), rules::duty_other_nonce.name);
    const client::StaffKeys dora = harbour.certify("Dora", Role::counsellor);
    EXPECT_EQ(rule_of(crypto::check_duty_proof(duty.prove(nonce, dora.key), *standing, nonce)),
              rules::duty_proof_signature.name);
    duty.state(UnixSeconds{test_time.value + 1}, celia.key);
    EXPECT_EQ(rule_of(crypto::check_duty_proof(duty.prove(nonce, celia.key), *standing, nonce)),
              rules::duty_other_statement.name);
}

// An asker chooses her nonce: a proof over another connection's challenge must not put her on duty there.
TEST_F(DutyRules, RefusesAnAccessOfAnotherConnectionAndAProofInItsPlace) {
    Duty duty(celia.certificate, {}, random);
    const auto standing = trust.check_duty(duty.state(test_time, celia.key), test_time);
    ASSERT_TRUE(standing);
    auto access = duty.access("https://relay.test", nonce, celia.key);
    EXPECT_EQ(rule_of(crypto::check_duty_access(access, *standing, nonce)), "");
    EXPECT_EQ(rule_of(crypto::check_duty_access(access, *standing, Challenge{{8}})), rules::duty_access.name);
    access.signature = duty.prove(nonce, celia.key).signature;
    EXPECT_EQ(rule_of(crypto::check_duty_access(access, *standing, nonce)), rules::duty_access.name);
}

class DeskRequests : public testing::Test {
protected:
    SeededRandom random{12};
    Pass pass = Pass::from(crypto::random_secret<pass_entropy_bytes>(random));
    crypto::KemKeyPair celia = crypto::KemKeyPair::generate(random);
    crypto::KemKeyPair dora = crypto::KemKeyPair::generate(random);
    DeskRequest request{{}, "en", Urgency::soon, "I would like to talk.", LaneId{{4}}, test_time};

    Result<LaneEnvelope> seal(const DeskRequest& asked) {
        return seal_desk_request(asked, pass, std::vector{celia.public_key, dora.public_key}, random);
    }
};

TEST_F(DeskRequests, AreOpenedByEachOfThoseOnDutyAndByNobodyElse) {
    const auto envelope = seal(request);
    ASSERT_TRUE(envelope);
    request.asker = pass.keys();
    for (const auto* key : {&celia, &dora}) {
        const auto opened = open_desk_request(*envelope, *key);
        ASSERT_TRUE(opened);
        EXPECT_EQ(*opened, request);
    }
    const auto stranger = crypto::KemKeyPair::generate(random);
    EXPECT_EQ(rule_of(open_desk_request(*envelope, stranger)), faults::lane_not_for_us.name);
}

TEST_F(DeskRequests, HaveOneSizeWhateverIsAsked) {
    const auto short_one = seal(request);
    request.note.assign(limits::desk_note_bytes_max, 'x');
    const auto long_one = seal(request);
    ASSERT_TRUE(short_one && long_one);
    EXPECT_EQ(tls::encode(*short_one).size(), tls::encode(*long_one).size());
}

TEST_F(DeskRequests, RefuseAFormBeyondTheLimits) {
    DeskRequest bad = request;
    bad.note.assign(limits::desk_note_bytes_max + 1, 'x');
    EXPECT_EQ(rule_of(seal(bad)), faults::desk_request_form.name);
    bad = request;
    bad.language = "";
    EXPECT_EQ(rule_of(seal(bad)), faults::desk_request_form.name);
    bad.language.assign(limits::language_bytes_max + 1, 'e');
    EXPECT_EQ(rule_of(seal(bad)), faults::desk_request_form.name);
    // A client of another make seals what ours would not.
    bad.asker = pass.keys();
    const auto envelope = seal_envelope(tls::encode(PaddedDeskRequest{crypto::sign(bad, pass.signing), {}}),
                                        std::vector{celia.public_key}, random);
    ASSERT_TRUE(envelope);
    EXPECT_EQ(rule_of(open_desk_request(*envelope, celia)), faults::desk_request_form.name);
}

TEST_F(DeskRequests, RefuseAnothersPass) {
    const Pass other = Pass::from(crypto::random_secret<pass_entropy_bytes>(random));
    request.asker = pass.keys();
    const auto envelope = seal_envelope(tls::encode(PaddedDeskRequest{crypto::sign(request, other.signing), {}}),
                                        std::vector{celia.public_key}, random);
    ASSERT_TRUE(envelope);
    EXPECT_EQ(rule_of(open_desk_request(*envelope, celia)), faults::desk_request_signature.name);
}

TEST_F(DeskRequests, RefuseToBeSealedToNobodyAndToTooMany) {
    EXPECT_EQ(rule_of(seal_desk_request(request, pass, {}, random)), faults::desk_nobody.name);
    const std::vector<SealingKey> many(limits::lane_wraps_max + 1, celia.public_key);
    EXPECT_EQ(rule_of(seal_desk_request(request, pass, many, random)), faults::lane_too_long.name);
}

}  // namespace
}  // namespace veranda::circle
