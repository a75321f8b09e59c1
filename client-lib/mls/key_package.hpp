// Key packages (RFC 9420, 10): what a person hands out so that others can add her to a group while she is away.
#pragma once

#include "client-lib/mls/leaf_node.hpp"

namespace veranda::mls {

struct KeyPackage {
    ProtocolVersion version = our_version;
    CipherSuite cipher_suite = our_suite;
    Bytes init_key;
    LeafNode leaf;
    Extensions extensions;
    Bytes signature;
    VERANDA_FIELDS(version, cipher_suite, init_key, leaf, extensions, signature)
    friend bool operator==(const KeyPackage&, const KeyPackage&) = default;

    Hash reference() const;  // KeyPackageRef (5.2)
};

// A key package with its private halves. Move-only. Caller must: destroy it once a Welcome was accepted (its init key
// opens that Welcome for ever).
struct OwnKeyPackage {
    KeyPackage public_part;
    crypto::KemKeyPair init_key;
    crypto::KemKeyPair encryption_key;
    crypto::SigningKey signing_key;
};

// Cost: two base multiplications and two signatures.
OwnKeyPackage make_key_package(ByteView identity, crypto::SigningKey signing_key, UnixSeconds not_before,
                               UnixSeconds not_after, crypto::RandomSource& random);

// Decodes and checks everything of 10.1 that needs no clock and no group: the caller judges `leaf.lifetime`.
// Accepts the bytes of a KeyPackage; MLSMessage(KeyPackage) is framing's. Cost: two signature checks.
// Errors: faults of the codec; those of check_key_package.
Result<KeyPackage> decode_and_check_key_package(ByteView bytes);

// Errors: version, cipher_suite, init_key, leaf_source, those of check_leaf, leaf_signature, key_package_extensions,
// key_package_signature.
Result<void> check_key_package(const KeyPackage& key_package);

void sign_key_package(KeyPackage& key_package, const crypto::SigningKey& key);

}  // namespace veranda::mls
