// ChaCha20-Poly1305 with 96-bit nonces (RFC 8439), the only cipher of the system.
#pragma once

#include "crypto/sealed/faults.hpp"
#include "crypto/sealed/secret.hpp"

namespace veranda::crypto {

inline constexpr std::size_t aead_tag_bytes = 16;

using AeadKey = Secret<32>;
using AeadNonce = Secret<12>;  // as secret as its key: derived together with it

// Caller must: never use a key and nonce twice.
Bytes aead_seal(const AeadKey& key, const AeadNonce& nonce, ByteView associated, ByteView plaintext);

// Errors: decryption.
Result<SecretBytes> aead_open(const AeadKey& key, const AeadNonce& nonce, ByteView associated, ByteView ciphertext);

}  // namespace veranda::crypto
