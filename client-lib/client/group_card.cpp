// One room for a group. While a facilitator is in, a card stands at the relay that only the group's facilitators can
// find, with the newest book or with an old one. Whoever is about to open the group by her book looks for it first; of
// two who opened at once, one finds the other's and gives way. Specification: docs/protocol.md, 13.
#include "client-lib/client/booking.hpp"
#include "client-lib/client/client_limits.hpp"

namespace veranda::client {

namespace {

circle::Pass pass_of_group(const Client::State& state) {
    return circle::group_pass(state.hosting->booking.book->group());
}

CardId card_of_today(const Client::State& state, Now now) {
    const Day day = circle::day_of(state.relay_now(now), state.trust.organisation().zone_minutes);
    return circle::card_id(pass_of_group(state).keys(), day);
}

void look(Client::State& state, Now now) { state.ask(FindCard{card_of_today(state, now)}, {Asked::group_card, {}}); }

// Her room is empty but for her, and goes before anybody is in two.
void give_way(Client::State& state, Now now) {
    state.hosting->booking.group_card.gives_way = true;
    if (const auto ended = state.end(now); !ended) state.report(ended.error());
}

}  // namespace

bool looks_for_group(Client::State& state, Now now) {
    if (!keeps_book(state) || state.hosting->booking.group_card.is_looked_for) return false;
    look(state, now);
    return true;
}

void take_group_card(Client::State& state, ByteView sealed, Now now) {
    if (!keeps_book(state)) return;
    const auto card =
        circle::open_card(sealed, pass_of_group(state), card_of_today(state, now), state.trust, state.trusted_now(now));
    const bool is_one = card && card->card().kind == CardKind::group;
    if (state.session) {
        const bool is_alone = state.session->group.roster().size() == 1;
        if (is_one && is_alone && card->card().room != state.session->room.room()) give_way(state, now);
        return;
    }
    state.hosting->booking.group_card.is_looked_for = true;
    const auto known = state.hosting->booking.book->session_under_way(state.trust.list(), state.trusted_now(now));
    if (is_one && !(known && known->room == card->card().room)) return goes_on_elsewhere(state);
    state.open_room(now);
}

bool group_card_refused(Client::State& state, const Refused& answer, Now now) {
    if (!keeps_book(state) || state.session) return true;
    if (asks_for_patience(answer.refusal)) return false;
    state.hosting->booking.group_card.is_looked_for = true;
    state.open_room(now);
    return true;
}

void tend_group_card(Client::State& state, Now now) {
    GroupCard& mine = state.hosting->booking.group_card;
    const bool is_mine = state.hosting->booking.agreed && !mine.is_withdrawn && state.own_turn_ms() == 0;
    if (!is_mine || now.steady_ms < mine.next_at) return;
    mine.next_at = now.steady_ms + group_card_again_ms;
    const UnixSeconds expires_at{
        std::min(state.session->room.genesis().ends_at.value, state.trusted_now(now).value + group_card_seconds)};
    auto made = state.make_card({CardKind::group, pass_of_group(state).keys(), expires_at, {}, {}, false}, now);
    if (!made) return state.report(made.error());
    mine.post = state.random_id<SubmissionId>();
    state.send_cards(PostCards{{std::move(made->posted)}}, mine.post);
}

void group_card_posted(Client::State& state, const SubmissionId& post, Now now) {
    if (keeps_book(state) && state.hosting->booking.group_card.post == post) look(state, now);
}

void withdraw_group_card(Client::State& state, Now now) {
    if (!keeps_book(state) || !state.hosting->booking.agreed) return;
    state.hosting->booking.group_card.is_withdrawn = true;
    state.ask(WithdrawCards{{card_of_today(state, now)}}, {Asked::withdraw_cards, {}});
}

}  // namespace veranda::client
