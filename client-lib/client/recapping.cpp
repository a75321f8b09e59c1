// What somebody who comes back has missed: told by whoever lets her in, just before; shown once she is in.
// Specification: docs/protocol.md, 7.8.
#include "client-lib/circle/content/message_content.hpp"
#include "client-lib/circle/content/safe_text.hpp"
#include "client-lib/circle/joining/recap.hpp"
#include "client-lib/client/client_state.hpp"

namespace veranda::client {

// From our own screen, so without what is hidden; never from before her first admission, whatever her client says of
// what it has. Told again when the Commit was lost to another, it goes on from where it was.
void Client::State::tell_recap(const KnockId& id) {
    WaitingKnock& waiting = hosting->waiting.at(id);
    const Knock& knock = waiting.opened->knock;
    if (!waiting.returning) return;
    const bool had_a_place = waiting.member && knock.from;  // else she is told of the group, and of no evening
    const bool has_the_room = knock.reason != KnockReason::room_forgotten;  // else her sequence is of another
    Sequence after = waiting.told;
    if (had_a_place) after = std::max(after, hosting->ways_back.at(*waiting.member).since.value_or(Sequence{}));
    if (had_a_place && has_the_room) after = std::max(after, knock.from->last);
    circle::RecentTexts texts;
    for (const circle::ShownMessage& message : session->shown.messages())
        if (had_a_place && message.was_shown && !session->shown.is_hidden(message.ref))
            texts.add({message.sequence, message.ref, message.from, message.role, message.text, message.warned});
    const bool is_told_again = waiting.told.value != 0;
    const GroupWelcome group{hosting->plan.name, {}, hosting->plan.language};
    auto parts = is_told_again ? texts.since(after) : texts.since(after, session->pinned, group);
    if (parts.empty() && session->last > waiting.told) parts.emplace_back();  // it says how far it goes
    waiting.told = session->last;
    for (Recap& part : parts) {
        part.told_from = session->whole_since;
        part.told_until = session->last;
        const TalkContent content{.room = session->room.room(),
                                  .knock = id,
                                  .speaker = staff->credential,
                                  .number = ++waiting.talks,
                                  .kind = TalkKind::recap,
                                  .body = tls::encode(part)};
        auto sealed = circle::seal_talk_to_joiner(content, self->leaf_key, knock.ticket.sealing_key, random);
        if (!sealed) return report(sealed.error());
        ask(Talk{id, *std::move(sealed)}, {Asked::recap, {}});
    }
}

void Client::State::take_recap(ByteView body, std::string_view from) {
    auto recap = circle::open_recap(body);
    if (!recap) return report(recap.error());
    if (recaps.size() < limits::talks_per_knock_max) recaps.push_back({*std::move(recap), std::string(from)});
}

void Client::State::show_group_name() {
    for (const auto& [part, from] : recaps) {
        if (part.group.empty()) continue;
        if (!part.language.empty()) language = circle::safe_text(part.language);
        return events.push_back(GroupNameEvent{circle::safe_text(part.group)});
    }
}

// `back_at`: the last sequence she had, in this room; none: she was in the one before. What the recap does not reach
// back to is named as a gap, and what came between it and our admission.
void Client::State::show_recap(std::optional<Sequence> back_at) {
    const std::vector<ToldRecap> parts = std::exchange(recaps, {});
    std::size_t count = 0;
    std::size_t bytes = 0;
    std::optional<Sequence> first;
    Sequence told_from, told_until;
    for (const auto& [part, from] : parts) {
        told_from = std::max(told_from, part.told_from);
        told_until = std::max(told_until, part.told_until);
        for (const RecapItem& item : part.items) {
            ++count;
            bytes += item.text.size();
            if (!first) first = item.sequence;
        }
    }
    const bool is_whole =
        !parts.empty() && count < limits::recap_texts_max && bytes + limits::text_bytes_max < limits::recap_bytes_max;
    const Sequence until = is_whole ? told_from : first ? *first : session->last;
    if (back_at && until.value > back_at->value + 1) events.push_back(GapEvent{back_at->value + 1, until.value - 1});
    const bool is_gapless = is_whole && session->last.value <= told_until.value + 1;
    if (is_gapless) session->whole_since = std::max(told_from, back_at ? back_at->next() : Sequence{});
    for (const auto& [part, from] : parts) {
        for (const RecapItem& item : part.items) show_recapped(item);
        if (part.pinned.empty() || part.pinned == session->pinned) continue;
        session->pinned = part.pinned;
        events.push_back(PinnedEvent{circle::safe_text(part.pinned, true), from});
    }
    if (!parts.empty() && session->last.value > told_until.value + 1)
        events.push_back(GapEvent{told_until.value + 1, session->last.value - 1});
}

void Client::State::show_recapped(const RecapItem& item) {
    const bool own = item.message.author == self->member;
    if (own) std::erase_if(outbox, [&](const Outgoing& sent) { return sent.id == item.message.id; });
    if (!is_new(item.message.author, item.message.id) || !circle::check_text(item.text)) return;
    circle::ShownMessage message;
    message.sequence = item.sequence;
    message.ref = item.message;
    message.from = circle::safe_text(item.name);
    message.role = item.role;
    message.text = circle::safe_text(item.text, true);
    message.own = own;
    message.warned = item.warned;
    show_message(std::move(message));
}

}  // namespace veranda::client
