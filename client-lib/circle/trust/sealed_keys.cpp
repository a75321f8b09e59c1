// Sealing is crypto/sealed/password; here is what lies inside, and that it fits what stands outside.
#include "client-lib/circle/trust/sealed_keys.hpp"

#include "crypto/sealed/faults.hpp"
#include "crypto/sealed/password.hpp"
#include "crypto/sealed/signed_make.hpp"
#include "crypto/verify/signed_check.hpp"
#include "crypto/verify/staff_check.hpp"

namespace veranda::circle {
namespace {

constexpr std::size_t root_secret_bytes = 32;
constexpr std::size_t staff_secret_bytes = 64;
constexpr std::size_t desk_secret_bytes = 32;

Result<SealedKeys> seal(KeysKind kind, const SignatureKey& public_key, const crypto::SecretBytes& secret,
                        ByteView passphrase, crypto::RandomSource& random) {
    return SealedKeys{kind, public_key, TRY(crypto::password_seal(passphrase, secret.view(), random))};
}

Result<crypto::SecretBytes> open(const SealedKeys& keys, KeysKind kind, std::size_t bytes, ByteView passphrase) {
    if (keys.kind != kind) return fail(faults::keys_kind, static_cast<std::uint64_t>(keys.kind));
    auto secret = crypto::password_open(passphrase, keys.sealed);
    if (!secret && secret.error().is(crypto::faults::decryption)) return fail(faults::keys_passphrase);
    if (!secret && secret.error().is(crypto::faults::password_cost)) return Failure(secret.error());
    if (!secret || secret->size() != bytes) return fail(faults::keys_damaged);
    return secret;
}

Seed seed_at(const crypto::SecretBytes& secret, std::size_t offset) {
    return Seed::copy_of(secret.view().subspan(offset).first<32>());
}

Result<crypto::SigningKey> checked_key(const Seed& seed, const SealedKeys& keys) {
    auto key = crypto::SigningKey::from_seed(seed);
    if (key.public_key() != keys.public_key) return fail(faults::keys_damaged);
    return key;
}

}  // namespace

Result<SealedKeys> seal_root(const Seed& seed, ByteView passphrase, crypto::RandomSource& random) {
    return seal(KeysKind::root, crypto::SigningKey::from_seed(seed).public_key(),
                crypto::SecretBytes::copy_of(seed.view()), passphrase, random);
}

Result<SealedKeys> seal_staff(const Seed& seed, const crypto::KemKeyPair& sealing, ByteView passphrase,
                              crypto::RandomSource& random) {
    return seal(KeysKind::staff, crypto::SigningKey::from_seed(seed).public_key(),
                crypto::SecretBytes::joined({seed.view(), sealing.private_key.view()}), passphrase, random);
}

Result<SealedKeys> seal_desk_key(const crypto::KemKeyPair& key, ByteView passphrase, crypto::RandomSource& random) {
    return seal(KeysKind::desk, SignatureKey{key.public_key.bytes},
                crypto::SecretBytes::copy_of(key.private_key.view()), passphrase, random);
}

Result<crypto::SigningKey> open_root(const SealedKeys& keys, ByteView passphrase) {
    const crypto::SecretBytes secret = TRY(open(keys, KeysKind::root, root_secret_bytes, passphrase));
    return checked_key(seed_at(secret, 0), keys);
}

Result<StaffSecrets> open_staff(const SealedKeys& keys, ByteView passphrase) {
    const crypto::SecretBytes secret = TRY(open(keys, KeysKind::staff, staff_secret_bytes, passphrase));
    return StaffSecrets{TRY(checked_key(seed_at(secret, 0), keys)),
                        crypto::KemKeyPair::from_private(seed_at(secret, 32))};
}

Result<crypto::KemKeyPair> open_desk_key(const SealedKeys& keys, ByteView passphrase) {
    const crypto::SecretBytes secret = TRY(open(keys, KeysKind::desk, desk_secret_bytes, passphrase));
    auto key = crypto::KemKeyPair::from_private(seed_at(secret, 0));
    if (key.public_key.bytes != keys.public_key.bytes) return fail(faults::keys_damaged);
    return key;
}

Result<void> check_own_certificate(const Signed<Certificate>& certificate, UnixSeconds now) {
    if (!crypto::signature_holds(certificate, certificate.body.root))
        return fail(crypto::faults::certificate_signature);
    if (certificate.body.not_after < now)
        return fail(crypto::faults::certificate_lifetime, certificate.body.not_after.value);
    return {};
}

Result<void> check_own_keys(const Signed<Certificate>& certificate, const StaffSecrets& secrets) {
    const bool fits =
        secrets.key.public_key() == certificate.body.key && secrets.sealing.public_key == certificate.body.sealing_key;
    return fits ? Result<void>() : fail(faults::keys_other_certificate);
}

Result<NewStaff> make_staff(std::string_view name, ByteView passphrase, crypto::RandomSource& random) {
    const Seed seed = crypto::random_secret<32>(random);
    const auto key = crypto::SigningKey::from_seed(seed);
    const auto sealing = crypto::KemKeyPair::generate(random);
    return NewStaff{TRY(seal_staff(seed, sealing, passphrase, random)),
                    crypto::sign(CertificateRequest{key.public_key(), sealing.public_key, std::string(name)}, key)};
}

}  // namespace veranda::circle
