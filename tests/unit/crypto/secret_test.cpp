// What a secret does not do: print, copy by accident, or stay behind.
#include "crypto/sealed/secret.hpp"

#include <gtest/gtest.h>

#include <new>
#include <ostream>
#include <type_traits>

#include "crypto/sealed/kem.hpp"
#include "crypto/sealed/signing.hpp"

namespace veranda::crypto {
namespace {

template <class T>
concept Streams = requires(std::ostream& stream, const T& value) {
    stream << value;
};
template <class T>
concept Copies = std::is_copy_constructible_v<T> || std::is_copy_assignable_v<T>;
template <class T>
concept BecomesText = std::is_convertible_v<T, std::string> || std::is_convertible_v<T, std::string_view>;
template <class T>
concept Leaks = Streams<T> || Copies<T> || BecomesText<T>;

static_assert(!Leaks<Secret<32>> && !Leaks<SecretBytes> && !Leaks<SigningKey> && !Leaks<KemKeyPair>);
static_assert(std::is_nothrow_move_constructible_v<Secret<32>> && std::is_nothrow_move_constructible_v<SecretBytes>);
static_assert(Streams<int> && Copies<int>, "the concepts see what they look for");

Secret<4> four() { return Secret<4>::copy_of(ByteArray<4>{1, 2, 3, 4}); }

TEST(Secret, IsWipedWhenMovedFrom) {
    Secret<4> from = four();
    const Secret<4> to = std::move(from);
    EXPECT_TRUE(to == four());
    EXPECT_TRUE(from == Secret<4>());  // NOLINT: that is the point
    from = four();
    Secret<4> other;
    other = std::move(from);
    EXPECT_TRUE(other == four());
    EXPECT_TRUE(from == Secret<4>());  // NOLINT
}

// The memory that a destroyed secret stood in belongs to the test, so that it may look.
TEST(Secret, IsWipedWhenDestroyed) {
    alignas(Secret<4>) std::uint8_t memory[sizeof(Secret<4>)] = {9, 9, 9, 9};
    auto* secret = new (memory) Secret<4>(four());
    EXPECT_EQ(memory[2], 3);
    secret->~Secret<4>();
    for (const std::uint8_t byte : memory) EXPECT_EQ(byte, 0);
}

TEST(Secret, IsCopiedOnlyOnRequest) {
    const Secret<4> one = four();
    Secret<4> two = one.clone();
    EXPECT_TRUE(one == two);
    two.writable()[0] = 9;
    EXPECT_FALSE(one == two);
}

TEST(SecretBytes, MovesItsMemoryAndLeavesNone) {
    SecretBytes from = SecretBytes::joined({Bytes{1, 2}, Bytes{}, Bytes{3}});
    const std::uint8_t* where = from.view().data();
    const SecretBytes to = std::move(from);
    EXPECT_EQ(to.view().data(), where);
    EXPECT_TRUE(to == SecretBytes::copy_of(Bytes{1, 2, 3}));
    EXPECT_TRUE(from.empty());  // NOLINT
    EXPECT_TRUE(to == to.clone());
    EXPECT_FALSE(to == SecretBytes::copy_of(Bytes{1, 2}));
}

// What a failing test of ours would print: gtest prints objects as bytes unless told otherwise, so tests compare with
// EXPECT_TRUE. This one holds that nothing else prints them.
TEST(SecretBytes, TakesAnothersPlaceAndLeavesNothingThere) {
    SecretBytes to = SecretBytes::copy_of(ByteArray<3>{1, 2, 3});
    SecretBytes from = SecretBytes::copy_of(ByteArray<2>{4, 5});
    to = std::move(from);
    EXPECT_TRUE(same_bytes(to.view(), ByteArray<2>{4, 5}));
    EXPECT_TRUE(from.empty());  // NOLINT: that is the point
    SecretBytes& same = to;
    to = std::move(same);
    EXPECT_EQ(to.size(), 2U);
    EXPECT_EQ(SecretBytes().size(), 0U);
}

TEST(Secret, HasNoTextToPrint) {
    EXPECT_FALSE(Streams<Secret<64>>);
    EXPECT_FALSE(BecomesText<SecretBytes>);
}

}  // namespace
}  // namespace veranda::crypto
