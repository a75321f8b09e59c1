// SHA-256, the only hash of the system: in one go, or piece by piece.
#pragma once

#include <sodium/crypto_hash_sha256.h>

#include "protocol/identifiers.hpp"

namespace veranda::crypto {

Hash sha256(ByteView bytes);

// A hash over pieces, without joining them first. Caller must: call finish() once, and nothing after it.
class Sha256 {
public:
    Sha256();
    Sha256& add(ByteView bytes);
    Hash finish();

private:
    crypto_hash_sha256_state state_;
};

}  // namespace veranda::crypto
