// What the desk's sealed things have in common: something padded to one size, sealed by HPKE, encapsulated key first.
#pragma once

#include "crypto/sealed/hpke.hpp"
#include "protocol/tls_syntax.hpp"

namespace veranda::circle {

// Caller must: `padded`, encoded, is at most `plain_bytes` long. Errors: those of HPKE.
template <class Padded>
Result<Bytes> seal_padded(const SealingKey& to, std::string_view info, ByteView associated, const Padded& padded,
                          std::size_t plain_bytes, crypto::RandomSource& random) {
    Bytes plain = tls::encode(padded);
    VERANDA_ASSERT(plain.size() <= plain_bytes);
    plain.resize(plain_bytes);
    const auto made = crypto::hpke_seal(to, crypto::HpkeInfo(as_bytes(info)), associated, plain, random);
    crypto::wipe(plain);
    const auto sealed = TRY(made);
    Bytes bytes = to_bytes(sealed.encapsulation);
    append(bytes, sealed.ciphertext);
    return bytes;
}

// None: of another size, not sealed to us, or nothing of this kind is inside.
template <class Padded>
std::optional<Padded> open_padded(const crypto::KemKeyPair& own, std::string_view info, ByteView associated,
                                  ByteView sealed, std::size_t sealed_bytes) {
    if (sealed.size() != sealed_bytes) return std::nullopt;
    const auto plain =
        crypto::hpke_open(own, sealed.first(32), crypto::HpkeInfo(as_bytes(info)), associated, sealed.subspan(32));
    if (!plain) return std::nullopt;
    auto padded = tls::decode<Padded>(plain->view());
    if (!padded) return std::nullopt;
    return *std::move(padded);
}

}  // namespace veranda::circle
