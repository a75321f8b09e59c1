// The side of the support desk of somebody who wants to talk to one person alone: finds out who is there, asks, waits,
// and talks. One connection at a time: the desk's, then that of the session for two, which is a Client inside. Sans-IO
// and drained as Client is. Specification: docs/protocol.md, 14.
#pragma once

#include <deque>
#include <map>
#include <set>

#include "client-lib/circle/desk/desk_request.hpp"
#include "client-lib/client/desk/relay_line.hpp"

namespace veranda::client {

struct AskPlan {
    std::string language = "en";
    Urgency urgency = Urgency::calm;
    std::string note;
    std::string name = "Guest";  // as the counsellor will see her
    // Without a sign of the counsellor for so long, it is asked again, continuing.
    std::uint64_t patience_ms = limits::claim_ms;
    bool leaves = false;  // with nobody on duty, the request is left without asking
};

class AskingClient {
public:
    AskingClient(std::string origin, TrustAnchor anchor, crypto::RandomSource& random);

    // ---- commands ----
    // Errors: not_now, desk_request_form, pseudonym_form. Events: desk looking, then waiting or nobody.
    Result<void> ask(AskPlan plan, Now now);
    // After `nobody`: for whoever holds the desk key, to be read later. Errors: not_now, no_desk_key.
    // Event: desk left, with the words; then state left.
    Result<void> leave_request(Now now);
    Result<void> say(std::string_view text, Now now);  // Errors: not_now; those of Client::say.
    Result<void> agree(bool agrees, Now now);          // to a hand-over. Errors: those of Client::agree.
    Result<void> leave(Now now);                       // withdraws, or leaves the session. Event: state left
    std::vector<RosterMember> roster() const;

    // ---- the world ----
    void connected(Now now);
    void received(ByteView message, Now now);
    void disconnected(Now now);
    void tick(Now now);

    // ---- what comes out ----
    std::vector<Action> take_actions();
    std::optional<Event> next_event();

private:
    enum class Step { idle, looking, nobody, leaving, waiting, claimed, talking, over };
    enum class Asked { duty, ask, withdraw, card };

    void ready(Now now);
    void look(Now now);
    void hear(const RelayLine::Heard& heard, Now now);
    void take_duty(const Duty& duty, Now now);
    void take_proof(const DutyProofFrame& frame, Now now);
    void decide(Now now);
    bool seal(bool left, Now now);
    void send_request();
    void take_done(Asked asked);
    void take_refused(const Refused& refused, Asked asked, Now now);
    void take_state(const DeskState& state, Now now);
    void find_card(Now now);
    void take_card(const CardFrame& frame, Now now);
    void talk(Now now);
    void listen_to_session(Now now);
    void knock_as_guest(Now now);
    void break_off(Now now);
    void over(Phase phase);
    void tell(std::string_view state);
    void report(const Error& error);
    template <class Frame>
    void request(const Frame& frame, Asked asked) {
        asked_.expect(line_.ask(frame), asked);
    }

    std::string origin_;
    TrustAnchor anchor_;
    crypto::RandomSource& random_;
    RelayLine line_;
    AskPlan plan_;
    Step step_ = Step::idle;

    // who is there
    Challenge nonce_;
    std::vector<crypto::DutyStanding> candidates_;
    std::vector<crypto::DutyStanding> proved_;
    std::uint64_t decide_at_ = 0;  // then whoever has not proved it is not there; 0: nobody was asked
    std::uint64_t look_at_ = 0;    // who is there may change

    // what is asked
    std::optional<circle::PassEntropy> entropy_;
    std::optional<AskDesk> asked_for_;
    LaneId id_;
    std::optional<LaneId> continues_;
    UnixSeconds asked_at_;
    std::set<Hash> turns_;         // whom it is sealed to
    std::set<Hash> certificates_;  // and whose card is taken

    std::uint64_t find_card_at_ = 0;
    CardId card_;
    std::optional<Hash> issuer_;
    std::optional<Client> session_;

    RelayLine::Answers<Asked> asked_;
    std::vector<Action> actions_;
    std::deque<Event> events_;
};

}  // namespace veranda::client
