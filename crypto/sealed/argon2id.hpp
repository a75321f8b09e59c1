// The slow half of a passphrase's seal, which the browser does in a module of its own (client-lib/wasm/argon2id.cpp).
#pragma once

#include "crypto/sealed/password.hpp"

namespace veranda::crypto {

// Argon2id, version 1.3, one lane. false: not the memory for it. Caller must: `cost` within our limits.
bool argon2id(MutableByteView key, ByteView passphrase, const ByteArray<password_salt_bytes>& salt,
              const PasswordCost& cost);

}  // namespace veranda::crypto
