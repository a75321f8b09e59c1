// Known answers of what checks, and the signatures that must not pass.
#include <gtest/gtest.h>

#include "crypto/verify/equal.hpp"
#include "crypto/verify/hash.hpp"
#include "crypto/verify/mac.hpp"
#include "crypto/verify/random.hpp"
#include "crypto/verify/signature_check.hpp"
#include "tests/unit/crypto/hex.hpp"

namespace veranda::crypto {
namespace {

using tests::hex;
using tests::unhex;

// FIPS 180-2, B.1
TEST(Hash, IsSha256) {
    EXPECT_EQ(hex(sha256(as_bytes("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex(sha256({})), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Hash, IsTheSameInPieces) {
    Sha256 hash;
    hash.add(as_bytes("a")).add({}).add(as_bytes("bc"));
    EXPECT_EQ(hash.finish(), sha256(as_bytes("abc")));
}

// RFC 4231, 4.2, 4.3 and 4.7 (a key longer than a block)
TEST(Mac, IsHmacSha256) {
    EXPECT_EQ(hex(mac(Bytes(20, 0x0b), as_bytes("Hi There"))),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(hex(mac(as_bytes("Jefe"), as_bytes("what do ya want for nothing?"))),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(hex(mac(Bytes(131, 0xaa), as_bytes("Test Using Larger Than Block-Size Key - Hash Key First"))),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Mac, IsRefusedWhenChangedOrCut) {
    const Bytes key(32, 1);
    Bytes tag = to_bytes(mac(key, as_bytes("message")));
    EXPECT_TRUE(mac_ok(key, as_bytes("message"), tag));
    EXPECT_FALSE(mac_ok(key, as_bytes("massage"), tag));
    tag.pop_back();
    EXPECT_FALSE(mac_ok(key, as_bytes("message"), tag));
}

TEST(Equal, ComparesLengthAndBytes) {
    EXPECT_TRUE(equal({}, {}));
    EXPECT_TRUE(equal(Bytes{1, 2}, Bytes{1, 2}));
    EXPECT_FALSE(equal(Bytes{1, 2}, Bytes{1, 3}));
    EXPECT_FALSE(equal(Bytes{1, 2}, Bytes{1, 2, 3}));
}

TEST(Random, FillsAndDoesNotRepeat) {
    SystemRandom random;
    EXPECT_NE(random.array<32>(), random.array<32>());
    random.fill({});
}

// RFC 8032, 7.1, test 2
const Bytes key = unhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
const Bytes message = unhex("72");
const Bytes signature = unhex(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aee"
    "b00d291612bb0c00");

TEST(SignatureCheck, IsEd25519) {
    EXPECT_TRUE(signature_ok(key, message, signature));
    EXPECT_FALSE(signature_ok(key, unhex("73"), signature));
    EXPECT_FALSE(signature_ok(key, {}, signature));
}

TEST(SignatureCheck, RefusesOtherLengths) {
    EXPECT_FALSE(signature_ok(key, message, ByteView(signature).first(63)));
    EXPECT_FALSE(signature_ok(ByteView(key).first(31), message, signature));
    EXPECT_FALSE(signature_ok({}, message, {}));
}

TEST(SignatureCheck, RefusesEveryChangedBit) {
    for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
        Bytes changed = signature;
        changed[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        EXPECT_FALSE(signature_ok(key, message, changed)) << "bit " << bit;
    }
}

// S and S plus the group's order verify alike in a careless check; then one signature would have two encodings.
TEST(SignatureCheck, RefusesAnSThatIsNotReduced) {
    const Bytes order = unhex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    Bytes changed = signature;
    unsigned carry = 0;
    for (std::size_t i = 0; i < 32; ++i) {
        carry += changed[32 + i] + unsigned{order[i]};
        changed[32 + i] = static_cast<std::uint8_t>(carry);
        carry >>= 8;
    }
    EXPECT_FALSE(signature_ok(key, message, changed));
}

// With a key of low order, one signature would fit many messages.
TEST(SignatureCheck, RefusesKeysOfLowOrderAndNotCanonical) {
    Bytes identity(32);
    identity[0] = 1;
    Bytes trivial = identity;
    trivial.resize(64);
    EXPECT_FALSE(signature_ok(identity, message, trivial));
    EXPECT_FALSE(signature_ok(Bytes(32), message, trivial));
    const Bytes not_canonical = unhex("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
    EXPECT_FALSE(signature_ok(not_canonical, message, trivial));
}

}  // namespace
}  // namespace veranda::crypto
