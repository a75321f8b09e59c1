// The one place that calls libsodium's randomness.
#include "crypto/verify/random.hpp"

#include <sodium/core.h>
#include <sodium/randombytes.h>

#include "protocol/result.hpp"

namespace veranda::crypto {

SystemRandom::SystemRandom() { initialise(); }

void SystemRandom::fill(MutableByteView bytes) {
    if (!bytes.empty()) randombytes_buf(bytes.data(), bytes.size());
}

void initialise() { VERANDA_ASSERT(sodium_init() >= 0); }

}  // namespace veranda::crypto
