// A counsellor's side of the support desk: on duty, with the queue before her, and the requests that she has taken,
// each by its number. Sans-IO and drained as Client is. The session for two that follows each is a Client of its own,
// on a connection of its own, while this one stays at the desk and keeps the claims. Specification:
// docs/protocol.md, 14.
#pragma once

#include <deque>
#include <map>
#include <set>

#include "client-lib/circle/desk/desk_answer.hpp"
#include "client-lib/circle/desk/desk_request.hpp"
#include "client-lib/circle/desk/duty.hpp"
#include "client-lib/client/client_limits.hpp"
#include "client-lib/client/desk/relay_line.hpp"

namespace veranda::client {

// What to host, for whom. Client::host takes keys and plan.
struct SessionForTwo {
    std::uint64_t number = 0;  // of the request
    StaffKeys keys;
    GroupPlan plan;
};

// A session that another counsellor hands over: open_invite_of with these, then knock_as_staff.
struct SessionHandedOver {
    std::uint64_t number = 0;  // a new one of ours
    StaffKeys keys;
    circle::Pass pass;
    Hash issuer;
};

// Another counsellor, who has proved that she is on duty.
struct Colleague {
    std::uint64_t number = 0;  // of the talk for which she was looked for
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
    // Erases the key of this turn. Talks go on, without their claims; what was left and not answered is put back. She
    // may come on duty again. Event: duty off_duty. Errors: not_now.
    Result<void> go_off_duty(Now now);
    // Of requests and talks together; requests_at_once_max unless said otherwise.
    void set_at_once(std::size_t most) { at_once_ = most; }
    // Asks for this request; others may be faster. Errors: not_now, no_such_number, too_many_at_once.
    // Events: notice request_yours (then take_session has it; of one that was left: request_to_answer), or
    // request_gone.
    Result<void> take(std::uint64_t number, Now now);
    // One that she has, on duty or not; what a cut swallows is said again. Its room is its owner's to end. Errors:
    // no_such_number. Event: request_gone, ended.
    Result<void> end(std::uint64_t number, Now now);
    // One that she has and that was left. Errors: not_now, nothing_to_answer, desk_answer_form. Event: request_gone,
    // answered.
    Result<void> answer(std::uint64_t number, std::string_view text, Now now);
    // Not by her: when her claim has run out, it waits again. Errors: nothing_to_answer. Event: request_gone, put_back.
    Result<void> put_back(std::uint64_t number, Now now);
    std::vector<RequestEvent> queue(Now now) const;  // what she may take, oldest first

    std::optional<SessionForTwo> take_session();        // each once, after request_yours
    bool has_request(std::uint64_t number) const;       // to answer, or talking with whoever asked
    bool has_left_request(std::uint64_t number) const;  // to answer
    std::vector<std::uint64_t> requests() const;        // that she has, oldest first

    // ---- handing over ----
    // Another who is on duty, by her name, for this talk: take_colleague has her, once. One search at a time. Errors:
    // not_now, no_such_number. Event: error nobody_on_duty.
    Result<void> look_for(std::uint64_t number, std::string_view name, Now now);
    std::optional<Colleague> take_colleague();
    // The survivor has agreed to `to`. Errors: not_now; those of HPKE.
    Result<void> hand_over(const Colleague& to, const circle::PassEntropy& pass, Now now);
    // Of another's, to us; each once. Event: hand_over handed; with as many as she can have: error hand_over_missed.
    std::optional<SessionHandedOver> take_handed_over();

    // What the relay holds for her, as far as she knows: for tests alone.
    std::vector<LaneId> claims() const;

    // ---- the world ----
    void connected(Now now);
    void received(ByteView message, Now now);
    void disconnected(Now now);
    void tick(Now now);

    // ---- what comes out ----
    std::vector<Action> take_actions() { return line_.take_actions(); }
    std::optional<Event> next_event();

private:
    enum class What { duty, off, prove, claim, end, answer, find, hand_over };
    struct Asked {
        What what;
        std::uint64_t number = 0;  // of the request, if it is about one
    };
    struct Waiting {
        LaneId id;
        DeskRequest request;
        UnixMillis since;
        bool left = false;
        bool shown = false;
    };
    // wanted: asked for, not answered yet. unclaimed: a talk that the relay does not hold for her, since another handed
    // it over, her claim was lost, or it began in an earlier turn. The others stand in waiting_ too.
    enum class Standing { wanted, claimed, unclaimed };
    struct Ours {
        Standing standing = Standing::wanted;
        bool left = false;
        bool ending = false;
        std::optional<AnswerRequest> answering = std::nullopt;  // until the relay has it
        std::uint64_t again_at = 0;  // claims are renewed; what a cut swallowed is said again
    };
    using OursAt = std::map<std::uint64_t, Ours>::iterator;

    struct Seeking {
        std::uint64_t number = 0;
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
    void claim_refused(const Refused& refused, OursAt ours, Now now);
    void answer_refused(const Refused& refused, OursAt ours, Now now);
    std::optional<DeskRequest> open(const DeskRequestFrame& frame) const;
    void take_claim(const DeskClaim& claim, Now now);
    void take_duty(const Duty& duty, Now now);
    void take_proof(const DutyProofFrame& frame);
    void nobody_found();
    void take_handed_over(const HandedOver& frame, Now now);
    void report(const Error& error);
    void open_session(std::uint64_t number);
    void say_again(OursAt ours, Now now);
    void let_go(OursAt ours, std::string_view why);
    std::uint64_t lose(OursAt ours);
    void gone(std::uint64_t number);
    void wait_again(std::uint64_t number, Now now);
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
    std::uint64_t last_number_ = 0;
    std::size_t at_once_ = requests_at_once_max;
    std::map<std::uint64_t, Waiting> waiting_;
    std::map<std::uint64_t, Ours> ours_;
    std::set<LaneId> taken_;  // by others, as the relay says
    std::optional<crypto::KemKeyPair> desk_key_;
    std::optional<Seeking> seeking_;
    std::optional<Colleague> found_;        // and not taken yet
    std::deque<SessionForTwo> sessions_;    // and not taken yet
    std::deque<SessionHandedOver> handed_;  // and not taken yet
    RelayLine::Answers<Asked> asked_;
    std::deque<Event> events_;
};

}  // namespace veranda::client
