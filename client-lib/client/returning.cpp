// The way back of one who lost her place: by the ticket of her last admission, in the same process or in a new one.
// What outlives a lost session is kept in Returning; the rest of the way is that of anyone who knocks. Specification:
// docs/protocol.md, 7.8 and 7.10.
#include "client-lib/circle/content/safe_text.hpp"
#include "client-lib/client/booking.hpp"
#include "client-lib/client/open_invites.hpp"

namespace veranda::client {

std::optional<circle::Ticket> Client::State::ticket() const {
    if (!ticket_entropy || is_final() || (!session && !returning)) return std::nullopt;
    const Hash fingerprint = crypto::fingerprint(trust.organisation().root);
    if (session)
        return circle::Ticket{origin,       fingerprint,  ticket_entropy->clone(), session->room.room(),
                              self->member, session->last};
    return circle::Ticket{origin,          fingerprint,       ticket_entropy->clone(),
                          returning->room, returning->member, returning->last};
}

Result<void> Client::State::return_by(circle::Ticket ticket, std::optional<StaffKeys> keys, Now now) {
    if (wire != Wire::idle || joining || hosting || returning) return fail(faults::not_now);
    if (ticket.origin != origin) return fail(circle::faults::ticket_form);
    ticket_entropy = ticket.entropy.clone();
    returning.emplace(Returning{std::move(ticket.entropy), ticket.room, ticket.member, ticket.last,
                                KnockReason::returning, UnixSeconds{}});
    spare_keys = std::move(keys);
    look_from_now(now);
    start(now);
    return {};
}

// Leaves a session that we can't go on in. Texts stay in the outbox and are sent again under the same ids; orders that
// we have not seen in the log are ordered again.
void Client::State::begin_return(KnockReason reason, Now now, bool forgotten) {
    if (!ticket_entropy) return stop(Phase::refused);
    returning.emplace(Returning{ticket_entropy->clone(), session->room.room(), self->member, session->last, reason,
                                session->room.genesis().ends_at});
    if (hosting) give_up_post(forgotten, now);
    returning->seen = std::move(session->seen);
    for (auto& [id, said] : lane_said)
        if (said.kind != LaneKind::raised_hand && !said.is_copy)
            returning->unseen.push_back(
                {said.kind, std::move(said.body), said.said_at, said.progress == LaneProgress::nobody});
    // A held message is signed by a key that nobody goes by any more once she is back, and may no longer be meant.
    if (session->held) notice("not_sent", circle::safe_text(session->held->text, true));
    lane_said.clear();
    agreeing.clear();
    session.reset();
    pending_commit.reset();
    give_talks_back();
    std::erase_if(outbox, [](const Outgoing& item) { return item.silent; });
    for (Outgoing& item : outbox) item.sealed.clear(), item.not_before = 0;
    look_from_now(now);
    // A connection looks for one card only; this one may have looked for another.
    actions.push_back(Disconnect{});
    disconnected(now);
}

// What a member of staff leaves with her place: the room is somebody else's to keep, until she is back.
void Client::State::give_up_post(bool forgotten, Now now) {
    plan_successor(forgotten, now);
    for (auto& [id, waiting] : hosting->waiting)
        if (waiting.shown) show_knock(waiting, false);
    hosting->waiting.clear();
    for (const PendingOrder& item : hosting->orders) hosting->orders_to_repeat.push_back(item.order.body);
    hosting->orders.clear();
    hosting->errands.clear();  // signed for that place, or for those who were there
    hosting->to_remove.clear();
    hosting->last_number = {};
    hosting->booking.to_tell.clear();
    hosting->booking.on_the_way.clear();
    hosting->booking.words.clear();
    hosting->booking.group_card = {};
    hosting->lease_until = hosting->lease_try_again = hosting->commit_not_before = hosting->next_pulse = 0;
}

void Client::State::look_from_now(Now now) {
    joining.emplace(Joining{circle::Pass::from(returning->ticket), {}, {}, {}, {}, {}, {}});
    joining->looks_again = true;
    joining->looking_since = now.steady_ms;
}

// The relay does not have our room any more, or has another in its place.
void Client::State::room_lost(bool forgotten, Now now) {
    if (session) {
        notice("room_forgotten", forgotten ? "The server has lost this room. Coming back by itself."
                                           : "The room was made anew. Coming back by itself.");
        return begin_return(KnockReason::room_forgotten, now, forgotten);
    }
    if (joining && joining->envelope) look_again(now);
}

// The card is not there, or not any more: it will be, if there is still somebody to post it.
void Client::State::look_again(Now now) {
    if (!std::exchange(joining->looks_again, true)) joining->looking_since = now.steady_ms;
    give_talks_back();
    joining->card.reset();
    joining->envelope.reset();
    joining->key_package.reset();
    joining->ticket.reset();
    joining->ticket_entropy.reset();
    welcomed.reset();
    joining->next_look = now.steady_ms + (joining->looks++ < looks_first ? look_ms_first : look_ms_later);
    if (phase == Phase::in_group || phase == Phase::waiting) set_phase(Phase::reconnecting);
}

void Client::State::look(Now now) {
    if (looks_in_vain(now)) return;
    if (joining->envelope) {
        const bool is_late = now.steady_ms >= joining->knocked_at + by_itself_ms;
        if (wire == Wire::up && is_late && phase != Phase::waiting) {
            set_phase(Phase::waiting);
            offer_to_make_anew();
        }
        return;
    }
    if (wire != Wire::up || joining->card || now.steady_ms < joining->next_look) return;
    joining->next_look = now.steady_ms + look_ms_later;
    find_card(now);
}

bool Client::State::looks_in_vain(Now now) {
    if (returning && returning->ends_at.value != 0 && trusted_now(now) >= returning->ends_at) {
        stop(Phase::ended);
        return true;
    }
    if (joining->envelope || now.steady_ms < joining->looking_since + looking_ms_max) return false;
    notice("no_way_back", "No facilitator has opened the group again. Please ask for a new invite.");
    stop(Phase::refused);
    return true;
}

// The card is there. Whoever was in comes back as who she was, whoever waited knocks again by the same name.
void Client::State::knock_again(Now now) {
    const Card& card = joining->card->card();
    const StaffKeys* keys = hosting ? &hosting->keys : spare_keys ? &*spare_keys : nullptr;
    KnockReason reason = keys != nullptr ? KnockReason::staff : KnockReason::first_visit;
    if (returning) reason = card.room == returning->room ? returning->reason : KnockReason::room_forgotten;
    if (const auto knocked = knock_as(returning ? card.pseudonym : joining->pseudonym, keys, reason, now); !knocked) {
        report(knocked.error());
        return look_again(now);
    }
    if (!hosting && spare_keys) take_post(*std::exchange(spare_keys, std::nullopt));
}

// While she looks for a card, or for a way to knock on it, "not there" and "not now" end nothing.
bool Client::State::is_refused_for_now(const Refused& answer, const Request& request, Now now) {
    if (request.asked == Asked::open_room) return lost_the_remaking(answer, now);
    const bool gone = answer.refusal == Refusal::no_such_room || answer.refusal == Refusal::room_remade;
    if (request.asked == Asked::enter && gone && !submitted_leave && (session || joining)) {
        room_lost(answer.refusal == Refusal::no_such_room, now);
        return true;
    }
    if (!joining || (!joining->looks_again && !joining->waits)) return false;
    if (request.asked == Asked::card && answer.refusal == Refusal::one_card_a_connection) {  // a new day
        actions.push_back(Disconnect{});
        disconnected(now);
        return true;
    }
    const bool looked = request.asked == Asked::card && answer.refusal == Refusal::no_such_card;
    const bool knocked = request.asked == Asked::knock &&
                         (answer.refusal == Refusal::no_such_card || answer.refusal == Refusal::room_locked ||
                          answer.refusal == Refusal::waiting_room_full);
    if (!looked && !knocked) return false;
    if (looked && returning && returning->member.is_zero())
        return false;  // she was not let in; nobody posts her a card
    look_again(now);
    return true;
}

// Staff, for the first time in this room: its opener posts the cards of those who are to find it.
void Client::State::begin_post(Now now) {
    if (!hosting) return;
    const circle::Person* us = session->room.by_member(self->member);
    const bool is_opener = us != nullptr && us->admission.knock.is_zero();
    if (!is_opener) return tell_whole_book(*this, other_lane_keys(), true, now);
    hosting->booking.resumed ? post_cards_of_all(now) : post_own_ticket(now);
    hosting->booking.resumed.reset();
    post_return_cards(*this, now);
}

// In again, or for the first time.
void Client::State::came_back(Now now) {
    show_group_name();
    if (!returning) {
        recaps.clear();
        return begin_post(now);
    }
    const Returning back = *std::exchange(returning, std::nullopt);
    const bool anew = session->room.room() != back.room;
    session->seen = back.seen;
    if (anew) {
        notice("room_remade", "The room was made anew. What was said in between may be missing.");
    }
    show_recap(anew ? std::nullopt : std::optional(back.last));
    for (const Unseen& item : back.unseen)
        if (const auto said = say_again(item, now); !said) report(said.error());
    if (hand_up) (void)raise_hand(true, now);
    if (self->member != back.member) {  // let in as somebody new: others could not tell doubles
        for (const Outgoing& item : outbox)
            if (!item.text.empty()) notice("not_sent", circle::safe_text(item.text, true));
        outbox.clear();
    }
    if (!hosting) return;
    // Another knock on the ticket that she came back by is not hers any more, and nobody she would let in.
    if (!back.remaking) invite_used(*this, circle::Pass::from(back.ticket).keys(), hosting->keys.certificate.body.name);
    if (anew) hosting->posting.clear(), hosting->to_post_again.clear();
    drop_stale_held();
    if (!back.remaking) tell_whole_book(*this, other_lane_keys(), true, now);
    if (anew)
        for (auto& [member, way] : hosting->ways_back)
            way.since = Sequence{};  // the new room is theirs from its beginning
    if (back.remaking)
        post_cards_of_all(now);
    else if (anew)
        hosting->invites.clear();  // cards of a room that is gone
    for (const Order& again : std::exchange(hosting->orders_to_repeat, {}))
        if (!session->room.is_removed(again.member) && !order(again, now)) notice("not_ordered", "An order was lost.");
}

}  // namespace veranda::client
