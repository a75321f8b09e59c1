// Blobs under a passphrase: they open with it, and with nothing else, and cannot ask for more than we give.
#include "crypto/sealed/password.hpp"

#include <gtest/gtest.h>

namespace veranda::crypto {
namespace {

constexpr PasswordCost quick{8, 1};  // Argon2's least, so that tests take no time

Bytes sealed() {
    SystemRandom random;
    return *password_seal(as_bytes("correct horse"), as_bytes("the group book"), random, quick);
}

TEST(Password, OpensWithThePassphraseAlone) {
    const Bytes blob = sealed();
    EXPECT_EQ(as_text(password_open(as_bytes("correct horse"), blob)->view()), "the group book");
    EXPECT_TRUE(password_open(as_bytes("correct hoarse"), blob).error().is(faults::decryption));
    EXPECT_TRUE(password_open({}, blob).error().is(faults::decryption));
}

TEST(Password, RefusesEveryChangedByte) {
    const Bytes blob = sealed();
    for (std::size_t at = 0; at < blob.size(); ++at) {
        if (at >= 16 && at < 24) continue;  // the cost: see below
        Bytes changed = blob;
        changed[at] ^= 1;
        EXPECT_FALSE(password_open(as_bytes("correct horse"), changed).has_value()) << "byte " << at;
    }
}

TEST(Password, RefusesACostBeyondOurLimitsBeforePayingIt) {
    Bytes memory = sealed();
    memory[16] = 0x7f;
    EXPECT_TRUE(password_open(as_bytes("correct horse"), memory).error().is(faults::password_cost));
    Bytes passes = sealed();
    passes[20] = 0x7f;
    EXPECT_TRUE(password_open(as_bytes("correct horse"), passes).error().is(faults::password_cost));
    Bytes none = sealed();
    none[23] = 0;
    EXPECT_TRUE(password_open(as_bytes("correct horse"), none).error().is(faults::password_cost));
}

TEST(Password, RefusesWhatIsNoBlob) {
    EXPECT_TRUE(password_open(as_bytes("x"), {}).error().is(faults::sealed_blob));
    Bytes longer = sealed();
    longer.push_back(0);
    EXPECT_TRUE(password_open(as_bytes("x"), longer).error().is(faults::sealed_blob));
}

TEST(Password, MakesAKeyAtTheCostWeUse) {
    EXPECT_TRUE(password_key(as_bytes("correct horse"), {}, {}).has_value());
    EXPECT_TRUE(*password_key(as_bytes("a"), {}, quick) == *password_key(as_bytes("a"), {}, quick));
    EXPECT_FALSE(*password_key(as_bytes("a"), {}, quick) == *password_key(as_bytes("a"), {1}, quick));
}

}  // namespace
}  // namespace veranda::crypto
