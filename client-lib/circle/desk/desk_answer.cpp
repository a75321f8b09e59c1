// Makes and opens answers. Whatever is wrong with the seal or inside the padding is one fault: it is not for this pass.
#include "client-lib/circle/desk/desk_answer.hpp"

#include "client-lib/circle/desk/sealed_padded.hpp"
#include "crypto/sealed/signed_make.hpp"
#include "crypto/verify/mac.hpp"
#include "protocol/limits.hpp"

namespace veranda::circle {
namespace {

constexpr std::uint64_t clock_margin_seconds = 600;  // the counsellor's clock and ours

Result<void> check_form(const DeskAnswer& answer) {
    const bool is_blank = answer.text.find_first_not_of(" \t\r\n") == std::string::npos;
    if (is_blank || answer.text.size() > limits::desk_answer_text_bytes_max || !tls::is_utf8(as_bytes(answer.text)))
        return fail(faults::desk_answer_form, limits::desk_answer_text_bytes_max);
    return {};
}

bool is_of_these_days(UnixSeconds answered_at, UnixSeconds now) {
    return answered_at.value <= now.value + clock_margin_seconds &&
           now.value <= answered_at.value + limits::desk_answer_ms / 1000 + clock_margin_seconds;
}

}  // namespace

AnswerId answer_id(const PassKeys& keys) {
    tls::Writer message;
    message.vector(as_bytes(DeskAnswer::id_label));
    return AnswerId::from(crypto::mac(tls::encode(keys), message.bytes()).bytes);
}

Result<Bytes> seal_desk_answer(DeskAnswer answer, const Signed<Certificate>& certificate, const crypto::SigningKey& key,
                               crypto::RandomSource& random) {
    TRY(check_form(answer));
    answer.certificate = certificate;
    const PassKeys asker = answer.asker;
    return seal_padded(asker.sealing_key, DeskAnswer::seal_info, answer_id(asker),
                       PaddedDeskAnswer{crypto::sign(std::move(answer), key), {}}, limits::desk_answer_plain_bytes,
                       random);
}

Result<OpenedAnswer> open_desk_answer(ByteView sealed, const Pass& pass, const TrustedStaff& trust, UnixSeconds now) {
    auto padded = open_padded<PaddedDeskAnswer>(pass.sealing, DeskAnswer::seal_info, answer_id(pass.keys()), sealed,
                                                limits::desk_answer_sealed_bytes);
    if (!padded) return fail(faults::desk_answer_not_ours);
    Signed<DeskAnswer>& answer = padded->answer;
    const DeskAnswer& body = answer.body;
    TRY(check_form(body));
    if (body.asker != pass.keys()) return fail(faults::desk_answer_other_request);
    if (!is_of_these_days(body.answered_at, now)) return fail(faults::desk_answer_time, body.answered_at.value);
    if (body.certificate.body.role != Role::counsellor) return fail(faults::desk_answer_role);
    TRY(trust.check_certificate(body.certificate, body.answered_at, now));
    if (!crypto::signature_holds(answer, body.certificate.body.key)) return fail(faults::desk_answer_signature);
    return OpenedAnswer(std::move(answer.body));
}

}  // namespace veranda::circle
