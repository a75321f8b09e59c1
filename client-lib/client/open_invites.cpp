// The list of invites: how each stands follows from the cards that we can open knocks on, from who waits, and from who
// was let in.
#include "client-lib/client/open_invites.hpp"

#include "client-lib/circle/content/safe_text.hpp"

namespace veranda::client {
namespace {

bool is_an_invite(CardKind kind) { return kind == CardKind::first_invite || kind == CardKind::staff_invite; }

bool is_open(const Hosting::Invite& invite, UnixSeconds now) {
    return !invite.is_void && (invite.expires_at.value == 0 || invite.expires_at >= now);  // 0: another's, who knows
}

InviteStandsEvent as_it_stands(const Client::State& state, const ListedInvite& listed, UnixSeconds now) {
    const Hosting& hosting = *state.hosting;
    InviteStandsEvent event{listed.number, InviteStands::unused, {}, listed.for_staff, listed.own};
    for (const auto& [id, waiting] : hosting.waiting)
        if (waiting.opened && waiting.opened->knock.pass == listed.pass)
            event.names.push_back(circle::safe_text(waiting.opened->knock.pseudonym));
    const bool has_card = std::any_of(hosting.invites.begin(), hosting.invites.end(), [&](const auto& invite) {
        return invite.second.secrets.pass == listed.pass && is_open(invite.second, now);
    });
    if (!listed.let_in.empty()) {
        event.stands = InviteStands::let_in;
        event.names = {listed.let_in};
    } else if (!has_card) {
        event.stands = InviteStands::is_void;
    } else if (!event.names.empty()) {
        event.stands = InviteStands::at_door;
    }
    return event;
}

// Cards of whoever waits are kept, to read what she says; the others are forgotten. Answers whether there was one.
bool make_void(Client::State& state, const PassKeys& pass) {
    Hosting& hosting = *state.hosting;
    const bool is_waited_by = std::any_of(hosting.waiting.begin(), hosting.waiting.end(), [&](const auto& each) {
        return each.second.opened && each.second.opened->knock.pass == pass;
    });
    hosting.void_passes.push_back(pass);
    if (hosting.void_passes.size() > others_invites_listed_max) hosting.void_passes.pop_front();
    WithdrawCards cards;
    for (auto& [id, invite] : hosting.invites) {
        if (invite.secrets.pass != pass || invite.is_void || !is_an_invite(invite.secrets.kind)) continue;
        cards.cards.push_back(id);
        invite.is_void = true;
        invite.ours = false;
        invite.unannounced.reset();
    }
    const bool found = !cards.cards.empty();
    if (found) state.run_errand(cards, Asked::withdraw_cards);
    if (!is_waited_by)
        std::erase_if(hosting.invites,
                      [&](const auto& invite) { return invite.second.is_void && invite.second.secrets.pass == pass; });
    return found;
}

Result<void> may_revoke(const Client::State& state) {
    if (!state.hosting) return fail(faults::only_staff);
    if (!state.session || !state.entered) return fail(faults::not_now);
    return {};
}

// The others have its secrets too: theirs are not to post it again, another day or in a room made anew.
void void_for_all(Client::State& state, const PassKeys& pass) {
    if (!make_void(state, pass)) return;
    const auto others = state.other_lane_keys();
    if (!others.empty()) state.send_lane(LaneKind::pass_void, tls::encode(pass), others);
}

}  // namespace

std::uint64_t list_invite(Client::State& state, const circle::CardSecrets& secrets, bool own) {
    auto& listed = state.hosting->listed_invites;
    const auto known =
        std::find_if(listed.begin(), listed.end(), [&](const auto& each) { return each.pass == secrets.pass; });
    if (known != listed.end()) return known->number;
    const bool is_listed = is_an_invite(secrets.kind) && state.session->room.genesis().kind == RoomKind::group;
    if (!is_listed || (!own && listed.size() >= others_invites_listed_max)) return 0;
    const std::uint64_t number = listed.size() + 1;
    listed.push_back({secrets.pass, number, secrets.kind == CardKind::staff_invite, own, {}, {}});
    return number;
}

void invite_used(Client::State& state, const PassKeys& pass, std::string_view name) {
    for (ListedInvite& listed : state.hosting->listed_invites)
        if (listed.pass == pass) listed.let_in = circle::safe_text(name);
    // An invite is kept, to open the knock of whoever comes by it after her: one of the two may have stolen it.
    auto& invites = state.hosting->invites;
    std::erase_if(invites, [&](const auto& invite) {
        return invite.second.secrets.pass == pass && !is_an_invite(invite.second.secrets.kind);
    });
    for (auto& [id, invite] : invites) {
        if (invite.secrets.pass != pass) continue;
        invite.is_used = invite.is_void = true;
        invite.ours = false;
        invite.unannounced.reset();
    }
}

void tell_invites(Client::State& state, Now now) {
    if (!state.hosting || !state.session || !state.entered) return;
    for (ListedInvite& listed : state.hosting->listed_invites) {
        InviteStandsEvent event = as_it_stands(state, listed, state.trusted_now(now));
        const bool says_nothing = listed.own && !listed.told && event.stands == InviteStands::unused;
        if (says_nothing || listed.told == event) continue;
        listed.told = event;
        state.events.push_back(std::move(event));
    }
}

std::vector<InviteStandsEvent> invites_as_they_stand(const Client::State& state, Now now) {
    std::vector<InviteStandsEvent> all;
    if (!state.hosting || !state.session) return all;
    for (const ListedInvite& listed : state.hosting->listed_invites)
        all.push_back(as_it_stands(state, listed, state.trusted_now(now)));
    return all;
}

Result<void> revoke_invite(Client::State& state, std::uint64_t number, Now now) {
    TRY(may_revoke(state));
    for (const ListedInvite& listed : state.hosting->listed_invites) {
        if (listed.number != number) continue;
        const InviteStands stands = as_it_stands(state, listed, state.trusted_now(now)).stands;
        if (stands == InviteStands::let_in || stands == InviteStands::is_void) break;
        void_for_all(state, listed.pass);
        tell_invites(state, now);
        return {};
    }
    return fail(faults::no_such_invite, number);
}

// Tickets stay: they are of people who are in already.
Result<void> revoke_invites(Client::State& state, Now now) {
    TRY(may_revoke(state));
    std::vector<PassKeys> passes;
    for (const auto& [id, invite] : state.hosting->invites)
        if (is_an_invite(invite.secrets.kind) && !invite.is_void) passes.push_back(invite.secrets.pass);
    for (const PassKeys& pass : passes) void_for_all(state, pass);
    tell_invites(state, now);
    return {};
}

void take_pass_void(Client::State& state, ByteView body) {
    const auto pass = tls::decode<PassKeys>(body);
    if (!pass) return state.report(pass.error());
    make_void(state, *pass);
}

}  // namespace veranda::client
