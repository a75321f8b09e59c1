// Makes and opens answers. Whatever is wrong with the seal or inside the padding is one fault: it is not for this pass.
#include "client-lib/circle/desk/desk_answer.hpp"

#include "crypto/sealed/hpke.hpp"
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

Result<Signed<DeskAnswer>> unseal(ByteView sealed, const Pass& pass) {
    if (sealed.size() != limits::desk_answer_sealed_bytes) return fail(faults::desk_answer_not_ours);
    const crypto::HpkeInfo info(as_bytes(DeskAnswer::seal_info));
    const auto plain =
        crypto::hpke_open(pass.sealing, sealed.first(32), info, ByteView(answer_id(pass.keys())), sealed.subspan(32));
    if (!plain) return fail(faults::desk_answer_not_ours);
    auto padded = tls::decode<PaddedDeskAnswer>(plain->view());
    if (!padded) return fail(faults::desk_answer_not_ours);
    return std::move(padded->answer);
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
    Bytes plain = tls::encode(PaddedDeskAnswer{crypto::sign(std::move(answer), key), {}});
    VERANDA_ASSERT(plain.size() <= limits::desk_answer_plain_bytes);
    plain.resize(limits::desk_answer_plain_bytes);
    const crypto::HpkeInfo info(as_bytes(DeskAnswer::seal_info));
    const auto made = crypto::hpke_seal(asker.sealing_key, info, ByteView(answer_id(asker)), plain, random);
    crypto::wipe(plain);
    const auto sealed = TRY(made);
    Bytes bytes = to_bytes(sealed.encapsulation);
    append(bytes, sealed.ciphertext);
    return bytes;
}

Result<OpenedAnswer> open_desk_answer(ByteView sealed, const Pass& pass, const TrustedStaff& trust, UnixSeconds now) {
    Signed<DeskAnswer> answer = TRY(unseal(sealed, pass));
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
