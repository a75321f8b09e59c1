// Handing a session over to another who is on duty: she is found by her name and her proof, and what she gets is for
// her turn alone. What happens in the room is client/handing_over.cpp's.
#include "client-lib/circle/content/safe_text.hpp"
#include "client-lib/circle/desk/hand_over.hpp"
#include "client-lib/circle/joining/knock.hpp"
#include "client-lib/client/client_limits.hpp"
#include "client-lib/client/desk/desk_client.hpp"
#include "client-lib/client/rules.hpp"

namespace veranda::client {

Result<void> DeskClient::look_for(std::uint64_t number, std::string_view name, Now now) {
    if (!on_duty_ || seeking_) return fail(faults::not_now);
    if (!has_request(number) || has_left_request(number)) return fail(faults::no_such_number, number);
    seeking_ = Seeking{
        number, std::string(name), Challenge{random_.array<Challenge::size>()}, {}, now.steady_ms + duty_proof_wait_ms};
    ask(FindDuty{seeking_->nonce}, {What::find, number});
    return {};
}

// A statement says who may be there; her proof, that she is.
void DeskClient::take_duty(const Duty& duty, Now now) {
    if (!seeking_) return;
    for (const auto& statement : duty.statements) {
        auto standing = line_.trust().check_duty(statement, line_.trusted_now(now));
        if (!standing || standing->certificate() == crypto::hash_of(keys_->certificate)) continue;
        if (circle::same_pseudonym(standing->name(), seeking_->name))
            seeking_->candidates.push_back({seeking_->number, *std::move(standing), statement.body.certificate});
    }
    if (seeking_->candidates.empty()) nobody_found();
}

void DeskClient::take_proof(const DutyProofFrame& frame) {
    if (!seeking_) return;
    for (Colleague& each : seeking_->candidates) {
        if (!crypto::check_duty_proof(frame.proof, each.standing, seeking_->nonce)) continue;
        found_.emplace(std::move(each));
        return seeking_.reset();
    }
}

void DeskClient::nobody_found() {
    seeking_.reset();
    report(Error{&faults::nobody_on_duty, 0});
}

std::optional<Colleague> DeskClient::take_colleague() { return std::exchange(found_, std::nullopt); }

Result<void> DeskClient::hand_over(const Colleague& to, const circle::PassEntropy& pass, Now now) {
    if (!on_duty_) return fail(faults::not_now);
    ask(HandOverFrame{to.standing.turn(), TRY(circle::seal_hand_over(pass, to.standing, keys_->certificate, keys_->key,
                                                                     line_.trusted_now(now), random_))},
        {What::hand_over, to.number});
    return {};
}

void DeskClient::take_handed_over(const HandedOver& frame, Now now) {
    auto opened =
        circle::open_hand_over(frame.sealed, duty_->key(), duty_->turn(), line_.trust(), line_.trusted_now(now));
    if (!opened) return report(opened.error());
    if (ours_.size() >= at_once_) return report(Error{&faults::hand_over_missed, at_once_});
    const std::uint64_t number = ++last_number_;
    ours_.emplace(number, Ours{.standing = Standing::unclaimed});
    events_.push_back(HandOverEvent{"handed", circle::safe_text(opened->name)});
    handed_.push_back(SessionHandedOver{number,
                                        {keys_->certificate, keys_->key.clone(), keys_->sealing.clone()},
                                        std::move(opened->pass),
                                        opened->certificate});
}

std::optional<SessionHandedOver> DeskClient::take_handed_over() {
    if (handed_.empty()) return std::nullopt;
    SessionHandedOver session = std::move(handed_.front());
    handed_.pop_front();
    return session;
}

}  // namespace veranda::client
