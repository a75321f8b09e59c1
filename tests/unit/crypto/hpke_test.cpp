// HPKE, held against RFC 9180's own vectors.
#include "crypto/sealed/hpke.hpp"

#include <gtest/gtest.h>

#include "tests/unit/crypto/secret_of.hpp"

namespace veranda::crypto {
namespace {

using tests::hex;
using tests::secret;
using tests::unhex;

// RFC 9180, A.2.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305, base mode.
struct Rfc9180 {
    KemKeyPair ephemeral =
        KemKeyPair::derive(secret("909a9b35d3dc4713a5e72a4da274b55d3d3821a37e5d099e74a647db583a904b"));
    KemKeyPair own = KemKeyPair::derive(secret("1ac01f181fdf9f352797655161c58b75c656a6cc2716dcb66372da835542e1df"));
    HpkeInfo info{unhex("4f6465206f6e2061204772656369616e2055726e")};
    Bytes associated = unhex("436f756e742d30");
    Bytes plaintext = unhex("4265617574792069732074727574682c20747275746820626561757479");
};

TEST(Hpke, DerivesTheKeyPairsOfRfc9180) {
    const Rfc9180 rfc;
    EXPECT_EQ(hex(rfc.ephemeral.public_key), "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a");
    EXPECT_EQ(hex(rfc.own.public_key), "4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a");
    EXPECT_EQ(hex(rfc.own.private_key.view()), "8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb");
}

TEST(Hpke, SealsAsRfc9180Does) {
    const Rfc9180 rfc;
    const auto encapsulated = encapsulate_with(rfc.own.public_key, rfc.ephemeral);
    ASSERT_TRUE(encapsulated.has_value());
    EXPECT_EQ(hex(encapsulated->shared_secret.view()),
              "0bbe78490412b4bbea4812666f7916932b828bba79942424abb65244930d69a7");
    const HpkeSealed sealed = hpke_seal_with(*encapsulated, rfc.info, rfc.associated, rfc.plaintext);
    EXPECT_EQ(hex(sealed.ciphertext),
              "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28");
    EXPECT_EQ(hex(hpke_open(rfc.own, sealed.encapsulation, rfc.info, rfc.associated, sealed.ciphertext)->view()),
              hex(rfc.plaintext));
}

TEST(Hpke, OpensOnlyWithEverythingAsItWas) {
    SystemRandom random;
    const Rfc9180 rfc;
    const auto sealed = hpke_seal(rfc.own.public_key, rfc.info, rfc.associated, rfc.plaintext, random);
    ASSERT_TRUE(sealed.has_value());
    const auto opens = [&](const KemKeyPair& own, const HpkeInfo& info, ByteView associated, ByteView ciphertext) {
        return hpke_open(own, sealed->encapsulation, info, associated, ciphertext).has_value();
    };
    EXPECT_TRUE(opens(rfc.own, rfc.info, rfc.associated, sealed->ciphertext));
    EXPECT_FALSE(opens(rfc.ephemeral, rfc.info, rfc.associated, sealed->ciphertext));
    EXPECT_FALSE(opens(rfc.own, HpkeInfo(as_bytes("other")), rfc.associated, sealed->ciphertext));
    EXPECT_FALSE(opens(rfc.own, rfc.info, {}, sealed->ciphertext));
    EXPECT_FALSE(opens(rfc.own, rfc.info, rfc.associated, ByteView(sealed->ciphertext).first(20)));
}

// A.2.1.2, exported values.
TEST(Hpke, ExportsAsRfc9180Does) {
    const Rfc9180 rfc;
    const auto encapsulated = encapsulate_with(rfc.own.public_key, rfc.ephemeral);
    const auto exported = hpke_receive_export(rfc.own, encapsulated->encapsulation, rfc.info, {});
    ASSERT_TRUE(exported.has_value());
    EXPECT_EQ(hex(exported->view()), "4bbd6243b8bb54cec311fac9df81841b6fd61f56538a775e7c80a9f40160606e");
}

TEST(Hpke, ExportsOneSecretToBothEnds) {
    const Rfc9180 rfc;
    SystemRandom random;
    const auto sent = hpke_send_export(rfc.own.public_key, rfc.info, as_bytes("context"), random);
    ASSERT_TRUE(sent.has_value());
    EXPECT_TRUE(*hpke_receive_export(rfc.own, sent->encapsulation, rfc.info, as_bytes("context")) == sent->secret);
    EXPECT_FALSE(*hpke_receive_export(rfc.own, sent->encapsulation, rfc.info, as_bytes("other")) == sent->secret);
    EXPECT_FALSE(hpke_send_export(Bytes(32), rfc.info, {}, random).has_value());
    EXPECT_FALSE(hpke_receive_export(rfc.own, Bytes(32), rfc.info, {}).has_value());
}

TEST(Hpke, SealsTheSameDifferentlyEachTime) {
    SystemRandom random;
    const Rfc9180 rfc;
    EXPECT_NE(hpke_seal(rfc.own.public_key, rfc.info, {}, {}, random)->encapsulation,
              hpke_seal(rfc.own.public_key, rfc.info, {}, {}, random)->encapsulation);
}

TEST(Hpke, RefusesToSealToAKeyOfLowOrder) {
    SystemRandom random;
    EXPECT_TRUE(hpke_seal(Bytes(32), HpkeInfo({}), {}, {}, random).error().is(faults::weak_public_key));
}

}  // namespace
}  // namespace veranda::crypto
