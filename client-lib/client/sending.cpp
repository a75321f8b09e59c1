// What goes out: texts, pulses, signs of life, the lane; and when the composer has to stay closed.
#include "client-lib/circle/content/message_content.hpp"
#include "client-lib/circle/content/safe_text.hpp"
#include "client-lib/circle/moderation/staff_lane.hpp"
#include "client-lib/client/booking.hpp"

namespace veranda::client {

Result<void> Client::State::say(std::string_view text, Now now) {
    if (!session && (!returning || phase == Phase::waiting)) return talk_to_staff(text, now);
    update_composer(now);
    if (composer_why == "held") return hold(text, now);
    if (composer_why == "held_outstanding") return fail(faults::held_outstanding);
    TRY(may_write(now));
    TRY(circle::check_text(text));
    TRY(send_content(ContentKind::text, tls::encode(Text{std::string(text)}), text, true, now));
    return {};
}

// What was written long ago may no longer be meant. Never one that may have reached the relay: its fate is in the log.
void Client::State::give_stale_texts_back(Now now) {
    const auto is_stale = [&](const Outgoing& item) {
        return !item.silent && !item.text.empty() && item.sealed.empty() &&
               now.steady_ms > item.said_at + text_waits_ms_max;
    };
    for (const Outgoing& item : outbox)
        if (is_stale(item)) notice("not_sent", circle::safe_text(item.text, true));
    std::erase_if(outbox, is_stale);
}

// One at a time in order: a text is sealed when all before it are on their way, in the epoch that is real then.
void Client::State::pump_outbox(Now now) {
    if (!session || !entered || session->last < session->caught_up || !session->being_removed.empty()) return;
    give_stale_texts_back(now);
    const std::string why = why_composer_is_closed(now);
    bool texts_wait = (!why.empty() && why != "slow_mode") || slow_mode_ms_left(now) > 0;
    for (Outgoing& item : outbox) {
        const bool is_text = !item.silent && item.gated;
        // In slow mode one text is under way at a time.
        if (item.in_flight && is_text && is_bound_by_slow_mode()) texts_wait = true;
        if (item.in_flight || now.steady_ms < item.not_before) continue;
        if (texts_wait && is_text) continue;
        if (session->forked && !item.silent) continue;
        const bool current = !item.sealed.empty() && item.epoch == session->group.epoch();
        if (!current) {
            auto sealed = session->group.seal(item.content, random);
            if (!sealed) return report(sealed.error());
            item.sealed = *std::move(sealed);
            item.epoch = session->group.epoch();
            item.submission = random_id<SubmissionId>();
        }
        item.in_flight = true;
        last_sent = now.steady_ms;
        if (is_text && is_bound_by_slow_mode()) texts_wait = true;
        ask(Submit{item.submission, item.sealed}, {Asked::submit_text, item.submission});
    }
}

void Client::State::send_silently(ContentKind kind, ByteView body, Now now) {
    if (!session->being_removed.empty() || has_unvouched_member()) return;
    Outgoing item;
    item.id = random_id<InnerId>();
    item.silent = true;
    auto content = circle::wrap(kind, item.id, body);
    if (!content) return report(content.error());
    item.content = *std::move(content);
    std::erase_if(outbox, [](const Outgoing& older) { return older.silent; });  // the newest says all
    outbox.push_front(std::move(item));
    pump_outbox(now);
}

void Client::State::pulse(Now now) {
    hosting->next_pulse = now.steady_ms + limits::pulse_ms;
    const auto head = session->log_hash.head();
    const Pulse body{session->group.epoch(), head ? head->first : Sequence{}, head ? head->second : Hash{},
                     trust.list_head(), session->room.genesis().ends_at.value};
    send_silently(ContentKind::pulse, tls::encode(body), now);
}

std::vector<SealingKey> Client::State::other_lane_keys() const {
    std::vector<SealingKey> keys;
    for (const mls::Member& member : session->group.roster()) {
        const circle::Person* person = session->room.by_leaf(member.signature_key);
        if (person != nullptr && person->commits() && person->admission.member != self->member &&
            keys.size() < limits::lane_wraps_max)
            keys.push_back(person->staff->lane_key());
    }
    return keys;
}

void Client::State::send_lane(LaneKind kind, ByteView body, const std::vector<SealingKey>& lane_keys) {
    const LaneContent content{session->room.room(), self->member, kind, random_id<InnerId>(), to_bytes(body)};
    const auto envelope = circle::seal_lane(content, self->leaf_key, lane_keys, random);
    if (!envelope) return report(envelope.error());
    run_errand(LaneFrame{*envelope}, Asked::lane);
}

// Somebody nobody let in, or who was removed before we came in: nothing is sealed to her.
bool Client::State::has_unvouched_member() const {
    const auto roster = session->group.roster();
    return std::any_of(roster.begin(), roster.end(), [&](const mls::Member& member) {
        return session->room.by_leaf(member.signature_key) == nullptr;
    });
}

// Empty: she may write. The first reason that holds is the one to show.
std::string Client::State::why_composer_is_closed(Now now) const {
    if (!session) return returning ? "reconnecting" : "not_in_group";
    if (session->forked) return "log_forked";
    if (!session->being_removed.empty()) return "removal_under_way";
    if (session->room.level_of(self->member) == Level::listens) return "listens_only";
    if (has_unvouched_member()) return "unvouched_member";
    if (!entered) return "reconnecting";
    if (session->last_pulse.empty()) return "no_facilitator";
    for (const auto& [member, heard] : session->last_pulse)
        if (member != self->member && now.steady_ms > heard + limits::pulse_missing_ms) return "no_facilitator";
    if (session->held) return "held_outstanding";
    const bool text_waits =
        std::any_of(outbox.begin(), outbox.end(), [](const Outgoing& item) { return item.gated && !item.silent; });
    if (is_bound_by_slow_mode() && (text_waits || slow_mode_ms_left(now) > 0)) return "slow_mode";
    if (session->room.level_of(self->member) == Level::held) return "held";
    return {};
}

bool Client::State::is_bound_by_slow_mode() const { return session->room.slow_mode_seconds() > 0 && !hosting; }

std::uint64_t Client::State::slow_mode_ms_left(Now now) const {
    if (!is_bound_by_slow_mode() || !session->last_spoke) return 0;
    const std::uint64_t free_at = *session->last_spoke + std::uint64_t{session->room.slow_mode_seconds()} * 1'000;
    return free_at <= now.steady_ms ? 0 : free_at - now.steady_ms;
}

// How long what closes the composer goes on by itself; 0: that is not known.
std::uint64_t Client::State::composer_wait_ms(Now now) const {
    if (!session) return 0;
    if (composer_why == "slow_mode") {
        const std::uint64_t left = slow_mode_ms_left(now);
        return left > 0 ? left : std::uint64_t{session->room.slow_mode_seconds()} * 1'000;
    }
    const bool by_level = composer_why == "listens_only" || composer_why == "held";
    return by_level ? session->room.level_ms_left(self->member, now.steady_ms) : 0;
}

void Client::State::update_composer(Now now) {
    std::string why = why_composer_is_closed(now);
    const bool changed = why != composer_why;
    composer_why = std::move(why);
    // Said again when the time to wait has become another: a longer mute, a text of ours that counts from now.
    const std::uint64_t wait_ms = composer_wait_ms(now);
    const auto until = wait_ms == 0 ? std::nullopt : std::optional(now.steady_ms + wait_ms);
    const bool moved = !changed && until && composer_until && *until > *composer_until + 1'000;
    if (changed || moved) composer_until = until;
    if ((!changed && !moved) || is_final()) return;
    events.push_back(ComposerEvent{composer_why.empty() || composer_why == "held", composer_why, wait_ms});
}

void Client::State::on(const Accepted&, const Request& request, Now) {
    if (request.asked == Asked::leave) return stop(Phase::left);
}

void Client::State::on(const Done&, const Request& request, Now now) {
    errand_done(request);
    if (request.asked == Asked::talk) return talk_done(request, now);
    if (request.asked == Asked::lane_said) return lane_done(request);
    if (request.asked == Asked::knock && joining) {
        joining->is_known = joining->waits = true;
        pump_lane(now);
        return pump_talks(now);
    }
    if (request.asked == Asked::post_cards && hosting) {
        card_posted(request.submission);
        group_card_posted(*this, request.submission, now);
    }
    if (request.asked == Asked::hold) hold_kept(now);
    if (request.asked == Asked::erased && farewell) {
        farewell->said = true;
        tend_end(now);
    }
}

}  // namespace veranda::client
