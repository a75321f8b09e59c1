// Each complaint is one line that names the file.
#include "client-lib/terminal/org/sealed_keys.hpp"

#include <chrono>

#include "client-lib/terminal/org/passphrase.hpp"
#include "crypto/sealed/faults.hpp"
#include "crypto/verify/staff_check.hpp"

namespace veranda::terminal {
namespace {

using circle::KeysKind;

std::string whose(KeysKind kind) {
    switch (kind) {
        case KeysKind::root: return "an organisation's keys";
        case KeysKind::staff: return "a member of staff's keys";
        case KeysKind::desk: return "a desk key";
    }
    return "keys";
}

template <class T>
T or_complain(Result<T>&& result, KeysKind wanted, const Path& path) {
    if (result) return *std::move(result);
    const Error error = result.error();
    if (error.is(circle::faults::keys_kind)) throw Complaint(path.string() + ": these are not " + whose(wanted));
    if (error.is(circle::faults::keys_passphrase)) throw Complaint("wrong passphrase for " + path.string());
    if (error.is(crypto::faults::password_cost))
        throw Complaint("not enough memory to open " + path.string(), ExitCode::failed);
    throw Complaint(path.string() + ": its contents are damaged");
}

void check_or_complain(const Signed<Certificate>& certificate, const Path& path) {
    const auto now =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch());
    const auto good = circle::check_own_certificate(certificate, {static_cast<std::uint64_t>(now.count())});
    if (good) return;
    if (good.error().is(crypto::faults::certificate_lifetime))
        throw Complaint(path.string() + ": this certificate has run out; ask your organisation for a new one");
    throw Complaint(path.string() + ": its signature does not hold");
}

bool holds(const Path& keys_file, const SignatureKey& key) {
    try {
        return read_armoured<SealedKeys>(keys_file, armour_titles::sealed_keys).public_key == key;
    } catch (const Complaint&) {
        return false;  // something else that is named so
    }
}

}  // namespace

crypto::SigningKey open_root(const SealedKeys& keys, ByteView passphrase, const Path& path) {
    return or_complain(circle::open_root(keys, passphrase), KeysKind::root, path);
}

circle::StaffSecrets open_staff(const SealedKeys& keys, ByteView passphrase, const Path& path) {
    return or_complain(circle::open_staff(keys, passphrase), KeysKind::staff, path);
}

crypto::KemKeyPair open_desk_key(const SealedKeys& keys, ByteView passphrase, const Path& path) {
    return or_complain(circle::open_desk_key(keys, passphrase), KeysKind::desk, path);
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
    check_or_complain(certificate, certificate_file);
    const Path keys_file = find_keys(certificate_file, certificate.body.key);
    const auto keys = read_armoured<SealedKeys>(keys_file, armour_titles::sealed_keys);
    const auto secret_passphrase = passphrase("Passphrase for " + keys_file.string(), passphrase_file);
    circle::StaffSecrets secrets = open_staff(keys, secret_passphrase.view(), keys_file);
    if (!circle::check_own_keys(certificate, secrets))
        throw Complaint(keys_file.string() + ": these keys do not belong to " + certificate_file.string());
    return {std::move(certificate), std::move(secrets.key), std::move(secrets.sealing)};
}

crypto::KemKeyPair load_desk_key(const Path& file, const std::optional<Path>& passphrase_file) {
    const auto keys = read_armoured<SealedKeys>(file, armour_titles::sealed_keys);
    const auto secret_passphrase = passphrase("Passphrase for " + file.string(), passphrase_file);
    return open_desk_key(keys, secret_passphrase.view(), file);
}

}  // namespace veranda::terminal
