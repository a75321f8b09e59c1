// veranda-argon2id.wasm: Argon2id over libsodium and nothing else, for whoever seals or opens something under a
// passphrase. web-client/src/core/argon2id.ts makes an instance for each call and drops it after.
#include <sodium/crypto_pwhash_argon2id.h>

#include <cstdint>
#include <cstdlib>

#define VERANDA_EXPORT(name) extern "C" __attribute__((export_name(#name)))

VERANDA_EXPORT(alloc) void* argon2id_alloc(std::size_t size) { return std::malloc(size == 0 ? 1 : size); }

// 32 bytes of `key`; `salt` has 16. Not 0: there is not the memory for it.
VERANDA_EXPORT(argon2id)
std::int32_t argon2id(std::uint8_t* key, const char* passphrase, std::size_t size, const std::uint8_t* salt,
                      std::uint32_t memory_kib, std::uint32_t passes) {
    return crypto_pwhash_argon2id(key, 32, passphrase, size, salt, passes, std::size_t{memory_kib} * 1024,
                                  crypto_pwhash_argon2id_ALG_ARGON2ID13);
}
