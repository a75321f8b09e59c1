// Folds admissions and orders into a room, each only if its signer could say so.
#include "client-lib/circle/moderation/room_state.hpp"

#include <algorithm>

#include "client-lib/circle/moderation/limits.hpp"

namespace veranda::circle {

// What the genesis carries over stands like orders without an end.
RoomState::RoomState(Genesis genesis) : genesis_(std::move(genesis)) {
    begin_as_genesis_says();
    removed_.insert(genesis_.removed.begin(), genesis_.removed.end());
}

void RoomState::begin_as_genesis_says() {
    levels_.clear();
    for (const MemberLevel& carried : genesis_.levels) {
        Order order;
        order.room = genesis_.room;
        order.kind = OrderKind::set_level;
        order.member = carried.member;
        order.level = carried.level;
        levels_.insert_or_assign(carried.member, OrderedLevel{order, {}});
    }
    slow_mode_seconds_ = genesis_.policies.slow_mode_seconds;
    locked_ = genesis_.policies.locked;
}

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
    state.leaf_of_[opener.member] = to_bytes(opener.leaf_key);
    state.by_leaf_.insert_or_assign(to_bytes(opener.leaf_key),
                                    Person{opener, std::move(standing), entry.opener.signature});
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
    Person person{body, std::nullopt, admission.signature};
    if (body.staff) {
        auto standing = trust.check(*body.staff, room(), now);
        if (!standing || standing->kind() != genesis_.kind || standing->session_key() != body.leaf_key)
            return fail(faults::admission_invalid);
        person.staff = *std::move(standing);
    }
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

Result<void> RoomState::obey_retold(const std::vector<Signed<Order>>& orders, std::uint64_t steady_ms) {
    for (const Signed<Order>& order : orders) {
        TRY(check_order(order, Keys::any));
        take_retold(order.body, {steady_ms, Heard::How::retold, {}});
    }
    return {};
}

void RoomState::take_retold(const Order& order, Heard heard) {
    SignerNumber& number = retold_numbers_[order.signer];
    number = std::max(number, order.number);
    apply(order, heard);
}

void RoomState::has_caught_up() {
    for (const auto& [signer, number] : std::exchange(retold_numbers_, {}))
        numbers_[signer] = std::max(numbers_[signer], number);
}

Result<void> RoomState::check_order(const Signed<Order>& order, Keys keys) const {
    const Order& body = order.body;
    const Person* signer = by_member(body.signer);
    if (signer == nullptr || !may_still_sign(*signer) || body.room != room()) return fail(faults::order_signer);
    if (!is_signed_by(order, *signer, keys)) return fail(faults::order_signer);
    if (!is_well_formed(body)) return fail(faults::order_form);
    return {};
}

void RoomState::apply(const Order& order, Heard heard) {
    switch (order.kind) {
        case OrderKind::set_level: levels_.insert_or_assign(order.member, OrderedLevel{order, heard}); break;
        case OrderKind::lift: levels_.erase(order.member); break;
        case OrderKind::remove: removed_.insert(order.member); break;
        case OrderKind::end: ended_ = true; break;
        case OrderKind::slow_mode: slow_mode_seconds_ = order.seconds; break;
        case OrderKind::lock: locked_ = order.flag; break;
    }
}

Result<bool> RoomState::obey(const Signed<Order>& order, Heard heard) { return obey_by(order, heard, Keys::newest); }

Result<bool> RoomState::obey_by(const Signed<Order>& order, Heard heard, Keys keys) {
    TRY(check_order(order, keys));
    const Order& body = order.body;
    // A log that we read late brings what was ordered before the orders that we were told of.
    if (body.number <= (heard.how == Heard::How::late ? numbers_[body.signer] : last_number(body.signer))) return false;
    numbers_[body.signer] = body.number;
    apply(body, heard);
    return true;
}

Result<void> RoomState::obey_anew(const std::vector<Signed<Order>>& orders, std::uint64_t steady_ms) {
    const std::map<MemberId, OrderedLevel> before = levels_;
    begin_as_genesis_says();
    Result<void> outcome;
    for (const Signed<Order>& order : orders) {
        if (const auto checked = check_order(order, Keys::any); !checked) {
            if (outcome) outcome = checked;
            continue;
        }
        const Order& body = order.body;
        const auto known = before.find(body.member);  // then we know since when
        const bool is_known = known != before.end() && known->second.order == body;
        take_retold(body, is_known ? known->second.heard : Heard{steady_ms, Heard::How::retold, {}});
    }
    return outcome;
}

std::vector<MemberId> RoomState::end_levels(std::uint64_t steady_ms) {
    std::vector<MemberId> over;
    for (const auto& [member, level] : levels_)
        if (level.is_for_a_time() && !level.is_over && steady_ms >= level.ends_at()) over.push_back(member);
    for (const MemberId& member : over) levels_.at(member).is_over = true;
    return over;
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

Result<void> RoomState::follows(const RoomId& lost) const {
    if (room() == lost || genesis_.predecessor == lost) return {};
    return fail(faults::other_successor);
}

Policies RoomState::policies() const {
    Policies now = genesis_.policies;
    now.slow_mode_seconds = static_cast<std::uint16_t>(std::min<std::uint32_t>(slow_mode_seconds_, UINT16_MAX));
    now.locked = locked_;
    return now;
}

std::vector<MemberLevel> RoomState::levels_to_carry_over() const {
    std::set<MemberId> members;
    for (const auto& [member, leaf] : leaf_of_) members.insert(member);
    for (const auto& [member, level] : levels_) members.insert(member);  // carried over to us, and not back yet
    std::vector<MemberLevel> levels;
    for (const MemberId& member : members)
        if (level_of(member) != Level::speaks && !is_removed(member)) levels.push_back({member, level_of(member)});
    return levels;
}

// In force, as far as we know.
const RoomState::OrderedLevel* RoomState::ordered_level(const MemberId& member) const {
    const auto ordered = levels_.find(member);
    return ordered == levels_.end() || ordered->second.is_over ? nullptr : &ordered->second;
}

Level RoomState::level_of(const MemberId& member) const {
    const Person* person = by_member(member);
    if (person != nullptr && person->commits()) return Level::speaks;
    const OrderedLevel* ordered = ordered_level(member);
    if (ordered != nullptr) return ordered->order.level;
    return person == nullptr ? Level::speaks : person->admission.level;
}

// What was retold may have been ordered after what a log that is read late brings.
bool RoomState::binds(const OrderedLevel& level, Heard message) const {
    const bool is_retold = level.heard.how == Heard::How::retold;
    if (is_retold && message.how == Heard::How::late && !retold_numbers_.empty()) return false;
    if (!level.is_for_a_time()) return true;
    const std::uint64_t lasts_ms = std::uint64_t{level.order.seconds} * 1'000;
    const bool is_live = level.heard.how == Heard::How::live && message.how == Heard::How::live;
    const bool is_over = !is_live && message.received_at.value >= level.heard.received_at.value + lasts_ms;
    return !is_retold && !is_over && message.steady_ms + level_grace_ms < level.ends_at();
}

// Everybody's clock ticks from another moment: the relay's from the append, ours from when we heard. So the last
// moments of a level that is for a time are given away; and of a log that is read late, the entries' own times decide.
Level RoomState::level_for(const MemberId& member, Heard message) const {
    const OrderedLevel* ordered = ordered_level(member);
    if (ordered == nullptr || binds(*ordered, message)) return level_of(member);
    // It may be in force or not: she is held to neither. The lower level is the one that lets more through.
    const Person* person = by_member(member);
    return person == nullptr ? Level::speaks : std::min(level_of(member), person->admission.level);
}

Level RoomState::level_for_release(const MemberId& author, Heard release) const {
    const Person* person = by_member(author);
    const Level admitted = person == nullptr ? Level::speaks : person->admission.level;
    const auto ordered = levels_.find(author);
    if (ordered == levels_.end()) return level_of(author);
    const OrderedLevel& level = ordered->second;
    return !level.is_over && binds(level, release) ? level_of(author) : std::min(level.order.level, admitted);
}

std::optional<Order> RoomState::level_order_of(const MemberId& member) const {
    const OrderedLevel* ordered = ordered_level(member);
    return ordered == nullptr ? std::nullopt : std::optional(ordered->order);
}

std::uint64_t RoomState::level_ms_left(const MemberId& member, std::uint64_t steady_ms) const {
    const OrderedLevel* ordered = ordered_level(member);
    if (ordered == nullptr || !ordered->is_for_a_time()) return 0;
    return ordered->ends_at() <= steady_ms ? 0 : ordered->ends_at() - steady_ms;
}

SignerNumber RoomState::last_number(const MemberId& signer) const {
    const auto in = [&](const std::map<MemberId, SignerNumber>& numbers) {
        const auto found = numbers.find(signer);
        return found == numbers.end() ? SignerNumber{} : found->second;
    };
    return std::max(in(numbers_), in(retold_numbers_));
}

}  // namespace veranda::circle
