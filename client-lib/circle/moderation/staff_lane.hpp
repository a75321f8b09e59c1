// The lane from one member to all staff: sealed once, wrapped for each, signed inside by the sender's leaf key.
// Specification: docs/protocol.md, 8.
#pragma once

#include "client-lib/circle/moderation/lane_envelope.hpp"
#include "crypto/sealed/signing.hpp"

namespace veranda::circle {

// Limit: lane_wraps_max lane keys. Errors: lane_too_long, detail: bytes of body at most; those of HPKE.
Result<LaneEnvelope> seal_lane(const LaneContent& content, const crypto::SigningKey& leaf_key,
                               std::span<const SealingKey> lane_keys, crypto::RandomSource& random);

// The content as signed; the caller looks up the leaf key of the member it names and asks
// check_lane_sender().
// Errors: lane_not_for_us, lane_commitment, those of tls::decode.
Result<Signed<LaneContent>> open_lane(const LaneEnvelope& envelope, const crypto::KemKeyPair& lane_key);

// Is it really from this leaf, for this room? Errors: lane_other_room, lane_signature.
Result<void> check_lane_sender(const Signed<LaneContent>& content, const RoomId& room, const SignatureKey& leaf_key);

}  // namespace veranda::circle
