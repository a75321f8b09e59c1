// A counsellor's turn of duty: a fresh key, a statement that is renewed while she is there, and the proofs that she is.
// The checks are crypto/verify/duty_check.hpp's. Specification: docs/protocol.md, 14.
#pragma once

#include "crypto/sealed/kem.hpp"
#include "crypto/sealed/signing.hpp"
#include "crypto/verify/duty_check.hpp"

namespace veranda::circle {

// Destroyed, it has erased the key: what was sealed to it opens no more.
class Duty {
public:
    Duty(Signed<Certificate> certificate, std::vector<LanguageTag> languages, crypto::RandomSource& random);

    // A new statement of this turn, good from a little before `now` for duty_seconds_max in all; it is in force from
    // then on. Caller must: hold the certificate's key.
    const Signed<DutyStatement>& state(UnixSeconds now, const crypto::SigningKey& key);
    UnixSeconds renew_at() const;  // half of the statement's life

    Signed<DutyAccess> access(std::string_view origin, const Challenge& challenge, const crypto::SigningKey& key) const;
    Signed<DutyProof> prove(const Challenge& nonce, const crypto::SigningKey& key) const;

    const crypto::KemKeyPair& key() const { return duty_key_; }
    Hash turn() const;  // as DutyStanding's

private:
    Signed<Certificate> certificate_;
    std::vector<LanguageTag> languages_;
    crypto::KemKeyPair duty_key_;
    std::optional<Signed<DutyStatement>> statement_;
};

}  // namespace veranda::circle
