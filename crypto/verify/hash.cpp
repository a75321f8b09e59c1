// SHA-256 over libsodium.
#include "crypto/verify/hash.hpp"
#include "crypto/verify/never_null.hpp"

namespace veranda::crypto {

Hash sha256(ByteView bytes) {
    Hash hash;
    crypto_hash_sha256(hash.bytes.data(), never_null(bytes), bytes.size());
    return hash;
}

Sha256::Sha256() { crypto_hash_sha256_init(&state_); }

Sha256& Sha256::add(ByteView bytes) {
    crypto_hash_sha256_update(&state_, never_null(bytes), bytes.size());
    return *this;
}

Hash Sha256::finish() {
    Hash hash;
    crypto_hash_sha256_final(&state_, hash.bytes.data());
    return hash;
}

}  // namespace veranda::crypto
