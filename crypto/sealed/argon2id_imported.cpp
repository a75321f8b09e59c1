// In the browser: the page lends a module that does it, and drops the memory that it took (web-client/src/core/
// argon2id.ts). So nobody who types no passphrase downloads it, and 64 MiB are not kept.
#include "crypto/sealed/argon2id.hpp"

extern "C" __attribute__((import_module("veranda"), import_name("argon2id"))) std::int32_t veranda_imported_argon2id(
    std::uint8_t* key, const std::uint8_t* passphrase, std::size_t passphrase_size, const std::uint8_t* salt,
    std::uint32_t memory_kib, std::uint32_t passes);

namespace veranda::crypto {

bool argon2id(MutableByteView key, ByteView passphrase, const ByteArray<password_salt_bytes>& salt,
              const PasswordCost& cost) {
    VERANDA_ASSERT(key.size() == 32);
    return veranda_imported_argon2id(key.data(), passphrase.data(), passphrase.size(), salt.data(), cost.memory_kib,
                                     cost.passes) == 0;
}

}  // namespace veranda::crypto
