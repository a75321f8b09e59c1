// Talk between one who knocks and staff, before she is let in. One after another; what a cut swallowed goes again as it
// was, and the other side passes over what it has had.
#include "client-lib/circle/content/safe_text.hpp"
#include "client-lib/client/client_state.hpp"

namespace veranda::client {

Result<void> Client::State::talk_to_staff(std::string_view text, Now now) {
    const bool waits = joining && joining->envelope && joining->key_package;
    if (!waits) return fail(faults::not_now);
    if (talks.size() >= limits::talks_per_knock_max) return fail(faults::outbox_full, limits::talks_per_knock_max);
    const Card& card = joining->card->card();
    const TalkContent content{.room = card.room,
                              .knock = joining->knock,
                              .speaker = std::nullopt,
                              .number = joining->talks + 1,
                              .kind = TalkKind::text,
                              .body = TRY(circle::talk_text(text))};
    Bytes sealed = TRY(circle::seal_talk_to_staff(content, *joining->ticket, card.knock_sealing_key, random));
    ++joining->talks;
    const std::string name = circle::safe_text(joining->pseudonym);
    send_talk(std::move(sealed), {name, circle::safe_text(text, true), true, name}, joining->knock, now);
    return {};
}

// To everyone who waits under this name; two who do would have been told apart by their names.
Result<void> Client::State::talk(std::string_view pseudonym, std::string_view text, Now now) {
    if (!hosting || !session) return fail(hosting ? faults::not_now : faults::only_staff);
    if (talks.size() >= limits::talks_per_knock_max) return fail(faults::outbox_full, limits::talks_per_knock_max);
    const auto found = std::find_if(hosting->waiting.begin(), hosting->waiting.end(), [&](const auto& item) {
        return item.second.opened && circle::same_pseudonym(item.second.opened->knock.pseudonym, pseudonym);
    });
    if (found == hosting->waiting.end()) return fail(faults::nobody_of_that_name);
    WaitingKnock& waiting = found->second;
    const TalkContent content{.room = session->room.room(),
                              .knock = found->first,
                              .speaker = staff->credential,
                              .number = waiting.talks + 1,
                              .kind = TalkKind::text,
                              .body = TRY(circle::talk_text(text))};
    Bytes sealed =
        TRY(circle::seal_talk_to_joiner(content, self->leaf_key, waiting.opened->knock.ticket.sealing_key, random));
    ++waiting.talks;
    send_talk(std::move(sealed),
              {circle::safe_text(hosting->keys.certificate.body.name), circle::safe_text(text, true), true,
               circle::safe_text(waiting.opened->knock.pseudonym)},
              found->first, now);
    return {};
}

void Client::State::send_talk(Bytes sealed, TalkEvent event, const KnockId& knock, Now now) {
    talks.push_back({random_id<SubmissionId>(), {knock, std::move(sealed)}, std::move(event), false, 0});
    pump_talks(now);
}

void Client::State::pump_talks(Now now) {
    const bool may = session ? entered : joining && joining->is_known;
    if (talks.empty() || !may || wire != Wire::up) return;
    PendingTalk& next = talks.front();
    if (next.in_flight || now.steady_ms < next.not_before) return;
    next.in_flight = true;
    ask(next.frame, {Asked::talk, next.submission});
}

// Nobody waits for these any more: the person is told which words were not sent.
void Client::State::give_talks_back() {
    for (const PendingTalk& item : std::exchange(talks, {})) notice("not_sent", item.event.text);
}

void Client::State::talk_done(const Request& request, Now now) {
    if (talks.empty() || talks.front().submission != request.submission) return;
    events.push_back(std::move(talks.front().event));
    talks.pop_front();
    pump_talks(now);
}

void Client::State::talk_refused(const Refused& answer, const Request& request, Now now) {
    if (talks.empty() || talks.front().submission != request.submission) return;
    PendingTalk& item = talks.front();
    item.in_flight = false;
    if (asks_for_patience(answer.refusal)) {
        item.not_before = now.steady_ms + patience_ms(answer);
        return;
    }
    report_refusal(answer);
    notice("not_sent", item.event.text);
    talks.pop_front();
    pump_talks(now);
}

void Client::State::on(const TalkDelivery& delivery, Now now) {
    if (!delivery.from_staff) return take_talk_of_joiner(delivery.knock, delivery.sealed);
    if (!joining || !joining->envelope || session || delivery.knock != joining->knock) return;
    const auto said = circle::open_talk_from_staff(delivery.sealed, *joining->ticket, joining->knock, *joining->card,
                                                   trust, trusted_now(now));
    if (!said) return report(said.error());
    std::uint32_t& heard = joining->heard[to_bytes(said->speaker.session_key())];
    if (said->content.number <= heard) return;
    heard = said->content.number;
    if (said->content.kind == TalkKind::recap)
        return take_recap(said->content.body, circle::safe_text(said->speaker.name()));
    const auto text = tls::decode<Text>(said->content.body);
    events.push_back(TalkEvent{circle::safe_text(said->speaker.name()), circle::safe_text(text->text, true), false,
                               circle::safe_text(joining->pseudonym)});
}

// Of a knock whose card's secrets have not come yet, it waits beside the knock.
void Client::State::take_talk_of_joiner(const KnockId& id, ByteView sealed) {
    if (!hosting) return;
    const auto found = hosting->waiting.find(id);
    if (found == hosting->waiting.end()) return;
    WaitingKnock& waiting = found->second;
    const auto invite = hosting->invites.find(waiting.envelope.body.card);
    if (!waiting.opened || invite == hosting->invites.end()) {
        if (waiting.unread.size() < limits::talks_per_knock_max) waiting.unread.push_back(to_bytes(sealed));
        return;
    }
    const Knock& knock = waiting.opened->knock;
    const auto said = circle::open_talk_from_joiner(sealed, invite->second.secrets.knock_sealing, id, knock);
    if (!said) return report(said.error());
    if (said->number <= waiting.heard || said->kind != TalkKind::text) return;
    waiting.heard = said->number;
    const std::string name = circle::safe_text(knock.pseudonym);
    events.push_back(TalkEvent{name, circle::safe_text(tls::decode<Text>(said->body)->text, true), false, name});
}

}  // namespace veranda::client
