// Our Commits: made from what is wanted, sent, and adopted only when they come back from the log. A lost race is judged
// anew: what is still wanted then goes into the next Commit, what another has done already does not.
#include "client-lib/client/booking.hpp"
#include "crypto/sealed/signed_make.hpp"

namespace veranda::client {

bool Client::State::may_commit() const {
    return hosting && staff && session && entered && session->last >= session->caught_up && !session->forked;
}

// Facilitators' clients that would do the same thing by themselves wait in turn, by leaf, so that mostly one does it.
std::uint64_t Client::State::own_turn_ms() const {
    std::uint64_t turn = 0;
    for (const mls::Member& member : session->group.roster()) {
        if (member.leaf == session->group.own_leaf()) break;
        const circle::Person* person = session->room.by_leaf(member.signature_key);
        if (person != nullptr && person->commits()) turn += turn_ms;
    }
    return turn;
}

void Client::State::plan_removal(const MemberId& member, Now now, bool at_once) {
    if (!hosting || !session || member == self->member) return;
    const std::uint64_t due = now.steady_ms + (at_once ? 0 : own_turn_ms());
    const auto [planned, fresh] = hosting->to_remove.emplace(member, due);
    if (!fresh) planned->second = std::min(planned->second, due);
}

// Only the holder of the lease admits, so that two who tap at once do not let one person in twice. If it is not ours,
// asks for it, and the answer pumps again.
bool Client::State::have_lease(Now now) {
    if (hosting->lease_until >= now.steady_ms + lease_margin_ms) return true;
    const bool asked = std::any_of(requests.begin(), requests.end(),
                                   [](const auto& request) { return request.second.asked == Asked::lease; });
    if (!asked && now.steady_ms >= hosting->lease_try_again)
        ask(ClaimLease{LeaseKind::admitting, false}, {Asked::lease, {}});
    return false;
}

void Client::State::give_lease_back() {
    const bool more = std::any_of(hosting->waiting.begin(), hosting->waiting.end(),
                                  [](const auto& waiting) { return waiting.second.wanted; });
    if (more || hosting->lease_until == 0) return;
    hosting->lease_until = 0;
    ask(ClaimLease{LeaseKind::admitting, true}, {Asked::lease_back, {}});
}

// As she had it before, as a person said, or as the room has it for newcomers. Levels bind no staff.
Level Client::State::level_for(const WaitingKnock& knock) const {
    if (knock.opened->staff) return Level::speaks;
    if (knock.member && !knock.level) return hosting->ways_back.at(*knock.member).level;
    return knock.level.value_or(session->room.genesis().policies.newcomers);
}

// Two knocks with one key, a key that is in the tree, one that nothing can be sealed to: nobody's fault keeps the
// others out. Cost: a Commit for each that is wanted; only when one failed.
void Client::State::turn_poisoned_away(const std::vector<std::pair<KnockId, const WaitingKnock*>>& wanted,
                                       const std::vector<mls::LeafIndex>& removes, Now now) {
    std::vector<mls::KeyPackage> good;
    std::vector<KnockId> poisoned;
    for (const auto& [id, knock] : wanted) {
        good.push_back(knock->opened->key_package);
        if (session->group.commit(good, removes, random)) continue;
        good.pop_back();
        poisoned.push_back(id);
    }
    for (const KnockId& id : poisoned) refuse_knock(id, KnockRefusalReason::other, "Please ask for a new invite.");
    if (!poisoned.empty()) pump_commits(now);
}

// Leaves whose members have no place any more, as far as it is our turn.
std::vector<mls::LeafIndex> Client::State::leaves_to_remove(Now now) const {
    std::vector<mls::LeafIndex> removes;
    for (const mls::Member& member : session->group.roster()) {
        const circle::Person* person = session->room.by_leaf(member.signature_key);
        if (person == nullptr || member.leaf == session->group.own_leaf()) continue;
        const auto planned = hosting->to_remove.find(person->admission.member);
        if (planned != hosting->to_remove.end() && planned->second <= now.steady_ms) removes.push_back(member.leaf);
    }
    return removes;
}

// Who is to be let in now; each place once, since two knocks for one cannot both be answered by one Commit.
std::vector<std::pair<KnockId, const WaitingKnock*>> Client::State::knocks_to_admit(Now now) {
    std::vector<std::pair<KnockId, const WaitingKnock*>> wanted;
    std::set<MemberId> places;
    for (auto& [id, waiting] : hosting->waiting) {
        if (!waiting.wanted || !waiting.is_there) continue;
        if (session->list_differs && waiting.opened->staff) continue;  // nobody knows any more who is staff
        const bool lost_meanwhile = waiting.member && (session->room.is_removed(*waiting.member) ||
                                                       !hosting->ways_back.contains(*waiting.member));
        const auto invite = hosting->invites.find(waiting.envelope.body.card);
        const bool is_second = !waiting.warned && invite != hosting->invites.end() && invite->second.is_used;
        if (lost_meanwhile) {  // removed, or gone by her own word, since she knocked: for a person to decide
            waiting.member.reset();
            waiting.wanted = false;
            show_knock(waiting, true);
        } else if (is_second) {  // a colleague let in another by this invite since somebody wanted to let her in
            waiting.wanted = false;
            notice("invite_seen_twice", "This invite has been seen by two people.");
            show_knock(waiting, true);
        } else if (!waiting.member || places.insert(*waiting.member).second) {
            wanted.emplace_back(id, &waiting);
        }
    }
    if (!wanted.empty() && (now.steady_ms < hosting->admit_not_before || !have_lease(now))) wanted.clear();
    return wanted;
}

// A removal of someone who has no leaf any more closes the epoch all the same: everyone waits for the next.
bool Client::State::closes_epoch(Now now) const {
    return std::any_of(hosting->to_remove.begin(), hosting->to_remove.end(), [&](const auto& planned) {
        return planned.second <= now.steady_ms && session->being_removed.contains(planned.first);
    });
}

void Client::State::pump_commits(Now now) {
    if (!may_commit()) return;
    if (now.steady_ms < hosting->commit_not_before) return;
    if (pending_commit) return send_commit();
    std::vector<mls::LeafIndex> removes = leaves_to_remove(now);
    const auto wanted = knocks_to_admit(now);
    if (removes.empty() && wanted.empty() && !closes_epoch(now)) return;

    std::vector<mls::KeyPackage> adds;
    adds.reserve(wanted.size());
    for (const auto& [id, knock] : wanted) {
        adds.push_back(knock->opened->key_package);
        const auto old_leaf = knock->member ? leaf_of(*knock->member) : std::nullopt;
        if (old_leaf && std::find(removes.begin(), removes.end(), *old_leaf) == removes.end())
            removes.push_back(*old_leaf);  // who comes back changes places with it
    }
    auto commit = session->group.commit(adds, removes, random);
    if (!commit) {
        report(commit.error());
        return turn_poisoned_away(wanted, removes, now);
    }
    const SubmissionId submission = random_id<SubmissionId>();
    PendingCommit pending{submission, commit->message, {}, FrameType::submit, std::move(commit->next), false};
    if (wanted.empty()) {
        pending.frame_body = tls::encode(Submit{submission, std::move(commit->message)});
    } else {
        Admit admit{submission, std::move(commit->message), {}, std::move(commit->welcome.tail), {}};
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            const auto& [id, knock] = wanted[i];
            tell_recap(id);
            admit.members.push_back({admission_for(id, *knock), std::move(commit->welcome.heads[i])});
            book_admission(*this, admit.members.back().admission.body, hosting->waiting.at(id), now);
            for (const auto& [card, invite] : hosting->invites)  // today's and yesterday's, if the day has changed
                if (invite.secrets.pass == knock->opened->knock.pass) admit.spent.push_back(card);
        }
        pending.frame = FrameType::admit;
        pending.frame_body = tls::encode(admit);
        if (session->room.genesis().predecessor) hosting->admit_not_before = now.steady_ms + remade_admit_ms;
    }
    pending_commit.emplace(std::move(pending));
    send_commit();
}

Signed<Admission> Client::State::admission_for(const KnockId& id, const WaitingKnock& waiting) {
    const Knock& knock = waiting.opened->knock;
    Admission admission{.room = session->room.room(),
                        .admitted_by = self->member,
                        .member = waiting.member.value_or(random_id<MemberId>()),
                        .access_key = knock.access_key,
                        .leaf_key = SignatureKey{},
                        .level = level_for(waiting),
                        .knock = id,
                        .staff = knock.staff};
    const ByteView leaf_key = waiting.opened->key_package.leaf.signature_key;
    std::copy(leaf_key.begin(), leaf_key.end(), admission.leaf_key.bytes.begin());
    return crypto::sign(admission, self->leaf_key);
}

void Client::State::send_commit() {
    if (pending_commit->in_flight) return;
    pending_commit->in_flight = true;
    ask_bytes(pending_commit->frame, pending_commit->frame_body, {Asked::submit_commit, pending_commit->submission});
}

// The next epoch is real: whatever was sealed for the last one and did not get through is sealed again.
void Client::State::adopt(mls::Group next, Now now) {
    session->group = std::move(next);
    pending_commit.reset();
    const auto roster_now = session->group.roster();
    const auto is_in = [&](const MemberId& id) {
        return std::any_of(roster_now.begin(), roster_now.end(), [&](const mls::Member& member) {
            const circle::Person* person = session->room.by_leaf(member.signature_key);
            return person != nullptr && person->admission.member == id;
        });
    };
    std::erase_if(session->being_removed, [&](const MemberId& id) { return !is_in(id); });
    std::erase_if(session->last_pulse, [&](const auto& heard) { return !is_in(heard.first); });
    std::erase_if(session->last_heard, [&](const auto& heard) { return !is_in(heard.first); });
    if (hosting) drop_hands(is_in), drop_stale_held();
    tell_new_staff(now);
    if (hosting) std::erase_if(hosting->to_remove, [&](const auto& planned) { return !is_in(planned.first); });
    for (const mls::Member& member : roster_now) {
        const circle::Person* person = session->room.by_leaf(member.signature_key);
        if (person == nullptr) continue;
        session->last_heard.emplace(person->admission.member, now.steady_ms);
        if (person->commits()) session->last_pulse.emplace(person->admission.member, now.steady_ms);
    }
    roster_changed();
}

}  // namespace veranda::client
