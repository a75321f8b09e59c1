// The core makes as many calls of each primitive as the least work has, and no more: counted in a group of a thousand,
// exactly, without a clock. The linker puts the counting in front of libsodium, for this executable alone.
#include <gtest/gtest.h>
#include <sodium.h>

#include "tests/bench/mls_groups.hpp"

namespace {

struct Calls {
    unsigned verify = 0, sign = 0, signing_key = 0, dh = 0, base = 0, hmac = 0;
    std::size_t sha256_blocks = 0;  // of hashes, and of HMACs beyond the first of their message
};
Calls calls;
std::size_t hmac_bytes = 0;
std::size_t hash_bytes = 0;

std::size_t blocks(std::size_t bytes) { return (bytes + 9 + 63) / 64; }

}  // namespace

// One in front of each function: counts, and passes on.
#define COUNTED(result, function, parameters, arguments, count) \
    extern "C" result __real_##function parameters;             \
    extern "C" result __wrap_##function parameters;             \
    extern "C" result __wrap_##function parameters {            \
        count;                                                  \
        return __real_##function arguments;                     \
    }

using Byte = unsigned char;
COUNTED(int, crypto_sign_ed25519_verify_detached,
        (const Byte* signature, const Byte* message, unsigned long long bytes, const Byte* key),
        (signature, message, bytes, key), ++calls.verify)
COUNTED(int, crypto_sign_ed25519_detached,
        (Byte * signature, unsigned long long* length, const Byte* message, unsigned long long bytes, const Byte* key),
        (signature, length, message, bytes, key), ++calls.sign)
COUNTED(int, crypto_sign_ed25519_seed_keypair, (Byte * public_key, Byte* secret_key, const Byte* seed),
        (public_key, secret_key, seed), ++calls.signing_key)
COUNTED(int, crypto_scalarmult_curve25519, (Byte * out, const Byte* scalar, const Byte* point), (out, scalar, point),
        ++calls.dh)
COUNTED(int, crypto_scalarmult_curve25519_base, (Byte * out, const Byte* scalar), (out, scalar), ++calls.base)
COUNTED(int, crypto_auth_hmacsha256_init, (crypto_auth_hmacsha256_state * state, const Byte* key, std::size_t bytes),
        (state, key, bytes), (++calls.hmac, hmac_bytes = 0))
COUNTED(int, crypto_auth_hmacsha256_update,
        (crypto_auth_hmacsha256_state * state, const Byte* message, unsigned long long bytes), (state, message, bytes),
        hmac_bytes += bytes)
COUNTED(int, crypto_auth_hmacsha256_final, (crypto_auth_hmacsha256_state * state, Byte* out), (state, out),
        calls.sha256_blocks += blocks(hmac_bytes) - 1)
COUNTED(int, crypto_hash_sha256, (Byte * out, const Byte* message, unsigned long long bytes), (out, message, bytes),
        calls.sha256_blocks += blocks(bytes))
COUNTED(int, crypto_hash_sha256_init, (crypto_hash_sha256_state * state), (state), hash_bytes = 0)
COUNTED(int, crypto_hash_sha256_update,
        (crypto_hash_sha256_state * state, const Byte* message, unsigned long long bytes), (state, message, bytes),
        hash_bytes += bytes)
COUNTED(int, crypto_hash_sha256_final, (crypto_hash_sha256_state * state, Byte* out), (state, out),
        calls.sha256_blocks += blocks(hash_bytes))

namespace veranda::bench {
namespace {

constexpr std::uint32_t thousand = 1000;

// Blocks are hashed by the formula's sizes, which leave out a length prefix here and there: this many may be more.
constexpr double blocks_beside_the_formula = 4;
// A joiner may have to try a parent's hash with either child; that it is 1.5 tries is an average.
constexpr double blocks_of_tries = 100;

template <class Do>
auto counting(Do&& what) {
    calls = {};
    return what();
}

void expect(const Work& least, const char* operation, double more_blocks = blocks_beside_the_formula) {
    SCOPED_TRACE(operation);
    const Calls made = calls;
    EXPECT_EQ(made.verify, least.verify);
    EXPECT_EQ(made.sign, least.sign);
    EXPECT_EQ(made.signing_key, least.signing_key);
    EXPECT_EQ(made.dh, least.dh);
    EXPECT_EQ(made.base, least.base);
    EXPECT_EQ(made.hmac, least.hmac);
    EXPECT_LE(static_cast<double>(made.sha256_blocks), least.sha256_blocks + more_blocks);
}

template <class T>
T must(Result<T>&& result) {
    VERANDA_ASSERT(result.has_value());
    return *std::move(result);
}

mls::OwnCommit committed(const Trio& trio, std::optional<mls::LeafIndex> removes, crypto::RandomSource& random) {
    const mls::LeafIndex whom = removes.value_or(mls::LeafIndex{0});
    return must(trio.committer.commit({}, std::span(&whom, removes ? 1 : 0), random, mls::PathPolicy::always));
}

void expect_paths(const Trio& trio, crypto::RandomSource& random) {
    const Shape& shape = trio.shape;
    const auto update = counting([&] { return committed(trio, std::nullopt, random); });
    const std::size_t bytes = update.message.size();
    expect(least::update(shape, bytes), "update");
    mls::Group far = twin(trio.far);
    counting([&] { return follow(far, update.message); });
    expect(least::handle_update(shape, bytes, 1), "handle an update from afar");
    mls::Group near = twin(trio.near);
    counting([&] { return follow(near, update.message); });
    expect(least::handle_update(shape, bytes, shape.depth()), "handle an update of the leaf beside");

    const mls::LeafIndex middle{thousand / 2};
    const auto remove = counting([&] { return committed(trio, middle, random); });
    expect(least::remove(shape, remove.message.size(), middle.value), "remove");
    mls::Group other = twin(trio.far);
    counting([&] { return follow(other, remove.message); });
    expect(least::handle_remove(shape, remove.message.size(), middle.value, 1), "handle a remove");
}

void expect_adding(const Trio& trio, crypto::RandomSource& random) {
    const Shape& shape = trio.shape;
    const auto newcomer = counting([&] { return person(thousand, random); });
    expect(least::new_identity() + least::key_package(shape), "key package");
    const Bytes offered = tls::encode(newcomer.public_part);
    const auto add = counting([&] {
        const auto checked = must(mls::decode_and_check_key_package(offered));
        return must(trio.committer.commit(std::span(&checked, 1), {}, random));
    });
    const std::size_t info = group_info_bytes(add);
    expect(least::key_package_check(shape) + least::add(shape, 1, add.message.size(), info), "add");
    mls::Group far = twin(trio.far);
    counting([&] { return follow(far, add.message); });
    expect(least::handle_add(shape, 1, add.message.size()), "handle an add");

    Shape joined = shape;
    ++joined.members;
    const Bytes welcome = add.welcome.whole(0);
    counting([&] { return must(mls::Group::join(welcome, newcomer)); });
    expect(least::join(joined, info), "join", blocks_of_tries);
}

void expect_messages(const Trio& trio, crypto::RandomSource& random) {
    const Bytes content(512, 'a');
    mls::Group speaker = twin(trio.committer);
    mls::Group listener = twin(trio.far);
    const Work encrypt = least::encrypt(trio.shape, content.size());
    const Work decrypt = least::decrypt(trio.shape, content.size());
    const Work first = least::first_of_epoch(trio.shape);
    const Bytes said = counting([&] { return must(speaker.seal(content, random)); });
    expect(encrypt + first, "encrypt, first of an epoch");
    counting([&] { return must(listener.open(said)); });
    expect(decrypt + first, "decrypt, first of an epoch");
    const Bytes more = counting([&] { return must(speaker.seal(content, random)); });
    expect(encrypt, "encrypt");
    counting([&] { return must(listener.open(more)); });
    expect(decrypt, "decrypt");
}

void expect_all(const Trio& trio, crypto::RandomSource& random) {
    expect_paths(trio, random);
    expect_adding(trio, random);
    expect_messages(trio, random);
}

TEST(MlsWork, AThousandInAPopulatedTreeCostNoCallTooMany) {
    crypto::SystemRandom random;
    expect_all(populated_group(thousand, random), random);
}

TEST(MlsWork, AThousandInAFreshTreeCostNoCallTooMany) {
    crypto::SystemRandom random;
    expect_all(fresh_group(thousand, random), random);
}

}  // namespace
}  // namespace veranda::bench
