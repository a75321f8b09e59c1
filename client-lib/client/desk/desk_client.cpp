// On duty: what a counsellor says and what the relay answers. The queue and what is hers of it: desk_requests.cpp.
#include "client-lib/client/desk/desk_client.hpp"

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
        if (!is_language_tag(language) || tags.size() == limits::duty_languages_max)
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
    if (on_duty_) ask(GoOffDuty{}, {What::off});
    leave_desk("off_duty");
    return {};
}

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
    for (auto each = ours_.begin(); each != ours_.end(); ++each)
        if (each->second.standing != Standing::unclaimed && now.steady_ms >= each->second.again_at)
            say_again(each, now);
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

// Every key of this turn is gone. A talk whose room is open goes on without its claim.
void DeskClient::leave_desk(std::string_view state) {
    line_.hang_up();
    duty_.reset();
    keys_.reset();
    desk_key_.reset();
    for (const SessionForTwo& each : sessions_) ours_.erase(each.number);
    for (const SessionHandedOver& each : handed_) ours_.erase(each.number);
    sessions_.clear();
    handed_.clear();
    seeking_.reset();
    found_.reset();
    asked_.clear();
    for (auto each = ours_.begin(); each != ours_.end();) {
        const auto here = each++;
        if (here->second.standing == Standing::wanted)
            ours_.erase(here);
        else if (here->second.ending || here->second.left)
            let_go(here, here->second.ending ? "ended" : "put_back");
        else
            here->second.standing = Standing::unclaimed;
    }
    waiting_.clear();
    taken_.clear();
    state_again_at_ = 0;
    on_duty_ = false;
    set_state(state);
}

void DeskClient::state_duty(Now now) {
    state_again_at_ = 0;
    const auto& statement = duty_->state(line_.trusted_now(now), keys_->key);
    ask(GoOnDuty{statement, duty_->access(line_.origin(), line_.challenge(), keys_->key)}, {What::duty});
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
    if (const auto* duty = std::get_if<Duty>(&frame); duty && asked && asked->what == What::find)
        return take_duty(*duty, now);
    if (const auto* proof = std::get_if<DutyProofFrame>(&frame)) return take_proof(*proof);
    if (const auto* handed = std::get_if<HandedOver>(&frame)) return take_handed_over(*handed, now);
    const auto* nonce = std::get_if<DutyNonce>(&frame);
    if (nonce != nullptr && on_duty_) ask(ProveDuty{duty_->prove(nonce->nonce, keys_->key)}, {What::prove});
}

void DeskClient::take_done(Asked asked) {
    const auto ours = ours_.find(asked.number);
    switch (asked.what) {
        case What::end:
            if (ours != ours_.end()) let_go(ours, "ended");
            return;
        case What::answer:
            if (ours != ours_.end()) let_go(ours, "answered");
            return;
        case What::duty: break;
        default: return;
    }
    if (std::exchange(on_duty_, true)) return;
    for (auto& each : ours_) each.second.again_at = 0;  // after a cut, at once: what is hers stays hers
    set_state("on_duty");
}

void DeskClient::take_refused(const Refused& refused, Asked asked, Now now) {
    const Refusal why = refused.refusal;
    if (asked.what == What::duty && why != Refusal::duty_statement && why != Refusal::access_signature) {
        state_again_at_ = now.steady_ms + std::max(refused.detail, refused_retry_ms);
        return;
    }
    if (asked.what == What::duty) {
        events_.push_back(ErrorEvent{std::string(name(why)), "the relay refused it"});
        return leave_desk("refused");
    }
    if (why == Refusal::not_on_duty && asked.what != What::off) {  // the relay has forgotten us
        std::erase_if(ours_, [](const auto& each) { return each.second.standing == Standing::wanted; });
        if (std::exchange(on_duty_, false)) state_duty(now);
        return;
    }
    const auto ours = ours_.find(asked.number);
    const bool is_hers = ours != ours_.end();
    switch (asked.what) {
        case What::claim:
            if (is_hers) claim_refused(refused, ours, now);
            return;
        case What::answer:
            if (is_hers) answer_refused(refused, ours, now);
            return;
        case What::end:
            if (is_hers && (why == Refusal::no_such_request || why == Refusal::request_claimed))
                let_go(ours, "ended");
            else if (is_hers)
                ours->second.again_at = now.steady_ms + std::max(refused.detail, refused_retry_ms);
            return;
        case What::prove: return;
        case What::find: seeking_.reset(); break;
        default: break;
    }
    events_.push_back(ErrorEvent{std::string(name(why)), "the relay refused it"});
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
