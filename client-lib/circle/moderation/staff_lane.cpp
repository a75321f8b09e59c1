// The lane's content, signed and padded; the envelope around it is lane_envelope.cpp's.
#include "client-lib/circle/moderation/staff_lane.hpp"

#include "crypto/sealed/signed_make.hpp"
#include "crypto/verify/signed_check.hpp"

namespace veranda::circle {

Result<LaneEnvelope> seal_lane(const LaneContent& content, const crypto::SigningKey& leaf_key,
                               std::span<const SealingKey> lane_keys, crypto::RandomSource& random) {
    return seal_envelope(tls::encode(PaddedLaneContent{crypto::sign(content, leaf_key), {}}), lane_keys, random);
}

Result<Signed<LaneContent>> open_lane(const LaneEnvelope& envelope, const crypto::KemKeyPair& lane_key) {
    const auto plain = TRY(open_envelope(envelope, lane_key));
    auto padded = TRY(tls::decode<PaddedLaneContent>(plain.view()));
    return std::move(padded.content);
}

Result<void> check_lane_sender(const Signed<LaneContent>& content, const RoomId& room, const SignatureKey& leaf_key) {
    if (content.body.room != room) return fail(faults::lane_other_room);
    if (!crypto::signature_holds(content, leaf_key)) return fail(faults::lane_signature);
    return {};
}

}  // namespace veranda::circle
