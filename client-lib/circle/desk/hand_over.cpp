// Seals and opens what is handed over. It is for a moment: who opens it late does not go in by it.
#include "client-lib/circle/desk/hand_over.hpp"

#include "client-lib/circle/desk/sealed_padded.hpp"
#include "crypto/sealed/signed_make.hpp"
#include "protocol/limits.hpp"

namespace veranda::circle {
namespace {

constexpr std::uint64_t hand_over_margin_seconds = 120;  // both go by the relay's clock

bool is_of_now(UnixSeconds at, UnixSeconds now) {
    return at.value <= now.value + hand_over_margin_seconds &&
           now.value <= at.value + limits::hand_over_seconds_max + hand_over_margin_seconds;
}

Result<void> check(const Signed<HandOver>& hand_over, const Hash& turn, const TrustedStaff& trust, UnixSeconds now) {
    const HandOver& body = hand_over.body;
    if (body.turn != turn) return fail(faults::hand_over_other_turn);
    if (!is_of_now(body.at, now)) return fail(faults::hand_over_time, body.at.value);
    if (body.certificate.body.role != Role::counsellor) return fail(faults::hand_over_role);
    TRY(trust.check_certificate(body.certificate, body.at, now));
    if (!crypto::signature_holds(hand_over, body.certificate.body.key)) return fail(faults::hand_over_signature);
    return {};
}

}  // namespace

Result<Bytes> seal_hand_over(const PassEntropy& pass, const crypto::DutyStanding& to,
                             const Signed<Certificate>& certificate, const crypto::SigningKey& key, UnixSeconds now,
                             crypto::RandomSource& random) {
    HandOver body{certificate, to.turn(), {}, now};
    std::copy(pass.view().begin(), pass.view().end(), body.pass.begin());
    PaddedHandOver padded{crypto::sign(body, key), {}};
    auto sealed =
        seal_padded(to.duty_key(), HandOver::seal_info, to.turn(), padded, limits::hand_over_plain_bytes, random);
    crypto::wipe(body.pass);  // our own copies; those that signing makes for a moment are not in reach
    crypto::wipe(padded.hand_over.body.pass);
    return sealed;
}

Result<OpenedHandOver> open_hand_over(ByteView sealed, const crypto::KemKeyPair& duty_key, const Hash& turn,
                                      const TrustedStaff& trust, UnixSeconds now) {
    auto padded =
        open_padded<PaddedHandOver>(duty_key, HandOver::seal_info, turn, sealed, limits::hand_over_sealed_bytes);
    if (!padded) return fail(faults::hand_over_not_ours);
    HandOver& body = padded->hand_over.body;
    const auto entropy = PassEntropy::copy_of(std::span<const std::uint8_t, pass_entropy_bytes>(body.pass));
    const auto good = check(padded->hand_over, turn, trust, now);
    crypto::wipe(body.pass);
    TRY(good);
    return OpenedHandOver{Pass::from(entropy), crypto::hash_of(body.certificate), body.certificate.body.name};
}

Result<void> check_consent(const HandOverConsent& consent, const MemberId& from, const HandOverAsk& asked) {
    if (from != asked.survivor) return fail(faults::consent_other_member);
    if (consent.question != asked.question) return fail(faults::consent_other_question);
    if (consent.certificate != asked.certificate) return fail(faults::consent_other_name);
    return {};
}

}  // namespace veranda::circle
