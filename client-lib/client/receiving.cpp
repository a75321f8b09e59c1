// What comes in from the log: each entry once, in order, believed only as far as its signatures reach.
#include "client-lib/circle/content/message_content.hpp"
#include "client-lib/circle/content/safe_text.hpp"
#include "client-lib/circle/trust/leaf_identity.hpp"
#include "client-lib/client/booking.hpp"
#include "client-lib/client/open_invites.hpp"

namespace veranda::client {

void Client::State::on(const EntryFrame& frame, Now now) {
    const LogEntry& entry = frame.entry;
    if (!session || !entered || entry.sequence <= session->last) return;
    if (entry.sequence != session->last.next()) {  // the relay left something out: ask again from where we are
        actions.push_back(Disconnect{});
        return disconnected(now);
    }
    session->last = entry.sequence;
    session->log_hash.add(entry);
    take_in(entry, now);
    if (session && session->last >= session->caught_up) session->room.has_caught_up();
}

void Client::State::take_in(const LogEntry& entry, Now now) {
    switch (entry.kind) {
        case EntryKind::application: return take_application(entry, now);
        case EntryKind::commit: return take_commit(entry, entry.body, now);
        case EntryKind::admit: {
            const auto admit = tls::decode<AdmitEntry>(entry.body);
            if (!admit) return report(admit.error());
            take_admissions(*admit, now);
            if (session) take_commit(entry, admit->commit, now);
            if (session && hosting) post_tickets(*admit, now);
            return;
        }
        case EntryKind::order: return take_order(entry, now);
        case EntryKind::leave:  // the relay's word; her own, in the lane, is what removes her leaf
        case EntryKind::genesis:
        case EntryKind::held: return;
    }
}

void Client::State::take_admissions(const AdmitEntry& admit, Now now) {
    for (const Signed<Admission>& admission : admit.admissions) {
        const auto admitted = session->room.admit(admission, trust, trusted_now(now));
        if (!admitted) report(admitted.error());  // her leaf stays without a voucher, and the composer closes
        if (admitted && !comes_in_by(admission.body)) {
            if (session->room.is_removed(admission.body.member)) report(Error{&circle::faults::admission_invalid, 0});
            continue;
        }
        if (admitted && admission.body.member == self->member &&
            admission.body.leaf_key != self->leaf_key.public_key()) {
            notice("elsewhere", "Open elsewhere: this place has been taken over.");
            return stop(Phase::left);
        }
        if (admitted) came_in(admission.body.member, now);
        if (!hosting) continue;
        const auto answered = hosting->waiting.find(admission.body.knock);
        const bool opened = answered != hosting->waiting.end() && answered->second.opened;
        if (admitted) remember_admitted(admission.body, opened ? &answered->second.opened->knock : nullptr, now);
        if (answered == hosting->waiting.end()) continue;
        if (opened) invite_used(*this, answered->second.opened->knock.pass, answered->second.opened->knock.pseudonym);
        if (answered->second.shown) show_knock(answered->second, false);
        hosting->waiting.erase(answered);
    }
}

// An admission that was said before changes nothing: whose leaf is in already, who has a newer one and who was removed
// does not come in by it.
bool Client::State::comes_in_by(const Admission& admission) const {
    if (session->room.is_removed(admission.member)) return false;
    const circle::Person* person = session->room.by_member(admission.member);
    if (person == nullptr || person->admission.leaf_key != admission.leaf_key) return false;
    const auto members = session->group.roster();
    return std::none_of(members.begin(), members.end(),
                        [&](const mls::Member& each) { return same_bytes(each.signature_key, admission.leaf_key); });
}

void Client::State::take_application(const LogEntry& entry, Now now) {
    const auto own = std::find_if(outbox.begin(), outbox.end(), [&](const Outgoing& item) {
        return !item.sealed.empty() && item.sealed == entry.body;
    });
    if (own != outbox.end()) {
        const Outgoing sent = std::move(*own);
        outbox.erase(own);
        return take_own(sent, entry, now);
    }
    auto opened = session->group.open(entry.body);
    const auto* message = opened ? std::get_if<mls::Plaintext>(&*opened) : nullptr;
    if (message == nullptr) return notice("message_not_read", "One message could not be read.");
    const circle::Person* from = person_at(message->sender);
    if (from == nullptr) return notice("unvouched_sender", "A message of someone nobody let in was not shown.");
    const MemberId& member = from->admission.member;
    if (session->room.is_removed(member)) return;
    heard_from(member, now);
    auto content = circle::unwrap(message->content);
    if (!content) return notice("message_not_read", "One message could not be read.");
    if (!is_new(member, content->id)) return;
    show_content(*from, *content, entry, now, false);
}

// Our own words as the log has them. A pulse of ours says nothing new, but that it came back.
void Client::State::take_own(const Outgoing& own, const LogEntry& entry, Now now) {
    session->last_spoke = now.steady_ms;
    if (own.silent) {
        if (hosting) session->last_pulse[self->member] = now.steady_ms;
        return;
    }
    const circle::Person* us = session->room.by_member(self->member);
    const auto content = circle::unwrap(own.content);
    if (us != nullptr && content) show_content(*us, *content, entry, now, true);
}

// Has she said nothing under this id before?
bool Client::State::is_new(const MemberId& author, const InnerId& id) {
    auto& seen = session->seen[author];
    if (std::find(seen.begin(), seen.end(), id) != seen.end()) return false;
    seen.push_back(id);
    if (seen.size() > seen_ids_max) seen.pop_front();
    return true;
}

bool Client::State::is_in_group(const MemberId& member) const {
    const circle::Person* person = session->room.by_member(member);
    if (person == nullptr) return false;
    const auto members = session->group.roster();
    return std::any_of(members.begin(), members.end(), [&](const mls::Member& each) {
        return same_bytes(each.signature_key, person->admission.leaf_key);
    });
}

void Client::State::take_commit(const LogEntry& entry, ByteView commit, Now now) {
    if (pending_commit && same_bytes(pending_commit->message, commit)) {
        std::vector<SealingKey> new_staff;
        const auto before = other_lane_keys();
        adopt(std::move(pending_commit->next), now);
        give_lease_back();
        for (const SealingKey& key : other_lane_keys())
            if (std::find(before.begin(), before.end(), key) == before.end()) new_staff.push_back(key);
        for (const auto& [id, invite] : hosting->invites)
            if (!invite.is_void) share_card(invite.secrets, new_staff);
        tell_whole_book(*this, new_staff, false, now);
        return;
    }
    auto opened = session->group.open(commit);
    if (!opened) {  // another's view has moved on without us: only a new admission helps
        report(opened.error());
        notice("left_behind", "This phone lost its place in the group. Coming back by itself.");
        return begin_return(KnockReason::commit_refused, now);
    }
    auto* staged = std::get_if<mls::StagedCommit>(&*opened);
    const circle::Person* from = staged == nullptr ? nullptr : person_at(staged->sender());
    if (from == nullptr || !from->commits() || session->room.is_removed(from->admission.member))
        return report(Error{&circle::faults::only_staff_commit, entry.sequence.value});
    if (staged->removes_us() && !session->room.is_removed(self->member))  // we were not heard of for too long
        return begin_return(KnockReason::returning, now);
    if (staged->removes_us()) {
        notice("removed", "A facilitator has taken you out of the group.");
        return stop(Phase::removed);
    }
    heard_from(from->admission.member, now);
    std::vector<SignatureKey> brought_in;
    for (const mls::Member& member : staged->added()) brought_in.push_back(member.signature_key);
    session->room.settle(brought_in);
    adopt(session->group.after(std::move(*staged)), now);
}

// Something that she has signed has come, here and now.
void Client::State::heard_from(const MemberId& member, Now now) {
    session->last_heard[member] = now.steady_ms;
    if (hosting) hosting->ways_back[member].heard = now.steady_ms;
}

// Whoever was let in again is not taken out for the silence before.
void Client::State::came_in(const MemberId& member, Now now) {
    heard_from(member, now);
    const circle::Person* person = session->room.by_member(member);
    if (person != nullptr && person->commits()) session->last_pulse[member] = now.steady_ms;
}

void Client::State::on(const PresenceFrame& frame, Now now) {
    if (!session) return;
    bool changed = false;
    for (const MemberPresence& member : frame.members) {
        changed = changed || session->presence[member.member] != member.whereabouts;
        see_whereabouts(member.member, member.whereabouts, now);
    }
    if (changed) roster_changed();
}

// The relay's word alone ends nothing for good, but what it says of its own memory is so.
void Client::State::on(const RoomGone& gone, Now now) {
    if (farewell) return end_farewell();
    if (submitted_leave) return stop(Phase::left);  // a facilitator may have taken her leaf out before the relay heard
    switch (gone.reason) {
        case GoneReason::left:
        case GoneReason::removed:
        case GoneReason::ended:  // the signed order came before, if there was one
            notice("room_closed_by_server", "The server closed the room; no facilitator's word for it was seen.");
            actions.push_back(Disconnect{});
            return disconnected(now);
        case GoneReason::elsewhere:
            notice("elsewhere", "Open elsewhere: this place has been taken over.");
            return stop(Phase::left);
        case GoneReason::forgotten:
        case GoneReason::remade: return room_lost(gone.reason == GoneReason::forgotten, now);
    }
}

std::string shown_name(const circle::Person* person, const mls::Member& member) {
    if (person != nullptr && person->staff) return circle::safe_text(person->staff->name());
    const auto identity = circle::read_identity(member.identity);
    if (!identity) return "?";
    return circle::safe_text(identity->staff ? identity->staff->certificate.body.name : *identity->pseudonym);
}

std::vector<RosterMember> Client::State::roster() const {
    std::vector<RosterMember> members;
    if (!session) return members;
    for (const mls::Member& member : session->group.roster()) {
        const circle::Person* person = session->room.by_leaf(member.signature_key);
        RosterMember shown;
        shown.name = shown_name(person, member);
        shown.role = person != nullptr && person->staff ? person->staff->role() : Role::member;
        shown.self = member.leaf == session->group.own_leaf();
        shown.vouched = person != nullptr;
        if (person != nullptr && (hosting || shown.self))
            shown.level = session->room.level_of(person->admission.member);
        if (person != nullptr && !shown.self) {
            const auto where = session->presence.find(person->admission.member);
            shown.here = where == session->presence.end() || where->second == Whereabouts::here;
        }
        members.push_back(std::move(shown));
    }
    return members;
}

void Client::State::roster_changed() { events.push_back(RosterEvent{roster()}); }

const circle::Person* Client::State::person_at(mls::LeafIndex leaf) const {
    for (const mls::Member& member : session->group.roster())
        if (member.leaf == leaf) return session->room.by_leaf(member.signature_key);
    return nullptr;
}

}  // namespace veranda::client
