// On duty: what is stated, shown, claimed and ended.
#include "client-lib/client/desk/desk_client.hpp"

#include "client-lib/circle/content/safe_text.hpp"
#include "client-lib/client/client_limits.hpp"
#include "client-lib/client/rules.hpp"

namespace veranda::client {

DeskClient::DeskClient(std::string origin, TrustAnchor anchor, crypto::RandomSource& random)
    : line_(std::move(origin), std::move(anchor), random), random_(random) {}

Result<void> DeskClient::go_on_duty(StaffKeys keys, const std::vector<std::string>& languages, Now,
                                    std::optional<crypto::KemKeyPair> desk_key) {
    if (keys_ || line_.is_stopped()) return fail(faults::not_now);
    if (keys.certificate.body.role != Role::counsellor) return fail(faults::only_counsellors);
    std::vector<LanguageTag> tags;
    for (const std::string& language : languages) {
        if (!crypto::is_language_tag(language) || tags.size() == limits::duty_languages_max)
            return fail(crypto::faults::duty_form);
        tags.push_back({language});
    }
    duty_.emplace(keys.certificate, std::move(tags), random_);
    keys_ = std::move(keys);
    desk_key_ = std::move(desk_key);
    set_state("connecting");
    line_.start();
    return {};
}

Result<void> DeskClient::go_off_duty(Now) {
    if (!keys_) return fail(faults::not_now);
    if (on_duty_) ask(GoOffDuty{}, Asked::off);
    leave_desk("off_duty");
    return {};
}

Result<void> DeskClient::take(std::uint64_t number, Now now) {
    if (!on_duty_) return fail(faults::not_now);
    if (ours_ || wanted_) return fail(faults::one_at_a_time);
    const auto found = waiting_.find(number);
    if (found == waiting_.end() || !found->second.shown) return fail(faults::no_such_number, number);
    wanted_ = number;
    claim(now);
    return {};
}

Result<void> DeskClient::end(Now) {
    if (!on_duty_ || !ours_) return fail(faults::not_now);
    ask(EndRequest{waiting_.at(*ours_).id}, Asked::end);
    ending_ = true;
    return {};
}

Result<void> DeskClient::answer(std::string_view text, Now now) {
    if (!on_duty_) return fail(faults::not_now);
    if (!has_left_request() || answering_) return fail(faults::nothing_to_answer);
    const Waiting& waiting = waiting_.at(*ours_);
    const DeskRequest& request = waiting.request;
    DeskAnswer answer{{}, request.asker, request.asked_at, line_.trusted_now(now), std::string(text)};
    Bytes sealed = TRY(circle::seal_desk_answer(std::move(answer), keys_->certificate, keys_->key, random_));
    answering_ = AnswerRequest{waiting.id, circle::answer_id(request.asker), std::move(sealed)};
    ask(*answering_, Asked::answer);
    return {};
}

Result<void> DeskClient::put_back(Now) {
    if (!has_left_request() || answering_) return fail(faults::nothing_to_answer);
    hide(*ours_, "put_back");
    ours_.reset();
    return {};
}

std::vector<RequestEvent> DeskClient::queue(Now now) const {
    std::vector<RequestEvent> all;
    for (const auto& [number, waiting] : waiting_)
        if (waiting.shown) all.push_back(event_of(number, waiting, now));
    return all;
}

std::optional<SessionForTwo> DeskClient::take_session() { return std::exchange(session_, std::nullopt); }

// ---- the world ----

void DeskClient::connected(Now) { line_.connected(); }

void DeskClient::disconnected(Now now) {
    line_.disconnected(now);
    on_duty_ = false;
    asked_.clear();
    taken_.clear();  // told again
    seeking_.reset();
    if (keys_) set_state("reconnecting");
}

void DeskClient::tick(Now now) {
    line_.tick(now);
    if (!keys_ || !line_.is_ready()) return;
    const bool runs_out = on_duty_ && line_.trusted_now(now) >= duty_->renew_at();
    if (runs_out || (state_again_at_ != 0 && now.steady_ms >= state_again_at_)) state_duty(now);
    if (!on_duty_) return;
    if (seeking_ && now.steady_ms >= seeking_->until) nobody_found();
    if (answering_) {
        if (answer_again_at_ == 0 || now.steady_ms < answer_again_at_) return;
        answer_again_at_ = 0;
        return ask(*answering_, Asked::answer);
    }
    if ((ours_ || wanted_) && now.steady_ms >= renew_claim_at_) claim(now);  // or what a cut swallowed
}

void DeskClient::received(ByteView message, Now now) {
    const auto news = line_.received(message, now);
    if (news.error) report(*news.error);
    if (news.cut) disconnected(now);
    if (line_.is_stopped() && keys_) leave_desk("refused");
    if (!keys_) return;
    if (news.ready) ready(now);
    for (const auto& heard : news.frames) {
        if (!keys_) return;
        hear(heard, now);
    }
}

void DeskClient::ready(Now now) {
    if (desk_key_ && line_.trust().organisation().desk_key != desk_key_->public_key) {
        report(Error{&faults::other_desk_key, 0});
        return leave_desk("refused");
    }
    state_duty(now);
}

void DeskClient::report(const Error& error) {
    events_.push_back(ErrorEvent{std::string(error.rule->name), std::string(error.rule->section)});
}

// For good: every key of this turn is gone.
void DeskClient::leave_desk(std::string_view state) {
    line_.stop();
    duty_.reset();
    keys_.reset();
    desk_key_.reset();
    session_.reset();
    answering_.reset();
    seeking_.reset();
    found_.reset();
    handed_.reset();
    waiting_.clear();
    wanted_.reset();
    ours_.reset();
    on_duty_ = false;
    set_state(state);
}

void DeskClient::state_duty(Now now) {
    state_again_at_ = 0;
    const auto& statement = duty_->state(line_.trusted_now(now), keys_->key);
    ask(GoOnDuty{statement, duty_->access(line_.origin(), line_.challenge(), keys_->key)}, Asked::duty);
}

void DeskClient::hear(const RelayLine::Heard& heard, Now now) {
    const std::optional<Asked> asked = asked_.take(heard.request);
    const ServerFrame& frame = heard.frame;
    if (const auto* refused = std::get_if<Refused>(&frame); refused && asked)
        return take_refused(*refused, *asked, now);
    if (std::holds_alternative<Done>(frame) && asked) return take_done(*asked);
    if (const auto* claim = std::get_if<DeskClaim>(&frame)) return take_claim(*claim, now);
    if (const auto* request = std::get_if<DeskRequestFrame>(&frame)) return take_request(*request, now);
    if (const auto* state = std::get_if<DeskState>(&frame)) return take_state(*state, now);
    if (const auto* duty = std::get_if<Duty>(&frame); duty && asked == Asked::find) return take_duty(*duty, now);
    if (const auto* proof = std::get_if<DutyProofFrame>(&frame)) return take_proof(*proof);
    if (const auto* handed = std::get_if<HandedOver>(&frame)) return take_handed_over(*handed, now);
    const auto* nonce = std::get_if<DutyNonce>(&frame);
    if (nonce != nullptr && on_duty_) ask(ProveDuty{duty_->prove(nonce->nonce, keys_->key)}, Asked::prove);
}

void DeskClient::take_done(Asked asked) {
    switch (asked) {
        case Asked::end: ending_ = false; return done_with_ours("ended");
        case Asked::answer: answering_.reset(); return done_with_ours("answered");
        case Asked::duty: break;
        default: return;
    }
    if (on_duty_) return;
    on_duty_ = true;
    renew_claim_at_ = 0;  // after a cut, at once: what is hers stays hers
    answer_again_at_ = 0;
    if (answering_) ask(*answering_, Asked::answer);  // the relay may have it already; then it says so again
    if (ending_ && ours_) ask(EndRequest{waiting_.at(*ours_).id}, Asked::end);
    set_state("on_duty");
}

void DeskClient::done_with_ours(std::string_view why) {
    if (!ours_) return;
    hide(*ours_, why);
    waiting_.erase(*ours_);
    ours_.reset();
}

void DeskClient::take_refused(const Refused& refused, Asked asked, Now now) {
    const Refusal why = refused.refusal;
    if (asked == Asked::duty && why != Refusal::duty_statement && why != Refusal::access_signature) {
        state_again_at_ = now.steady_ms + std::max(refused.detail, refused_retry_ms);
        return;
    }
    if (asked == Asked::duty) {
        events_.push_back(ErrorEvent{std::string(name(why)), "the relay refused it"});
        return leave_desk("refused");
    }
    if (why == Refusal::not_on_duty && asked != Asked::off) {  // the relay has forgotten us
        wanted_.reset();
        on_duty_ = false;
        return state_duty(now);
    }
    if (asked == Asked::claim) return claim_refused(refused, now);
    if (asked == Asked::answer) return answer_refused(refused, now);
    if (asked == Asked::find) seeking_.reset();
    if (asked == Asked::end && ours_ && why == Refusal::no_such_request) return take_done(Asked::end);
    if (asked != Asked::prove) events_.push_back(ErrorEvent{std::string(name(why)), "the relay refused it"});
}

void DeskClient::claim_refused(const Refused& refused, Now now) {
    const Refusal why = refused.refusal;
    const auto number = wanted_ ? std::exchange(wanted_, std::nullopt) : std::nullopt;
    if (number && why == Refusal::request_claimed) return hide(*number, "taken");
    if (number && why == Refusal::no_such_request) {
        hide(*number, "withdrawn");
        waiting_.erase(*number);
        return;
    }
    if (!number && ours_ && (why == Refusal::request_claimed || why == Refusal::no_such_request)) {
        events_.push_back(NoticeEvent{"claim_lost", "This request is no longer yours at the server."});
        waiting_.erase(*ours_);
        ours_.reset();
        return;
    }
    renew_claim_at_ = now.steady_ms + std::max(refused.detail, refused_retry_ms);
    if (number) events_.push_back(ErrorEvent{std::string(name(why)), "the relay refused it"});
}

// Asked for patience, it is sent again as it is; full, she may try later; otherwise the request is not hers any more.
void DeskClient::answer_refused(const Refused& refused, Now now) {
    if (!answering_) return;
    const Refusal why = refused.refusal;
    if (why == Refusal::busy || why == Refusal::too_many_requests) {
        answer_again_at_ = now.steady_ms + std::max(refused.detail, refused_retry_ms);
        return;
    }
    answering_.reset();
    events_.push_back(ErrorEvent{std::string(name(why)), "the relay refused it"});
    if (why == Refusal::no_such_request) return done_with_ours("withdrawn");
    if (why == Refusal::request_claimed) return done_with_ours("taken");
}

// ---- the queue ----

std::uint64_t DeskClient::number_of(const LaneId& id) const {
    for (const auto& [number, waiting] : waiting_)
        if (waiting.id == id) return number;
    return 0;
}

// One that was left is sealed to the desk key and nobody else: a relay that calls another so is not believed. What does
// not open is sealed to others: who came on duty later, or to the desk key alone.
std::optional<DeskRequest> DeskClient::open(const DeskRequestFrame& frame) const {
    const bool is_for_desk_key = frame.envelope.header.wraps.size() == 1;
    if (frame.left && (!desk_key_ || !is_for_desk_key)) return std::nullopt;
    auto request = circle::open_desk_request(frame.envelope, frame.left ? *desk_key_ : duty_->key());
    if (!request) return std::nullopt;
    return *std::move(request);
}

void DeskClient::take_request(const DeskRequestFrame& frame, Now now) {
    const LaneId id = circle::lane_id(frame.envelope);
    std::uint64_t number = number_of(id);
    if (number == 0) {
        if (waiting_.size() >= 2 * limits::desk_waiting_max) return;
        auto request = open(frame);
        if (!request) return;
        number = ++last_number_;
        waiting_.emplace(number, Waiting{id, *std::move(request), frame.since, frame.left, false});
    }
    show(number, now);
}

void DeskClient::take_state(const DeskState& state, Now now) {
    const std::uint64_t number = number_of(state.request);
    if (state.standing == DeskStanding::claimed) {
        if (!state.yours && taken_.size() < 2 * limits::desk_waiting_max) taken_.insert(state.request);
        if (!state.yours) hide(number, "taken");
        return;
    }
    taken_.erase(state.request);
    if (number == 0) return;
    const bool was_ours = ours_ == number;
    if (state.standing == DeskStanding::waiting) {
        if (was_ours) events_.push_back(NoticeEvent{"claim_lost", "This request waits again, for whoever is there."});
        if (was_ours) ours_.reset();
        return show(number, now);
    }
    if (was_ours && answering_) return;                         // what ended it is told by the answer to that
    hide(number, was_ours && ending_ ? "ended" : "withdrawn");  // the news may come before the answer
    if (was_ours) ours_.reset(), ending_ = false;
    if (wanted_ == number) wanted_.reset();
    waiting_.erase(number);
}

void DeskClient::show(std::uint64_t number, Now now) {
    Waiting& waiting = waiting_.at(number);
    if (ours_ == number || taken_.contains(waiting.id) || std::exchange(waiting.shown, true)) return;
    events_.push_back(event_of(number, waiting, now));
}

void DeskClient::hide(std::uint64_t number, std::string_view why) {
    const auto found = waiting_.find(number);
    const bool was_told = found != waiting_.end() && std::exchange(found->second.shown, false);
    if (was_told || ours_ == number) events_.push_back(RequestGoneEvent{number, std::string(why)});
}

RequestEvent DeskClient::event_of(std::uint64_t number, const Waiting& waiting, Now now) const {
    const DeskRequest& request = waiting.request;
    // She may have asked before: then her own word counts, since it is she who waits.
    const std::uint64_t since = std::min(waiting.since.value / 1000, request.asked_at.value);
    const std::uint64_t at = line_.relay_now(now).value / 1000;
    return {.number = number,
            .waiting_s = at > since ? at - since : 0,
            .language = circle::safe_text(request.language),
            .urgency = request.urgency,
            .note = circle::safe_text(request.note, true),
            .continuing = request.continues.has_value(),
            .left = waiting.left};
}

// ---- claiming ----

void DeskClient::claim(Now now) {
    const std::uint64_t number = wanted_ ? *wanted_ : *ours_;
    renew_claim_at_ = now.steady_ms + limits::claim_ms / 4;  // the answer says better
    ask(ClaimRequest{waiting_.at(number).id}, Asked::claim);
}

void DeskClient::take_claim(const DeskClaim& claim, Now now) {
    const std::uint64_t number = number_of(claim.request);
    if (number == 0) return;
    renew_claim_at_ = now.steady_ms + claim.ms_left / 4;
    if (wanted_ != number) return;
    wanted_.reset();
    ours_ = number;
    waiting_.at(number).shown = false;
    if (has_left_request())
        return events_.push_back(NoticeEvent{
            "request_to_answer",
            "Request " + std::to_string(number) + " is yours to answer: /answer TEXT, or /back to put it back."});
    open_session();
    events_.push_back(NoticeEvent{"request_yours", "Request " + std::to_string(number) + " is yours. A moment."});
}

void DeskClient::open_session() {
    const DeskRequest& request = waiting_.at(*ours_).request;
    GroupPlan plan;
    plan.name = "One to one";
    plan.kind = RoomKind::one_to_one;
    plan.language = request.language;
    plan.members_max = for_two_members_max;
    plan.invitee = request.asker;
    session_.emplace(SessionForTwo{{keys_->certificate, keys_->key.clone(), keys_->sealing.clone()}, std::move(plan)});
}

void DeskClient::set_state(std::string_view state) {
    if (state_ == state) return;
    state_ = state;
    events_.push_back(DutyEvent{state_});
}

std::optional<Event> DeskClient::next_event() {
    if (events_.empty()) return std::nullopt;
    Event event = std::move(events_.front());
    events_.pop_front();
    return event;
}

}  // namespace veranda::client
