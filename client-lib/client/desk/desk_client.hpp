// A counsellor's side of the support desk: on duty, with the queue before her, taking one request at a time. Sans-IO
// and drained as Client is. The session for two that follows is a Client of its own, on a connection of its own, while
// this one stays at the desk and keeps the claim. Specification: docs/protocol.md, 14.
#pragma once

#include <deque>
#include <map>
#include <set>

#include "client-lib/circle/desk/desk_answer.hpp"
#include "client-lib/circle/desk/desk_request.hpp"
#include "client-lib/circle/desk/duty.hpp"
#include "client-lib/client/desk/relay_line.hpp"

namespace veranda::client {

// What to host, for whom. Client::host takes both.
struct SessionForTwo {
    StaffKeys keys;
    GroupPlan plan;
};

// A session that another counsellor hands over: open_invite_of with these, then knock_as_staff.
struct SessionHandedOver {
    StaffKeys keys;
    circle::Pass pass;
    Hash issuer;
};

// Another counsellor, who has proved that she is on duty.
struct Colleague {
    crypto::DutyStanding standing;
    Signed<Certificate> certificate;
};

class DeskClient {
public:
    DeskClient(std::string origin, TrustAnchor anchor, crypto::RandomSource& random);

    // ---- commands ----
    // Errors: not_now, only_counsellors, duty_form. Events: duty on_duty, then a request for each that waits. With the
    // organisation's desk key those that were left are shown too; with another's: error other_desk_key, duty refused.
    Result<void> go_on_duty(StaffKeys keys, const std::vector<std::string>& languages, Now now,
                            std::optional<crypto::KemKeyPair> desk_key = std::nullopt);
    // Erases the key of this turn. What she has claimed is not ended by it. Event: duty off_duty.
    Result<void> go_off_duty(Now now);
    // Asks for this request; others may be faster. Errors: not_now, no_such_number, one_at_a_time.
    // Events: notice request_yours (then take_session has it; of one that was left: request_to_answer), or
    // request_gone.
    Result<void> take(std::uint64_t number, Now now);
    Result<void> end(Now now);  // the request that she has. Errors: not_now. Event: request_gone, ended
    // The one that she has and that was left. Errors: not_now, nothing_to_answer, desk_answer_form. Event:
    // request_gone, answered.
    Result<void> answer(std::string_view text, Now now);
    // Not by her: when her claim has run out, it waits again. Errors: nothing_to_answer. Event: request_gone, put_back.
    Result<void> put_back(Now now);
    std::vector<RequestEvent> queue(Now now) const;  // what she may take, oldest first

    std::optional<SessionForTwo> take_session();  // once, after request_yours
    bool has_request() const { return ours_.has_value(); }
    bool has_left_request() const { return ours_ && waiting_.at(*ours_).left; }

    // ---- handing over ----
    // Another who is on duty, by her name: take_colleague has her, once. Errors: not_now. Event: error
    // nobody_on_duty.
    Result<void> look_for(std::string_view name, Now now);
    std::optional<Colleague> take_colleague();
    // The survivor has agreed to `to`. Errors: not_now; those of HPKE.
    Result<void> hand_over(const Colleague& to, const circle::PassEntropy& pass, Now now);
    // Of another's, to us; once. Event: hand_over handed.
    std::optional<SessionHandedOver> take_handed_over();

    // ---- the world ----
    void connected(Now now);
    void received(ByteView message, Now now);
    void disconnected(Now now);
    void tick(Now now);

    // ---- what comes out ----
    std::vector<Action> take_actions() { return line_.take_actions(); }
    std::optional<Event> next_event();

private:
    enum class Asked { duty, off, prove, claim, end, answer, find, hand_over };
    struct Waiting {
        LaneId id;
        DeskRequest request;
        UnixMillis since;
        bool left = false;
        bool shown = false;
    };

    struct Seeking {
        std::string name;
        Challenge nonce;
        std::vector<Colleague> candidates;
        std::uint64_t until = 0;
    };

    void ready(Now now);
    void leave_desk(std::string_view state);
    void state_duty(Now now);
    void hear(const RelayLine::Heard& heard, Now now);
    void take_done(Asked asked);
    void take_refused(const Refused& refused, Asked asked, Now now);
    void take_request(const DeskRequestFrame& frame, Now now);
    void take_state(const DeskState& state, Now now);
    void claim_refused(const Refused& refused, Now now);
    void answer_refused(const Refused& refused, Now now);
    std::optional<DeskRequest> open(const DeskRequestFrame& frame) const;
    void take_claim(const DeskClaim& claim, Now now);
    void take_duty(const Duty& duty, Now now);
    void take_proof(const DutyProofFrame& frame);
    void nobody_found();
    void take_handed_over(const HandedOver& frame, Now now);
    void report(const Error& error);
    void open_session();
    void done_with_ours(std::string_view why);
    void claim(Now now);
    void show(std::uint64_t number, Now now);
    void hide(std::uint64_t number, std::string_view why);
    RequestEvent event_of(std::uint64_t number, const Waiting& waiting, Now now) const;
    std::uint64_t number_of(const LaneId& id) const;  // 0: none
    void set_state(std::string_view state);
    template <class Frame>
    void ask(const Frame& frame, Asked asked) {
        asked_.expect(line_.ask(frame), asked);
    }

    RelayLine line_;
    crypto::RandomSource& random_;
    std::optional<StaffKeys> keys_;
    std::optional<circle::Duty> duty_;
    bool on_duty_ = false;  // on this connection
    std::string state_;
    std::uint64_t state_again_at_ = 0;
    std::uint64_t renew_claim_at_ = 0;
    std::uint64_t last_number_ = 0;
    std::map<std::uint64_t, Waiting> waiting_;
    std::set<LaneId> taken_;               // by others, as the relay says
    std::optional<std::uint64_t> wanted_;  // asked for, not answered yet
    std::optional<std::uint64_t> ours_;
    bool ending_ = false;
    std::optional<crypto::KemKeyPair> desk_key_;
    std::optional<AnswerRequest> answering_;  // until the relay has it
    std::uint64_t answer_again_at_ = 0;
    std::optional<Seeking> seeking_;
    std::optional<Colleague> found_;  // and not taken yet
    std::optional<SessionHandedOver> handed_;
    std::optional<SessionForTwo> session_;
    RelayLine::Answers<Asked> asked_;
    std::deque<Event> events_;
};

}  // namespace veranda::client
