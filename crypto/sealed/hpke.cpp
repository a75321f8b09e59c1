// The key schedule of RFC 9180, 5.1, for one message, whose nonce is the base nonce, or for one exported secret.
#include "crypto/sealed/hpke.hpp"

#include "crypto/sealed/aead.hpp"

namespace veranda::crypto {
namespace {

constexpr ByteArray<10> hpke_suite{'H', 'P', 'K', 'E', 0x00, 0x20, 0x00, 0x01, 0x00, 0x03};
constexpr ByteArray<1> mode_base{0};

struct KeyAndNonce {
    AeadKey key;
    AeadNonce nonce;
};

// The same for every message, as nobody has a PSK in base mode.
ByteView empty_psk_id_hash() {
    static const Secret<32> hash = labeled_extract(hpke_suite, {}, "psk_id_hash", {});
    return hash.view();
}

KeyAndNonce key_schedule(const Secret<32>& shared_secret, const HpkeInfo& info) {
    const Secret<32> secret = labeled_extract(hpke_suite, shared_secret.view(), "secret", {});
    const std::initializer_list<ByteView> context{mode_base, empty_psk_id_hash(), info.hash()};
    KeyAndNonce out;
    labeled_expand(out.key.writable(), hpke_suite, secret, "key", context);
    labeled_expand(out.nonce.writable(), hpke_suite, secret, "base_nonce", context);
    return out;
}

Secret<32> exported(const Secret<32>& shared_secret, const HpkeInfo& info, ByteView exporter_context) {
    const Secret<32> secret = labeled_extract(hpke_suite, shared_secret.view(), "secret", {});
    Secret<32> exporter;
    labeled_expand(exporter.writable(), hpke_suite, secret, "exp", {mode_base, empty_psk_id_hash(), info.hash()});
    Secret<32> out;
    labeled_expand(out.writable(), hpke_suite, exporter, "sec", {exporter_context});
    return out;
}

}  // namespace

HpkeInfo::HpkeInfo(ByteView info) : hash_(labeled_extract(hpke_suite, {}, "info_hash", info)) {}

Result<HpkeSealed> hpke_seal(ByteView public_key, const HpkeInfo& info, ByteView associated, ByteView plaintext,
                             RandomSource& random) {
    return hpke_seal_with(TRY(encapsulate(public_key, random)), info, associated, plaintext);
}

Result<SecretBytes> hpke_open(const KemKeyPair& own, ByteView encapsulation, const HpkeInfo& info, ByteView associated,
                              ByteView ciphertext) {
    const KeyAndNonce with = key_schedule(TRY(decapsulate(own, encapsulation)), info);
    return aead_open(with.key, with.nonce, associated, ciphertext);
}

Result<HpkeExported> hpke_send_export(ByteView public_key, const HpkeInfo& info, ByteView exporter_context,
                                      RandomSource& random) {
    const Encapsulated encapsulated = TRY(encapsulate(public_key, random));
    return HpkeExported{encapsulated.encapsulation, exported(encapsulated.shared_secret, info, exporter_context)};
}

Result<Secret<32>> hpke_receive_export(const KemKeyPair& own, ByteView encapsulation, const HpkeInfo& info,
                                       ByteView exporter_context) {
    return exported(TRY(decapsulate(own, encapsulation)), info, exporter_context);
}

HpkeSealed hpke_seal_with(const Encapsulated& encapsulated, const HpkeInfo& info, ByteView associated,
                          ByteView plaintext) {
    const KeyAndNonce with = key_schedule(encapsulated.shared_secret, info);
    return {encapsulated.encapsulation, aead_seal(with.key, with.nonce, associated, plaintext)};
}

}  // namespace veranda::crypto
