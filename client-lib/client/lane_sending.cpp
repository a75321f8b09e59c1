// What she says to staff alone, from the group or from the waiting room. Nothing here asks whether she may speak: the
// lane is never silenced. Each is sent until the relay has it, and after a cut again as it was, until staff have seen
// it.
#include "client-lib/circle/content/safe_text.hpp"
#include "client-lib/circle/moderation/staff_lane.hpp"
#include "client-lib/client/booking.hpp"

namespace veranda::client {
namespace {

Result<Bytes> note_of(std::string_view text) {
    if (text.size() > limits::note_bytes_max) return fail(circle::faults::text_too_long, limits::note_bytes_max);
    if (!tls::is_utf8(as_bytes(text))) return fail(tls::faults::text_not_utf8);
    return tls::encode(Text{std::string(text)});
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

}  // namespace

// In the group, of everyone who is staff now; in the waiting room, of those whom the card names.
std::vector<SealingKey> Client::State::staff_lane_keys() const {
    if (session) return other_lane_keys();
    std::vector<SealingKey> keys{joining->card->card().issuer.statement.body.lane_key};
    for (const auto& statement : joining->card->card().staff)
        if (std::find(keys.begin(), keys.end(), statement.body.lane_key) == keys.end())
            keys.push_back(statement.body.lane_key);
    return keys;
}

Result<void> Client::State::raise_hand(bool up, Now now) {
    if (!session) return fail(faults::not_now);
    std::erase_if(lane_said, [](const auto& said) { return said.second.kind == LaneKind::raised_hand; });
    hand_up = up;
    return say_in_lane(LaneKind::raised_hand, tls::encode(RaisedHand{up}), now);
}

// Whoever comes in as staff after a hand went up would not know of it, nor of what nobody has seen yet: it is sealed to
// those who were there, and they may be gone.
void Client::State::tell_new_staff(Now now) {
    std::vector<SealingKey> fresh = staff_lane_keys();
    std::erase_if(fresh, [&](const SealingKey& key) {
        return std::find(told_in_lane.begin(), told_in_lane.end(), key) != told_in_lane.end();
    });
    if (fresh.empty()) return;
    told_in_lane = staff_lane_keys();
    if (hand_up) (void)raise_hand(true, now);
    for (auto& [envelope, said] : lane_said) {
        if (said.is_copy || said.kind == LaneKind::raised_hand || lane_said.size() >= lane_said_max) continue;
        LaneSaid copy;
        copy.kind = said.kind;
        copy.body = said.body;
        copy.id = said.id;
        copy.is_copy = true;
        if (seal_said(copy, fresh)) lane_said.emplace(circle::lane_id(copy.envelope), std::move(copy));
    }
    pump_lane(now);
}

Result<void> Client::State::note(std::string_view text, Now now) {
    if (is_blank(text)) return fail(circle::faults::text_empty);
    return say_in_lane(LaneKind::private_note, TRY(note_of(text)), now);
}

// One open alarm a person: while one is out, her words go after it as a note.
Result<void> Client::State::not_safe(std::string_view text, Now now) {
    const auto open = std::find_if(lane_said.begin(), lane_said.end(), [](const auto& said) {
        return said.second.kind == LaneKind::not_safe && !said.second.is_copy;
    });
    if (open == lane_said.end()) return say_in_lane(LaneKind::not_safe, TRY(note_of(text)), now);
    if (!is_blank(text)) TRY(note(text, now));
    events.push_back(LaneEvent{LaneKind::not_safe, open->second.progress, {}});
    return {};
}

Result<void> Client::State::say_in_lane(LaneKind kind, Bytes body, Now now) {
    return say_again({kind, std::move(body), now.steady_ms}, now);
}

// Whoever was away from the group for a while: for her it is as long ago as it is.
Result<void> Client::State::say_again(Unseen item, Now now) {
    const LaneKind kind = item.kind;
    const bool waits = joining && joining->envelope;
    if (!session && !waits) return fail(faults::not_now);
    if (lane_said.size() >= lane_said_max) return fail(faults::outbox_full, lane_said_max);
    const auto keys = staff_lane_keys();
    if (keys.empty()) {
        lane_unanswered(kind);
        return {};
    }
    told_in_lane = keys;
    LaneSaid said;
    said.kind = kind;
    said.body = std::move(item.body);
    said.id = random_id<InnerId>();
    TRY(seal_said(said, keys));
    said.said_at = item.said_at;
    if (item.is_told)
        said.progress = LaneProgress::nobody;
    else
        events.push_back(LaneEvent{kind, LaneProgress::sent, {}});
    lane_said.emplace(circle::lane_id(said.envelope), std::move(said));
    pump_lane(now);
    return {};
}

Result<void> Client::State::seal_said(LaneSaid& said, const std::vector<SealingKey>& to) {
    const LaneContent content{session ? session->room.room() : joining->card->card().room,
                              session ? self->member : MemberId{}, said.kind, said.id, said.body};
    said.envelope = TRY(circle::seal_lane(content, self->leaf_key, to, random));
    said.request = random_id<SubmissionId>();
    return {};
}

void Client::State::pump_lane(Now now) {
    const bool may = session ? entered : joining && joining->is_known;
    if (!may || wire != Wire::up) return;
    for (auto& [id, said] : lane_said) {
        if (said.in_flight || said.at_server || now.steady_ms < said.not_before) continue;
        said.in_flight = true;
        said.asked_at = now.steady_ms;
        ask(LaneFrame{said.envelope}, {Asked::lane_said, said.request});
    }
}

// Whatever nobody has seen goes again: its acknowledgement may have been lost with the connection.
void Client::State::lane_was_cut() {
    for (auto& [id, said] : lane_said) said.in_flight = said.at_server = false;
}

LaneSaid* Client::State::lane_said_by(const SubmissionId& request) {
    for (auto& [id, said] : lane_said)
        if (said.request == request) return &said;
    return nullptr;
}

void Client::State::lane_done(const Request& request) {
    LaneSaid* const said = lane_said_by(request.submission);
    if (said == nullptr) return;
    said->in_flight = false;
    said->at_server = true;
    if (said->is_copy || said->progress != LaneProgress::sent) return;
    said->progress = LaneProgress::at_server;
    events.push_back(LaneEvent{said->kind, said->progress, {}});
}

// Never given up: whatever the reason, it is asked again. The person learns from the time that passes.
void Client::State::lane_refused(const Refused& answer, const Request& request, Now now) {
    LaneSaid* const said = lane_said_by(request.submission);
    if (said == nullptr) return;
    said->in_flight = false;
    said->not_before = now.steady_ms + (asks_for_patience(answer.refusal) ? patience_ms(answer) : lane_retry_ms);
}

void Client::State::watch_lane(Now now) {
    if (returning)
        for (Unseen& item : returning->unseen) {
            if (item.is_told || now.steady_ms < item.said_at + limits::lane_unseen_ms) continue;
            item.is_told = true;
            lane_unanswered(item.kind);
        }
    for (auto& [id, said] : lane_said) {
        if (now.steady_ms >= said.asked_at + lane_again_ms) said.at_server = false;
        if (said.is_copy || said.progress == LaneProgress::nobody) continue;
        if (now.steady_ms < said.said_at + limits::lane_unseen_ms) continue;
        said.progress = LaneProgress::nobody;
        lane_unanswered(said.kind);
    }
}

// Said truthfully. The way on, to the support desk (docs/protocol.md, 14), begins here for an alarm.
void Client::State::lane_unanswered(LaneKind kind) { events.push_back(LaneEvent{kind, LaneProgress::nobody, {}}); }

// The name of whoever of the staff acknowledged; none: nobody who could. Inside, only staff who commit in this room;
// in the waiting room, whose session key stands on the card.
std::optional<std::string> Client::State::acknowledged_by(const Signed<LaneAcknowledgement>& answer) const {
    const LaneAcknowledgement& body = answer.body;
    if (session) {
        const circle::Person* by = session->room.by_member(body.signer);
        const bool holds = by != nullptr && by->commits() && body.room == session->room.room() &&
                           crypto::signature_holds(answer, by->staff->session_key());
        return holds ? std::optional(circle::safe_text(by->staff->name())) : std::nullopt;
    }
    if (!joining || !joining->card || body.room != joining->card->card().room) return std::nullopt;
    const circle::OpenedCard& card = *joining->card;
    if (crypto::signature_holds(answer, card.issuer().session_key())) return circle::safe_text(card.issuer().name());
    for (const auto& statement : card.card().staff)
        if (crypto::signature_holds(answer, statement.body.session_key)) return std::string();
    return std::nullopt;
}

void Client::State::on(const LaneAcknowledged& answer, Now now) {
    const auto by = acknowledged_by(answer.acknowledgement);
    if (!by) return;
    const LaneId& id = answer.acknowledgement.body.envelope;
    if (book_acknowledged(*this, id, now)) return;
    words_acknowledged(*this, id);
    if (hosting) close_alarm(id);
    if (session) held_answered(id, now);
    const auto said = lane_said.find(id);
    if (said == lane_said.end()) return;
    events.push_back(LaneEvent{said->second.kind, LaneProgress::seen, *by});
    std::erase_if(lane_said, [what = said->second.id](const auto& each) { return each.second.id == what; });
}

}  // namespace veranda::client
