// What staff have the relay do, which is done when it says so: knocks refused, invites made void, what is said in the
// lane to the others of the staff, and acknowledgements. None of it may be lost with a cut, or because the relay was
// busy: a held message would wait for ever, an alarm would seem unseen, an invite that was made void stay good. Each
// may be done twice, and in any order.
#include "client-lib/client/client_state.hpp"

namespace veranda::client {
namespace {

Asked asked_by(FrameType type) {
    switch (type) {
        case FrameType::withdraw_cards: return Asked::withdraw_cards;
        case FrameType::refuse_knock: return Asked::refuse_knock;
        case FrameType::acknowledge_lane: return Asked::acknowledge;
        default: return Asked::lane;
    }
}

}  // namespace

void Client::State::run_errand(FrameType type, Bytes body, Asked asked) {
    if (!hosting || hosting->errands.size() >= errands_max) return ask_bytes(type, body, {asked, {}});
    hosting->errands.push_back({++hosting->last_errand, type, std::move(body)});
    pump_errands();
}

void Client::State::pump_errands() {
    if (!hosting || !session || !entered) return;
    for (Errand& errand : hosting->errands) {
        if (errand.in_flight || errand.not_before != 0) continue;
        errand.in_flight = true;
        ask_bytes(errand.type, errand.body, {asked_by(errand.type), {}, errand.number});
    }
}

void Client::State::errand_done(const Request& request) {
    if (!hosting || request.errand == 0) return;
    std::erase_if(hosting->errands, [&](const Errand& errand) { return errand.number == request.errand; });
}

bool Client::State::is_errand_for_later(const Refused& answer, const Request& request, Now now) {
    if (!hosting || request.errand == 0) return false;
    if (!asks_for_patience(answer.refusal)) {
        errand_done(request);
        return false;
    }
    for (Errand& errand : hosting->errands) {
        if (errand.number != request.errand) continue;
        errand.in_flight = false;
        errand.not_before = now.steady_ms + patience_ms(answer);
    }
    return true;
}

void Client::State::tend_errands(Now now) {
    for (Errand& errand : hosting->errands)
        if (now.steady_ms >= errand.not_before) errand.not_before = 0;
    pump_errands();
}

// ---- cards ----

void Client::State::send_cards(const PostCards& frame, const SubmissionId& post) {
    for (const PostedCard& card : frame.cards) hosting->posting[post].push_back(card.id);
    ask(frame, {Asked::post_cards, post});
}

void Client::State::cards_not_posted(const SubmissionId& post, std::uint64_t not_before) {
    const auto found = hosting->posting.find(post);
    if (found == hosting->posting.end()) return;
    if (post == hosting->booking.group_card.post) hosting->booking.group_card.next_at = not_before;
    hosting->to_post_again.insert(found->second.begin(), found->second.end());
    hosting->posting.erase(found);
    hosting->post_again_not_before = not_before;
}

// Whether the relay has a card that it did not answer for is not known, and another of the staff may have posted one in
// its place: so there goes a new one, whose secrets all are told.
void Client::State::post_again(Now now) {
    if (!session || !entered || now.steady_ms < hosting->post_again_not_before) return;
    PostCards frame;
    const SubmissionId post = random_id<SubmissionId>();
    for (const CardId& id : std::exchange(hosting->to_post_again, {})) {
        const auto found = hosting->invites.find(id);
        if (found == hosting->invites.end() || found->second.is_void) continue;
        Hosting::Invite& invite = found->second;
        auto made = make_card(order_of(invite), now);
        if (!made || made->posted.id != id) continue;  // of another day: posted with those of the day
        invite.replace(std::move(made->secrets));
        invite.post = post;
        if (hosting->handing_over && hosting->handing_over->pass == invite.secrets.pass)
            hosting->handing_over->post = post;
        share_card(invite.secrets, other_lane_keys());
        frame.cards.push_back(std::move(made->posted));
        if (frame.cards.size() == limits::cards_per_post_max) send_cards(std::exchange(frame, {}), post);
    }
    if (!frame.cards.empty()) send_cards(frame, post);
}

}  // namespace veranda::client
