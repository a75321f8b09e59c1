// The queue before a counsellor, and what is hers of it: taken, kept by its claim, answered, ended or lost.
#include "client-lib/circle/content/safe_text.hpp"
#include "client-lib/client/desk/desk_client.hpp"
#include "client-lib/client/rules.hpp"

namespace veranda::client {

// ---- commands ----

Result<void> DeskClient::take(std::uint64_t number, Now now) {
    if (!on_duty_) return fail(faults::not_now);
    const auto found = waiting_.find(number);
    if (found == waiting_.end() || !found->second.shown || ours_.contains(number))
        return fail(faults::no_such_number, number);
    if (ours_.size() >= at_once_) return fail(faults::too_many_at_once, at_once_);
    say_again(ours_.emplace(number, Ours{.left = found->second.left}).first, now);
    return {};
}

Result<void> DeskClient::end(std::uint64_t number, Now now) {
    if (!has_request(number)) return fail(faults::no_such_number, number);
    const auto ours = ours_.find(number);
    if (ours->second.standing == Standing::unclaimed) {
        let_go(ours, "ended");
        return {};
    }
    ours->second.ending = true;
    if (on_duty_) say_again(ours, now);
    return {};
}

Result<void> DeskClient::answer(std::uint64_t number, std::string_view text, Now now) {
    if (!on_duty_) return fail(faults::not_now);
    const auto ours = ours_.find(number);
    if (!has_left_request(number) || ours->second.answering || ours->second.ending)
        return fail(faults::nothing_to_answer);
    const Waiting& waiting = waiting_.at(number);
    const DeskRequest& request = waiting.request;
    DeskAnswer answer{{}, request.asker, request.asked_at, line_.trusted_now(now), std::string(text)};
    Bytes sealed = TRY(circle::seal_desk_answer(std::move(answer), keys_->certificate, keys_->key, random_));
    ours->second.answering = AnswerRequest{waiting.id, circle::answer_id(request.asker), std::move(sealed)};
    say_again(ours, now);
    return {};
}

Result<void> DeskClient::put_back(std::uint64_t number, Now) {
    const auto ours = ours_.find(number);
    if (!has_left_request(number) || ours->second.answering || ours->second.ending)
        return fail(faults::nothing_to_answer);
    events_.push_back(RequestGoneEvent{number, "put_back"});
    ours_.erase(ours);
    return {};
}

std::vector<RequestEvent> DeskClient::queue(Now now) const {
    std::vector<RequestEvent> all;
    for (const auto& [number, waiting] : waiting_)
        if (waiting.shown) all.push_back(event_of(number, waiting, now));
    return all;
}

std::optional<SessionForTwo> DeskClient::take_session() {
    if (sessions_.empty()) return std::nullopt;
    SessionForTwo session = std::move(sessions_.front());
    sessions_.pop_front();
    return session;
}

bool DeskClient::has_request(std::uint64_t number) const {
    const auto ours = ours_.find(number);
    return ours != ours_.end() && ours->second.standing != Standing::wanted;
}

bool DeskClient::has_left_request(std::uint64_t number) const { return has_request(number) && ours_.at(number).left; }

std::vector<std::uint64_t> DeskClient::requests() const {
    std::vector<std::uint64_t> numbers;
    for (const auto& [number, ours] : ours_)
        if (ours.standing != Standing::wanted) numbers.push_back(number);
    return numbers;
}

std::vector<LaneId> DeskClient::claims() const {
    std::vector<LaneId> held;
    for (const auto& [number, ours] : ours_)
        if (ours.standing == Standing::claimed) held.push_back(waiting_.at(number).id);
    return held;
}

// ---- what is hers ----

// Whatever she last asked for it; the relay takes the same again. The answer to a claim says better when.
void DeskClient::say_again(OursAt ours, Now now) {
    const auto& [number, its] = *ours;
    const LaneId id = waiting_.at(number).id;
    ours->second.again_at = now.steady_ms + limits::claim_ms / 4;
    if (its.answering) return ask(*its.answering, {What::answer, number});
    if (its.ending) return ask(EndRequest{id}, {What::end, number});
    ask(ClaimRequest{id}, {What::claim, number});
}

void DeskClient::take_claim(const DeskClaim& claim, Now now) {
    const std::uint64_t number = number_of(claim.request);
    const auto found = ours_.find(number);
    if (found == ours_.end()) return;
    Ours& ours = found->second;
    if (!ours.answering && !ours.ending) ours.again_at = now.steady_ms + claim.ms_left / 4;
    if (ours.standing != Standing::wanted) return;
    ours.standing = Standing::claimed;
    waiting_.at(number).shown = false;
    const std::string request = "Request " + std::to_string(number);
    if (ours.left)
        return events_.push_back(
            NoticeEvent{"request_to_answer", request + " is yours to answer: /answer TEXT, or /back to put it back."});
    open_session(number);
    events_.push_back(NoticeEvent{"request_yours", request + " is yours. A moment."});
}

void DeskClient::open_session(std::uint64_t number) {
    const DeskRequest& request = waiting_.at(number).request;
    GroupPlan plan;
    plan.name = "One to one";
    plan.kind = RoomKind::one_to_one;
    plan.language = request.language;
    plan.members_max = for_two_members_max;
    plan.invitee = request.asker;
    sessions_.push_back(
        SessionForTwo{number, {keys_->certificate, keys_->key.clone(), keys_->sealing.clone()}, std::move(plan)});
}

void DeskClient::claim_refused(const Refused& refused, OursAt ours, Now now) {
    const Refusal why = refused.refusal;
    const std::uint64_t number = ours->first;
    const bool is_anothers = why == Refusal::request_claimed;
    if (!is_anothers && why != Refusal::no_such_request) {  // she may try again; what she has is kept by trying
        ours->second.again_at = now.steady_ms + std::max(refused.detail, refused_retry_ms);
        if (ours->second.standing != Standing::wanted) return;
        events_.push_back(ErrorEvent{std::string(name(why)), "the relay refused it"});
        ours_.erase(ours);
        return;
    }
    if (ours->second.standing == Standing::wanted) {
        ours_.erase(ours);
        hide(number, is_anothers ? "taken" : "withdrawn");
        if (!is_anothers) waiting_.erase(number);
    } else if (ours->second.standing == Standing::claimed) {
        const std::uint64_t anew = lose(ours);
        if (!is_anothers) waiting_.erase(anew);
    }
}

// Asked for patience, it is sent again as it is; full, she may try later; otherwise the request is not hers any more.
void DeskClient::answer_refused(const Refused& refused, OursAt ours, Now now) {
    if (!ours->second.answering) return;
    const Refusal why = refused.refusal;
    const std::uint64_t wait_ms = std::max(refused.detail, refused_retry_ms);
    if (why == Refusal::busy || why == Refusal::too_many_requests) {
        ours->second.again_at = now.steady_ms + wait_ms;
        return;
    }
    ours->second.answering.reset();
    ours->second.again_at = now.steady_ms + limits::claim_ms / 4;
    events_.push_back(ErrorEvent{std::string(name(why)), "the relay refused it"});
    if (why == Refusal::no_such_request) return let_go(ours, "withdrawn");
    if (why == Refusal::request_claimed) return let_go(ours, "taken");
}

void DeskClient::let_go(OursAt ours, std::string_view why) {
    const std::uint64_t number = ours->first;
    events_.push_back(RequestGoneEvent{number, std::string(why)});
    std::erase_if(sessions_, [&](const SessionForTwo& each) { return each.number == number; });
    waiting_.erase(number);
    ours_.erase(ours);
}

// Her claim is gone. What was left is another's to answer; a talk goes on while the other is there, and keeps its
// number: what may wait at the relay has a new one, which is the answer.
std::uint64_t DeskClient::lose(OursAt ours) {
    const std::uint64_t number = ours->first;
    events_.push_back(RequestGoneEvent{number, ours->second.ending ? "ended" : "lost"});
    if (ours->second.left || ours->second.ending)
        ours_.erase(ours);
    else
        ours->second.standing = Standing::unclaimed;
    auto waiting = waiting_.extract(number);
    waiting.key() = ++last_number_;
    waiting_.insert(std::move(waiting));
    return last_number_;
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
    if (state.standing == DeskStanding::waiting) return wait_again(number, now);
    gone(number);
}

// If it was hers, her claim has run out.
void DeskClient::wait_again(std::uint64_t number, Now now) {
    const auto ours = ours_.find(number);
    const bool was_hers = ours != ours_.end() && ours->second.standing == Standing::claimed;
    show(was_hers ? lose(ours) : number, now);
}

// The news may come before the answer to what she asked.
void DeskClient::gone(std::uint64_t number) {
    const auto ours = ours_.find(number);
    if (ours != ours_.end() && ours->second.standing != Standing::wanted) {
        if (ours->second.answering) return;  // what ended it is told by the answer to that
        return let_go(ours, ours->second.ending ? "ended" : "withdrawn");
    }
    if (ours != ours_.end()) ours_.erase(ours);
    hide(number, "withdrawn");
    waiting_.erase(number);
}

void DeskClient::show(std::uint64_t number, Now now) {
    Waiting& waiting = waiting_.at(number);
    if (has_request(number) || taken_.contains(waiting.id) || std::exchange(waiting.shown, true)) return;
    events_.push_back(event_of(number, waiting, now));
}

void DeskClient::hide(std::uint64_t number, std::string_view why) {
    const auto found = waiting_.find(number);
    if (found == waiting_.end() || !std::exchange(found->second.shown, false)) return;
    events_.push_back(RequestGoneEvent{number, std::string(why)});
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

}  // namespace veranda::client
