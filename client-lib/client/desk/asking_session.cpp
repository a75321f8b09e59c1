// From the claim to the card, from the card into the session for two, and back to the desk when it broke off.
#include "client-lib/circle/content/safe_text.hpp"
#include "client-lib/circle/joining/card.hpp"
#include "client-lib/client/client_limits.hpp"
#include "client-lib/client/desk/asking_client.hpp"
#include "client-lib/client/rules.hpp"

namespace veranda::client {
namespace {

constexpr std::string_view guest_name = "Guest";
constexpr std::string_view other_guest_name = "Visitor";

}  // namespace

void AskingClient::find_card(Now now) {
    find_card_at_ = now.steady_ms + card_look_ms;
    const Day day = circle::day_of(line_.relay_now(now), line_.trust().organisation().zone_minutes);
    card_ = circle::card_id(circle::Pass::from(*entropy_).keys(), day);
    request(FindCard{card_}, Asked::card);
}

// Only from a counsellor whose proof she has seen, and for a session for two.
void AskingClient::take_card(const CardFrame& frame, Now now) {
    if (step_ != Step::claimed) return;
    const auto card =
        circle::open_card(frame.sealed, circle::Pass::from(*entropy_), card_, line_.trust(), line_.trusted_now(now));
    if (!card) return report(card.error());
    const bool seen = certificates_.contains(card->issuer().certificate());
    if (!seen || card->issuer().kind() != RoomKind::one_to_one) return report(Error{&faults::card_of_another});
    issuer_ = card->issuer().certificate();
    talk(now);
}

void AskingClient::talk(Now now) {
    line_.hang_up();
    for (Action& action : line_.take_actions()) actions_.push_back(std::move(action));
    asked_.clear();
    session_.emplace(origin_, anchor_, random_);
    step_ = Step::talking;
    const auto begun = session_->open_invite_of(circle::Pass::from(*entropy_), {*issuer_}, now);
    VERANDA_ASSERT(begun.has_value());
}

// The name is said before a word is; the waiting room of a session for two is not shown, since nobody waits there.
void AskingClient::listen_to_session(Now now) {
    while (session_) {
        auto event = session_->next_event();
        if (!event) return;
        if (const auto* invitation = std::get_if<InvitationEvent>(&*event)) {
            DeskEvent told;
            told.state = "counsellor";
            told.counsellors = 1;
            told.name = invitation->facilitator;
            events_.push_back(std::move(told));
            if (const auto knocked = session_->knock(plan_.name, now); !knocked) report(knocked.error());
            continue;
        }
        if (const auto* notice = std::get_if<NoticeEvent>(&*event); notice && notice->code == "pseudonym_taken") {
            knock_as_guest(now);
            continue;
        }
        const auto* state = std::get_if<StateEvent>(&*event);
        if (state == nullptr) {
            events_.push_back(*std::move(event));
            continue;
        }
        switch (state->phase) {
            case Phase::connecting:
            case Phase::connected:
            case Phase::waiting: break;
            case Phase::in_group:
            case Phase::reconnecting: events_.push_back(*std::move(event)); break;
            case Phase::refused: return break_off(now);
            case Phase::removed:
            case Phase::ended:
            case Phase::left: {
                const Phase last = state->phase;
                for (Action& action : session_->take_actions()) actions_.push_back(std::move(action));
                session_.reset();
                return over(last);
            }
        }
    }
}

// A name that could be taken for the counsellor's: she comes in by a plain one rather than not at all.
void AskingClient::knock_as_guest(Now now) {
    plan_.name = plan_.name == guest_name ? other_guest_name : guest_name;
    events_.push_back(NoticeEvent{
        "called_guest", "That name could be taken for the counsellor's. You are called " + plan_.name + " here."});
    if (const auto knocked = session_->knock(plan_.name, now); !knocked) report(knocked.error());
}

// A fresh pass: the old one's card is spent. The place in the queue is a new one, and says what it continues.
void AskingClient::break_off(Now now) {
    for (Action& action : session_->take_actions()) actions_.push_back(std::move(action));
    session_.reset();
    actions_.push_back(Disconnect{});
    entropy_.reset();
    asked_for_.reset();
    issuer_.reset();
    turns_.clear();
    continues_ = id_;
    step_ = Step::looking;
    look_at_ = now.steady_ms;
    tell("broken_off");
    line_.start();
}

Result<void> AskingClient::say(std::string_view text, Now now) {
    if (!session_) return fail(faults::not_now);
    return session_->say(text, now);
}

Result<void> AskingClient::agree(bool agrees, Now now) {
    if (!session_) return fail(faults::hand_over_not_asked);
    const auto answered = session_->agree(agrees, now);
    listen_to_session(now);
    return answered;
}

Result<void> AskingClient::leave(Now now) {
    if (step_ == Step::idle || step_ == Step::over) return fail(faults::not_now);
    if (session_) {
        const auto left = session_->leave(now);
        listen_to_session(now);
        return left;
    }
    const bool asked = step_ == Step::waiting || step_ == Step::claimed;
    if (asked && line_.is_ready()) {
        request(WithdrawRequest{id_}, Asked::withdraw);
    } else {
        over(Phase::left);
    }
    return {};
}

std::vector<RosterMember> AskingClient::roster() const {
    return session_ ? session_->roster() : std::vector<RosterMember>{};
}

std::vector<Action> AskingClient::take_actions() {
    std::vector<Action> all = std::exchange(actions_, {});
    for (Action& action : line_.take_actions()) all.push_back(std::move(action));
    if (session_)
        for (Action& action : session_->take_actions()) all.push_back(std::move(action));
    return all;
}

std::optional<Event> AskingClient::next_event() {
    if (events_.empty()) return std::nullopt;
    Event event = std::move(events_.front());
    events_.pop_front();
    return event;
}

}  // namespace veranda::client
