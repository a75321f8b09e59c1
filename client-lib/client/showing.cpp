// What opened content does: shown if its sender may send it, passed over if it points at nothing.
// Specification: docs/protocol.md, 9 and 9.1; the pulse, 9.2.
#include "client-lib/circle/content/message_content.hpp"
#include "client-lib/circle/content/safe_text.hpp"
#include "client-lib/circle/trust/roles.hpp"
#include "client-lib/client/client_state.hpp"
#include "protocol/hex.hpp"

namespace veranda::client {
namespace {

constexpr std::string_view not_read = "One message could not be read.";

// The three kinds of text, as the one that has all their parts.
Result<Warned> said_in(const Content& content) {
    if (content.kind == ContentKind::warned) return tls::decode<Warned>(content.body);
    if (content.kind == ContentKind::text) return Warned{std::nullopt, TRY(tls::decode<Text>(content.body)).text};
    Reply reply = TRY(tls::decode<Reply>(content.body));
    return Warned{reply.to, std::move(reply.text)};
}

MessageEvent event_of(const circle::ShownMessage& shown) {
    return {shown.from,           shown.role,           shown.text,    shown.sequence.value, shown.own,
            to_hex(shown.ref.id), shown.reply_to.value, shown.through, shown.warned};
}

}  // namespace

circle::Heard Client::State::heard(const LogEntry& entry, Now now) const {
    using How = circle::Heard::How;
    const bool slept = relay_now(now).value > entry.received_at.value + circle::level_grace_ms;
    const How how = entry.sequence <= session->caught_up ? How::late : slept ? How::slept : How::live;
    return {now.steady_ms, how, entry.received_at};
}

void Client::State::show_content(const circle::Person& from, const Content& content, const LogEntry& entry, Now now,
                                 bool own) {
    const bool about_her_own = content.kind == ContentKind::hide;  // for take_hide() to see
    if (!circle::may_send(content.kind, from.commits(), about_her_own))
        return notice(circle::faults::kind_not_allowed.name,
                      "A message that only facilitators may send was not shown.");
    if (content.kind == ContentKind::pulse) return own ? void() : take_pulse(from, content, now);
    if (content.kind == ContentKind::liveness) return;
    if (content.kind == ContentKind::hide) return take_hide(from, content);
    if (!own && session->room.level_for(from.admission.member, heard(entry, now)) != Level::speaks)
        return notice("level", "A message of someone who may not write now was not shown.");
    switch (content.kind) {
        case ContentKind::text:
        case ContentKind::reply:
        case ContentKind::warned: return show_text(from, content, entry, own);
        case ContentKind::reaction: return take_reaction(from, content, own);
        case ContentKind::pin: return take_pin(from, content);
        case ContentKind::closing: return take_closing(from, content, now, own);
        case ContentKind::hand_over: return own ? void() : take_hand_over_question(from, content, now);
        case ContentKind::held_release: return take_release(from, content, entry, now, own);
        default: break;
    }
    if (!may_be_passed_over(content.kind)) notice("newer_version", "A message from a newer version is not shown.");
}

void Client::State::show_text(const circle::Person& from, const Content& content, const LogEntry& entry, bool own) {
    const auto said = said_in(content);
    if (!said || !circle::check_text(said->text)) return notice("message_not_read", not_read);
    circle::ShownMessage message;
    if (const auto* to = said->to ? session->shown.find(*said->to) : nullptr) message.reply_to = to->sequence;
    message.warned = content.kind == ContentKind::warned;
    message.sequence = entry.sequence;
    message.ref = {from.admission.member, content.id};
    message.from = name_of(from.admission.member);
    message.role = from.staff ? from.staff->role() : Role::member;
    message.text = circle::safe_text(said->text, true);
    message.own = own;
    show_message(std::move(message));
}

void Client::State::show_message(circle::ShownMessage message) {
    const circle::ShownMessage* shown = session->shown.add(std::move(message));
    if (shown == nullptr) return;
    events.push_back(event_of(*shown));
}

// Hers or a facilitator's. A message that was hidden before it came is shown when it is put back.
void Client::State::take_hide(const circle::Person& from, const Content& content) {
    const auto hide = tls::decode<Hide>(content.body);
    if (!hide) return notice("message_not_read", not_read);
    const bool by_author = hide->message.author == from.admission.member;
    if (!circle::may_send(content.kind, from.commits(), by_author))
        return notice(circle::faults::kind_not_allowed.name,
                      "A message that only facilitators may send was not shown.");
    using By = circle::ShownMessages::By;
    const auto* changed = session->shown.hide(hide->message, hide->hidden, by_author ? By::author : By::staff);
    if (changed == nullptr) return;
    if (!changed->was_shown) {
        session->shown.mark_shown(hide->message);
        events.push_back(event_of(*changed));
        return;
    }
    events.push_back(HiddenEvent{changed->from, changed->sequence.value, to_hex(changed->ref.id), hide->hidden});
}

void Client::State::take_reaction(const circle::Person& from, const Content& content, bool own) {
    const auto reaction = tls::decode<Reaction>(content.body);
    if (!reaction) return notice("message_not_read", not_read);
    const circle::ShownMessage* to = session->shown.find(reaction->to);
    if (to == nullptr || session->shown.is_hidden(reaction->to)) return;
    events.push_back(ReactionEvent{name_of(from.admission.member), to->sequence.value, reaction->sign, own});
}

void Client::State::take_pin(const circle::Person& from, const Content& content) {
    const auto pin = tls::decode<Pin>(content.body);
    if (!pin || (!pin->text.empty() && !circle::check_text(pin->text))) return notice("message_not_read", not_read);
    session->pinned = pin->text;
    events.push_back(PinnedEvent{circle::safe_text(pin->text, true), name_of(from.admission.member)});
}

void Client::State::take_closing(const circle::Person& from, const Content& content, Now now, bool own) {
    const auto closing = tls::decode<Closing>(content.body);
    if (!closing || !circle::check_text(closing->text)) return notice("message_not_read", not_read);
    events.push_back(
        ClosingEvent{circle::safe_text(closing->text, true), name_of(from.admission.member), closing->next_session});
    if (own && hosting && hosting->last_words == content.id) {
        hosting->last_words.reset();
        if (const auto ended = end(now); !ended) report(ended.error());
    }
}

// ---- the pulse ----

void Client::State::take_pulse(const circle::Person& from, const Content& content, Now now) {
    const auto pulse = tls::decode<Pulse>(content.body);
    const bool is_one =
        pulse && pulse->epoch == session->group.epoch() && pulse->ends_at == session->room.genesis().ends_at.value;
    if (!is_one) {  // so she counts as silent
        if (session->odd_pulses.insert(from.admission.member).second)
            notice("pulse_differs", "A facilitator's sign of life does not fit this session; it does not count.");
        return;
    }
    session->last_pulse[from.admission.member] = now.steady_ms;
    counsellor_heard(from, now);
    if (!trust.knows_head(pulse->staff_list_head)) doubt_list(pulse->staff_list_head);
    if (pulse->position.value == 0) return;
    if (const auto held = session->log_hash.check(pulse->position, pulse->hash); !held) {
        session->forked = true;
        report(held.error());
    }
}

// She may have come later, and been shown a newer list: one question tells.
void Client::State::doubt_list(const Hash& head) {
    if (session->list_differs || !entered) return;
    if (!session->heads_in_doubt.empty()) return;  // asked already; her next pulse comes
    session->heads_in_doubt.insert(head);
    ask(GetStaffList{}, {Asked::staff_list_again, {}});
}

void Client::State::take_list_again(const StaffListFrame& frame, Now now) {
    const auto doubts = std::exchange(session->heads_in_doubt, {});
    const auto accepted = trust.accept_newer(frame.list);
    if (!accepted) report(accepted.error());
    const bool known =
        std::all_of(doubts.begin(), doubts.end(), [&](const Hash& head) { return trust.knows_head(head); });
    if (!accepted || !known) {
        session->list_differs = true;
        notice("staff_list_differs",
               "The server shows the facilitators different lists of staff. Tell the organisation.");
    }
    for (const auto& [leaf, person] : session->room.admitted()) {
        if (!person.staff) continue;
        const auto standing = trust.check(*person.admission.staff, session->room.room(), trusted_now(now));
        if (!standing && standing.error().is(crypto::faults::certificate_revoked))
            notice("staff_revoked", "The certificate of " + circle::safe_text(person.staff->name()) +
                                        " has been revoked. Whoever she let in stays; nobody new may be able to come. "
                                        "A facilitator should open another room.");
    }
}

}  // namespace veranda::client
