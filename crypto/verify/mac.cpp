// HMAC-SHA-256 over libsodium; its state holds key material and is wiped.
#include "crypto/verify/mac.hpp"

#include <sodium/crypto_auth_hmacsha256.h>
#include <sodium/utils.h>

#include "crypto/verify/equal.hpp"
#include "crypto/verify/never_null.hpp"

namespace veranda::crypto {

Hash mac(ByteView key, ByteView message) {
    Hash tag;
    mac_into(tag.bytes, key, {message});
    return tag;
}

void mac_into(MutableByteView out, ByteView key, std::initializer_list<ByteView> message_parts) {
    VERANDA_ASSERT(out.size() == crypto_auth_hmacsha256_BYTES);
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, never_null(key), key.size());
    for (const ByteView part : message_parts) crypto_auth_hmacsha256_update(&state, never_null(part), part.size());
    crypto_auth_hmacsha256_final(&state, out.data());
    sodium_memzero(&state, sizeof state);
}

bool mac_ok(ByteView key, ByteView message, ByteView tag) { return equal(mac(key, message), tag); }

}  // namespace veranda::crypto
