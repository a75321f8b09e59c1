// Seals and opens what is handed over. It is for a moment: who opens it late does not go in by it.
#include "client-lib/circle/desk/hand_over.hpp"

#include "crypto/sealed/hpke.hpp"
#include "crypto/sealed/signed_make.hpp"
#include "protocol/limits.hpp"

namespace veranda::circle {
namespace {

constexpr std::uint64_t clock_margin_seconds = 120;  // both go by the relay's clock

bool is_of_now(UnixSeconds at, UnixSeconds now) {
    return at.value <= now.value + clock_margin_seconds &&
           now.value <= at.value + limits::hand_over_seconds_max + clock_margin_seconds;
}

}  // namespace

Result<Bytes> seal_hand_over(const PassEntropy& pass, const crypto::DutyStanding& to,
                             const Signed<Certificate>& certificate, const crypto::SigningKey& key, UnixSeconds now,
                             crypto::RandomSource& random) {
    HandOver body{certificate, to.turn(), {}, now};
    std::copy(pass.view().begin(), pass.view().end(), body.pass.begin());
    auto hand_over = crypto::sign(body, key);
    Bytes plain = tls::encode(PaddedHandOver{hand_over, {}});
    crypto::wipe(body.pass);
    crypto::wipe(hand_over.body.pass);
    VERANDA_ASSERT(plain.size() <= limits::hand_over_plain_bytes);
    plain.resize(limits::hand_over_plain_bytes);
    const crypto::HpkeInfo info(as_bytes(HandOver::seal_info));
    const auto made = crypto::hpke_seal(to.duty_key(), info, ByteView(to.turn()), plain, random);
    crypto::wipe(plain);
    const auto sealed = TRY(made);
    Bytes bytes = to_bytes(sealed.encapsulation);
    append(bytes, sealed.ciphertext);
    return bytes;
}

Result<OpenedHandOver> open_hand_over(ByteView sealed, const crypto::KemKeyPair& duty_key, const Hash& turn,
                                      const TrustedStaff& trust, UnixSeconds now) {
    if (sealed.size() != limits::hand_over_sealed_bytes) return fail(faults::hand_over_not_ours);
    const crypto::HpkeInfo info(as_bytes(HandOver::seal_info));
    const auto plain = crypto::hpke_open(duty_key, sealed.first(32), info, ByteView(turn), sealed.subspan(32));
    if (!plain) return fail(faults::hand_over_not_ours);
    auto padded = tls::decode<PaddedHandOver>(plain->view());
    if (!padded) return fail(faults::hand_over_not_ours);
    Signed<HandOver>& hand_over = padded->hand_over;
    HandOver& body = hand_over.body;
    if (body.turn != turn) return fail(faults::hand_over_other_turn);
    if (!is_of_now(body.at, now)) return fail(faults::hand_over_time, body.at.value);
    if (body.certificate.body.role != Role::counsellor) return fail(faults::hand_over_role);
    TRY(trust.check_certificate(body.certificate, body.at, now));
    if (!crypto::signature_holds(hand_over, body.certificate.body.key)) return fail(faults::hand_over_signature);
    const auto entropy = PassEntropy::copy_of(std::span<const std::uint8_t, pass_entropy_bytes>(body.pass));
    crypto::wipe(body.pass);
    return OpenedHandOver{Pass::from(entropy), crypto::hash_of(body.certificate), body.certificate.body.name};
}

Result<void> check_consent(const HandOverConsent& consent, const MemberId& from, const HandOverAsk& asked) {
    if (from != asked.survivor) return fail(faults::consent_other_member);
    if (consent.question != asked.question) return fail(faults::consent_other_question);
    if (consent.certificate != asked.certificate) return fail(faults::consent_other_name);
    return {};
}

}  // namespace veranda::circle
