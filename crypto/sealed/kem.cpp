// The KEM over libsodium's X25519.
#include "crypto/sealed/kem.hpp"

#include <sodium/crypto_scalarmult_curve25519.h>

#include <algorithm>

#include "crypto/sealed/hkdf.hpp"

namespace veranda::crypto {
namespace {

constexpr std::string_view hpke_version = "HPKE-v1";
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

// The points of small order, as libsodium lists them; their top bit is ignored (RFC 7748, 5).
constexpr ByteArray<32> small_order[] = {
    {0},
    {1},
    {0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4, 0x6a,
     0xda, 0x09, 0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00},
    {0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1, 0x55, 0x9c, 0x83, 0xef, 0x5b,
     0x04, 0x44, 0x5c, 0xc4, 0x58, 0x1c, 0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f, 0x11, 0x57},
    {0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f},
    {0xed, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f},
    {0xee, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f},
};

}  // namespace

KemKeyPair KemKeyPair::generate(RandomSource& random) { return from_private(random_secret<32>(random)); }

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

bool kem_key_ok(ByteView public_key) {
    if (public_key.size() != SealingKey::size) return false;
    Bytes key = to_bytes(public_key);
    key.back() &= 0x7f;
    return std::none_of(std::begin(small_order), std::end(small_order),
                        [&key](const ByteArray<32>& point) { return same_bytes(point, key); });
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
    return hkdf_extract(salt, {as_bytes(hpke_version), suite, as_bytes(label), key_material});
}

void labeled_expand(MutableByteView out, ByteView suite, const Secret<32>& key, std::string_view label,
                    std::initializer_list<ByteView> info_parts) {
    std::size_t size = 2 + hpke_version.size() + suite.size() + label.size();
    for (const ByteView part : info_parts) size += part.size();
    Bytes info;
    info.reserve(size);  // in one piece, and wiped: the hashes among the parts live in Secrets and leave no copies
    append(info, ByteArray<2>{static_cast<std::uint8_t>(out.size() >> 8), static_cast<std::uint8_t>(out.size())});
    append(info, as_bytes(hpke_version));
    append(info, suite);
    append(info, as_bytes(label));
    for (const ByteView part : info_parts) append(info, part);
    hkdf_expand(out, key.view(), info);
    wipe(info);
}

}  // namespace veranda::crypto
