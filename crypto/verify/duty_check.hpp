// Who is on duty at the support desk: a certificate of a counsellor, and what its key says of this turn. Relay and
// clients ask here, so that both mean the same. Specification: docs/protocol.md, 14.
#pragma once

#include "crypto/verify/staff_check.hpp"
#include "protocol/desk.hpp"

namespace veranda::crypto {

namespace faults {
inline constexpr Rule duty_form{"duty_form", "docs/protocol.md, 14"};  // its languages
inline constexpr Rule duty_role{"duty_role", "docs/protocol.md, 14"};  // not a counsellor
inline constexpr Rule duty_signature{"duty_signature", "docs/protocol.md, 14"};
inline constexpr Rule duty_lifetime{"duty_lifetime", "docs/protocol.md, 14"};
inline constexpr Rule duty_other_statement{"duty_other_statement", "docs/protocol.md, 14"};
inline constexpr Rule duty_other_nonce{"duty_other_nonce", "docs/protocol.md, 14"};
inline constexpr Rule duty_proof_signature{"duty_proof_signature", "docs/protocol.md, 14"};
inline constexpr Rule duty_access{"duty_access",
                                  "docs/protocol.md, 14"};  // of another connection, or not signed by her
}  // namespace faults

// What a turn of duty is known by, whichever of its statements is in force.
Hash duty_turn(const Hash& certificate, const SealingKey& duty_key);

// Success as a type that only check_duty can make: who is on duty, with which key, until when.
class DutyStanding {
public:
    const std::string& name() const { return name_; }
    const SignatureKey& key() const { return key_; }
    const SealingKey& duty_key() const { return duty_key_; }
    const Hash& certificate() const { return certificate_; }
    const Hash& statement() const { return statement_; }
    const std::vector<LanguageTag>& languages() const { return languages_; }
    UnixSeconds not_after() const { return not_after_; }
    Hash turn() const { return duty_turn(certificate_, duty_key_); }

private:
    friend Result<DutyStanding> check_duty(const Signed<DutyStatement>&, const SignatureKey&, const StaffList&,
                                           UnixSeconds);
    DutyStanding() = default;
    std::string name_;
    SignatureKey key_;
    SealingKey duty_key_;
    Hash certificate_;
    Hash statement_;
    std::vector<LanguageTag> languages_;
    UnixSeconds not_after_;
};

// Caller must: have checked the list itself with check_staff_list. Cost: two signature checks.
// Errors: those of check_certificate; duty_form, duty_role, duty_signature, duty_lifetime.
Result<DutyStanding> check_duty(const Signed<DutyStatement>& statement, const SignatureKey& root, const StaffList& list,
                                UnixSeconds now);

// Errors: duty_other_statement, duty_other_nonce, duty_proof_signature.
Result<void> check_duty_proof(const Signed<DutyProof>& proof, const DutyStanding& standing, const Challenge& nonce);

// Does it bind this turn to this connection? The origin is for the caller to look at. Errors: duty_access.
Result<void> check_duty_access(const Signed<DutyAccess>& access, const DutyStanding& standing,
                               const Challenge& challenge);

}  // namespace veranda::crypto
