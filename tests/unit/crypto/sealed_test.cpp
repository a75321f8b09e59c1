// Known answers of HKDF, Ed25519 signing, ChaCha20-Poly1305 and X25519.
#include <gtest/gtest.h>

#include "crypto/sealed/aead.hpp"
#include "crypto/sealed/hkdf.hpp"
#include "crypto/sealed/kem.hpp"
#include "crypto/sealed/signing.hpp"
#include "crypto/verify/signature_check.hpp"
#include "tests/unit/crypto/secret_of.hpp"

namespace veranda::crypto {
namespace {

using tests::hex;
using tests::secret;
using tests::unhex;

// RFC 5869, A.1
TEST(Hkdf, IsThatOfItsRfc) {
    const auto key = hkdf_extract(unhex("000102030405060708090a0b0c"), Bytes(22, 0x0b));
    EXPECT_EQ(hex(key.view()), "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
    EXPECT_EQ(hex(hkdf_expand<42>(key.view(), unhex("f0f1f2f3f4f5f6f7f8f9")).view()),
              "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
}

// RFC 5869, A.3: no salt, no info
TEST(Hkdf, TakesNoSaltAndNoInfo) {
    const auto key = hkdf_extract({}, Bytes(22, 0x0b));
    EXPECT_EQ(hex(key.view()), "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04");
    EXPECT_EQ(hex(hkdf_expand<42>(key.view(), {}).view()),
              "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

// RFC 8032, 7.1, test 2
TEST(Signing, IsEd25519) {
    const auto key = SigningKey::from_seed(secret("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
    EXPECT_EQ(hex(key.public_key()), "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    EXPECT_EQ(hex(key.sign(unhex("72"))),
              "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eae"
              "b4302aeeb00d291612bb0c00");
}

TEST(Signing, GeneratesDistinctKeysWhoseClonesSignAlike) {
    SystemRandom random;
    const auto a = SigningKey::generate(random);
    const auto b = SigningKey::generate(random);
    EXPECT_NE(a.public_key(), b.public_key());
    EXPECT_EQ(a.clone().sign(as_bytes("x")), a.sign(as_bytes("x")));
    EXPECT_TRUE(signature_ok(a.public_key(), as_bytes("x"), a.sign(as_bytes("x"))));
    EXPECT_FALSE(signature_ok(b.public_key(), as_bytes("x"), a.sign(as_bytes("x"))));
}

// RFC 8439, 2.8.2
TEST(Aead, IsChaCha20Poly1305) {
    const auto key = secret("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
    const Bytes nonce_bytes = unhex("070000004041424344454647");
    const auto nonce = AeadNonce::copy_of(std::span(nonce_bytes).first<12>());
    const Bytes associated = unhex("50515253c0c1c2c3c4c5c6c7");
    const auto text = as_bytes(
        "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would "
        "be "
        "it.");
    Bytes sealed = aead_seal(key, nonce, associated, text);
    EXPECT_EQ(hex(ByteView(sealed).first(16)), "d31a8d34648e60db7b86afbc53ef7ec2");
    EXPECT_EQ(hex(ByteView(sealed).last(16)), "1ae10b594f09e26a7e902ecbd0600691");
    EXPECT_TRUE(same_bytes(aead_open(key, nonce, associated, sealed)->view(), text));
    EXPECT_TRUE(aead_open(key, nonce, {}, sealed).error().is(faults::decryption));
    sealed[3] ^= 1;
    EXPECT_TRUE(aead_open(key, nonce, associated, sealed).error().is(faults::decryption));
    EXPECT_TRUE(aead_open(key, nonce, {}, Bytes(15)).error().is(faults::decryption));
}

// RFC 7748, 6.1
TEST(Kem, ItsCurveIsX25519) {
    const auto bob =
        KemKeyPair::from_private(secret("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"));
    EXPECT_EQ(hex(bob.public_key), "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
}

TEST(Kem, BothSidesComeToOneSecret) {
    SystemRandom random;
    const auto own = KemKeyPair::generate(random);
    const auto sent = encapsulate(own.public_key, random);
    ASSERT_TRUE(sent.has_value());
    EXPECT_TRUE(*decapsulate(own, sent->encapsulation) == sent->shared_secret);
    EXPECT_FALSE(*decapsulate(KemKeyPair::generate(random), sent->encapsulation) == sent->shared_secret);
}

TEST(Kem, RefusesKeysOfOtherLengths) {
    SystemRandom random;
    const auto own = KemKeyPair::generate(random);
    EXPECT_TRUE(encapsulate(Bytes(31, 9), random).error().is(faults::key_length));
    EXPECT_TRUE(decapsulate(own, Bytes(33, 9)).error().is(faults::key_length));
    EXPECT_FALSE(kem_key_ok(Bytes(31, 9)));
}

// Every point of small order, in every encoding, is refused when it is used, and found beforehand.
TEST(Kem, RefusesEveryPointOfSmallOrder) {
    SystemRandom random;
    const auto own = KemKeyPair::generate(random);
    for (const char* point : {
             "0000000000000000000000000000000000000000000000000000000000000000",
             "0100000000000000000000000000000000000000000000000000000000000000",
             "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
             "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
             "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
             "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
             "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
         }) {
        Bytes key = unhex(point);
        for (int top = 0; top < 2; ++top, key[31] ^= 0x80) {
            EXPECT_FALSE(kem_key_ok(key)) << hex(key);
            EXPECT_TRUE(encapsulate(key, random).error().is(faults::weak_public_key)) << hex(key);
            EXPECT_TRUE(decapsulate(own, key).error().is(faults::weak_public_key)) << hex(key);
        }
    }
    EXPECT_TRUE(kem_key_ok(own.public_key));
}

}  // namespace
}  // namespace veranda::crypto
