// The checks, in the order in which they cost least.
#include "crypto/verify/duty_check.hpp"

#include <algorithm>

#include "protocol/limits.hpp"

namespace veranda::crypto {

Hash duty_turn(const Hash& certificate, const SealingKey& duty_key) {
    tls::Writer writer;
    tls::write(writer, certificate);
    tls::write(writer, duty_key);
    return sha256(writer.bytes());
}

Result<DutyStanding> check_duty(const Signed<DutyStatement>& statement, const SignatureKey& root, const StaffList& list,
                                UnixSeconds now) {
    const DutyStatement& body = statement.body;
    const Certificate& certificate = body.certificate.body;
    const bool has_form = body.languages.size() <= limits::duty_languages_max &&
                          std::all_of(body.languages.begin(), body.languages.end(),
                                      [](const LanguageTag& language) { return is_language_tag(language.tag); });
    if (!has_form) return fail(faults::duty_form);
    if (certificate.role != Role::counsellor) return fail(faults::duty_role);
    const bool lives = body.not_before <= now && now <= body.not_after &&
                       body.not_after.value - body.not_before.value <= limits::duty_seconds_max;
    if (!lives) return fail(faults::duty_lifetime, body.not_after.value);
    TRY(check_certificate(body.certificate, root, list, now));
    if (!signature_holds(statement, certificate.key)) return fail(faults::duty_signature);

    DutyStanding standing;
    standing.name_ = certificate.name;
    standing.key_ = certificate.key;
    standing.duty_key_ = body.duty_key;
    standing.certificate_ = hash_of(body.certificate);
    standing.statement_ = hash_of(statement);
    standing.languages_ = body.languages;
    standing.not_after_ = body.not_after;
    return standing;
}

Result<void> check_duty_proof(const Signed<DutyProof>& proof, const DutyStanding& standing, const Challenge& nonce) {
    if (proof.body.statement != standing.statement()) return fail(faults::duty_other_statement);
    if (proof.body.nonce != nonce) return fail(faults::duty_other_nonce);
    if (!signature_holds(proof, standing.key())) return fail(faults::duty_proof_signature);
    return {};
}

Result<void> check_duty_access(const Signed<DutyAccess>& access, const DutyStanding& standing,
                               const Challenge& challenge) {
    const DutyAccess& body = access.body;
    if (body.statement != standing.statement() || body.challenge != challenge ||
        !signature_holds(access, standing.key()))
        return fail(faults::duty_access);
    return {};
}

}  // namespace veranda::crypto
