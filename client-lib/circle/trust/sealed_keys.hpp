// Secret keys sealed under a passphrase: the organisation's root, its desk key, and a member of staff's own. As files
// they are the armour of SealedKeys. Specification: docs/protocol.md, 6.13.
//
// The public key stands outside the seal, so that the right file is found without a passphrase; opening checks it.
#pragma once

#include "client-lib/circle/rules.hpp"
#include "crypto/sealed/kem.hpp"
#include "crypto/sealed/signing.hpp"
#include "protocol/signed/staff.hpp"

namespace veranda::circle {

namespace faults {
inline constexpr Rule keys_kind{"keys_kind", "docs/protocol.md, 6.13"};  // somebody else's; detail: whose, as KeysKind
inline constexpr Rule keys_passphrase{"keys_passphrase", "docs/protocol.md, 6.13"};
inline constexpr Rule keys_damaged{"keys_damaged", "docs/protocol.md, 6.13"};
inline constexpr Rule keys_other_certificate{"keys_other_certificate", "docs/protocol.md, 6.13"};
}  // namespace faults

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

struct StaffSecrets {
    crypto::SigningKey key;
    crypto::KemKeyPair sealing;
};

// Errors: password_cost, if memory is short.
Result<SealedKeys> seal_root(const Seed& seed, ByteView passphrase, crypto::RandomSource& random);
Result<SealedKeys> seal_staff(const Seed& seed, const crypto::KemKeyPair& sealing, ByteView passphrase,
                              crypto::RandomSource& random);
Result<SealedKeys> seal_desk_key(const crypto::KemKeyPair& key, ByteView passphrase, crypto::RandomSource& random);

// Errors: keys_kind, keys_passphrase, keys_damaged, password_cost.
Result<crypto::SigningKey> open_root(const SealedKeys& keys, ByteView passphrase);
Result<StaffSecrets> open_staff(const SealedKeys& keys, ByteView passphrase);
Result<crypto::KemKeyPair> open_desk_key(const SealedKeys& keys, ByteView passphrase);

// One's own certificate, before anything is done with it: whole, not run out, and of these keys. Errors:
// certificate_signature, certificate_lifetime; keys_other_certificate.
Result<void> check_own_certificate(const Signed<Certificate>& certificate, UnixSeconds now);
Result<void> check_own_keys(const Signed<Certificate>& certificate, const StaffSecrets& secrets);

// What a member of staff makes once: her keys, sealed, and the request to certify them.
struct NewStaff {
    SealedKeys keys;
    Signed<CertificateRequest> request;
};
// Errors: password_cost. Caller must: `name` is what a certificate may bear.
Result<NewStaff> make_staff(std::string_view name, ByteView passphrase, crypto::RandomSource& random);

}  // namespace veranda::circle
