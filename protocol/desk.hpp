// The support desk: what a counsellor on duty says of herself, and what somebody asks who wants to talk to one person
// alone. The relay sees who is on duty and that a request waits; never what it says. Specification:
// docs/protocol.md, 14.
#pragma once

#include "protocol/lane.hpp"
#include "protocol/language_tag.hpp"
#include "protocol/signed/joining.hpp"

namespace veranda {

// Signed by the certificate's key: I am on duty, and what is sealed to this key reaches me. The key is fresh for each
// turn of duty and erased at its end.
struct DutyStatement {
    static constexpr std::string_view label = "Veranda 1 duty statement";
    Signed<Certificate> certificate;
    SealingKey duty_key;
    std::vector<LanguageTag> languages;
    UnixSeconds not_before;
    UnixSeconds not_after;
    friend bool operator==(const DutyStatement&, const DutyStatement&) = default;
    VERANDA_FIELDS(certificate, duty_key, languages, not_before, not_after)
};

// Signed by the certificate's key: she is there now, and not an old statement that a relay has kept.
struct DutyProof {
    static constexpr std::string_view label = "Veranda 1 duty proof";
    Hash statement;   // of the Signed<DutyStatement>
    Challenge nonce;  // the asker's
    friend bool operator==(const DutyProof&, const DutyProof&) = default;
    VERANDA_FIELDS(statement, nonce)
};

// Signed by the certificate's key: this connection is hers. Statements are shown to everyone who asks, so that one
// alone puts nobody on duty; and its label is not a proof's, so that no asker's nonce can be made into one.
struct DutyAccess {
    static constexpr std::string_view label = "Veranda 1 duty access";
    Hash statement;
    std::string origin;   // as the client dialled it
    Challenge challenge;  // of this connection's hello
    friend bool operator==(const DutyAccess&, const DutyAccess&) = default;
    VERANDA_FIELDS(statement, origin, challenge)
};

enum class Urgency : std::uint8_t { calm = 1, soon = 2, now = 3, not_safe = 4 };
inline bool is_known(Urgency urgency) { return urgency >= Urgency::calm && urgency <= Urgency::not_safe; }
std::string_view name(Urgency urgency);

// Signed by the asker's pass; sealed as an envelope of the lane, with a wrap for every duty key that was proved and one
// for the organisation's desk key.
struct DeskRequest {
    static constexpr std::string_view label = "Veranda 1 desk request";
    PassKeys asker;
    std::string language;
    Urgency urgency{};
    std::string note;
    std::optional<LaneId> continues;  // an earlier request of hers that was broken off
    UnixSeconds asked_at;
    friend bool operator==(const DeskRequest&, const DeskRequest&) = default;
    VERANDA_FIELDS(asker, language, urgency, note, continues, asked_at)
};

struct PaddedDeskRequest {  // lane_plain_bytes in all
    Signed<DeskRequest> request;
    Padding padding;
    VERANDA_FIELDS(request, padding)
};

// What a counsellor answers to a request that was left, signed by her certificate's key and sealed to the asker's pass.
// A pass is made for one request, so `asker` says which; `asked_at` is the request's.
struct DeskAnswer {
    static constexpr std::string_view label = "Veranda 1 desk answer";
    static constexpr std::string_view seal_info = "Veranda 1 desk answer seal";
    static constexpr std::string_view id_label = "Veranda 1 desk answer id";
    Signed<Certificate> certificate;
    PassKeys asker;
    UnixSeconds asked_at;
    UnixSeconds answered_at;
    std::string text;
    friend bool operator==(const DeskAnswer&, const DeskAnswer&) = default;
    VERANDA_FIELDS(certificate, asker, asked_at, answered_at, text)
};

struct PaddedDeskAnswer {  // desk_answer_plain_bytes in all
    Signed<DeskAnswer> answer;
    Padding padding;
    VERANDA_FIELDS(answer, padding)
};

// The way into a session for two for the counsellor who takes it over, signed by the certificate's key of whoever hands
// it over and sealed to the other's duty key.
struct HandOver {
    static constexpr std::string_view label = "Veranda 1 hand over";
    static constexpr std::string_view seal_info = "Veranda 1 hand over seal";  // the aad is `turn`
    Signed<Certificate> certificate;
    Hash turn;
    ByteArray<16> pass{};  // its entropy
    UnixSeconds at;
    VERANDA_FIELDS(certificate, turn, pass, at)
};

struct PaddedHandOver {  // hand_over_plain_bytes in all
    Signed<HandOver> hand_over;
    Padding padding;
    VERANDA_FIELDS(hand_over, padding)
};

enum class DeskStanding : std::uint8_t { waiting = 1, claimed = 2, gone = 3 };
inline bool is_known(DeskStanding standing) {
    return standing >= DeskStanding::waiting && standing <= DeskStanding::gone;
}

}  // namespace veranda
