// The card that waits at the relay for whoever holds a pass: it says where the session is and what to knock with.
//
// Signed by a facilitator's session key, sealed to the pass, all of one size. Specification: docs/protocol.md, 6.10.
#pragma once

#include "client-lib/circle/joining/invite.hpp"
#include "client-lib/circle/trust/trusted_staff.hpp"
#include "protocol/frames.hpp"

namespace veranda::circle {

// What a facilitator's client keeps of a card it posted, to open the knocks on it; shared with the other facilitators.
struct CardSecrets {
    CardId id;
    CardKind kind{};
    PassKeys pass;
    Hash sealed_hash;  // SHA-256 of the sealed card
    MemberId member;   // whose ticket it is; zero for others
    crypto::KemKeyPair knock_sealing;

    // For the lane, from one member of staff to another. Wiped by whoever holds it.
    Bytes encode() const;
    static Result<CardSecrets> decode(ByteView bytes);
};

struct MadeCard {
    PostedCard posted;
    CardSecrets secrets;
};

// Fills `card`'s two keys, signs, seals. `member`: of a ticket's card, whose it is. Errors: card_too_long, when the
// rules and the staff do not fit.
Result<MadeCard> make_card(Card card, const crypto::SigningKey& session_key, const PassKeys& pass, const CardId& id,
                           crypto::RandomSource& random, const MemberId& member = {});

// A card found and believed: only open_card makes one.
class OpenedCard {
public:
    const Card& card() const { return card_; }
    const Hash& sealed_hash() const { return sealed_hash_; }
    const crypto::StaffStanding& issuer() const { return issuer_; }

private:
    friend Result<OpenedCard> open_card(ByteView, const Pass&, const CardId&, const TrustedStaff&, UnixSeconds);
    OpenedCard(Card card, Hash sealed_hash, crypto::StaffStanding issuer)
        : card_(std::move(card)), sealed_hash_(sealed_hash), issuer_(std::move(issuer)) {}
    Card card_;
    Hash sealed_hash_;
    crypto::StaffStanding issuer_;
};

// Errors: card_not_ours, card_run_out, card_signature, card_issuer (not staff who commit), those of
// TrustedStaff::check.
Result<OpenedCard> open_card(ByteView sealed, const Pass& pass, const CardId& id, const TrustedStaff& trust,
                             UnixSeconds now);

}  // namespace veranda::circle
