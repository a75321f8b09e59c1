// Keys under a passphrase: opened by it alone, of their kind, whole, and of the certificate they stand beside.
#include "client-lib/circle/trust/sealed_keys.hpp"

#include <gtest/gtest.h>

#include "crypto/sealed/signed_make.hpp"
#include "crypto/verify/staff_check.hpp"
#include "tests/support/seeded_random.hpp"

namespace veranda::circle {
namespace {

class SealedKeysOfStaff : public ::testing::Test {
protected:
    static ByteView words() { return as_bytes("rain on a tin roof"); }
    Signed<Certificate> certificate_of(const Signed<CertificateRequest>& request) {
        return crypto::sign(Certificate{.root = root.public_key(),
                                        .key = request.body.key,
                                        .sealing_key = request.body.sealing_key,
                                        .name = request.body.name,
                                        .role = Role::facilitator,
                                        .not_before = UnixSeconds{1'000},
                                        .not_after = UnixSeconds{2'000}},
                            root);
    }

    tests::SeededRandom random{7};
    crypto::SigningKey root = crypto::SigningKey::generate(random);
    NewStaff ada = *make_staff("Ada", words(), random);
};

TEST_F(SealedKeysOfStaff, OpenUnderTheirPassphraseAndFitTheirCertificate) {
    EXPECT_TRUE(crypto::check_request(ada.request));
    const auto secrets = open_staff(ada.keys, words());
    ASSERT_TRUE(secrets);
    EXPECT_EQ(secrets->key.public_key(), ada.request.body.key);
    EXPECT_TRUE(check_own_certificate(certificate_of(ada.request), UnixSeconds{1'500}));
    EXPECT_TRUE(check_own_keys(certificate_of(ada.request), *secrets));
}

TEST_F(SealedKeysOfStaff, DoNotOpenUnderAnother) {
    EXPECT_TRUE(open_staff(ada.keys, as_bytes("rain")).error().is(faults::keys_passphrase));
}

TEST_F(SealedKeysOfStaff, AreNotAnOrganisations) {
    EXPECT_TRUE(open_root(ada.keys, words()).error().is(faults::keys_kind));
    EXPECT_TRUE(open_desk_key(ada.keys, words()).error().is(faults::keys_kind));
}

TEST_F(SealedKeysOfStaff, AreDamagedWhenTheKeyOutsideIsAnothers) {
    SealedKeys changed = ada.keys;
    changed.public_key = root.public_key();
    EXPECT_TRUE(open_staff(changed, words()).error().is(faults::keys_damaged));
    changed = ada.keys;
    changed.sealed.resize(20);
    EXPECT_TRUE(open_staff(changed, words()).error().is(faults::keys_damaged));
}

TEST_F(SealedKeysOfStaff, DoNotGoWithSomebodyElsesCertificate) {
    const NewStaff bea = *make_staff("Bea", words(), random);
    const auto secrets = *open_staff(ada.keys, words());
    EXPECT_TRUE(check_own_keys(certificate_of(bea.request), secrets).error().is(faults::keys_other_certificate));
}

TEST_F(SealedKeysOfStaff, AreOfNoUseOnceTheCertificateHasRunOut) {
    auto certificate = certificate_of(ada.request);
    EXPECT_TRUE(
        check_own_certificate(certificate, UnixSeconds{2'001}).error().is(crypto::faults::certificate_lifetime));
    certificate.body.name = "Eve";
    EXPECT_TRUE(
        check_own_certificate(certificate, UnixSeconds{1'500}).error().is(crypto::faults::certificate_signature));
}

TEST(SealedRootAndDeskKey, ComeBackAsTheyWere) {
    tests::SeededRandom random{8};
    const Seed seed = crypto::random_secret<32>(random);
    const auto root = open_root(*seal_root(seed, as_bytes("words"), random), as_bytes("words"));
    EXPECT_EQ(root->public_key(), crypto::SigningKey::from_seed(seed).public_key());
    const auto key = crypto::KemKeyPair::generate(random);
    const auto again = open_desk_key(*seal_desk_key(key, as_bytes("words"), random), as_bytes("words"));
    EXPECT_EQ(again->public_key, key.public_key);
}

}  // namespace
}  // namespace veranda::circle
