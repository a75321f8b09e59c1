// The answer to a request that was left: signed by a counsellor's certificate key, sealed to the asker's pass, and
// found again under an id that only the pass gives. Specification: docs/protocol.md, 14.
#pragma once

#include "client-lib/circle/joining/invite.hpp"
#include "client-lib/circle/trust/trusted_staff.hpp"
#include "protocol/desk.hpp"

namespace veranda::circle {

// Where a pass's answer is kept: HMAC-SHA256 of a label under the pass's public half. Not of a day: it is looked for on
// any of them.
AnswerId answer_id(const PassKeys& keys);

// Fills in `certificate`, signs and seals; all answers have one size. Errors: desk_answer_form; those of HPKE.
Result<Bytes> seal_desk_answer(DeskAnswer answer, const Signed<Certificate>& certificate, const crypto::SigningKey& key,
                               crypto::RandomSource& random);

// Success as a type that only open_desk_answer can make: who answered, and what.
class OpenedAnswer {
public:
    const std::string& name() const { return body_.certificate.body.name; }
    const std::string& text() const { return body_.text; }
    UnixSeconds asked_at() const { return body_.asked_at; }
    UnixSeconds answered_at() const { return body_.answered_at; }

private:
    friend Result<OpenedAnswer> open_desk_answer(ByteView, const Pass&, const TrustedStaff&, UnixSeconds);
    explicit OpenedAnswer(DeskAnswer body) : body_(std::move(body)) {}
    DeskAnswer body_;
};

// The certificate has to be good when it was answered, which is within the days that an answer is kept, and not revoked
// by now. Errors: desk_answer_not_ours, desk_answer_form, desk_answer_other_request, desk_answer_time,
// desk_answer_role, those of TrustedStaff::check_certificate, desk_answer_signature.
Result<OpenedAnswer> open_desk_answer(ByteView sealed, const Pass& pass, const TrustedStaff& trust, UnixSeconds now);

}  // namespace veranda::circle
