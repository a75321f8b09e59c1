// Talk before admission: short texts between one who knocks and the staff who may let her in, under both sides' keys,
// so that neither a relay nor another member can put in a word. Specification: docs/protocol.md, 7.6.
#pragma once

#include "client-lib/circle/joining/knock.hpp"
#include "protocol/talk.hpp"

namespace veranda::circle {

// The body of a text. Errors: text_empty; text_too_long, detail: bytes at most; text_not_utf8.
Result<Bytes> talk_text(std::string_view text);

// From the one who knocks, to whoever has the card's secrets. Caller must: no speaker in it.
// Errors: talk_too_long, detail: bytes of plaintext at most; those of HPKE.
Result<Bytes> seal_talk_to_staff(const TalkContent& content, const Pass& ticket, const SealingKey& knock_sealing_key,
                                 crypto::RandomSource& random);
// From staff, to the one who knocks. Caller must: her credential in it, whose session key this is. Errors: as above.
Result<Bytes> seal_talk_to_joiner(const TalkContent& content, const crypto::SigningKey& session_key,
                                  const SealingKey& ticket, crypto::RandomSource& random);

// What staff open: said by the one who made this knock. The caller passes over a number it has had.
// Errors: talk_not_opened, talk_other_knock, talk_speaker (it claims to be staff), talk_signature; for a text
// text_empty, text_too_long.
Result<TalkContent> open_talk_from_joiner(ByteView sealed, const crypto::KemKeyPair& knock_sealing, const KnockId& id,
                                          const Knock& knock);

struct StaffTalk {
    TalkContent content;
    crypto::StaffStanding speaker;
};
// What the one who knocks opens: said by staff who commit in the card's room. Errors: talk_not_opened,
// talk_other_knock, talk_speaker (no credential, or of no one who commits there), talk_signature; for a text
// text_empty, text_too_long.
Result<StaffTalk> open_talk_from_staff(ByteView sealed, const Pass& ticket, const KnockId& id, const OpenedCard& card,
                                       const TrustedStaff& trust, UnixSeconds now);

}  // namespace veranda::circle
