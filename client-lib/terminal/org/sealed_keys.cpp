// Sealing is crypto/sealed/password; here is what lies inside, and that it fits what stands outside.
#include "client-lib/terminal/org/sealed_keys.hpp"

#include <chrono>

#include "client-lib/terminal/org/passphrase.hpp"
#include "crypto/sealed/faults.hpp"
#include "crypto/sealed/password.hpp"
#include "crypto/verify/signed_check.hpp"

namespace veranda::terminal {
namespace {

constexpr std::size_t root_secret_bytes = 32;
constexpr std::size_t staff_secret_bytes = 64;
constexpr std::size_t desk_secret_bytes = 32;

SealedKeys seal(KeysKind kind, const SignatureKey& public_key, const crypto::SecretBytes& secret, ByteView passphrase,
                crypto::RandomSource& random) {
    auto sealed = crypto::password_seal(passphrase, secret.view(), random);
    if (!sealed) throw Complaint("not enough memory to seal the keys (64 MiB are needed)", ExitCode::failed);
    return {kind, public_key, *std::move(sealed)};
}

std::string whose(KeysKind kind) {
    switch (kind) {
        case KeysKind::root: return "an organisation's keys";
        case KeysKind::staff: return "a member of staff's keys";
        case KeysKind::desk: return "a desk key";
    }
    return "keys";
}

crypto::SecretBytes open(const SealedKeys& keys, KeysKind kind, std::size_t bytes, ByteView passphrase,
                         const Path& path) {
    if (keys.kind != kind) throw Complaint(path.string() + ": these are not " + whose(kind));
    auto secret = crypto::password_open(passphrase, keys.sealed);
    if (!secret && secret.error().is(crypto::faults::decryption))
        throw Complaint("wrong passphrase for " + path.string());
    if (!secret && secret.error().is(crypto::faults::password_cost))
        throw Complaint("not enough memory to open " + path.string(), ExitCode::failed);
    if (!secret || secret->size() != bytes) throw Complaint(path.string() + ": its contents are damaged");
    return *std::move(secret);
}

Seed seed_at(const crypto::SecretBytes& secret, std::size_t offset) {
    return Seed::copy_of(secret.view().subspan(offset).first<32>());
}

crypto::SigningKey checked_key(const Seed& seed, const SealedKeys& keys, const Path& path) {
    auto key = crypto::SigningKey::from_seed(seed);
    if (key.public_key() != keys.public_key) throw Complaint(path.string() + ": its contents are damaged");
    return key;
}

bool holds(const Path& keys_file, const SignatureKey& key) {
    try {
        return read_armoured<SealedKeys>(keys_file, armour_titles::sealed_keys).public_key == key;
    } catch (const Complaint&) {
        return false;  // something else that is named so
    }
}

}  // namespace

SealedKeys seal_root(const Seed& seed, ByteView passphrase, crypto::RandomSource& random) {
    return seal(KeysKind::root, crypto::SigningKey::from_seed(seed).public_key(),
                crypto::SecretBytes::copy_of(seed.view()), passphrase, random);
}

SealedKeys seal_staff(const Seed& seed, const crypto::KemKeyPair& sealing, ByteView passphrase,
                      crypto::RandomSource& random) {
    return seal(KeysKind::staff, crypto::SigningKey::from_seed(seed).public_key(),
                crypto::SecretBytes::joined({seed.view(), sealing.private_key.view()}), passphrase, random);
}

SealedKeys seal_desk_key(const crypto::KemKeyPair& key, ByteView passphrase, crypto::RandomSource& random) {
    return seal(KeysKind::desk, SignatureKey{key.public_key.bytes},
                crypto::SecretBytes::copy_of(key.private_key.view()), passphrase, random);
}

crypto::SigningKey open_root(const SealedKeys& keys, ByteView passphrase, const Path& path) {
    const crypto::SecretBytes secret = open(keys, KeysKind::root, root_secret_bytes, passphrase, path);
    return checked_key(seed_at(secret, 0), keys, path);
}

StaffSecrets open_staff(const SealedKeys& keys, ByteView passphrase, const Path& path) {
    const crypto::SecretBytes secret = open(keys, KeysKind::staff, staff_secret_bytes, passphrase, path);
    return {checked_key(seed_at(secret, 0), keys, path), crypto::KemKeyPair::from_private(seed_at(secret, 32))};
}

crypto::KemKeyPair open_desk_key(const SealedKeys& keys, ByteView passphrase, const Path& path) {
    const crypto::SecretBytes secret = open(keys, KeysKind::desk, desk_secret_bytes, passphrase, path);
    auto key = crypto::KemKeyPair::from_private(seed_at(secret, 0));
    if (key.public_key.bytes != keys.public_key.bytes) throw Complaint(path.string() + ": its contents are damaged");
    return key;
}

Path find_keys(const Path& certificate_file, const SignatureKey& key) {
    Path same_name = certificate_file;
    same_name.replace_extension(".keys");
    if (holds(same_name, key)) return same_name;

    const Path folder = certificate_file.has_parent_path() ? certificate_file.parent_path() : Path(".");
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored))
        if (entry.path().extension() == ".keys" && holds(entry.path(), key)) return entry.path();
    throw Complaint("the keys of " + certificate_file.string() + " are not beside it (" + same_name.string() + ")");
}

client::StaffKeys load_staff(const Path& certificate_file, const std::optional<Path>& passphrase_file) {
    auto certificate = read_armoured<Signed<Certificate>>(certificate_file, armour_titles::staff_certificate);
    if (!crypto::signature_holds(certificate, certificate.body.root))
        throw Complaint(certificate_file.string() + ": its signature does not hold");
    const auto now =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch());
    if (certificate.body.not_after.value < static_cast<std::uint64_t>(now.count()))
        throw Complaint(certificate_file.string() +
                        ": this certificate has run out; ask your organisation for a new one");

    const Path keys_file = find_keys(certificate_file, certificate.body.key);
    const auto keys = read_armoured<SealedKeys>(keys_file, armour_titles::sealed_keys);
    const auto secret_passphrase = passphrase("Passphrase for " + keys_file.string(), passphrase_file);
    StaffSecrets secrets = open_staff(keys, secret_passphrase.view(), keys_file);
    if (secrets.sealing.public_key != certificate.body.sealing_key)
        throw Complaint(keys_file.string() + ": these keys do not belong to " + certificate_file.string());
    return {std::move(certificate), std::move(secrets.key), std::move(secrets.sealing)};
}

crypto::KemKeyPair load_desk_key(const Path& file, const std::optional<Path>& passphrase_file) {
    const auto keys = read_armoured<SealedKeys>(file, armour_titles::sealed_keys);
    const auto secret_passphrase = passphrase("Passphrase for " + file.string(), passphrase_file);
    return open_desk_key(keys, secret_passphrase.view(), file);
}

}  // namespace veranda::terminal
