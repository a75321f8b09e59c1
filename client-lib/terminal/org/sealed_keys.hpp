// Secret keys in a file, sealed under a passphrase: the organisation's root, its desk key, and a member of staff's own.
//
// The public key stands outside the seal, so that the right file is found without a passphrase; opening checks it.
#pragma once

#include "client-lib/client/client.hpp"
#include "client-lib/terminal/org/files.hpp"
#include "crypto/sealed/signing.hpp"

namespace veranda::terminal {

enum class KeysKind : std::uint8_t { root = 1, staff = 2, desk = 3 };
inline bool is_known(KeysKind kind) { return kind >= KeysKind::root && kind <= KeysKind::desk; }

struct SealedKeys {
    KeysKind kind{};
    SignatureKey public_key;  // of a desk key, the X25519 one
    // crypto::password_seal of the Ed25519 seed; for staff, and the X25519 private key; of a desk key, that alone.
    Bytes sealed;
    VERANDA_FIELDS(kind, public_key, sealed)
};

using Seed = crypto::Secret<32>;

SealedKeys seal_root(const Seed& seed, ByteView passphrase, crypto::RandomSource& random);
SealedKeys seal_staff(const Seed& seed, const crypto::KemKeyPair& sealing, ByteView passphrase,
                      crypto::RandomSource& random);

SealedKeys seal_desk_key(const crypto::KemKeyPair& key, ByteView passphrase, crypto::RandomSource& random);

struct StaffSecrets {
    crypto::SigningKey key;
    crypto::KemKeyPair sealing;
};

// Complain about a wrong passphrase, damage, or keys of another kind. `path` is for the complaint.
crypto::SigningKey open_root(const SealedKeys& keys, ByteView passphrase, const Path& path);
StaffSecrets open_staff(const SealedKeys& keys, ByteView passphrase, const Path& path);

crypto::KemKeyPair open_desk_key(const SealedKeys& keys, ByteView passphrase, const Path& path);

// The keys that belong to a certificate: in the same folder, of the same name with .keys, or the only *.keys with its
// public key. Complains if there are none.
Path find_keys(const Path& certificate_file, const SignatureKey& key);

// `--staff FILE.staff`: the certificate and, once the passphrase is given, its keys.
client::StaffKeys load_staff(const Path& certificate_file, const std::optional<Path>& passphrase_file);

// `--desk-key FILE.desk`.
crypto::KemKeyPair load_desk_key(const Path& file, const std::optional<Path>& passphrase_file);

}  // namespace veranda::terminal
