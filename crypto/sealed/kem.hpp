// DHKEM(X25519, HKDF-SHA256), RFC 9180, 4.1 and 7.1: how a sender and the holder of a key pair come to a shared secret.
#pragma once

#include "crypto/sealed/faults.hpp"
#include "crypto/sealed/secret.hpp"
#include "protocol/identifiers.hpp"

namespace veranda::crypto {

// Both halves together, because opening needs the public one too and computing it again costs as much as opening.
struct KemKeyPair {
    Secret<32> private_key;
    SealingKey public_key;

    static KemKeyPair generate(RandomSource& random);
    static KemKeyPair derive(const Secret<32>& key_material);  // DeriveKeyPair (7.1.3)
    static KemKeyPair from_private(const Secret<32>& private_key);
    [[nodiscard]] KemKeyPair clone() const { return {private_key.clone(), public_key}; }
};

// Whether something can be sealed to a public key at all: of the right length, and not one of the few points whose
// shared secret is zero for every private key. So a peer's unusable key is found when it is offered, not when it is
// needed.
bool kem_key_ok(ByteView public_key);

struct Encapsulated {
    Secret<32> shared_secret;
    SealingKey encapsulation;
};

// Errors: key_length; weak_public_key, when the result would not depend on our half.
Result<Encapsulated> encapsulate(ByteView public_key, RandomSource& random);
Result<Secret<32>> decapsulate(const KemKeyPair& own, ByteView encapsulation);

// With a chosen ephemeral key, for known answers. Caller must: never use an ephemeral key twice.
Result<Encapsulated> encapsulate_with(ByteView public_key, const KemKeyPair& ephemeral);

// RFC 9180, 4. `suite` is "KEM" or "HPKE" and its numbers.
Secret<32> labeled_extract(ByteView suite, ByteView salt, std::string_view label, ByteView key_material);
void labeled_expand(MutableByteView out, ByteView suite, const Secret<32>& key, std::string_view label,
                    std::initializer_list<ByteView> info_parts);

}  // namespace veranda::crypto
