// What a session for two has of its own: it is opened for one who asked at the support desk, whose knock is expected,
// and she hears when the counsellor's client is gone. Specification: docs/protocol.md, 14.
#include "client-lib/client/client_state.hpp"

namespace veranda::client {

// On each entrance until she has come, since the card may have been lost with a cut; it stands in the same place.
void Client::State::invite_the_one(Now now) {
    const bool has_come = session->group.roster().size() > 1;
    if (has_come) return hosting->plan.invitee.reset();
    auto card = make_card({CardKind::first_invite, *hosting->plan.invitee, session->room.genesis().ends_at}, now);
    if (!card) return report(card.error());
    const CardId id = card->posted.id;
    send_cards(PostCards{{std::move(card->posted)}}, random_id<SubmissionId>());
    hosting->invites.insert_or_assign(
        id, Hosting::Invite{std::move(card->secrets), session->room.genesis().ends_at, {}, {}, true, true});
}

void Client::State::see_whereabouts(const MemberId& member, Whereabouts whereabouts, Now now) {
    session->presence[member] = whereabouts;
    if (whereabouts == Whereabouts::away)
        session->away_since.emplace(member, now.steady_ms);
    else
        session->away_since.erase(member);
}

// Gone since her last pulse is too old, or since the relay said that she went, unless a pulse came after it: so the
// relay's word alone takes nobody away who can still be heard.
std::uint64_t Client::State::staff_gone_ms(Now now) const {
    if (!session || !entered) return 0;
    std::uint64_t shortest = UINT64_MAX;
    for (const auto& [member, heard] : session->last_pulse) {
        if (member == self->member) return 0;
        std::uint64_t since = heard + limits::pulse_missing_ms;
        const auto away = session->away_since.find(member);
        if (away != session->away_since.end() && away->second >= heard) since = std::min(since, away->second);
        shortest = std::min(shortest, now.steady_ms > since ? now.steady_ms - since : 0);
    }
    return shortest;
}

}  // namespace veranda::client
