// The envelope of the lane, whatever is in it: one size, sealed once, wrapped for each who may open it. What staff are
// told in a room and what is asked at the support desk go in it alike. Specification: docs/protocol.md, 8.
#pragma once

#include <span>

#include "client-lib/circle/rules.hpp"
#include "crypto/sealed/kem.hpp"
#include "protocol/lane.hpp"

namespace veranda::circle {

// `plain` is filled with zeros to lane_plain_bytes, and wiped. Limit: lane_wraps_max keys.
// Errors: lane_too_long, detail: bytes at most; those of HPKE.
Result<LaneEnvelope> seal_envelope(Bytes plain, std::span<const SealingKey> to, crypto::RandomSource& random);

// The padded plaintext. Errors: lane_not_for_us, lane_commitment, decryption.
Result<crypto::SecretBytes> open_envelope(const LaneEnvelope& envelope, const crypto::KemKeyPair& own);

LaneId lane_id(const LaneEnvelope& envelope);

}  // namespace veranda::circle
