// Ed25519 (RFC 8032), the signing half.
#pragma once

#include "crypto/sealed/secret.hpp"
#include "protocol/identifiers.hpp"

namespace veranda::crypto {

// A signing key pair. Move-only; wiped when destroyed. Cost: a key is one base multiplication, a signature one.
class SigningKey {
public:
    static SigningKey generate(RandomSource& random);
    static SigningKey from_seed(const Secret<32>& seed);

    const SignatureKey& public_key() const { return public_key_; }
    Signature sign(ByteView message) const;

    [[nodiscard]] SigningKey clone() const { return SigningKey(secret_key_.clone(), public_key_); }

private:
    SigningKey(Secret<64>&& secret_key, const SignatureKey& public_key)
        : secret_key_(std::move(secret_key)), public_key_(public_key) {}

    Secret<64> secret_key_;  // libsodium's form: seed, then public key
    SignatureKey public_key_;
};

}  // namespace veranda::crypto
