// Folds admissions and orders into a room, each only if its signer could say so.
#include "client-lib/circle/moderation/room_state.hpp"

#include <algorithm>

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
    state.leaf_of_[opener.member] = to_bytes(opener.leaf_key);
    state.by_leaf_.insert_or_assign(to_bytes(opener.leaf_key), Person{opener, std::move(standing)});
    return state;
}

// What a facilitator signed before her own removal stands; after it she signs nothing more.
bool RoomState::may_still_sign(const Person& signer) const {
    return signer.commits() && !is_removed(signer.admission.member);
}

// Staff who came back have had several session keys: what they signed by an earlier one stands, and they sign nothing
// more by it.
template <class Body>
bool RoomState::is_signed_by(const Signed<Body>& thing, const Person& signer, Keys keys) const {
    if (crypto::signature_holds(thing, signer.staff->session_key())) return true;
    return keys == Keys::any && std::any_of(by_leaf_.begin(), by_leaf_.end(), [&](const auto& known) {
               const Person& person = known.second;
               return person.admission.member == signer.admission.member && person.commits() &&
                      crypto::signature_holds(thing, person.staff->session_key());
           });
}

Result<void> RoomState::admit(const Signed<Admission>& admission, const TrustedStaff& trust, UnixSeconds now) {
    return admit_by(admission, trust, now, Keys::newest);
}

Result<void> RoomState::admit_by(const Signed<Admission>& admission, const TrustedStaff& trust, UnixSeconds now,
                                 Keys keys) {
    const Admission& body = admission.body;
    const auto known = by_leaf_.find(to_bytes(body.leaf_key));
    if (known != by_leaf_.end() && known->second.admission == body) return {};
    const Person* signer = by_member(body.admitted_by);
    if (signer == nullptr || !may_still_sign(*signer) || !is_signed_by(admission, *signer, keys))
        return fail(faults::admission_signer);
    if (body.room != room() || is_removed(body.member)) return fail(faults::admission_invalid);
    Person person{body, std::nullopt};
    if (body.staff) {
        auto standing = trust.check(*body.staff, room(), now);
        if (!standing || standing->kind() != genesis_.kind || standing->session_key() != body.leaf_key)
            return fail(faults::admission_invalid);
        person.staff = *std::move(standing);
    }
    levels_.try_emplace(body.member, body.level);  // an order, and what a room made anew carries over, stand above it
    leaf_of_[body.member] = to_bytes(body.leaf_key);
    by_leaf_.insert_or_assign(to_bytes(body.leaf_key), std::move(person));
    return {};
}

// Takes what can be taken until nothing more can: the number of rounds is that of links in the chain of who let in
// whom.
Result<void> RoomState::admit_all(std::vector<Signed<Admission>> admissions, const TrustedStaff& trust,
                                  UnixSeconds now) {
    while (!admissions.empty()) {
        std::vector<Signed<Admission>> later;
        std::optional<Error> why;
        for (Signed<Admission>& admission : admissions) {
            const auto admitted = admit_by(admission, trust, now, Keys::any);
            if (admitted) continue;
            why = admitted.error();
            // Perhaps by somebody, or by a key, that another admission in the bundle is still to bring.
            if (!why->is(faults::admission_signer)) return Failure(*why);
            later.push_back(std::move(admission));
        }
        if (later.size() == admissions.size()) return Failure(*why);
        admissions = std::move(later);
    }
    return {};
}

void RoomState::settle(const std::vector<SignatureKey>& leaves) {
    for (const SignatureKey& leaf : leaves)
        if (const auto known = by_leaf_.find(to_bytes(leaf)); known != by_leaf_.end())
            leaf_of_[known->second.admission.member] = known->first;
}

Result<void> RoomState::obey_all(const std::vector<Signed<Order>>& orders) {
    for (const Signed<Order>& order : orders) TRY(obey_by(order, Keys::any));
    return {};
}

Result<bool> RoomState::obey(const Signed<Order>& order) { return obey_by(order, Keys::newest); }

Result<bool> RoomState::obey_by(const Signed<Order>& order, Keys keys) {
    const Order& body = order.body;
    const Person* signer = by_member(body.signer);
    if (signer == nullptr || !may_still_sign(*signer) || body.room != room()) return fail(faults::order_signer);
    if (!is_signed_by(order, *signer, keys)) return fail(faults::order_signer);
    if (!is_well_formed(body)) return fail(faults::order_form);
    if (body.number <= last_number(body.signer)) return false;
    numbers_[body.signer] = body.number;
    switch (body.kind) {
        case OrderKind::set_level: levels_[body.member] = body.level; break;
        case OrderKind::lift: levels_[body.member] = Level::speaks; break;
        case OrderKind::remove: removed_.insert(body.member); break;
        case OrderKind::end: ended_ = true; break;
        case OrderKind::slow_mode:  // these two are the relay's to enforce; a room made anew begins with them
            policies_.slow_mode_seconds = static_cast<std::uint16_t>(std::min<std::uint32_t>(body.seconds, UINT16_MAX));
            break;
        case OrderKind::lock: policies_.locked = body.flag; break;
    }
    return true;
}

const Person* RoomState::by_member(const MemberId& member) const {
    const auto found = leaf_of_.find(member);
    return found == leaf_of_.end() ? nullptr : &by_leaf_.at(found->second);
}

const Person* RoomState::by_leaf(ByteView leaf_key) const {
    const auto found = by_leaf_.find(to_bytes(leaf_key));
    if (found == by_leaf_.end()) return nullptr;
    const auto newest = leaf_of_.find(found->second.admission.member);
    return newest != leaf_of_.end() && newest->second == found->first ? &found->second : nullptr;
}

std::vector<MemberLevel> RoomState::levels_to_carry_over() const {
    std::vector<MemberLevel> levels;
    for (const auto& [member, level] : levels_)
        if (level != Level::speaks && !is_removed(member)) levels.push_back({member, level});
    return levels;
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
