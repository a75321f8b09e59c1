// The KEM over libsodium's X25519.
#include "crypto/sealed/kem.hpp"

#include <sodium/crypto_scalarmult_curve25519.h>

#include "crypto/sealed/hkdf.hpp"

namespace veranda::crypto {
namespace {

constexpr ByteArray<5> kem_suite{'K', 'E', 'M', 0x00, 0x20};

Result<Secret<32>> diffie_hellman(const Secret<32>& private_key, ByteView public_key) {
    if (public_key.size() != SealingKey::size) return fail(faults::key_length, public_key.size());
    Secret<32> shared;
    const int all_zero =
        crypto_scalarmult_curve25519(shared.writable().data(), private_key.view().data(), public_key.data());
    if (all_zero != 0) return fail(faults::weak_public_key);
    return shared;
}

Secret<32> extract_and_expand(const Secret<32>& shared, ByteView encapsulation, ByteView public_key) {
    const Secret<32> key = labeled_extract(kem_suite, {}, "eae_prk", shared.view());
    Secret<32> secret;
    labeled_expand(secret.writable(), kem_suite, key, "shared_secret", {encapsulation, public_key});
    return secret;
}

}  // namespace

KemKeyPair KemKeyPair::generate(RandomSource& random) { return derive(random_secret<32>(random)); }

KemKeyPair KemKeyPair::derive(const Secret<32>& key_material) {
    const Secret<32> key = labeled_extract(kem_suite, {}, "dkp_prk", key_material.view());
    Secret<32> private_key;
    labeled_expand(private_key.writable(), kem_suite, key, "sk", {});
    return from_private(private_key);
}

KemKeyPair KemKeyPair::from_private(const Secret<32>& private_key) {
    KemKeyPair pair{private_key.clone(), {}};
    crypto_scalarmult_curve25519_base(pair.public_key.bytes.data(), private_key.view().data());
    return pair;
}

Result<Encapsulated> encapsulate(ByteView public_key, RandomSource& random) {
    return encapsulate_with(public_key, KemKeyPair::generate(random));
}

Result<Encapsulated> encapsulate_with(ByteView public_key, const KemKeyPair& ephemeral) {
    const Secret<32> shared = TRY(diffie_hellman(ephemeral.private_key, public_key));
    return Encapsulated{extract_and_expand(shared, ephemeral.public_key, public_key), ephemeral.public_key};
}

Result<Secret<32>> decapsulate(const KemKeyPair& own, ByteView encapsulation) {
    const Secret<32> shared = TRY(diffie_hellman(own.private_key, encapsulation));
    return extract_and_expand(shared, encapsulation, own.public_key);
}

Secret<32> labeled_extract(ByteView suite, ByteView salt, std::string_view label, ByteView key_material) {
    return hkdf_extract(salt, {as_bytes("HPKE-v1"), suite, as_bytes(label), key_material});
}

void labeled_expand(MutableByteView out, ByteView suite, const Secret<32>& key, std::string_view label,
                    std::initializer_list<ByteView> info_parts) {
    Bytes info{static_cast<std::uint8_t>(out.size() >> 8), static_cast<std::uint8_t>(out.size())};
    append(info, as_bytes("HPKE-v1"));
    append(info, suite);
    append(info, as_bytes(label));
    for (const ByteView part : info_parts) append(info, part);
    hkdf_expand(out, key.view(), info);
}

}  // namespace veranda::crypto
