// Held messages: what a member who speaks through a facilitator says, and what facilitators do with it.
// Specification: docs/protocol.md, 8.2.
#include "client-lib/circle/content/message_content.hpp"
#include "client-lib/circle/content/safe_text.hpp"
#include "client-lib/circle/joining/invite.hpp"
#include "client-lib/circle/moderation/held_message.hpp"
#include "client-lib/circle/moderation/staff_lane.hpp"
#include "client-lib/client/client_state.hpp"

namespace veranda::client {

// ---- the author ----

Result<void> Client::State::hold(std::string_view text, Now now) {
    if (session->held) return fail(faults::held_outstanding);
    OwnHeld held;
    held.id = random_id<InnerId>();
    held.text = std::string(text);
    TRY(seal_held(held));
    session->held.emplace(std::move(held));
    pump_held(now);
    return {};
}

Result<void> Client::State::seal_held(OwnHeld& held) {
    const LaneContent content{session->room.room(), self->member, LaneKind::held_message, held.id,
                              TRY(circle::held_text(held.text))};
    held.readers = other_lane_keys();
    held.envelope = TRY(circle::seal_lane(content, self->leaf_key, held.readers, random));
    held.lane = circle::lane_id(held.envelope);
    held.is_kept = false;
    return {};
}

// Nobody who could open it is there any more: whoever came in, or came back by new keys, knows nothing of it.
bool Client::State::has_lost_its_readers(const OwnHeld& held) const {
    const auto there = other_lane_keys();
    return !there.empty() && std::none_of(held.readers.begin(), held.readers.end(), [&](const SealingKey& reader) {
        return std::find(there.begin(), there.end(), reader) != there.end();
    });
}

// Sent again after a cut, byte for byte: the relay knows it, or staff do. To other staff it goes anew under its id.
void Client::State::pump_held(Now now) {
    if (!session || !session->held || !entered || session->last < session->caught_up) return;
    OwnHeld& held = *session->held;
    if (held.in_flight || held.given_up_at != 0) return;
    if (has_lost_its_readers(held))
        if (const auto sealed = seal_held(held); !sealed) return report(sealed.error());
    if (held.is_kept && now.steady_ms >= held.kept_at + lane_again_ms) held.is_kept = false;  // its answer may be lost
    if (held.is_kept || now.steady_ms < held.not_before) return;
    held.in_flight = true;
    ask(Hold{held.envelope}, {Asked::hold, {}});
}

void Client::State::hold_kept(Now now) {
    if (!session || !session->held) return;
    OwnHeld& held = *session->held;
    held.in_flight = false;
    held.is_kept = true;
    held.kept_at = now.steady_ms;
    if (std::exchange(held.is_told, true)) return;
    session->last_spoke = now.steady_ms;
    events.push_back(
        HeldEvent{name_of(self->member), circle::safe_text(held.text, true), 0, HeldEvent::State::waiting, true});
}

void Client::State::hold_refused(const Refused& answer, Now now) {
    if (!session || !session->held) return;
    OwnHeld& held = *session->held;
    held.in_flight = false;
    const bool patience = answer.refusal == Refusal::too_fast || answer.refusal == Refusal::too_many_requests ||
                          answer.refusal == Refusal::busy || answer.refusal == Refusal::lane_full;
    if (patience) {
        held.not_before = now.steady_ms + std::max(answer.detail, refused_retry_ms);
        return;
    }
    events.push_back(ErrorEvent{std::string(name(answer.refusal)), "the relay refused it"});
    notice("not_sent", circle::safe_text(held.text, true));
    session->held.reset();
}

// Acknowledged without a release, in whatever order the two came: it was not passed on.
void Client::State::give_up_held(Now now) {
    if (!session || !session->held || session->held->given_up_at == 0) return;
    if (now.steady_ms < session->held->given_up_at) return;
    events.push_back(HeldEvent{name_of(self->member), circle::safe_text(session->held->text, true), 0,
                               HeldEvent::State::not_passed_on, true});
    session->held.reset();
}

// ---- staff ----

void Client::State::take_held_message(const Signed<LaneContent>& content, const LaneId& lane) {
    const LaneContent& said = content.body;
    const auto& seen = session->seen[said.member];
    const bool is_answered =
        std::find(seen.begin(), seen.end(), said.id) != seen.end() ||
        std::find(hosting->held_done.begin(), hosting->held_done.end(), said.id) != hosting->held_done.end();
    if (is_answered) return acknowledge_lane(lane);
    for (WaitingHeld& waiting : hosting->held)
        if (waiting.content.body.id == said.id) return void(waiting.lane = lane);
    const auto text = tls::decode<Text>(said.body);
    if (!text || !circle::held_text(text->text)) return acknowledge_lane(lane);  // nobody could pass it on
    const auto waits = [&](const WaitingHeld& each) { return each.content.body.member == said.member; };
    if (const auto older = std::find_if(hosting->held.begin(), hosting->held.end(), waits);
        older != hosting->held.end() && !older->released)
        forget_held(InnerId(older->content.body.id), HeldEvent::State::not_passed_on);  // as at the relay
    hosting->held.push_back({lane, content, ++hosting->held_count});
    events.push_back(HeldEvent{name_of(said.member), circle::safe_text(text->text, true), hosting->held_count,
                               HeldEvent::State::waiting, false});
}

namespace {

std::string text_of(const WaitingHeld& held) {
    const auto text = tls::decode<Text>(held.content.body.body);
    return text ? circle::safe_text(text->text, true) : std::string();
}

}  // namespace

WaitingHeld* Client::State::held_of(std::string_view author) {
    for (WaitingHeld& waiting : hosting->held)
        if (!waiting.released && circle::same_pseudonym(name_of(waiting.content.body.member), author)) return &waiting;
    return nullptr;
}

Result<void> Client::State::release(std::string_view author, Now now) {
    if (!hosting || !session) return fail(hosting ? faults::not_now : faults::only_staff);
    WaitingHeld* held = held_of(author);
    const circle::Person* person = held == nullptr ? nullptr : session->room.by_member(held->content.body.member);
    if (person == nullptr) return fail(faults::nobody_of_that_name);
    const HeldRelease release{held->content, {person->admission, person->signature}};
    // She may have been told to listen since: who came in later would show it, and the others would not.
    const auto heard = circle::Heard{now.steady_ms, circle::Heard::How::live, relay_now(now)};
    if (const auto counts = circle::check_held_release(release, session->room, heard); !counts)
        return Failure(counts.error());
    if (session->room.level_of(release.content.body.member) == Level::listens) return fail(circle::faults::held_level);
    held->released = true;
    TRY(send_content(ContentKind::held_release, tls::encode(release), {}, false, now));
    return {};
}

Result<void> Client::State::decline(std::string_view author, Now) {
    if (!hosting || !session) return fail(hosting ? faults::not_now : faults::only_staff);
    const WaitingHeld* held = held_of(author);
    if (held == nullptr) return fail(faults::nobody_of_that_name);
    acknowledge_lane(held->lane);
    forget_held(held->content.body.id, HeldEvent::State::not_passed_on);
    return {};
}

// Of the room before, of somebody who is gone, or signed by a key that she goes by no more: nobody would believe what
// we pass on.
void Client::State::drop_stale_held() {
    const auto is_stale = [&](const WaitingHeld& waiting) {
        const MemberId& member = waiting.content.body.member;
        const circle::Person* person = session->room.by_member(member);
        return person == nullptr || !is_in_group(member) ||
               !circle::check_lane_sender(waiting.content, session->room.room(), person->admission.leaf_key);
    };
    const auto held = hosting->held;
    for (const WaitingHeld& waiting : held) {
        if (!is_stale(waiting)) continue;
        if (waiting.content.body.room == session->room.room()) acknowledge_lane(waiting.lane);
        forget_held(waiting.content.body.id, HeldEvent::State::not_passed_on);
    }
}

// It waits here no longer: whoever of the staff answered it.
void Client::State::forget_held(const InnerId& id, HeldEvent::State outcome) {
    const auto found = std::find_if(hosting->held.begin(), hosting->held.end(),
                                    [&](const WaitingHeld& each) { return each.content.body.id == id; });
    hosting->held_done.push_back(id);
    if (hosting->held_done.size() > seen_ids_max) hosting->held_done.pop_front();
    if (found == hosting->held.end()) return;
    events.push_back(HeldEvent{name_of(found->content.body.member), text_of(*found), found->number, outcome, false});
    hosting->held.erase(found);
}

// ---- everyone ----

// The release comes back from the log to whoever sent it, and only then is the envelope acknowledged.
void Client::State::take_release(const circle::Person& from, const Content& content, const LogEntry& entry, Now now,
                                 bool own) {
    const auto release = tls::decode<HeldRelease>(content.body);
    if (!release) return notice("message_not_read", "One message could not be read.");
    const LaneContent& said = release->content.body;
    const auto text = circle::check_held_release(*release, session->room, heard(entry, now));
    if (!text) {
        report(text.error());
        if (own) give_back_release(said.id);
        return;
    }
    const std::string author = name_of(said.member);
    if (!is_in_group(said.member)) return report(Error{&circle::faults::held_admission, entry.sequence.value});
    if (!is_new(said.member, said.id)) return report(Error{&circle::faults::held_twice, entry.sequence.value});
    const bool ours = said.member == self->member;
    circle::ShownMessage message;
    message.sequence = entry.sequence;
    message.ref = {said.member, said.id};
    message.from = author;
    message.text = circle::safe_text(*text, true);
    message.own = ours;
    message.through = name_of(from.admission.member);
    show_message(std::move(message));
    if (ours && session->held && session->held->id == said.id) {
        events.push_back(HeldEvent{author, circle::safe_text(*text, true), 0, HeldEvent::State::shown, true});
        session->held.reset();
    }
    if (!hosting) return;
    if (own)
        for (const WaitingHeld& waiting : hosting->held)
            if (waiting.content.body.id == said.id) acknowledge_lane(waiting.lane);
    forget_held(said.id, HeldEvent::State::shown);
}

// What we passed on counts for nobody, since its author came in anew, or listens now: she may say another.
void Client::State::give_back_release(const InnerId& id) {
    for (const WaitingHeld& waiting : hosting->held)
        if (waiting.content.body.id == id) acknowledge_lane(waiting.lane);
    forget_held(id, HeldEvent::State::not_passed_on);
}

void Client::State::held_answered(const LaneId& lane, Now now) {
    if (session->held && session->held->lane == lane) session->held->given_up_at = now.steady_ms + held_answer_ms;
    if (!hosting) return;
    for (const WaitingHeld& waiting : hosting->held)
        if (waiting.lane == lane) return forget_held(waiting.content.body.id, HeldEvent::State::not_passed_on);
}

}  // namespace veranda::client
