// What a client of another make seals: anything, of any size, to anyone. For tests only.
#pragma once

#include "crypto/sealed/hpke.hpp"
#include "protocol/bytes.hpp"

namespace veranda::tests {

// Encapsulation, then ciphertext, of `plain` filled up with zeros, or cut, to `size` bytes.
inline Bytes sealed_to(const SealingKey& to, std::string_view info, ByteView associated, Bytes plain, std::size_t size,
                       crypto::RandomSource& random) {
    plain.resize(size);
    const auto sealed = crypto::hpke_seal(to, crypto::HpkeInfo(as_bytes(info)), associated, plain, random);
    Bytes bytes = to_bytes(sealed->encapsulation);
    append(bytes, sealed->ciphertext);
    return bytes;
}

}  // namespace veranda::tests
