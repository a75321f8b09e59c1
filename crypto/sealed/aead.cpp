// ChaCha20-Poly1305 over libsodium.
#include "crypto/sealed/aead.hpp"

#include <sodium/crypto_aead_chacha20poly1305.h>

#include "crypto/verify/never_null.hpp"

namespace veranda::crypto {

Bytes aead_seal(const AeadKey& key, const AeadNonce& nonce, ByteView associated, ByteView plaintext) {
    Bytes ciphertext(plaintext.size() + aead_tag_bytes);
    crypto_aead_chacha20poly1305_ietf_encrypt(ciphertext.data(), nullptr, never_null(plaintext), plaintext.size(),
                                              never_null(associated), associated.size(), nullptr, nonce.view().data(),
                                              key.view().data());
    return ciphertext;
}

Result<SecretBytes> aead_open(const AeadKey& key, const AeadNonce& nonce, ByteView associated, ByteView ciphertext) {
    if (ciphertext.size() < aead_tag_bytes) return fail(faults::decryption);
    SecretBytes plaintext(ciphertext.size() - aead_tag_bytes);  // never null: even no bytes are allocated
    const int refused = crypto_aead_chacha20poly1305_ietf_decrypt(
        plaintext.writable().data(), nullptr, nullptr, ciphertext.data(), ciphertext.size(), never_null(associated),
        associated.size(), nonce.view().data(), key.view().data());
    if (refused != 0) return fail(faults::decryption);
    return plaintext;
}

}  // namespace veranda::crypto
