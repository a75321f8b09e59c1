// At the desk: who is there, what is asked of them, and how it stands. The session is asking_session.cpp's.
#include "client-lib/client/desk/asking_client.hpp"

#include "client-lib/circle/desk/desk_answer.hpp"
#include "client-lib/circle/joining/knock.hpp"
#include "client-lib/client/client_limits.hpp"
#include "client-lib/client/rules.hpp"

namespace veranda::client {

AskingClient::AskingClient(std::string origin, TrustAnchor anchor, crypto::RandomSource& random)
    : origin_(origin), anchor_(anchor), random_(random), line_(std::move(origin), std::move(anchor), random) {}

Result<void> AskingClient::ask(AskPlan plan, Now) {
    if (step_ != Step::idle) return fail(faults::not_now);
    TRY(circle::check_desk_request({{}, plan.language, plan.urgency, plan.note, {}, {}}));
    TRY(circle::check_pseudonym(plan.name));
    TRY(circle::check_not_of_staff(plan.name));  // no counsellor would let her in by it
    plan_ = std::move(plan);
    step_ = Step::looking;
    tell("looking");
    line_.start();
    return {};
}

Result<void> AskingClient::leave_request(Now now) {
    if (step_ != Step::nobody || !line_.is_ready()) return fail(faults::not_now);
    if (!line_.trust().organisation().desk_key) return fail(faults::no_desk_key);
    if (!seal(true, now)) return fail(faults::not_now);
    step_ = Step::leaving;
    send_request();
    return {};
}

void AskingClient::ready(Now now) {
    if (step_ == Step::waiting || step_ == Step::claimed || step_ == Step::leaving) return send_request();
    look(now);
}

void AskingClient::look(Now now) {
    nonce_ = Challenge{random_.array<Challenge::size>()};
    candidates_.clear();
    proved_.clear();
    decide_at_ = 0;
    look_at_ = now.steady_ms + duty_look_ms;
    request(FindDuty{nonce_}, Asked::duty);
}

void AskingClient::hear(const RelayLine::Heard& heard, Now now) {
    const std::optional<Asked> asked = asked_.take(heard.request);
    const ServerFrame& frame = heard.frame;
    if (const auto* refused = std::get_if<Refused>(&frame); refused && asked)
        return take_refused(*refused, *asked, now);
    if (std::holds_alternative<Done>(frame) && asked) return take_done(*asked);
    if (const auto* duty = std::get_if<Duty>(&frame); duty && asked == Asked::duty) return take_duty(*duty, now);
    if (const auto* proof = std::get_if<DutyProofFrame>(&frame)) return take_proof(*proof, now);
    if (const auto* state = std::get_if<DeskState>(&frame)) return take_state(*state, now);
    if (const auto* card = std::get_if<CardFrame>(&frame); card && asked == Asked::card) return take_card(*card, now);
}

// ---- who is there ----

// A statement says who may be there; only a proof over our nonce says who is.
void AskingClient::take_duty(const Duty& duty, Now now) {
    for (const auto& statement : duty.statements) {
        auto standing = line_.trust().check_duty(statement, line_.trusted_now(now));
        if (standing && candidates_.size() < limits::duty_shown_max) candidates_.push_back(*std::move(standing));
    }
    if (candidates_.empty()) return decide(now);
    decide_at_ = now.steady_ms + duty_proof_wait_ms;
}

void AskingClient::take_proof(const DutyProofFrame& frame, Now now) {
    if (decide_at_ == 0) return;
    const auto by = std::find_if(candidates_.begin(), candidates_.end(), [&](const crypto::DutyStanding& each) {
        return crypto::check_duty_proof(frame.proof, each, nonce_).has_value();
    });
    if (by == candidates_.end()) return;
    proved_.push_back(std::move(*by));
    candidates_.erase(by);
    if (candidates_.empty()) decide(now);
}

// With new faces the request is sealed again, to them too; it keeps the time at which she asked.
void AskingClient::decide(Now now) {
    decide_at_ = 0;
    const bool has_new = std::any_of(proved_.begin(), proved_.end(),
                                     [&](const crypto::DutyStanding& each) { return !turns_.contains(each.turn()); });
    if (step_ == Step::looking || step_ == Step::nobody) {
        if (proved_.empty()) {
            if (std::exchange(step_, Step::nobody) == Step::nobody) return;
            tell("nobody");
            if (!plan_.leaves) return;
            if (const auto left = leave_request(now); !left) report(left.error());
            return;
        }
    } else if (step_ != Step::waiting || !has_new) {
        if (step_ == Step::waiting && proved_.empty() && !turns_.empty()) {
            turns_.clear();
            tell("waiting");  // the truth: nobody who could open it is there any more
        }
        return;
    }
    if (!seal(false, now)) return;
    step_ = Step::waiting;
    send_request();
}

bool AskingClient::seal(bool left, Now now) {
    if (!entropy_) {
        entropy_ = circle::new_entropy(circle::words_language(plan_.language), random_);
        asked_at_ = line_.trusted_now(now);
    }
    std::vector<SealingKey> to;
    turns_.clear();
    certificates_.clear();
    for (const crypto::DutyStanding& each : proved_) {
        if (left || turns_.size() == limits::duty_shown_max) break;
        to.push_back(each.duty_key());
        turns_.insert(each.turn());
        certificates_.insert(each.certificate());
    }
    if (const auto& desk_key = line_.trust().organisation().desk_key) to.push_back(*desk_key);
    const DeskRequest body{{}, plan_.language, plan_.urgency, plan_.note, continues_, asked_at_};
    auto envelope = circle::seal_desk_request(body, circle::Pass::from(*entropy_), to, random_);
    if (!envelope) {
        report(envelope.error());
        over(Phase::refused);
        return false;
    }
    id_ = circle::lane_id(*envelope);
    std::optional<AnswerId> answer;
    if (left) answer = circle::answer_id(circle::Pass::from(*entropy_).keys());
    asked_for_ = AskDesk{answer, *std::move(envelope)};
    return true;
}

// The same bytes after a cut: they keep their place.
void AskingClient::send_request() { request(*asked_for_, Asked::ask); }

// ---- how it stands ----

void AskingClient::take_done(Asked asked) {
    if (asked == Asked::withdraw) return over(Phase::left);
    if (asked != Asked::ask) return;
    if (step_ != Step::leaving) return tell("waiting");
    tell("left");
    over(Phase::left);
}

void AskingClient::take_refused(const Refused& refused, Asked asked, Now now) {
    const std::uint64_t patience_ms = std::max(refused.detail, refused_retry_ms);
    switch (asked) {
        case Asked::duty: look_at_ = now.steady_ms + patience_ms; return;
        case Asked::card:
            find_card_at_ = now.steady_ms + card_look_ms;
            // Another day has begun, and with it another place.
            if (refused.refusal == Refusal::one_card_a_connection) disconnected(now), line_.redial(now);
            return;
        case Asked::withdraw: return over(Phase::left);
        case Asked::ask: break;
    }
    events_.push_back(ErrorEvent{std::string(name(refused.refusal)), "the relay refused it"});
    if (refused.refusal == Refusal::desk_full || refused.refusal == Refusal::too_long) return over(Phase::refused);
    line_.redial(now);
}

void AskingClient::take_state(const DeskState& state, Now now) {
    if (state.request != id_ || (step_ != Step::waiting && step_ != Step::claimed)) return;
    switch (state.standing) {
        case DeskStanding::waiting:
            if (std::exchange(step_, Step::waiting) == Step::claimed) tell("waiting");
            return;
        case DeskStanding::claimed:
            if (std::exchange(step_, Step::claimed) == Step::claimed) return;
            tell("claimed");
            return find_card(now);
        case DeskStanding::gone: break;
    }
    if (step_ == Step::claimed) {  // whoever has it has ended it before a word was said
        events_.push_back(
            NoticeEvent{"desk_request_gone", "Your request is no longer at the desk. You can ask again."});
        return over(Phase::ended);
    }
    step_ = Step::looking;  // the server has lost it
    tell("looking");
    look(now);
}

void AskingClient::tell(std::string_view state) {
    DeskEvent event;
    event.state = state;
    event.counsellors = turns_.size();
    event.can_leave = state == "nobody" && line_.trust().organisation().desk_key.has_value();
    if (state == "left") event.words = circle::write_words(*entropy_, circle::words_language(plan_.language));
    events_.push_back(std::move(event));
}

void AskingClient::report(const Error& error) {
    events_.push_back(ErrorEvent{std::string(error.rule->name), std::string(error.rule->section)});
}

void AskingClient::over(Phase phase) {
    line_.stop();
    entropy_.reset();
    step_ = Step::over;
    events_.push_back(StateEvent{phase});
}

// ---- the world ----

void AskingClient::connected(Now now) {
    if (session_) return session_->connected(now), listen_to_session(now);
    line_.connected();
}

void AskingClient::disconnected(Now now) {
    if (session_) return session_->disconnected(now), listen_to_session(now);
    line_.disconnected(now);
    asked_.clear();
    decide_at_ = 0;
}

void AskingClient::received(ByteView message, Now now) {
    if (session_) return session_->received(message, now), listen_to_session(now);
    const auto news = line_.received(message, now);
    if (news.error) report(*news.error);
    if (news.cut) asked_.clear();
    if (step_ == Step::over || step_ == Step::idle) return;
    if (line_.is_stopped()) return over(Phase::refused);
    if (news.ready) ready(now);
    for (const auto& heard : news.frames) {
        if (session_ || step_ == Step::over) return;
        hear(heard, now);
    }
}

void AskingClient::tick(Now now) {
    if (session_) {
        session_->tick(now);
        listen_to_session(now);
        if (session_ && session_->staff_gone_ms(now) >= plan_.patience_ms) break_off(now);
        return;
    }
    line_.tick(now);
    if (step_ == Step::over || !line_.is_ready()) return;
    if (decide_at_ != 0 && now.steady_ms >= decide_at_) decide(now);
    if (step_ == Step::claimed && now.steady_ms >= find_card_at_) find_card(now);
    const bool wonders = step_ == Step::looking || step_ == Step::nobody || step_ == Step::waiting;
    if (wonders && now.steady_ms >= look_at_) look(now);
}

}  // namespace veranda::client
