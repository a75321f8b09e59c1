// The calls, timed.
#include "tests/bench/mls_prices.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

#include "protocol/result.hpp"

namespace veranda::bench {
namespace {

constexpr std::size_t long_bytes = 16 * 1024;

// Keys, points, signatures and long inputs, all good ones, made once.
struct Inputs {
    std::array<unsigned char, 32> seed{1}, message{2}, scalar{3}, point{}, key{4}, public_key{}, out{};
    std::array<unsigned char, 64> secret_key{}, signature{}, digest{};
    std::array<unsigned char, 12> nonce{};
    std::vector<unsigned char> text = std::vector<unsigned char>(long_bytes, 5);
    std::vector<unsigned char> sealed = std::vector<unsigned char>(long_bytes + 16);

    Inputs() {
        crypto_sign_seed_keypair(public_key.data(), secret_key.data(), seed.data());
        crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), secret_key.data());
        crypto_scalarmult_base(point.data(), seed.data());
    }
    void seal(std::size_t bytes) {
        crypto_aead_chacha20poly1305_ietf_encrypt(sealed.data(), nullptr, text.data(), bytes, nullptr, 0, nullptr,
                                                  nonce.data(), key.data());
    }
    void hmac() {
        crypto_auth_hmacsha256_state state;
        crypto_auth_hmacsha256_init(&state, key.data(), key.size());
        crypto_auth_hmacsha256_update(&state, message.data(), message.size());
        crypto_auth_hmacsha256_final(&state, out.data());
    }
};

}  // namespace

double thread_micros() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return 1e6 * static_cast<double>(now.tv_sec) + 1e-3 * static_cast<double>(now.tv_nsec);
}

double median(std::vector<double> values) {
    VERANDA_ASSERT(!values.empty());
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

Prices::Prices() { VERANDA_ASSERT(sodium_init() >= 0); }

void Prices::sample() {
    static Inputs in;
    Samples& to = samples_;
    to.verify.push_back(micros_of(2, [] {
        VERANDA_ASSERT(crypto_sign_verify_detached(in.signature.data(), in.message.data(), in.message.size(),
                                                   in.public_key.data()) == 0);
    }));
    to.sign.push_back(micros_of(2, [] {
        crypto_sign_detached(in.signature.data(), nullptr, in.message.data(), in.message.size(), in.secret_key.data());
    }));
    to.signing_key.push_back(
        micros_of(2, [] { crypto_sign_seed_keypair(in.public_key.data(), in.secret_key.data(), in.seed.data()); }));
    to.dh.push_back(
        micros_of(2, [] { VERANDA_ASSERT(crypto_scalarmult(in.out.data(), in.scalar.data(), in.point.data()) == 0); }));
    to.base.push_back(micros_of(2, [] { crypto_scalarmult_base(in.out.data(), in.scalar.data()); }));
    to.hmac.push_back(micros_of(10, [] { in.hmac(); }));
    to.aead.push_back(micros_of(10, [] { in.seal(16); }));
    const double of_long = static_cast<double>(long_bytes);
    to.sha256_block.push_back(micros_of(1, [] { crypto_hash_sha256(in.out.data(), in.text.data(), long_bytes); }) /
                              (of_long / 64 + 1));
    to.sha512_byte.push_back(micros_of(1, [] { crypto_hash_sha512(in.digest.data(), in.text.data(), long_bytes); }) /
                             of_long);
    to.aead_byte.push_back((micros_of(1, [] { in.seal(long_bytes); }) - to.aead.back()) / of_long);
}

double Prices::of(const Work& work) const {
    return work.verify * median(samples_.verify) + work.sign * median(samples_.sign) +
           work.signing_key * median(samples_.signing_key) + work.dh * median(samples_.dh) +
           work.base * median(samples_.base) + work.hmac * median(samples_.hmac) +
           work.sha256_blocks * median(samples_.sha256_block) + work.sha512_bytes * median(samples_.sha512_byte) +
           work.aead * median(samples_.aead) + work.aead_bytes * median(samples_.aead_byte);
}

void Prices::print() const {
    std::printf(
        "primitives, us: V %.1f  S %.1f  Ed %.1f  X %.1f  B %.1f  h %.2f  AEAD %.2f  AEAD/KiB %.2f"
        "  SHA-256 block %.3f  SHA-512/KiB %.2f\n",
        median(samples_.verify), median(samples_.sign), median(samples_.signing_key), median(samples_.dh),
        median(samples_.base), median(samples_.hmac), median(samples_.aead), 1024 * median(samples_.aead_byte),
        median(samples_.sha256_block), 1024 * median(samples_.sha512_byte));
}

}  // namespace veranda::bench
