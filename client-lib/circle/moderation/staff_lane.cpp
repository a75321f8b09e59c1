// Seals and opens lane envelopes. The header, hashed over in the content's aad, binds the key and every wrap.
#include "client-lib/circle/moderation/staff_lane.hpp"

#include "crypto/sealed/aead.hpp"
#include "crypto/sealed/hpke.hpp"
#include "crypto/sealed/signed_make.hpp"
#include "crypto/verify/signed_check.hpp"

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

Result<LaneEnvelope> seal_lane(const LaneContent& content, const crypto::SigningKey& leaf_key,
                               std::span<const SealingKey> lane_keys, crypto::RandomSource& random) {
    Bytes plain = tls::encode(PaddedLaneContent{crypto::sign(content, leaf_key), {}});
    if (plain.size() > limits::lane_plain_bytes || lane_keys.size() > limits::lane_wraps_max)
        return fail(faults::lane_too_long, limits::lane_plain_bytes);
    plain.resize(limits::lane_plain_bytes);

    const auto key = crypto::random_secret<32>(random);
    LaneEnvelope envelope;
    envelope.header.commitment = commitment_to(key);
    for (const SealingKey& to : lane_keys)
        envelope.header.wraps.push_back(TRY(wrap_for(to, key, envelope.header.commitment, random)));
    envelope.sealed = crypto::aead_seal(key, crypto::AeadNonce(), tls::encode(envelope.header), plain);
    crypto::wipe(plain);
    return envelope;
}

LaneId lane_id(const LaneEnvelope& envelope) { return LaneId{crypto::sha256(tls::encode(envelope)).bytes}; }

Result<Signed<LaneContent>> open_lane(const LaneEnvelope& envelope, const crypto::KemKeyPair& lane_key) {
    const auto& wraps = envelope.header.wraps;
    const auto ours =
        std::find_if(wraps.begin(), wraps.end(), [&](const LaneWrap& wrap) { return wrap.to == lane_key.public_key; });
    if (ours == wraps.end()) return fail(faults::lane_not_for_us);
    const auto unwrapped =
        crypto::hpke_open(lane_key, ours->encapsulated, crypto::HpkeInfo(as_bytes(LaneHeader::wrap_info)),
                          ByteView(envelope.header.commitment), ours->sealed_key);
    if (!unwrapped || unwrapped->size() != 32) return fail(faults::lane_not_for_us);
    const auto key = crypto::AeadKey::copy_of(std::span<const std::uint8_t, 32>(unwrapped->view()));
    if (commitment_to(key) != envelope.header.commitment) return fail(faults::lane_commitment);
    const auto plain = TRY(crypto::aead_open(key, crypto::AeadNonce(), tls::encode(envelope.header), envelope.sealed));
    auto padded = TRY(tls::decode<PaddedLaneContent>(plain.view()));
    return std::move(padded.content);
}

Result<void> check_lane_sender(const Signed<LaneContent>& content, const RoomId& room, const SignatureKey& leaf_key) {
    if (content.body.room != room) return fail(faults::lane_other_room);
    if (!crypto::signature_holds(content, leaf_key)) return fail(faults::lane_signature);
    return {};
}

}  // namespace veranda::circle
