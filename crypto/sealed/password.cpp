// Each blob has a salt of its own, so its key is used once and the nonce can be zero.
#include "crypto/sealed/password.hpp"

#include "crypto/sealed/argon2id.hpp"

namespace veranda::crypto {
namespace {

struct SealedBlob {
    ByteArray<password_salt_bytes> salt;
    PasswordCost cost;
    Bytes ciphertext;
    VERANDA_FIELDS(salt, cost, ciphertext)
};

struct BlobHead {
    ByteArray<password_salt_bytes> salt;
    PasswordCost cost;
    VERANDA_FIELDS(salt, cost)
};

}  // namespace

Result<AeadKey> password_key(ByteView passphrase, const ByteArray<password_salt_bytes>& salt,
                             const PasswordCost& cost) {
    if (cost.memory_kib > password_memory_kib_max) return fail(faults::password_cost, cost.memory_kib);
    if (cost.passes > password_passes_max) return fail(faults::password_cost, cost.passes);
    AeadKey key;
    if (!argon2id(key.writable(), passphrase, salt, cost)) return fail(faults::password_cost, cost.memory_kib);
    return key;
}

Result<Bytes> password_seal(ByteView passphrase, ByteView plaintext, RandomSource& random, const PasswordCost& cost) {
    const BlobHead head{random.array<password_salt_bytes>(), cost};
    const AeadKey key = TRY(password_key(passphrase, head.salt, head.cost));
    return tls::encode(SealedBlob{head.salt, head.cost, aead_seal(key, AeadNonce{}, tls::encode(head), plaintext)});
}

Result<SecretBytes> password_open(ByteView passphrase, ByteView blob) {
    const auto sealed = tls::decode<SealedBlob>(blob);
    if (!sealed) return fail(faults::sealed_blob, sealed.error().detail);
    const BlobHead head{sealed->salt, sealed->cost};
    const AeadKey key = TRY(password_key(passphrase, head.salt, head.cost));
    return aead_open(key, AeadNonce{}, tls::encode(head), sealed->ciphertext);
}

}  // namespace veranda::crypto
