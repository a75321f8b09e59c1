// Seals and opens. The header, hashed over in the content's aad, binds the key and every wrap.
#include "client-lib/circle/moderation/lane_envelope.hpp"

#include "crypto/sealed/aead.hpp"
#include "crypto/sealed/hpke.hpp"
#include "crypto/verify/hash.hpp"
#include "protocol/limits.hpp"

namespace veranda::circle {
namespace {

Hash commitment_to(const crypto::AeadKey& key) {
    tls::Writer label;
    label.vector(as_bytes(LaneHeader::commitment_label));
    return crypto::Sha256().add(label.bytes()).add(key.view()).finish();
}

Result<LaneWrap> wrap_for(const SealingKey& to, const crypto::AeadKey& key, const Hash& commitment,
                          crypto::RandomSource& random) {
    const auto sealed = TRY(crypto::hpke_seal(to, crypto::HpkeInfo(as_bytes(LaneHeader::wrap_info)),
                                              ByteView(commitment), key.view(), random));
    LaneWrap wrap{to, sealed.encapsulation.bytes, {}};
    VERANDA_ASSERT(sealed.ciphertext.size() == wrap.sealed_key.size());
    std::copy(sealed.ciphertext.begin(), sealed.ciphertext.end(), wrap.sealed_key.begin());
    return wrap;
}

}  // namespace

Result<LaneEnvelope> seal_envelope(Bytes plain, std::span<const SealingKey> to, crypto::RandomSource& random) {
    if (plain.size() > limits::lane_plain_bytes || to.size() > limits::lane_wraps_max) {
        crypto::wipe(plain);
        return fail(faults::lane_too_long, limits::lane_plain_bytes);
    }
    auto padded = crypto::SecretBytes(limits::lane_plain_bytes);
    std::copy(plain.begin(), plain.end(), padded.writable().begin());
    crypto::wipe(plain);

    const auto key = crypto::random_secret<32>(random);
    LaneEnvelope envelope;
    envelope.header.commitment = commitment_to(key);
    for (const SealingKey& each : to)
        envelope.header.wraps.push_back(TRY(wrap_for(each, key, envelope.header.commitment, random)));
    envelope.sealed = crypto::aead_seal(key, crypto::AeadNonce(), tls::encode(envelope.header), padded.view());
    return envelope;
}

LaneId lane_id(const LaneEnvelope& envelope) { return LaneId{crypto::sha256(tls::encode(envelope)).bytes}; }

Result<crypto::SecretBytes> open_envelope(const LaneEnvelope& envelope, const crypto::KemKeyPair& own) {
    const auto& wraps = envelope.header.wraps;
    const auto ours =
        std::find_if(wraps.begin(), wraps.end(), [&](const LaneWrap& wrap) { return wrap.to == own.public_key; });
    if (ours == wraps.end()) return fail(faults::lane_not_for_us);
    const auto unwrapped = crypto::hpke_open(own, ours->encapsulated, crypto::HpkeInfo(as_bytes(LaneHeader::wrap_info)),
                                             ByteView(envelope.header.commitment), ours->sealed_key);
    if (!unwrapped || unwrapped->size() != 32) return fail(faults::lane_not_for_us);
    const auto key = crypto::AeadKey::copy_of(std::span<const std::uint8_t, 32>(unwrapped->view()));
    if (commitment_to(key) != envelope.header.commitment) return fail(faults::lane_commitment);
    return crypto::aead_open(key, crypto::AeadNonce(), tls::encode(envelope.header), envelope.sealed);
}

}  // namespace veranda::circle
