// Statements and proofs of one turn of duty.
#include "client-lib/circle/desk/duty.hpp"

#include "crypto/sealed/signed_make.hpp"
#include "protocol/limits.hpp"

namespace veranda::circle {
namespace {

constexpr std::uint64_t early_seconds = 60;  // the asker's clock and the relay's are other ones

}  // namespace

Duty::Duty(Signed<Certificate> certificate, std::vector<LanguageTag> languages, crypto::RandomSource& random)
    : certificate_(std::move(certificate)),
      languages_(std::move(languages)),
      duty_key_(crypto::KemKeyPair::generate(random)) {}

const Signed<DutyStatement>& Duty::state(UnixSeconds now, const crypto::SigningKey& key) {
    const UnixSeconds from{now.value - std::min(now.value, early_seconds)};
    const UnixSeconds until{from.value + limits::duty_seconds_max};
    statement_ = crypto::sign(DutyStatement{certificate_, duty_key_.public_key, languages_, from, until}, key);
    return *statement_;
}

UnixSeconds Duty::renew_at() const {
    VERANDA_ASSERT(statement_.has_value());
    return UnixSeconds{statement_->body.not_after.value - limits::duty_seconds_max / 2};
}

Signed<DutyAccess> Duty::access(std::string_view origin, const Challenge& challenge,
                                const crypto::SigningKey& key) const {
    VERANDA_ASSERT(statement_.has_value());
    return crypto::sign(DutyAccess{crypto::hash_of(*statement_), std::string(origin), challenge}, key);
}

Signed<DutyProof> Duty::prove(const Challenge& nonce, const crypto::SigningKey& key) const {
    VERANDA_ASSERT(statement_.has_value());
    return crypto::sign(DutyProof{crypto::hash_of(*statement_), nonce}, key);
}

Hash Duty::turn() const { return crypto::duty_turn(crypto::hash_of(certificate_), duty_key_.public_key); }

}  // namespace veranda::circle
