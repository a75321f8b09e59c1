// Folds admissions and orders into a room, each only if its signer could say so.
#include "client-lib/circle/moderation/room_state.hpp"

namespace veranda::circle {

Result<RoomState> RoomState::open(const GenesisEntry& entry, const TrustedStaff& trust, UnixSeconds now) {
    const Genesis& genesis = entry.genesis.body;
    const Admission& opener = entry.opener.body;
    if (!opener.staff || opener.room != genesis.room || opener.admitted_by != opener.member)
        return fail(faults::genesis_invalid);
    crypto::StaffStanding standing = TRY(trust.check(*opener.staff, genesis.room, now));
    const bool in_order = standing.commits() && standing.kind() == genesis.kind &&
                          opener.leaf_key == standing.session_key() &&
                          crypto::signature_holds(entry.genesis, standing.session_key()) &&
                          crypto::signature_holds(entry.opener, standing.session_key());
    if (!in_order) return fail(faults::genesis_invalid);

    RoomState state(genesis);
    for (const MemberLevel& level : genesis.levels) state.levels_[level.member] = level.level;
    state.removed_.insert(genesis.removed.begin(), genesis.removed.end());
    state.by_leaf_[to_bytes(opener.leaf_key)] = opener.member;
    state.people_.insert_or_assign(opener.member, Person{opener, std::move(standing)});
    return state;
}

// What a facilitator signed before her own removal stands; after it she signs nothing more.
bool RoomState::may_still_sign(const Person& signer) const {
    return signer.commits() && !is_removed(signer.admission.member);
}

Result<void> RoomState::admit(const Signed<Admission>& admission, const TrustedStaff& trust, UnixSeconds now) {
    const Admission& body = admission.body;
    const auto known = people_.find(body.member);
    if (known != people_.end() && known->second.admission == body) return {};
    const Person* signer = by_member(body.admitted_by);
    if (signer == nullptr || !may_still_sign(*signer)) return fail(faults::admission_signer);
    if (!crypto::signature_holds(admission, signer->staff->session_key())) return fail(faults::admission_signer);
    if (body.room != room() || is_removed(body.member)) return fail(faults::admission_invalid);
    Person person{body, std::nullopt};
    if (body.staff) {
        auto standing = trust.check(*body.staff, room(), now);
        if (!standing || standing->kind() != genesis_.kind || standing->session_key() != body.leaf_key)
            return fail(faults::admission_invalid);
        person.staff = *std::move(standing);
    }
    by_leaf_[to_bytes(body.leaf_key)] = body.member;
    levels_[body.member] = body.level;
    people_.insert_or_assign(body.member, std::move(person));
    return {};
}

// Takes what can be taken until nothing more can: the number of rounds is that of links in the chain of who let in
// whom.
Result<void> RoomState::admit_all(std::vector<Signed<Admission>> admissions, const TrustedStaff& trust,
                                  UnixSeconds now) {
    while (!admissions.empty()) {
        std::vector<Signed<Admission>> later;
        for (Signed<Admission>& admission : admissions) {
            if (by_member(admission.body.admitted_by) == nullptr) {
                later.push_back(std::move(admission));
            } else {
                TRY(admit(admission, trust, now));
            }
        }
        if (later.size() == admissions.size()) return fail(faults::admission_signer);
        admissions = std::move(later);
    }
    return {};
}

Result<bool> RoomState::obey(const Signed<Order>& order) {
    const Order& body = order.body;
    const Person* signer = by_member(body.signer);
    if (signer == nullptr || !may_still_sign(*signer) || body.room != room()) return fail(faults::order_signer);
    if (!crypto::signature_holds(order, signer->staff->session_key())) return fail(faults::order_signer);
    if (!is_well_formed(body)) return fail(faults::order_form);
    if (body.number <= last_number(body.signer)) return false;
    numbers_[body.signer] = body.number;
    switch (body.kind) {
        case OrderKind::set_level: levels_[body.member] = body.level; break;
        case OrderKind::lift: levels_[body.member] = Level::speaks; break;
        case OrderKind::remove: removed_.insert(body.member); break;
        case OrderKind::end: ended_ = true; break;
        case OrderKind::slow_mode:
        case OrderKind::lock: break;  // the relay's alone
    }
    return true;
}

const Person* RoomState::by_member(const MemberId& member) const {
    const auto found = people_.find(member);
    return found == people_.end() ? nullptr : &found->second;
}

const Person* RoomState::by_leaf(ByteView leaf_key) const {
    const auto found = by_leaf_.find(to_bytes(leaf_key));
    if (found == by_leaf_.end()) return nullptr;
    const Person* person = by_member(found->second);
    return person != nullptr && same_bytes(person->admission.leaf_key, leaf_key) ? person : nullptr;
}

Level RoomState::level_of(const MemberId& member) const {
    const auto found = levels_.find(member);
    return found == levels_.end() ? Level::speaks : found->second;
}

SignerNumber RoomState::last_number(const MemberId& signer) const {
    const auto found = numbers_.find(signer);
    return found == numbers_.end() ? SignerNumber{} : found->second;
}

}  // namespace veranda::circle
