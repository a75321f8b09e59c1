// Argon2id over libsodium.
#include "crypto/sealed/argon2id.hpp"

#include <sodium/crypto_pwhash_argon2id.h>

#include "crypto/verify/never_null.hpp"

namespace veranda::crypto {

bool argon2id(MutableByteView key, ByteView passphrase, const ByteArray<password_salt_bytes>& salt,
              const PasswordCost& cost) {
    return crypto_pwhash_argon2id(key.data(), key.size(), reinterpret_cast<const char*>(never_null(passphrase)),
                                  passphrase.size(), salt.data(), cost.passes, std::size_t{cost.memory_kib} * 1024,
                                  crypto_pwhash_argon2id_ALG_ARGON2ID13) == 0;
}

}  // namespace veranda::crypto
