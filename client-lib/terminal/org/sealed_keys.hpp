// Sealed keys (circle/trust/sealed_keys.hpp) as files: found, opened, and complained about by name.
#pragma once

#include "client-lib/circle/trust/sealed_keys.hpp"
#include "client-lib/client/client.hpp"
#include "client-lib/terminal/org/files.hpp"

namespace veranda::terminal {

using circle::SealedKeys;
using circle::Seed;

// Sealing fails only for want of memory.
template <class T>
T sealed_or_complain(Result<T>&& result) {
    if (!result) throw Complaint("not enough memory to seal the keys (64 MiB are needed)", ExitCode::failed);
    return *std::move(result);
}

// Complain about a wrong passphrase, damage, or keys of another kind. `path` is for the complaint.
crypto::SigningKey open_root(const SealedKeys& keys, ByteView passphrase, const Path& path);
circle::StaffSecrets open_staff(const SealedKeys& keys, ByteView passphrase, const Path& path);
crypto::KemKeyPair open_desk_key(const SealedKeys& keys, ByteView passphrase, const Path& path);

// The keys that belong to a certificate: in the same folder, of the same name with .keys, or the only *.keys with its
// public key. Complains if there are none.
Path find_keys(const Path& certificate_file, const SignatureKey& key);

// `--staff FILE.staff`: the certificate and, once the passphrase is given, its keys.
client::StaffKeys load_staff(const Path& certificate_file, const std::optional<Path>& passphrase_file);

// `--desk-key FILE.desk`.
crypto::KemKeyPair load_desk_key(const Path& file, const std::optional<Path>& passphrase_file);

}  // namespace veranda::terminal
