// The labelled primitives of RFC 9420: hashes of references (5.2), signatures (5.1.2), public-key encryption (5.1.3)
// and key derivation (8). Each label begins with "MLS 1.0 ", so that no two uses of a key can be confused.
#pragma once

#include "crypto/sealed/hpke.hpp"
#include "crypto/sealed/signing.hpp"

namespace veranda::mls {

using crypto::SecretBytes;
using Secret32 = crypto::Secret<32>;

// RefHash (5.2). The label is whole: it carries "MLS 1.0" itself.
Hash ref_hash(std::string_view label, ByteView value);

// ExpandWithLabel, DeriveSecret (8), DeriveTreeSecret (9).
void expand_with_label(MutableByteView out, ByteView secret, std::string_view label, ByteView context);
Secret32 derive_secret(const Secret32& secret, std::string_view label);
void derive_tree_secret(MutableByteView out, const Secret32& secret, std::string_view label, std::uint32_t generation);

template <std::size_t N>
crypto::Secret<N> expand_with_label(const Secret32& secret, std::string_view label, ByteView context) {
    crypto::Secret<N> out;
    expand_with_label(out.writable(), secret.view(), label, context);
    return out;
}

// SignWithLabel, VerifyWithLabel (5.1.2).
Bytes sign_with_label(const crypto::SigningKey& key, std::string_view label, ByteView content);
bool verify_with_label(ByteView key, std::string_view label, ByteView content, ByteView signature);

// What EncryptWithLabel makes (RFC 9420, 5.1.3).
struct HPKECiphertext {
    Bytes kem_output;
    Bytes ciphertext;
    VERANDA_FIELDS(kem_output, ciphertext)
    friend bool operator==(const HPKECiphertext&, const HPKECiphertext&) = default;
};

// EncryptContext (5.1.3), made once for all ciphertexts that share label and context.
crypto::HpkeInfo encrypt_context(std::string_view label, ByteView context);

// Errors: crypto::faults::key_length, weak_public_key; opening also decryption.
Result<HPKECiphertext> encrypt_with(const crypto::HpkeInfo& context, ByteView public_key, ByteView plaintext,
                                    crypto::RandomSource& random);
Result<SecretBytes> decrypt_with(const crypto::HpkeInfo& context, const crypto::KemKeyPair& own,
                                 const HPKECiphertext& sealed);

}  // namespace veranda::mls
