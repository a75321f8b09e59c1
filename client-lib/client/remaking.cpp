// Making a room anew: by staff, for everyone who was in it. After the relay has forgotten it, by itself and at once;
// when the relay still has it and nobody is left who lets a facilitator in again, when she says so. Specification:
// docs/protocol.md, 7.10.
#include "client-lib/client/booking.hpp"

namespace veranda::client {

// What the new room begins with, taken down while the old one is still known. Of several facilitators each waits for
// its turn, so that mostly one does it; the relay takes one.
void Client::State::plan_successor(bool forgotten, Now now) {
    const circle::RoomState& room = session->room;
    returning->lost_at = now.steady_ms;
    if (forgotten) hosting->lost_at = now.steady_ms;
    if (trusted_now(now) >= room.genesis().ends_at || room.is_removed(self->member)) return;
    Genesis genesis;
    genesis.predecessor = room.room();
    genesis.kind = room.genesis().kind;
    genesis.ends_at = room.genesis().ends_at;
    genesis.policies = room.policies();
    genesis.policies.locked = false;  // it would shut out all those who are to come back
    genesis.levels = room.levels_to_carry_over();
    genesis.removed.assign(room.removed().begin(), room.removed().end());
    genesis.hidden = session->shown.hidden_ids();
    returning->successor = std::move(genesis);
    returning->was_locked = room.policies().locked;
    if (!forgotten) return;
    const std::uint64_t not_before = hosting->remade_at ? *hosting->remade_at + limits::remake_ms_min : 0;
    returning->remake_at = std::max(now.steady_ms + own_turn_ms(), not_before);
}

void Client::State::offer_to_make_anew() {
    if (!hosting || !returning || !returning->successor || returning->by_hand) return;
    notice("may_make_anew",
           "You wait for another facilitator to let you in again. If none is there, you can make the room anew for "
           "everyone.");
}

// She knocks, and nobody is there who lets her in.
Result<void> Client::State::make_anew(Now now) {
    if (!hosting || !returning || !returning->successor || returning->by_hand || returning->remaking)
        return fail(faults::not_now);
    returning->remake_at = now.steady_ms;
    returning->by_hand = true;
    hosting->lost_at = returning->lost_at;
    look_again(now);  // her knock is of a room that will be gone
    remake_when_due(now);
    return {};
}

void Client::State::remake_when_due(Now now) {
    const bool knocks = joining && joining->envelope;  // another was first
    if (returning->remaking || knocks || wire != Wire::up) return;
    if (!returning->remake_at || now.steady_ms < *returning->remake_at) return;
    if (std::exchange(returning->was_locked, false)) notice("unlocked", "The room that is made anew is not locked.");
    returning->remaking = true;
    hosting->remade_at = now.steady_ms;
    joining.reset();
    make_room(*returning->successor, returning->member, now);
    open_room(now);
}

// Another's room is there in the place of ours, and in it a card for our ticket; or the relay has forgotten once more.
bool Client::State::lost_the_remaking(const Refused& answer, Now now) {
    if (!returning || !returning->remaking) return false;
    if (answer.refusal == Refusal::no_such_room) {  // the same again, as after a cut
        actions.push_back(Disconnect{});
        disconnected(now);
        return true;
    }
    if (answer.refusal == Refusal::admission_invalid) report_refusal(answer);  // she has no place there any more
    if (answer.refusal != Refusal::room_remade && answer.refusal != Refusal::admission_invalid) return false;
    room_did_not_come_to_be(*this, now);
    returning->remaking = returning->by_hand = false;
    returning->successor.reset();
    opening_group.reset();
    look_from_now(now);
    look(now);
    return true;
}

// A card for every ticket and open invite that we know, each under the id that it had.
void Client::State::post_cards_of_all(Now now) {
    hosting->cards_day = circle::day_of(relay_now(now), trust.organisation().zone_minutes);
    const UnixSeconds ends_at = session->room.genesis().ends_at;
    std::vector<CardOrder> orders;
    for (const auto& [member, way] : hosting->ways_back)
        if (!session->room.is_removed(member) && member != self->member && way.ticket != PassKeys{})
            orders.push_back(
                {CardKind::ticket, way.ticket, ends_at, member, way.pseudonym, way.certificate.has_value()});
    for (auto& [id, invite] : std::exchange(hosting->invites, {})) {
        if (invite.secrets.kind == CardKind::ticket || invite.is_void) continue;
        if (invite.expires_at.value == 0) invite.expires_at = ends_at;  // a co-facilitator's: it is hers to know
        if (invite.expires_at >= trusted_now(now)) orders.push_back(order_of(invite));
    }
    post_new(orders, now);
    post_own_ticket(now);
}

}  // namespace veranda::client
