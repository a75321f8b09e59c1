// Sealing under a passphrase: Argon2id (RFC 9106) makes the key, ChaCha20-Poly1305 seals. For the group book and for
// exported keys; a PIN of four digits falls in minutes to who holds the sealed bytes, so callers offer words.
#pragma once

#include "crypto/sealed/aead.hpp"
#include "protocol/tls_syntax.hpp"

namespace veranda::crypto {

// RFC 9106's second recommendation: 64 MiB and three passes, about 0.12 s on a server's core, and possible on a phone.
inline constexpr std::uint32_t password_memory_kib = 64 * 1024;
inline constexpr std::uint32_t password_passes = 3;
// What an opened blob may ask of us at most.
inline constexpr std::uint32_t password_memory_kib_max = 256 * 1024;
inline constexpr std::uint32_t password_passes_max = 8;
inline constexpr std::size_t password_salt_bytes = 16;

struct PasswordCost {
    std::uint32_t memory_kib = password_memory_kib;
    std::uint32_t passes = password_passes;
    VERANDA_FIELDS(memory_kib, passes)
};

// Errors: password_cost, beyond our limits or beyond the memory there is.
Result<AeadKey> password_key(ByteView passphrase, const ByteArray<password_salt_bytes>& salt, const PasswordCost& cost);

// A blob of salt, cost and ciphertext; the first two are authenticated too. Errors: password_cost, if memory is short.
Result<Bytes> password_seal(ByteView passphrase, ByteView plaintext, RandomSource& random,
                            const PasswordCost& cost = {});

// Errors: sealed_blob, password_cost; decryption, for a wrong passphrase or changed bytes.
Result<SecretBytes> password_open(ByteView passphrase, ByteView blob);

}  // namespace veranda::crypto
