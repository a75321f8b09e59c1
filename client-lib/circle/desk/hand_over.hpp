// The way into a session for two, from the counsellor who hands it over to the one who takes it: the pass of a card,
// signed and sealed to the other's turn of duty. Specification: docs/protocol.md, 14.
#pragma once

#include "client-lib/circle/joining/invite.hpp"
#include "client-lib/circle/trust/trusted_staff.hpp"
#include "protocol/desk.hpp"

namespace veranda::circle {

// Caller must: `to` has proved that she is there. Errors: those of HPKE.
Result<Bytes> seal_hand_over(const PassEntropy& pass, const crypto::DutyStanding& to,
                             const Signed<Certificate>& certificate, const crypto::SigningKey& key, UnixSeconds now,
                             crypto::RandomSource& random);

struct OpenedHandOver {
    Pass pass;
    Hash certificate;  // of whoever hands over; the card is hers
    std::string name;
};

// `turn`: our own. Errors: hand_over_not_ours, hand_over_other_turn, hand_over_time, hand_over_role, those of
// TrustedStaff::check_certificate, hand_over_signature.
Result<OpenedHandOver> open_hand_over(ByteView sealed, const crypto::KemKeyPair& duty_key, const Hash& turn,
                                      const TrustedStaff& trust, UnixSeconds now);

// What a survivor was asked: by which content, about whom.
struct HandOverAsk {
    InnerId question;
    Hash certificate;
    MemberId survivor;
};

// Is it the answer to that, for that counsellor, by the one who was asked? `from`: whose leaf key signed it.
// Errors: consent_other_member, consent_other_question, consent_other_name.
Result<void> check_consent(const HandOverConsent& consent, const MemberId& from, const HandOverAsk& asked);

}  // namespace veranda::circle
