// HKDF-SHA-256 (RFC 5869), over HMAC because libsodium 1.0.18 has no HKDF of its own.
#pragma once

#include "crypto/sealed/secret.hpp"

namespace veranda::crypto {

inline constexpr std::size_t hkdf_output_bytes_max = 255 * 32;

Secret<32> hkdf_extract(ByteView salt, std::initializer_list<ByteView> key_material_parts);
inline Secret<32> hkdf_extract(ByteView salt, ByteView key_material) { return hkdf_extract(salt, {key_material}); }

// Caller must: out.size() <= hkdf_output_bytes_max.
void hkdf_expand(MutableByteView out, ByteView key, ByteView info);

template <std::size_t N>
Secret<N> hkdf_expand(ByteView key, ByteView info) {
    Secret<N> out;
    hkdf_expand(out.writable(), key, info);
    return out;
}

}  // namespace veranda::crypto
