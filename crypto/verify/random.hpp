// Where randomness comes from: an interface that is handed in, so that a test can replay it, and the system's own
// source.
//
// Nothing else in the tree asks libsodium or the system for random bytes.
#pragma once

#include "protocol/bytes.hpp"

namespace veranda::crypto {

class RandomSource {
public:
    RandomSource() = default;
    RandomSource(const RandomSource&) = delete;
    RandomSource& operator=(const RandomSource&) = delete;
    virtual ~RandomSource() = default;

    // Fills with bytes that nobody can foretell. Cannot fail.
    virtual void fill(MutableByteView bytes) = 0;

    template <std::size_t N>
    ByteArray<N> array() {
        ByteArray<N> bytes;
        fill(bytes);
        return bytes;
    }
};

// The operating system's generator (in a browser: crypto.getRandomValues). Its construction initialises libsodium.
class SystemRandom final : public RandomSource {
public:
    SystemRandom();
    void fill(MutableByteView bytes) override;
};

// Lets libsodium choose its fastest code for this processor. Harmless to repeat; aborts if the system has no
// randomness.
void initialise();

}  // namespace veranda::crypto
