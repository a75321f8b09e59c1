// What a room is made of and how entries change it: a fold over its log. The gates are in judge.cpp.
#include "server/relay/room.hpp"

#include <algorithm>

#include "server/relay/limits.hpp"

namespace veranda::relay {
namespace {

std::size_t earlier_max(const Admission& admission) {
    return admission.staff ? limits::earlier_admissions_max : limits::earlier_admissions_of_member_max;
}

}  // namespace

std::optional<Room> Room::from(const RoomId& id, const store::RoomSnapshot& snapshot) {
    auto genesis = tls::decode<GenesisEntry>(snapshot.genesis_entry);
    if (!genesis || genesis->genesis.body.room != id) return std::nullopt;
    Room room;
    Changes nobody_is_here_yet;
    room.id_ = id;
    room.genesis_ = *std::move(genesis);
    const Genesis& body = room.genesis_.genesis.body;
    room.removed_.insert(body.removed.begin(), body.removed.end());
    for (const MemberLevel& carried : body.levels) room.carried_levels_[carried.member] = carried.level;
    for (const Bytes& bytes : snapshot.admissions) {
        auto record = tls::decode<AdmissionRecord>(bytes);
        if (!record) return std::nullopt;
        for (Signed<Admission>& earlier : record->earlier) room.former_.push_back(std::move(earlier));
        if (record->is_here)
            room.let_in(std::move(record->admission), nobody_is_here_yet);
        else
            room.former_.push_back(std::move(record->admission));
    }
    for (const LogEntry& entry : snapshot.orders) room.obey(entry, nobody_is_here_yet);
    room.epoch_ = snapshot.epoch;
    room.closed_epoch_ = snapshot.closed_epoch;
    room.order_count_ = snapshot.order_count;
    room.last_ = snapshot.last;
    return room;
}

Changes Room::confirmed(const LogEntry& entry) {
    VERANDA_ASSERT(entry.sequence == last_.next());
    Changes changes;
    last_ = entry.sequence;
    switch (entry.kind) {
        case EntryKind::application: spoke(entry.sender, entry.received_at); break;
        case EntryKind::commit: epoch_ = epoch_.next(); break;
        case EntryKind::admit: {
            epoch_ = epoch_.next();
            auto admit = tls::decode<AdmitEntry>(entry.body);
            VERANDA_ASSERT(admit.has_value());  // a relay checked it before the store took it
            for (Signed<Admission>& admission : admit->admissions) let_in(std::move(admission), changes);
            break;
        }
        case EntryKind::order:
            order_count_ = order_count_.next();
            obey(entry, changes);
            break;
        case EntryKind::leave: let_go(entry.sender, GoneReason::left, changes); break;
        case EntryKind::genesis:
        case EntryKind::held: break;
    }
    return changes;
}

void Room::let_in(Signed<Admission> admission, Changes& changes) {
    const MemberId member = admission.body.member;
    if (const auto before = members_.find(member); before != members_.end())
        let_go(member, GoneReason::elsewhere, changes);
    const bool is_staff = admission.body.staff && veranda::commits(admission.body.staff->certificate.body.role, kind());
    keys_.insert_or_assign(admission.body.access_key, member);
    Member& known = members_[member] = Member{is_staff, std::nullopt, std::move(admission)};
    if (const auto before = spoke_before_.find(member); before != spoke_before_.end())
        known.last_spoke = before->second;
}

void Room::let_go(const MemberId& member, GoneReason reason, Changes& changes) {
    const auto found = members_.find(member);
    if (found == members_.end()) return;
    const AccessKey key = found->second.admission.body.access_key;
    changes.departures.push_back({member, key, reason});
    keys_.erase(key);
    if (found->second.last_spoke) spoke_before_[member] = *found->second.last_spoke;
    if (found->second.admission.body.staff || reason == GoneReason::elsewhere)
        keep_former(std::move(found->second.admission));
    else
        std::erase_if(former_, [&](const Signed<Admission>& former) { return former.body.member == member; });
    members_.erase(found);
}

void Room::spoke(const MemberId& member, UnixMillis at) {
    const auto found = members_.find(member);
    if (found != members_.end())
        found->second.last_spoke = at;
    else
        spoke_before_[member] = at;  // written while she was leaving
}

void Room::keep_former(Signed<Admission> admission) {
    const auto is_hers = [&](const Signed<Admission>& former) { return former.body.member == admission.body.member; };
    const auto hers = std::count_if(former_.begin(), former_.end(), is_hers);
    if (static_cast<std::size_t>(hers) >= earlier_max(admission.body))
        former_.erase(std::find_if(former_.begin(), former_.end(), is_hers));
    former_.push_back(std::move(admission));
}

// What the store has to know of somebody's leaving.
store::MemberChange Room::departure_of(const MemberId& member) const {
    const auto found = members_.find(member);
    if (found == members_.end() || !found->second.admission.body.staff) return {member, std::nullopt};
    return {member, tls::encode(AdmissionRecord{found->second.admission, false, earlier_of(member, nullptr)})};
}

// Her admissions before the one that is coming: others' may rest on them, and what she wrote by them is in the log.
// `known`: the one that counts now.
std::vector<Signed<Admission>> Room::earlier_of(const MemberId& member, const Member* known) const {
    std::vector<Signed<Admission>> earlier;
    for (const Signed<Admission>& former : former_)
        if (former.body.member == member) earlier.push_back(former);
    if (known != nullptr) earlier.push_back(known->admission);
    while (!earlier.empty() && earlier.size() > earlier_max(earlier.back().body)) earlier.erase(earlier.begin());
    return earlier;
}

void Room::obey(const LogEntry& entry, Changes& changes) {
    auto decoded = tls::decode<Signed<Order>>(entry.body);
    VERANDA_ASSERT(decoded.has_value());  // a relay checked it before the store took it
    InForce order{*std::move(decoded), entry.sequence, {}};
    const Order body = order.order.body;
    if (body.seconds != 0) order.until = UnixMillis{entry.received_at.value + std::uint64_t{body.seconds} * 1'000};
    signer_numbers_[body.signer] = body.number;
    switch (body.kind) {
        case OrderKind::set_level: levels_.insert_or_assign(body.member, std::move(order)); break;
        case OrderKind::lift:  // one that ends what the genesis says is told to newcomers, who read the genesis
            if (carried_levels_.contains(body.member))
                levels_.insert_or_assign(body.member, std::move(order));
            else
                levels_.erase(body.member);
            break;
        case OrderKind::slow_mode: slow_mode_ = std::move(order); break;
        case OrderKind::lock:
            lock_ = std::move(order);
            changes.sends_waiting_away = body.flag && body.clear;
            break;
        case OrderKind::remove:
            closed_epoch_ = epoch_;
            if (removed_.insert(body.member).second) removals_.push_back(std::move(order));
            levels_.erase(body.member);
            let_go(body.member, GoneReason::removed, changes);
            break;
        case OrderKind::end:
            end_ = std::move(order);
            changes.has_ended = true;
            break;
    }
}

bool Room::locked() const { return lock_ ? lock_->order.body.flag : genesis_.genesis.body.policies.locked; }

bool Room::ended(UnixMillis now) const { return end_ || seconds(now) >= genesis_.genesis.body.ends_at; }

std::uint64_t Room::slow_mode_ms() const {
    const std::uint64_t waits =
        slow_mode_ ? slow_mode_->order.body.seconds : genesis_.genesis.body.policies.slow_mode_seconds;
    return waits * 1'000;
}

std::optional<MemberId> Room::member_of(const AccessKey& key) const {
    const auto found = keys_.find(key);
    if (found == keys_.end()) return std::nullopt;
    return found->second;
}

const Admission* Room::admission_of(const MemberId& member) const {
    const auto found = members_.find(member);
    return found == members_.end() ? nullptr : &found->second.admission.body;
}

bool Room::commits(const MemberId& member) const {
    const auto found = members_.find(member);
    return found != members_.end() && found->second.commits;
}

const SignatureKey* Room::session_key_of(const MemberId& member) const {
    const auto found = members_.find(member);
    if (found == members_.end() || !found->second.commits) return nullptr;
    return &found->second.admission.body.staff->statement.body.session_key;
}

std::vector<Signed<Admission>> Room::admissions() const {
    std::vector<Signed<Admission>> all;
    for (const auto& [id, member] : members_) all.push_back(member.admission);
    all.insert(all.end(), former_.begin(), former_.end());
    return all;
}

std::vector<Signed<Order>> Room::orders_in_force(UnixMillis now) const {
    std::vector<const InForce*> found;
    for (const auto& [member, order] : levels_)
        if (!order.is_over(now) || carried_levels_.contains(member)) found.push_back(&order);
    for (const InForce& order : removals_) found.push_back(&order);
    for (const auto* order : {&slow_mode_, &lock_, &end_})
        if (order->has_value()) found.push_back(&**order);
    std::sort(found.begin(), found.end(), [](const auto* a, const auto* b) { return a->sequence < b->sequence; });
    std::vector<Signed<Order>> orders;
    orders.reserve(found.size());
    for (const InForce* order : found) orders.push_back(order->order);
    return orders;
}

Level Room::level_of(const MemberId& member, const Member& known, UnixMillis now) const {
    // An order stands above the admission, whichever is the newer: so every relay, whenever it came, says the same.
    const auto order = levels_.find(member);
    if (order != levels_.end())
        return order->second.is_over(now) ? known.admission.body.level : order->second.order.body.level;
    const auto carried = carried_levels_.find(member);
    return carried != carried_levels_.end() ? carried->second : known.admission.body.level;
}

const Room::Member* Room::find(const Sender& sender) const {
    const auto found = members_.find(sender.member);
    if (found == members_.end() || found->second.admission.body.access_key != sender.key) return nullptr;
    return &found->second;
}

}  // namespace veranda::relay
