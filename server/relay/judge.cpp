// The gates of a room, in the order in which they answer: the first that is shut says why.
#include <algorithm>

#include "protocol/frame_codec.hpp"
#include "protocol/mls_envelope.hpp"
#include "server/relay/limits.hpp"
#include "server/relay/room.hpp"

namespace veranda::relay {
namespace {

// Is this an MLS PrivateMessage of this room, and no proposal? Errors: not_a_private_message, other_group, proposal.
Verdict<MlsEnvelope> read_envelope(const Bytes& message, const RoomId& room) {
    auto envelope = read_mls_envelope(message);
    if (!envelope) return refuse(Refusal::not_a_private_message);
    if (!same_bytes(envelope->group_id, room)) return refuse(Refusal::other_group);
    if (envelope->content_type == MlsContentType::proposal) return refuse(Refusal::proposal);
    return *std::move(envelope);
}

// Does each of them come in once, by a key and for a knock of her own?
bool are_distinct(const std::vector<NewMember>& members) {
    std::unordered_set<MemberId, IdentifierHash> ids;
    std::unordered_set<AccessKey, IdentifierHash> keys;
    std::unordered_set<KnockId, IdentifierHash> knocks;
    return std::all_of(members.begin(), members.end(), [&](const NewMember& joiner) {
        const Admission& admission = joiner.admission.body;
        return ids.insert(admission.member).second && keys.insert(admission.access_key).second &&
               knocks.insert(admission.knock).second;
    });
}

Bytes mail_front(const NewMember& joiner) {
    tls::Writer front;
    tls::write(front, joiner.admission);
    front.vector(joiner.welcome_head);
    return front.take();
}

}  // namespace

store::Append Room::append_of(const Sender& sender, SubmissionId submission, EntryKind kind, UnixMillis now) const {
    store::Append append;
    append.room = id_;
    append.by = sender.key;
    append.submission = submission;
    append.sender = sender.member;
    append.kind = kind;
    append.now = now;
    append.if_orders = order_count_;
    return append;
}

// not_in_room, room_ended, not_a_private_message, other_group, proposal; a Commit: only_staff; a message: too_long
// (bytes allowed), listens_only, held, too_fast (ms to wait); then stale_epoch (the current one).
Verdict<Admissible> Room::judge(const Sender& sender, const Submit& submit, UnixMillis now) const {
    const Member* member = find(sender);
    if (!member) return refuse(Refusal::not_in_room);
    if (ended(now)) return refuse(Refusal::room_ended);
    const auto envelope = read_envelope(submit.message, id_);
    if (!envelope) return tl::unexpected(envelope.error());
    const bool is_commit = envelope->content_type == MlsContentType::commit;
    if (is_commit && !member->commits) return refuse(Refusal::only_staff);
    if (!is_commit) {
        if (submit.message.size() > limits::application_bytes_max)
            return refuse(Refusal::too_long, limits::application_bytes_max);
        const auto voice = judge_voice(sender, *member, now);
        if (!voice) return tl::unexpected(voice.error());
    }
    // After a removal no message counts until the next epoch: whoever sealed this one had not heard of it.
    const bool is_open = is_commit || epoch_ != closed_epoch_;
    if (envelope->epoch != epoch_ || !is_open) return refuse(Refusal::stale_epoch, epoch_.value);

    auto append = append_of(sender, submit.submission, is_commit ? EntryKind::commit : EntryKind::application, now);
    append.if_epoch = epoch_;
    append.advances_epoch = is_commit;
    append.body = submit.message;
    return Admissible(std::move(append));
}

// listens_only, held, too_fast. Staff who commit are bound by none of them: their pulse is a message too.
Verdict<void> Room::judge_voice(const Sender& sender, const Member& member, UnixMillis now) const {
    if (member.commits) return {};
    const Level level = level_of(sender.member, member, now);
    if (level == Level::listens) return refuse(Refusal::listens_only);
    if (level == Level::held) return refuse(Refusal::held);
    return judge_pace(member, now);
}

// A held message is one of a member at any level but listens: her level may have changed on its way.
Verdict<void> Room::judge_hold(const Sender& sender, UnixMillis now) const {
    const Member* member = find(sender);
    if (!member) return refuse(Refusal::not_in_room);
    if (ended(now)) return refuse(Refusal::room_ended);
    if (member->commits) return {};
    if (level_of(sender.member, *member, now) == Level::listens) return refuse(Refusal::listens_only);
    return judge_pace(*member, now);
}

Verdict<void> Room::judge_pace(const Member& member, UnixMillis now) const {
    const std::uint64_t waits_ms = slow_mode_ms();
    if (waits_ms == 0) return {};
    if (!member.last_spoke) return {};
    const std::uint64_t free_at = member.last_spoke->value + waits_ms;
    if (now.value < free_at) return refuse(Refusal::too_fast, free_at - now.value);
    return {};
}

// not_in_room, room_ended, only_staff, not_a_private_message, other_group, proposal, commit_expected, stale_epoch,
// room_locked, admission_invalid, room_full (members allowed), then of each admission in turn: admission_invalid,
// member_removed, staff_certificate, session_statement, admission_signature; last too_long.
Verdict<Admissible> Room::judge(const Sender& sender, const Admit& admit, const Organisation& organisation,
                                std::size_t members_max, UnixMillis now) const {
    const Member* admitter = find(sender);
    if (!admitter) return refuse(Refusal::not_in_room);
    if (ended(now)) return refuse(Refusal::room_ended);
    if (!admitter->commits) return refuse(Refusal::only_staff);
    const auto envelope = read_envelope(admit.commit, id_);
    if (!envelope) return tl::unexpected(envelope.error());
    if (envelope->content_type != MlsContentType::commit) return refuse(Refusal::commit_expected);
    if (envelope->epoch != epoch_) return refuse(Refusal::stale_epoch, epoch_.value);
    if (locked()) return refuse(Refusal::room_locked);
    if (admit.members.empty() || !are_distinct(admit.members)) return refuse(Refusal::admission_invalid);

    const auto coming = static_cast<std::size_t>(
        std::count_if(admit.members.begin(), admit.members.end(),
                      [&](const NewMember& joiner) { return !members_.contains(joiner.admission.body.member); }));
    const std::size_t allowed = std::min<std::size_t>(members_max, genesis_.genesis.body.policies.members_max);
    if (members_.size() + coming > allowed) return refuse(Refusal::room_full, allowed);

    auto append = append_of(sender, admit.submission, EntryKind::admit, now);
    append.if_epoch = epoch_;
    append.advances_epoch = true;
    append.mail_tail = tls::encode(admit.welcome_tail);
    append.spent = admit.spent;
    AdmitEntry entry{admit.commit, {}};
    for (const NewMember& joiner : admit.members) {
        const auto verdict = judge_admission(sender, *admitter, joiner, organisation, now);
        if (!verdict) return tl::unexpected(verdict.error());
        entry.admissions.push_back(joiner.admission);
        const MemberId& member = joiner.admission.body.member;
        const auto known = members_.find(member);
        auto earlier = earlier_of(member, known == members_.end() ? nullptr : &known->second);
        append.members.push_back({member, tls::encode(AdmissionRecord{joiner.admission, true, std::move(earlier)})});
        append.mail.push_back({joiner.admission.body.knock, mail_front(joiner)});
    }
    append.body = tls::encode(entry);
    constexpr std::size_t entry_bytes_max = limits::admission_frame_bytes_max - 128;  // heads of entry and frame
    if (append.body.size() > entry_bytes_max) return refuse(Refusal::too_long, entry_bytes_max);
    return Admissible(std::move(append));
}

Verdict<void> Room::judge_admission(const Sender& sender, const Member& admitter, const NewMember& joiner,
                                    const Organisation& organisation, UnixMillis now) const {
    const Admission& admission = joiner.admission.body;
    if (admission.room != id_ || admission.admitted_by != sender.member || admission.knock.is_zero() ||
        admission.member.is_zero())
        return refuse(Refusal::admission_invalid);
    const auto holder = keys_.find(admission.access_key);
    if (holder != keys_.end() && holder->second != admission.member) return refuse(Refusal::admission_invalid);
    if (removed_.contains(admission.member)) return refuse(Refusal::member_removed);
    if (admission.staff) {
        const auto standing = staff_standing(*admission.staff, id_, organisation, now);
        if (!standing) return tl::unexpected(standing.error());
        if (standing->kind() != kind()) return refuse(Refusal::session_statement);
        if (standing->session_key() != admission.leaf_key) return refuse(Refusal::admission_invalid);
    }
    const SignatureKey& signer = admitter.admission.body.staff->statement.body.session_key;
    if (!crypto::signature_holds(joiner.admission, signer)) return refuse(Refusal::admission_signature);
    return {};
}

// not_in_room, room_ended, only_staff, order_invalid, order_signature, order_replayed (the signer's last number).
Verdict<Admissible> Room::judge(const Sender& sender, const OrderFrame& frame, UnixMillis now) const {
    const Member* member = find(sender);
    if (!member) return refuse(Refusal::not_in_room);
    if (ended(now)) return refuse(Refusal::room_ended);
    if (!member->commits) return refuse(Refusal::only_staff);
    const Order& order = frame.order.body;
    if (order.room != id_ || order.signer != sender.member || !is_well_formed(order))
        return refuse(Refusal::order_invalid);
    if (!crypto::signature_holds(frame.order, member->admission.body.staff->statement.body.session_key))
        return refuse(Refusal::order_signature);
    const auto counted = signer_numbers_.find(sender.member);
    const SignerNumber last = counted == signer_numbers_.end() ? SignerNumber{} : counted->second;
    if (order.number != last.next()) return refuse(Refusal::order_replayed, last.value);

    auto append = append_of(sender, frame.submission, EntryKind::order, now);
    append.is_order = true;
    append.ends_room = order.kind == OrderKind::end;
    append.closes_epoch = order.kind == OrderKind::remove;
    if (order.kind == OrderKind::remove) append.members.push_back(departure_of(order.member));
    append.body = tls::encode(frame.order);
    return Admissible(std::move(append));
}

// not_in_room, room_ended.
Verdict<Admissible> Room::judge(const Sender& sender, const Leave& leave, UnixMillis now) const {
    if (!find(sender)) return refuse(Refusal::not_in_room);
    if (ended(now)) return refuse(Refusal::room_ended);
    auto append = append_of(sender, leave.submission, EntryKind::leave, now);
    append.members.push_back(departure_of(sender.member));
    return Admissible(std::move(append));
}

}  // namespace veranda::relay
