// Those who come back, as staff clients see them: whose ticket is whose, and who may come in without being asked after.
// Specification: docs/protocol.md, 7.8.
#include "client-lib/circle/trust/leaf_identity.hpp"
#include "client-lib/client/booking.hpp"

namespace veranda::client {

// `knock`: what she came in by, if we have opened it; else whoever let her in tells us of her ticket.
void Client::State::remember_admitted(const Admission& admission, const Knock* knock, Now now) {
    WayBack& way = hosting->ways_back[admission.member];
    if (!way.since) way.since = session->last;
    way.level = admission.level;
    if (way.ticket != PassKeys{}) way.returns.push_back(now.steady_ms);
    if (way.returns.size() > limits::ticket_returns_max) way.returns.pop_front();
    hosting->to_remove.erase(admission.member);  // that was her old leaf's
    if (knock == nullptr) return;
    way.ticket = knock->ticket;
    way.pseudonym = knock->pseudonym;
    way.certificate = knock->staff ? std::optional(crypto::hash_of(knock->staff->certificate)) : std::nullopt;
}

// A ticket that a co-facilitator has posted the card of.
void Client::State::remember_ticket(const circle::CardSecrets& secrets) {
    if (secrets.kind != CardKind::ticket || secrets.member == self->member) return;
    WayBack& way = hosting->ways_back[secrets.member];
    way.ticket = secrets.pass;
    if (const circle::Person* person = session->room.by_member(secrets.member)) way.level = person->admission.level;
    const auto leaf = leaf_of(secrets.member);
    for (const mls::Member& member : session->group.roster()) {
        if (member.leaf != leaf) continue;
        const auto identity = circle::read_identity(member.identity);
        if (!identity) return;
        way.pseudonym = identity->staff ? identity->staff->certificate.body.name : *identity->pseudonym;
        way.certificate = identity->staff ? std::optional(crypto::hash_of(identity->staff->certificate)) : std::nullopt;
    }
}

std::optional<mls::LeafIndex> Client::State::leaf_of(const MemberId& member) const {
    for (const mls::Member& each : session->group.roster()) {
        const circle::Person* person = session->room.by_leaf(each.signature_key);
        if (person != nullptr && person->admission.member == member) return each.leaf;
    }
    return std::nullopt;
}

// The cards of those whom we have let in ourselves.
void Client::State::post_tickets(const AdmitEntry& admit, Now now) {
    std::vector<CardOrder> orders;
    const UnixSeconds ends_at = session->room.genesis().ends_at;
    for (const Signed<Admission>& admission : admit.admissions) {
        const auto way = hosting->ways_back.find(admission.body.member);
        if (admission.body.admitted_by != self->member || way == hosting->ways_back.end()) continue;
        if (way->second.ticket == PassKeys{}) continue;
        orders.push_back({CardKind::ticket, way->second.ticket, ends_at, way->first, way->second.pseudonym,
                          way->second.certificate.has_value()});
    }
    post_new(orders, now);
    if (!orders.empty()) post_return_cards(*this, now);  // return words stay good when they are used
}

// Nobody admitted an opener: she makes a ticket and its card herself. In a room made anew, it is the one she has.
void Client::State::post_own_ticket(Now now) {
    if (!ticket_entropy) ticket_entropy = crypto::random_secret<circle::pass_entropy_bytes>(random);
    post_new({{CardKind::ticket, circle::Pass::from(*ticket_entropy).keys(), session->room.genesis().ends_at,
               self->member, hosting->keys.certificate.body.name}},
             now);
}

void Client::State::post_new(const std::vector<CardOrder>& orders, Now now) {
    std::vector<PostedCard> cards;
    for (const CardOrder& order : orders) {
        auto made = make_card(order, now);
        if (!made) {
            report(made.error());
            continue;
        }
        const CardId id = made->posted.id;
        cards.push_back(std::move(made->posted));
        hosting->invites.insert_or_assign(id,
                                          Hosting::Invite{std::move(made->secrets), order.expires_at, {}, {}, true});
        share_card(hosting->invites.at(id).secrets, other_lane_keys());
    }
    post(std::move(cards));
}

// Whose place a knock on a ticket's card asks for: hers if she has the name, and as staff the certificate, that she
// had. Never that of one who was removed, and not our own: another facilitator has to say that we are double. Zeros say
// that she was let in without hearing of it.
std::optional<MemberId> Client::State::comes_back_as(const circle::OpenedKnock& opened,
                                                     const circle::CardSecrets& card) const {
    const Knock& knock = opened.knock;
    if (card.kind != CardKind::ticket || !knock.from) return std::nullopt;
    if (knock.from->member != card.member && !knock.from->member.is_zero()) return std::nullopt;
    if (session->room.is_removed(card.member) || card.member == self->member) return std::nullopt;
    const auto way = hosting->ways_back.find(card.member);
    if (way == hosting->ways_back.end() || way->second.pseudonym != knock.pseudonym) return std::nullopt;
    const auto certificate = knock.staff ? std::optional(crypto::hash_of(knock.staff->certificate)) : std::nullopt;
    if (way->second.certificate != certificate) return std::nullopt;
    return card.member;
}

// By our own record of when she was last heard; of a room that the relay forgot, as it stood then.
bool Client::State::may_return_by_herself(const MemberId& member, const PassKeys& ticket, Now now) {
    WayBack& way = hosting->ways_back.at(member);
    if (way.ticket != ticket || !way.heard) return false;
    const auto& lost = hosting->lost_at;
    const bool is_of_before = lost && *way.heard <= *lost && now.steady_ms <= *lost + limits::leaf_silent_ms_max;
    if ((is_of_before ? *lost : now.steady_ms) > *way.heard + limits::ticket_ms) return false;
    std::erase_if(way.returns, [&](std::uint64_t at) { return now.steady_ms > at + limits::ticket_returns_ms; });
    return way.returns.size() < limits::ticket_returns_max;
}

// She said that she leaves: whoever finds her ticket finds no card.
void Client::State::forget_way_back(const MemberId& member) {
    hosting->ways_back.erase(member);
    const auto is_hers = [&](const auto& invite) { return invite.second.secrets.member == member; };
    WithdrawCards withdraw;
    for (const auto& invite : hosting->invites)
        if (is_hers(invite)) withdraw.cards.push_back(invite.first);
    std::erase_if(hosting->invites, is_hers);
    if (!withdraw.cards.empty()) run_errand(withdraw, Asked::withdraw_cards);
}

}  // namespace veranda::client
