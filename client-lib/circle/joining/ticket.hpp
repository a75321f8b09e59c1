// A ticket as whoever holds it keeps it: the secret half of a short-lived pass, and where it leads. All that a browser
// keeps of a session. Specification: docs/protocol.md, 7.8.
#pragma once

#include "client-lib/circle/joining/invite.hpp"
#include "client-lib/circle/rules.hpp"

namespace veranda::circle {

struct Ticket {
    std::string origin;  // scheme://host[:port], where the relay is
    Hash fingerprint;    // of the organisation's root
    PassEntropy entropy;
    RoomId room;  // where she was
    MemberId member;
    Sequence last;  // the last entry that she took in

    // `ORIGIN/back#1.` and base64url of the rest and a check of it. A secret: for the session's own storage only, and
    // to be wiped by whoever holds it.
    std::string encode() const;
    // Errors: ticket_form.
    static Result<Ticket> decode(std::string_view text);
};

}  // namespace veranda::circle
