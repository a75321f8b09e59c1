// Randomness from a seed, so that a test that fails fails again. For tests only.
#pragma once

#include <sodium/randombytes.h>

#include "crypto/verify/random.hpp"

namespace veranda::tests {

class SeededRandom final : public crypto::RandomSource {
public:
    explicit SeededRandom(std::uint64_t seed = 1) {
        for (std::size_t i = 0; i < 8; ++i) seed_[i] = static_cast<std::uint8_t>(seed >> (8 * i));
    }

    void fill(MutableByteView bytes) override {
        if (bytes.empty()) return;
        randombytes_buf_deterministic(bytes.data(), bytes.size(), seed_.data());
        for (std::size_t i = 8; i < 16 && ++seed_[i] == 0; ++i) {
        }
    }

private:
    ByteArray<randombytes_SEEDBYTES> seed_{};
};

}  // namespace veranda::tests
