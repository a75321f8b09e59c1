// A request at the support desk: signed by the asker's pass, sealed to those who proved that they are on duty.
// Specification: docs/protocol.md, 14.
#pragma once

#include "client-lib/circle/joining/invite.hpp"
#include "client-lib/circle/moderation/lane_envelope.hpp"
#include "protocol/desk.hpp"

namespace veranda::circle {

// A language tag, and a note of at most desk_note_bytes_max that is text. Errors: desk_request_form.
Result<void> check_desk_request(const DeskRequest& request);

// `request.asker` is filled in. Errors: desk_request_form; desk_nobody, when there is no key to seal it to;
// lane_too_long, when there are too many; those of HPKE.
Result<LaneEnvelope> seal_desk_request(DeskRequest request, const Pass& pass, std::span<const SealingKey> to,
                                       crypto::RandomSource& random);

// What `own` opens, signed by the pass that it names. Errors: those of open_envelope and tls::decode,
// desk_request_signature, desk_request_form.
Result<DeskRequest> open_desk_request(const LaneEnvelope& envelope, const crypto::KemKeyPair& own);

}  // namespace veranda::circle
