// Seals and opens requests. Whoever opens one believes no more of it than that its pass asked.
#include "client-lib/circle/desk/desk_request.hpp"

#include "crypto/sealed/signed_make.hpp"
#include "crypto/verify/duty_check.hpp"
#include "protocol/limits.hpp"

namespace veranda::circle {

Result<void> check_desk_request(const DeskRequest& request) {
    const bool has_form = is_language_tag(request.language) && is_known(request.urgency) &&
                          request.note.size() <= limits::desk_note_bytes_max && tls::is_utf8(as_bytes(request.note));
    if (!has_form) return fail(faults::desk_request_form);
    return {};
}

Result<LaneEnvelope> seal_desk_request(DeskRequest request, const Pass& pass, std::span<const SealingKey> to,
                                       crypto::RandomSource& random) {
    request.asker = pass.keys();
    TRY(check_desk_request(request));
    if (to.empty()) return fail(faults::desk_nobody);
    return seal_envelope(tls::encode(PaddedDeskRequest{crypto::sign(std::move(request), pass.signing), {}}), to,
                         random);
}

Result<DeskRequest> open_desk_request(const LaneEnvelope& envelope, const crypto::KemKeyPair& own) {
    const auto plain = TRY(open_envelope(envelope, own));
    auto padded = TRY(tls::decode<PaddedDeskRequest>(plain.view()));
    if (!crypto::signature_holds(padded.request, padded.request.body.asker.signature_key))
        return fail(faults::desk_request_signature);
    TRY(check_desk_request(padded.request.body));
    return std::move(padded.request.body);
}

}  // namespace veranda::circle
