// Ed25519 signing over libsodium. Keys come from seeds of our own source, never from libsodium's generator.
#include "crypto/sealed/signing.hpp"

#include <sodium/crypto_sign_ed25519.h>

#include "crypto/verify/never_null.hpp"
namespace veranda::crypto {

SigningKey SigningKey::generate(RandomSource& random) { return from_seed(random_secret<32>(random)); }

SigningKey SigningKey::from_seed(const Secret<32>& seed) {
    Secret<64> secret_key;
    SignatureKey public_key;
    crypto_sign_ed25519_seed_keypair(public_key.bytes.data(), secret_key.writable().data(), seed.view().data());
    return SigningKey(std::move(secret_key), public_key);
}

Signature SigningKey::sign(ByteView message) const {
    Signature signature;
    crypto_sign_ed25519_detached(signature.bytes.data(), nullptr, never_null(message), message.size(),
                                 secret_key_.view().data());
    return signature;
}

}  // namespace veranda::crypto
