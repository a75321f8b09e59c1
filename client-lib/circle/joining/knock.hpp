// The knock: what a joiner asks with, and what the admitting client alone judges. Specification:
// docs/protocol.md, 6.11.
#pragma once

#include "client-lib/circle/joining/card.hpp"
#include "client-lib/circle/joining/names.hpp"
#include "client-lib/mls/key_package.hpp"

namespace veranda::circle {

// Who knocks, and with what.
struct KnockRequest {
    Bytes key_package;
    AccessKey access_key;
    PassKeys ticket;
    std::string pseudonym;
    KnockReason reason{};
    std::optional<StaffCredential> staff;
    std::optional<ReturnPoint> from{};  // she was in this session before
};

// Signed by the pass, sealed to the card, signed by the card's knock key. Errors: those of HPKE.
Result<Signed<KnockEnvelope>> make_knock(const OpenedCard& card, const CardId& id, const Pass& pass,
                                         KnockRequest request, crypto::RandomSource& random);

KnockId knock_id(const Signed<KnockEnvelope>& envelope);

// A knock opened and found in order, all but whether the name is free and a person wants her in.
struct OpenedKnock {
    Knock knock;
    mls::KeyPackage key_package;
    std::optional<crypto::StaffStanding> staff;
};

// Errors: knock_not_opened, knock_other_card, knock_other_pass, knock_pass_signature, knock_key_package, knock_lifetime
// (48 hours of wrong clock allowed), knock_identity (the leaf says another name or another credential), knock_staff,
// pseudonym_form.
Result<OpenedKnock> open_knock(const Signed<KnockEnvelope>& envelope, const CardSecrets& card, const Genesis& room,
                               const TrustedStaff& trust, UnixSeconds now);

}  // namespace veranda::circle
