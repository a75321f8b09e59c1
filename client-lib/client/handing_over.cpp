// A session for two changes its counsellor: the one who is there asks, the survivor answers in the lane with her
// signature, and only then another is let in; the first leaves when the other's pulse is there. Specification:
// docs/protocol.md, 14.
#include "client-lib/circle/content/safe_text.hpp"
#include "client-lib/client/client_state.hpp"
#include "crypto/verify/signed_check.hpp"

namespace veranda::client {

// ---- the counsellor who is there ----

Result<void> Client::State::ask_to_hand_over(Signed<Certificate> to, Now now) {
    if (!hosting || !session || !entered) return fail(hosting ? faults::not_now : faults::only_staff);
    const auto survivor = the_survivor();
    const Hash certificate = crypto::hash_of(to);
    const bool is_self = certificate == crypto::hash_of(hosting->keys.certificate);
    if (!survivor || hosting->handing_over || is_self) return fail(faults::not_now);
    HandingOver handing{
        circle::safe_text(to.body.name), {{}, certificate, *survivor}, now.steady_ms + hand_over_ms_max};
    handing.asked.question =
        TRY(send_content(ContentKind::hand_over, tls::encode(HandOverQuestion{std::move(to)}), {}, false, now));
    hosting->handing_over.emplace(std::move(handing));
    return {};
}

// The only one here who is not of the staff.
std::optional<MemberId> Client::State::the_survivor() const {
    if (session->room.genesis().kind != RoomKind::one_to_one) return std::nullopt;
    for (const mls::Member& member : session->group.roster()) {
        const circle::Person* person = session->room.by_leaf(member.signature_key);
        if (person != nullptr && !person->staff) return person->admission.member;
    }
    return std::nullopt;
}

// To this question, for this counsellor, from the one who was asked: anything else lets nobody in.
void Client::State::take_consent(const LaneSpeaker& from, ByteView body, Now now) {
    const auto consent = tls::decode<HandOverConsent>(body);
    if (!consent) return report(Error{&faults::message_not_read, 0});
    auto& handing = hosting->handing_over;
    if (!handing || handing->entropy) return report(Error{&faults::hand_over_not_asked, 0});
    if (const auto good = circle::check_consent(*consent, from.member, handing->asked); !good)
        return report(good.error());
    events.push_back(HandOverEvent{consent->agrees ? "agreed" : "declined", handing->name});
    if (!consent->agrees) return handing.reset();
    invite_successor(now);
}

void Client::State::invite_successor(Now now) {
    HandingOver& handing = *hosting->handing_over;
    handing.until = now.steady_ms + hand_over_ms_max;
    handing.entropy = circle::new_entropy(circle::words_language(hosting->plan.language), random);
    handing.pass = circle::Pass::from(*handing.entropy).keys();
    const UnixSeconds expires_at{trusted_now(now).value + hand_over_ms_max / 1000};
    auto made = make_card({CardKind::staff_invite, handing.pass, expires_at}, now);
    if (!made) return report(made.error());
    handing.post = random_id<SubmissionId>();
    const CardId id = made->posted.id;
    send_cards(PostCards{{std::move(made->posted)}}, handing.post);
    hosting->invites.insert_or_assign(id, Hosting::Invite{std::move(made->secrets), expires_at, {}, handing.post});
}

// Whoever knocks with that pass is the one who was agreed on, and let in at once, or nobody.
Client::State::Successor Client::State::successor_at_the_door(const circle::OpenedKnock& opened) const {
    const auto& handing = hosting->handing_over;
    if (!handing || !handing->entropy || opened.knock.pass != handing->pass) return Successor::not_concerned;
    const bool is_she = opened.staff && opened.staff->certificate() == handing->asked.certificate;
    return is_she ? Successor::agreed_on : Successor::another;
}

std::optional<circle::PassEntropy> Client::State::take_hand_over() {
    if (!hosting || !hosting->handing_over || !hosting->handing_over->is_posted) return std::nullopt;
    hosting->handing_over->is_posted = false;
    return hosting->handing_over->entropy->clone();
}

void Client::State::tend_hand_over(Now now) {
    if (!hosting || !hosting->handing_over || now.steady_ms < hosting->handing_over->until) return;
    const HandingOver handing = std::move(*hosting->handing_over);
    hosting->handing_over.reset();
    events.push_back(HandOverEvent{"failed", handing.name});
    if (!handing.entropy) return;
    std::vector<CardId> cards;
    std::erase_if(hosting->invites, [&](const auto& invite) {
        const bool is_it = invite.second.secrets.pass == handing.pass;
        if (is_it) cards.push_back(invite.first);
        return is_it;
    });
    if (session && !cards.empty()) run_errand(WithdrawCards{std::move(cards)}, Asked::withdraw_cards);
}

// ---- the survivor ----

void Client::State::take_hand_over_question(const circle::Person& from, const Content& content, Now now) {
    if (hosting || session->room.genesis().kind != RoomKind::one_to_one) return;
    const auto question = tls::decode<HandOverQuestion>(content.body);
    if (!question) return report(Error{&faults::message_not_read, 0});
    const Certificate& to = question->to.body;
    if (to.role != Role::counsellor) return report(Error{&circle::faults::hand_over_role, 0});
    const UnixSeconds today = trusted_now(now);
    if (const auto good = trust.check_certificate(question->to, today, today); !good) return report(good.error());
    HandOverAsked asked{content.id, crypto::hash_of(question->to), circle::safe_text(to.name),
                        now.steady_ms + hand_over_ms_max};
    events.push_back(HandOverEvent{"asked", asked.name, name_of(from.admission.member)});
    for_two.asked.emplace(std::move(asked));
}

Result<void> Client::State::agree(bool agrees, Now now) {
    if (!session || !for_two.asked || now.steady_ms >= for_two.asked->until) return fail(faults::hand_over_not_asked);
    const HandOverAsked& asked = *for_two.asked;
    TRY(say_in_lane(LaneKind::hand_over_consent,
                    tls::encode(HandOverConsent{asked.question, asked.certificate, agrees}), now));
    if (agrees) for_two.agreed.insert(asked.certificate);
    events.push_back(HandOverEvent{agrees ? "agreed" : "declined", asked.name});
    for_two.asked.reset();
    return {};
}

// ---- both ----

// The first sign of another counsellor. To the survivor: that she is here, or that nobody asked for her.
void Client::State::counsellor_heard(const circle::Person& from, Now now) {
    if (session->room.genesis().kind != RoomKind::one_to_one || !from.staff) return;
    const Hash& certificate = from.staff->certificate();
    const std::string name = circle::safe_text(from.staff->name());
    if (hosting) {
        const auto& handing = hosting->handing_over;
        if (!handing || !handing->entropy || handing->asked.certificate != certificate) return;
        hosting->handing_over.reset();
        events.push_back(HandOverEvent{"here", name});
        (void)leave(now);
        return;
    }
    if (!for_two.counsellors.insert(certificate).second) return;
    if (for_two.agreed.contains(certificate)) return events.push_back(HandOverEvent{"here", name});
    notice(faults::counsellor_unasked.name, "Another counsellor is here, and you were not asked.");
}

}  // namespace veranda::client
