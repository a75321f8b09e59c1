// The frames of the support desk, in the order of docs/protocol.md, 14. How frames are built: frames.hpp.
#pragma once

#include "protocol/desk.hpp"
#include "protocol/frame_types.hpp"

namespace veranda {

// The desk is no room: a room's client passes over these.
constexpr bool is_of_the_desk(FrameType type) {
    const auto number = static_cast<std::uint16_t>(type);
    return (number & 0xfff0) == 0x0130 || (number & 0xfff0) == 0x0220;
}

// ---- client to relay ----

struct GoOnDuty {  // answer: Done. Again, to renew; the connection's end is off duty too
    static constexpr FrameType type = FrameType::go_on_duty;
    Signed<DutyStatement> statement;
    Signed<DutyAccess> access;
    friend bool operator==(const GoOnDuty&, const GoOnDuty&) = default;
    VERANDA_FIELDS(statement, access)
};

struct GoOffDuty {  // answer: Done
    static constexpr FrameType type = FrameType::go_off_duty;
    friend bool operator==(const GoOffDuty&, const GoOffDuty&) = default;
    VERANDA_NO_FIELDS
};

struct FindDuty {  // answer: Duty; then a DutyProofFrame of each who is there
    static constexpr FrameType type = FrameType::find_duty;
    Challenge nonce;
    friend bool operator==(const FindDuty&, const FindDuty&) = default;
    VERANDA_FIELDS(nonce)
};

struct ProveDuty {  // answer: Done
    static constexpr FrameType type = FrameType::prove_duty;
    Signed<DutyProof> proof;
    friend bool operator==(const ProveDuty&, const ProveDuty&) = default;
    VERANDA_FIELDS(proof)
};

// Answer: Done; then DeskState, as it changes. The same bytes again, after a cut, keep their place; other bytes take
// the place of the request that this connection had.
struct AskDesk {
    static constexpr FrameType type = FrameType::ask_desk;
    std::optional<AnswerId> left;  // for later: where its answer will be found
    LaneEnvelope envelope;
    friend bool operator==(const AskDesk&, const AskDesk&) = default;
    VERANDA_FIELDS(left, envelope)
};

struct ClaimRequest {  // answer: DeskClaim, or request_claimed. Claimed again by its holder, it is renewed
    static constexpr FrameType type = FrameType::claim_request;
    LaneId request;
    friend bool operator==(const ClaimRequest&, const ClaimRequest&) = default;
    VERANDA_FIELDS(request)
};

struct EndRequest {  // answer: Done
    static constexpr FrameType type = FrameType::end_request;
    LaneId request;
    friend bool operator==(const EndRequest&, const EndRequest&) = default;
    VERANDA_FIELDS(request)
};

struct WithdrawRequest {  // answer: Done
    static constexpr FrameType type = FrameType::withdraw_request;
    LaneId request;
    friend bool operator==(const WithdrawRequest&, const WithdrawRequest&) = default;
    VERANDA_FIELDS(request)
};

struct AnswerRequest {  // answer: Done. Of who has claimed a request that was left; the request ends with it
    static constexpr FrameType type = FrameType::answer_request;
    LaneId request;
    AnswerId answer;  // the one that the request was left with
    Bytes sealed;     // PaddedDeskAnswer, HPKE: desk_answer_sealed_bytes
    friend bool operator==(const AnswerRequest&, const AnswerRequest&) = default;
    VERANDA_FIELDS(request, answer, sealed)
};

struct FindAnswer {  // answer: DeskAnswerFrame; not_answered, or no_such_answer
    static constexpr FrameType type = FrameType::find_answer;
    AnswerId answer;
    friend bool operator==(const FindAnswer&, const FindAnswer&) = default;
    VERANDA_FIELDS(answer)
};

struct HandOverFrame {  // answer: Done. From one who is on duty, to another's turn of duty
    static constexpr FrameType type = FrameType::hand_over;
    Hash turn;
    Bytes sealed;  // PaddedHandOver, HPKE: hand_over_sealed_bytes
    friend bool operator==(const HandOverFrame&, const HandOverFrame&) = default;
    VERANDA_FIELDS(turn, sealed)
};

// ---- relay to client ----

struct Duty {  // the statements in force, at most duty_shown_max
    static constexpr FrameType type = FrameType::duty;
    std::vector<Signed<DutyStatement>> statements;
    friend bool operator==(const Duty&, const Duty&) = default;
    VERANDA_FIELDS(statements)
};

struct DutyNonce {  // to who is on duty: somebody wants to know who is there
    static constexpr FrameType type = FrameType::duty_nonce;
    Challenge nonce;
    friend bool operator==(const DutyNonce&, const DutyNonce&) = default;
    VERANDA_FIELDS(nonce)
};

struct DutyProofFrame {  // to who asked
    static constexpr FrameType type = FrameType::duty_proof;
    Signed<DutyProof> proof;
    friend bool operator==(const DutyProofFrame&, const DutyProofFrame&) = default;
    VERANDA_FIELDS(proof)
};

struct DeskRequestFrame {  // to who is on duty
    static constexpr FrameType type = FrameType::desk_request;
    UnixMillis since;  // the relay's clock
    bool left = false;
    LaneEnvelope envelope;
    friend bool operator==(const DeskRequestFrame&, const DeskRequestFrame&) = default;
    VERANDA_FIELDS(since, left, envelope)
};

struct DeskState {  // to who is on duty, and to who asked
    static constexpr FrameType type = FrameType::desk_state;
    LaneId request;
    DeskStanding standing{};
    bool yours = false;  // this turn of duty has claimed it
    friend bool operator==(const DeskState&, const DeskState&) = default;
    VERANDA_FIELDS(request, standing, yours)
};

struct DeskClaim {  // to who claimed: hers for so long, unless claimed again
    static constexpr FrameType type = FrameType::desk_claim;
    LaneId request;
    std::uint32_t ms_left = 0;
    friend bool operator==(const DeskClaim&, const DeskClaim&) = default;
    VERANDA_FIELDS(request, ms_left)
};

struct DeskAnswerFrame {  // to who asked for it
    static constexpr FrameType type = FrameType::desk_answer;
    Bytes sealed;
    friend bool operator==(const DeskAnswerFrame&, const DeskAnswerFrame&) = default;
    VERANDA_FIELDS(sealed)
};

struct HandedOver {  // to that turn of duty alone
    static constexpr FrameType type = FrameType::handed_over;
    Bytes sealed;
    friend bool operator==(const HandedOver&, const HandedOver&) = default;
    VERANDA_FIELDS(sealed)
};

}  // namespace veranda
