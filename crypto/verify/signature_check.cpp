// Ed25519 checking over libsodium, which refuses low order and non-canonical encodings itself (tests hold it to that).
#include "crypto/verify/signature_check.hpp"

#include <sodium/crypto_sign_ed25519.h>

#include "crypto/verify/never_null.hpp"
namespace veranda::crypto {

bool signature_ok(ByteView key, ByteView message, ByteView signature) {
    if (key.size() != crypto_sign_ed25519_PUBLICKEYBYTES || signature.size() != crypto_sign_ed25519_BYTES) return false;
    return crypto_sign_ed25519_verify_detached(signature.data(), never_null(message), message.size(), key.data()) == 0;
}

}  // namespace veranda::crypto
