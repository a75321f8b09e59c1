// Constant-time comparison over libsodium.
#include "crypto/verify/equal.hpp"

#include <sodium/utils.h>

namespace veranda::crypto {

bool equal(ByteView a, ByteView b) {
    if (a.size() != b.size()) return false;
    return a.empty() || sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace veranda::crypto
