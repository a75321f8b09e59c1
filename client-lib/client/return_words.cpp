// Return words: twelve words by which a member finds the group again next week, or from another phone this evening. She
// makes them, the book keeps their public half, and each session has a card for them. A person always decides.
// Specification: docs/protocol.md, 7.8.
#include "client-lib/circle/content/safe_text.hpp"
#include "client-lib/client/booking.hpp"

namespace veranda::client {

namespace {

bool is_for_a_group(const Client::State& state) {
    return state.session && state.session->room.genesis().kind == RoomKind::group;
}

bool is_member(const Client::State& state) { return is_for_a_group(state) && !state.hosting && !state.staff; }

// Older ones that nobody has seen say nothing any more.
void forget_own_words(Client::State& state) {
    std::erase_if(state.lane_said, [](const auto& said) {
        return said.second.kind == LaneKind::return_pass || said.second.kind == LaneKind::words_seen;
    });
}

}  // namespace

Result<void> return_words(Client::State& state, Now now) {
    if (!is_member(state)) return fail(faults::not_now);
    const auto language = circle::words_language(state.language);
    const circle::PassEntropy entropy = circle::new_entropy(language, state.random);
    forget_own_words(state);
    const auto before = static_cast<std::ptrdiff_t>(state.events.size());
    TRY(state.say_in_lane(LaneKind::return_pass, tls::encode(circle::Pass::from(entropy).keys()), now));
    // The words first, then how far the team has come to know of them.
    state.events.insert(state.events.begin() + before, ReturnWordsEvent{circle::write_words(entropy, language)});
    return {};
}

Result<void> words_seen(Client::State& state, Now now) {
    if (!is_member(state)) return fail(faults::not_now);
    forget_own_words(state);
    return state.say_in_lane(LaneKind::words_seen, {}, now);
}

// One facilitator's client writes it, and posts the card: the first; another if she has not answered by its turn.
void take_words(Client::State& state, const LaneSpeaker& from, const LaneContent& content, const LaneId& lane,
                Now now) {
    if (from.commits || from.waiting || !is_for_a_group(state)) return state.acknowledge_lane(lane);
    auto& asks = state.hosting->booking.words;
    const bool known = std::any_of(asks.begin(), asks.end(), [&](const WordsAsk& ask) { return ask.lane == lane; });
    if (known || asks.size() >= limits::lane_waiting_max) return;
    WordsAsk ask{from.member, lane, std::nullopt, now.steady_ms + state.own_turn_ms()};
    if (content.kind == LaneKind::return_pass) {
        const auto pass = tls::decode<PassKeys>(content.body);
        if (!pass) return state.acknowledge_lane(lane), state.report(Error{&faults::message_not_read, 0});
        ask.pass = *pass;
    }
    asks.push_back(ask);
    pump_words(state, now);
}

void words_acknowledged(Client::State& state, const LaneId& lane) {
    if (state.hosting)
        std::erase_if(state.hosting->booking.words, [&](const WordsAsk& ask) { return ask.lane == lane; });
}

void void_pass(Client::State& state, const PassKeys& pass, bool withdraw) {
    std::vector<KnockId> knocks;
    for (const auto& [id, waiting] : state.hosting->waiting)
        if (waiting.opened && waiting.opened->knock.pass == pass) knocks.push_back(id);
    for (const KnockId& id : knocks)
        state.refuse_knock(id, KnockRefusalReason::used_invite, "These words are not good any more.");
    WithdrawCards cards;
    for (const auto& [id, invite] : state.hosting->invites)
        if (invite.secrets.pass == pass) cards.cards.push_back(id);
    std::erase_if(state.hosting->invites, [&](const auto& invite) { return invite.second.secrets.pass == pass; });
    if (withdraw && !cards.cards.empty()) state.ask(cards, {Asked::withdraw_cards, {}});
}

namespace {

void write_words(Client::State& state, const WordsAsk& ask, const PersonId& person, Now now) {
    const auto known = person_in_book(state, person);
    const bool is_new = !known || known->pass != ask.pass;
    if (known && known->pass && is_new) {
        write_in_book(state, BookEntryKind::pass_void, person, tls::encode(*known->pass), now);
        void_pass(state, *known->pass, true);
    }
    if (ask.pass && is_new) {
        write_in_book(state, BookEntryKind::pass, person, tls::encode(*ask.pass), now);
        post_return_cards(state, now);
    }
}

}  // namespace

// Whose she is has to stand in the book: perhaps that is still on its way from another facilitator.
void pump_words(Client::State& state, Now now) {
    if (!keeps_book(state) || !state.session || !state.entered) return;
    Booking& booking = state.hosting->booking;
    for (const WordsAsk& ask : std::exchange(booking.words, {})) {
        const auto person = now.steady_ms < ask.due ? std::nullopt : person_at(state, ask.member);
        if (!person) {
            booking.words.push_back(ask);
            continue;
        }
        write_words(state, ask, *person, now);
        state.acknowledge_lane(ask.lane);
    }
    if (!booking.cards_at || now.steady_ms < *booking.cards_at || state.own_turn_ms() != 0) return;
    booking.cards_at.reset();
    post_return_cards(state, now);
}

void post_return_cards(Client::State& state, Now now) {
    if (!keeps_book(state) || !state.session) return;
    std::vector<CardOrder> orders;
    for (const circle::BookPerson& person : state.hosting->booking.book->people(state.trust.list())) {
        if (!person.pass) continue;
        const bool has_card =
            std::any_of(state.hosting->invites.begin(), state.hosting->invites.end(),
                        [&](const auto& invite) { return invite.second.secrets.pass == *person.pass; });
        if (!has_card)
            orders.push_back({CardKind::returning, *person.pass, state.session->room.genesis().ends_at, {}, {}, false});
    }
    state.post_new(orders, now);
}

void withdraw_return_cards(Client::State& state) {
    if (!keeps_book(state)) return;
    WithdrawCards cards;
    for (const auto& [id, invite] : state.hosting->invites)
        if (invite.secrets.kind == CardKind::returning) cards.cards.push_back(id);
    if (!cards.cards.empty()) state.ask(cards, {Asked::withdraw_cards, {}});
}

// Her place of this evening is hers if nobody took it from her. Who she was before is for a person to see.
void know_by_words(Client::State& state, WaitingKnock& waiting) {
    if (!keeps_book(state)) return;
    for (const circle::BookPerson& person : state.hosting->booking.book->people(state.trust.list())) {
        if (person.pass != waiting.opened->knock.pass) continue;
        waiting.person = person.id;
        waiting.known_as = circle::safe_text(person.pseudonym);
        waiting.was_removed = person.removed;
        const auto& room = state.session->room;
        for (const circle::BookPlace& place : state.hosting->booking.book->places(state.trust.list(), room.room())) {
            if (place.person != person.id) continue;
            const bool is_removed = place.removed || room.is_removed(place.seat.member);
            waiting.was_removed = waiting.was_removed || is_removed;
            if (!is_removed && state.hosting->ways_back.contains(place.seat.member)) waiting.member = place.seat.member;
        }
    }
}

}  // namespace veranda::client
