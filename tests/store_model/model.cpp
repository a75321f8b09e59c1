// The contract of store.hpp, an operation at a time, in its order. The desk: model_desk.cpp.
#include "tests/store_model/model.hpp"

#include <algorithm>

namespace veranda::tests {
namespace {

bool waits(const ModelRoom& room, KnockId id) {
    for (const ModelKnock& waiting : room.knocks)
        if (waiting.knock.id == id) return true;
    return false;
}

// A talk goes with its knock, or lives as long as its answer.
void drop_talks_of_nobody(ModelRoom& room) {
    std::erase_if(room.talks, [&](const auto& of) { return !waits(room, of.first) && !room.mail.contains(of.first); });
}

bool is_in_lane(const ModelRoom& room, LaneId id) {
    for (const StoredLane& waiting : room.lane)
        if (waiting.id == id) return true;
    return false;
}

std::size_t count_of_nobody(const ModelRoom& room) {
    std::size_t count = 0;
    for (const StoredLane& waiting : room.lane)
        if (waiting.from.is_zero()) ++count;
    return count;
}

// The sequence, the front, the tail.
Bytes admitted_body(Sequence sequence, const Bytes& front, const Bytes& tail) {
    Bytes body = tls::encode(sequence);
    append(body, front);
    append(body, tail);
    return body;
}

}  // namespace

// ---- time ----

UnixMillis Model::after(milliseconds lives) const { return {now_.value + static_cast<std::uint64_t>(lives.count())}; }

void Model::advance(UnixMillis now) {
    now_ = now;
    std::erase_if(rooms_, [&](const auto& of) { return of.second.until <= now_; });
    std::erase_if(cards_, [&](const auto& of) { return of.second.until <= now_ || !find(of.second.card.room); });
    std::erase_if(successions_, [&](const auto& of) { return of.second.until <= now_; });
    for (auto& [id, room] : rooms_) expire_room(id, room);
    expire_desk();
}

void Model::expire_room(RoomId id, ModelRoom& room) {
    const auto log_ms = static_cast<std::uint64_t>(lifetimes_.log.count());
    std::erase_if(room.log, [&](const ModelEntry& old) { return old.entry.received_at.value + log_ms <= now_.value; });
    const std::vector<ModelKnock> knocks = room.knocks;
    for (const ModelKnock& waiting : knocks)
        if (waiting.until <= now_) stop_waiting(id, room, waiting.knock.id, KnockEnd::withdrawn);
    std::erase_if(room.mail, [&](const auto& of) { return of.second.until <= now_; });
    drop_talks_of_nobody(room);
    std::erase_if(room.leases, [&](const auto& of) { return of.second.until <= now_; });
    const std::map<MemberId, UnixMillis> here = room.here;
    for (const auto& [member, until] : here)
        if (until <= now_) set_presence(id, member, Whereabouts::away);
}

void Model::forget() {
    rooms_.clear();
    cards_.clear();
    successions_.clear();
    desk_watchers_.clear();
    duty_.clear();
    requests_.clear();
    answers_.clear();
    for (const auto& [relay, listener] : listeners_) listener->on_forgotten();
}

// ---- rooms ----

const ModelRoom* Model::room(RoomId id) const {
    const auto found = rooms_.find(id);
    return found == rooms_.end() ? nullptr : &found->second;
}

std::vector<RoomId> Model::rooms() const {
    std::vector<RoomId> all;
    for (const auto& [id, room] : rooms_) all.push_back(id);
    return all;
}

ModelRoom* Model::find(RoomId id) {
    const auto found = rooms_.find(id);
    return found == rooms_.end() ? nullptr : &found->second;
}

void Model::tell(const ModelRoom& room, const std::function<void(Listener&)>& event) {
    for (const Relay relay : room.watchers) event(*listeners_.at(relay));
}

bool Model::open_room(Relay by, const NewRoom& made) {
    if (find(made.room)) return false;
    ModelRoom& room = rooms_[made.room];
    room.genesis_entry = made.genesis_entry;
    room.admissions[made.opener_id] = made.opener;
    room.until = after(made.lives);
    room.log.push_back({{room.last, made.now, made.opener_id, EntryKind::genesis, made.genesis_entry}, {}, {}});
    room.watchers.insert(by);
    return true;
}

bool Model::claim_succession(RoomId predecessor, RoomId successor) {
    if (!successions_.contains(predecessor)) successions_[predecessor] = {successor, after(lifetimes_.presence)};
    return successions_[predecessor].successor == successor;
}

void Model::replace_room(RoomId predecessor, RoomId successor, milliseconds lives) {
    successions_[predecessor] = {successor, after(std::max(lifetimes_.log, lives))};
    ModelRoom* const room = find(predecessor);
    if (!room || room->remade) return;
    room->remade = room->ended = true;
    room->until = std::min(room->until, after(lifetimes_.log));
    std::erase_if(cards_, [&](const auto& of) { return of.second.card.room == predecessor; });
    room->knocks.clear();
    drop_talks_of_nobody(*room);
    tell(*room, [&](Listener& listener) { listener.on_remade(predecessor); });
}

std::optional<RoomSnapshot> Model::watch(Relay by, RoomId id) {
    ModelRoom* const room = find(id);
    if (!room) return std::nullopt;
    room->watchers.insert(by);
    RoomSnapshot seen{room->genesis_entry, room->epoch, room->last, room->last.next(), room->order_count, {}, {}};
    if (!room->log.empty()) seen.oldest = room->log.front().entry.sequence;
    for (const auto& [member, admission] : room->admissions) seen.admissions.push_back(admission);
    seen.orders = room->orders;
    seen.closed_epoch = room->closed_epoch;
    seen.remade = room->remade;
    return seen;
}

void Model::unwatch(Relay by, RoomId id) {
    if (ModelRoom* const room = find(id)) room->watchers.erase(by);
}

Appended Model::append(const Append& append) {
    ModelRoom* const room = find(append.room);
    if (!room) return NoRoom{};
    for (const ModelEntry& old : room->log)
        if (old.by == append.by && old.submission == append.submission) return Stored{old.entry.sequence, true};
    if (room->ended) return RoomEnded{};
    if (append.if_epoch && append.if_epoch != room->epoch) return Stale{room->epoch, room->order_count};
    if (append.if_orders && append.if_orders != room->order_count) return Stale{room->epoch, room->order_count};

    room->last = room->last.next();
    const LogEntry entry{room->last, append.now, append.sender, append.kind, append.body};
    room->log.push_back({entry, append.by, append.submission});
    if (append.closes_epoch) room->closed_epoch = room->epoch;
    if (append.advances_epoch) room->epoch = room->epoch.next();
    if (append.is_order) {
        room->order_count = room->order_count.next();
        room->orders.push_back(entry);
    }
    if (append.ends_room) {
        room->ended = true;
        room->until = std::min(room->until, after(lifetimes_.log));
    }
    for (const MemberChange& change : append.members) {
        room->admissions.erase(change.member);
        if (change.admission) room->admissions[change.member] = *change.admission;
    }
    tell(*room, [&](Listener& listener) { listener.on_entry(append.room, entry); });
    for (const Mail& mail : append.mail) {
        const Answered answer{FrameType::admitted, admitted_body(room->last, mail.front, append.mail_tail)};
        room->mail[mail.knock] = {answer, after(lifetimes_.mail)};
        if (waits(*room, mail.knock)) stop_waiting(append.room, *room, mail.knock, KnockEnd::admitted);
    }
    for (const CardId& id : append.spent) {
        const auto spent = cards_.find(id);
        if (spent == cards_.end() || spent->second.card.room != append.room) continue;
        spent->second.card.spent = true;
        spent->second.card.sealed.clear();
        spent->second.until = after(lifetimes_.mail);
    }
    return Stored{room->last, false};
}

std::vector<LogEntry> Model::read_log(RoomId id, Sequence after, std::size_t count) const {
    std::vector<LogEntry> entries;
    if (const ModelRoom* const there = room(id))
        for (const ModelEntry& old : there->log)
            if (old.entry.sequence > after && entries.size() < count) entries.push_back(old.entry);
    return entries;
}

// ---- cards ----

void Model::put_cards(RoomId id, const std::vector<PostedCard>& cards) {
    if (!find(id)) return;
    for (const PostedCard& posted : cards) {
        const UnixMillis until{posted.expires_at.value * 1000};
        if (until <= now_) continue;
        const auto there = cards_.find(posted.id);
        if (there != cards_.end() && there->second.card.room != id) continue;
        const auto of_room =
            std::count_if(cards_.begin(), cards_.end(), [&](const auto& of) { return of.second.card.room == id; });
        if (there == cards_.end() && static_cast<std::size_t>(of_room) >= limits::cards_per_room_max) continue;
        cards_[posted.id] = {{id, posted.knock_key, posted.sealed, false}, until};
    }
}

void Model::drop_cards(RoomId id, const std::vector<CardId>& cards) {
    for (const CardId& card : cards) {
        const auto there = cards_.find(card);
        if (there != cards_.end() && there->second.card.room == id) cards_.erase(there);
    }
}

std::optional<StoredCard> Model::find_card(CardId card) const {
    const auto there = cards_.find(card);
    return there == cards_.end() ? std::nullopt : std::optional(there->second.card);
}

// ---- knocks and talk ----

KnockState Model::put_knock(RoomId id, const StoredKnock& knock) {
    ModelRoom* const room = find(id);
    if (!room) return Full{};
    if (room->mail.contains(knock.id)) return room->mail[knock.id].answer;
    for (ModelKnock& waiting : room->knocks) {
        if (waiting.knock.id != knock.id) continue;
        waiting.until = after(lifetimes_.knock);
        return Waiting{};
    }
    if (room->knocks.size() >= limits::waiting_knocks_max) return Full{};
    room->knocks.push_back({knock, after(lifetimes_.knock)});
    tell(*room, [&](Listener& listener) { listener.on_knock(id, knock); });
    return Waiting{};
}

std::optional<Answered> Model::find_answer(RoomId id, KnockId knock) const {
    const ModelRoom* const there = room(id);
    if (!there || !there->mail.contains(knock)) return std::nullopt;
    return there->mail.at(knock).answer;
}

void Model::stop_waiting(RoomId id, ModelRoom& room, KnockId knock, KnockEnd end) {
    std::erase_if(room.knocks, [&](const ModelKnock& waiting) { return waiting.knock.id == knock; });
    drop_talks_of_nobody(room);
    tell(room, [&](Listener& listener) { listener.on_knock_end(id, knock, end); });
}

bool Model::end_knock(RoomId id, KnockId knock, KnockEnd end, const std::optional<Answered>& answer) {
    ModelRoom* const room = find(id);
    if (!room || !waits(*room, knock)) return false;
    if (answer) room->mail[knock] = {*answer, after(lifetimes_.mail)};
    stop_waiting(id, *room, knock, end);
    return true;
}

std::vector<StoredKnock> Model::list_knocks(RoomId id) const {
    std::vector<StoredKnock> knocks;
    if (const ModelRoom* const there = room(id))
        for (const ModelKnock& waiting : there->knocks) knocks.push_back(waiting.knock);
    return knocks;
}

TalkKept Model::put_talk(RoomId id, KnockId knock, const StoredTalk& talk) {
    ModelRoom* const room = find(id);
    if (!room || !waits(*room, knock)) return TalkKept::no_such_knock;
    std::vector<StoredTalk>& said = room->talks[knock];
    for (const StoredTalk& each : said)
        if (each == talk) return TalkKept::kept;
    if (said.size() >= limits::talks_per_knock_max) return TalkKept::full;
    said.push_back(talk);
    tell(*room, [&](Listener& listener) { listener.on_talk(id, knock, talk); });
    return TalkKept::kept;
}

std::vector<StoredTalk> Model::list_talks(RoomId id, KnockId knock) const {
    const ModelRoom* const there = room(id);
    if (!there || !there->talks.contains(knock)) return {};
    return there->talks.at(knock);
}

// ---- people ----

void Model::announce_entrance(RoomId id, AccessKey key, std::uint64_t token) {
    if (const ModelRoom* const there = room(id))
        tell(*there, [&](Listener& listener) { listener.on_entrance(id, key, token); });
}

void Model::set_presence(RoomId id, MemberId member, Whereabouts whereabouts) {
    ModelRoom* const room = find(id);
    if (!room) return;
    const bool is_change = room->here.contains(member) != (whereabouts == Whereabouts::here);
    room->here.erase(member);
    if (whereabouts == Whereabouts::here) room->here[member] = after(lifetimes_.presence);
    if (is_change) tell(*room, [&](Listener& listener) { listener.on_presence(id, member, whereabouts); });
}

std::vector<MemberId> Model::refresh_presence(RoomId id, const std::vector<MemberId>& here) {
    for (const MemberId& member : here) set_presence(id, member, Whereabouts::here);
    std::vector<MemberId> everyone;
    if (const ModelRoom* const there = room(id))
        for (const auto& [member, until] : there->here) everyone.push_back(member);
    return everyone;
}

LeaseState Model::claim_lease(RoomId id, LeaseKind kind, MemberId holder, milliseconds lives) {
    ModelRoom* const room = find(id);
    if (!room) return {};
    const bool is_free = !room->leases.contains(kind);
    if (is_free || room->leases[kind].holder == holder) room->leases[kind] = {holder, after(lives)};
    const ModelLease& lease = room->leases[kind];
    return {lease.holder, milliseconds(lease.until.value - now_.value)};
}

void Model::release_lease(RoomId id, LeaseKind kind, MemberId holder) {
    ModelRoom* const room = find(id);
    if (room && room->leases.contains(kind) && room->leases[kind].holder == holder) room->leases.erase(kind);
}

bool Model::put_lane(RoomId id, const StoredLane& lane) {
    ModelRoom* const room = find(id);
    if (!room) return false;
    if (is_in_lane(*room, lane.id)) return true;
    if (room->lane.size() >= limits::lane_waiting_max) return false;
    if (lane.from.is_zero() && count_of_nobody(*room) >= limits::lane_of_waiting_max) return false;
    room->lane.push_back(lane);
    tell(*room, [&](Listener& listener) { listener.on_lane(id, lane); });
    return true;
}

bool Model::put_held(RoomId id, const StoredLane& lane) {
    ModelRoom* const room = find(id);
    if (!room) return false;
    if (is_in_lane(*room, lane.id)) return true;
    if (const auto before = room->held.find(lane.from); before != room->held.end())
        std::erase_if(room->lane, [&](const StoredLane& waiting) { return waiting.id == before->second; });
    if (!put_lane(id, lane)) return false;
    room->held[lane.from] = lane.id;
    return true;
}

std::vector<StoredLane> Model::list_lane(RoomId id) const {
    const ModelRoom* const there = room(id);
    return there ? there->lane : std::vector<StoredLane>{};
}

bool Model::acknowledge_lane(RoomId id, LaneId lane, const Bytes& acknowledgement) {
    ModelRoom* const room = find(id);
    if (!room || !is_in_lane(*room, lane)) return false;
    MemberId from;
    for (const StoredLane& waiting : room->lane)
        if (waiting.id == lane) from = waiting.from;
    std::erase_if(room->lane, [&](const StoredLane& waiting) { return waiting.id == lane; });
    std::erase_if(room->held, [&](const auto& of) { return of.second == lane; });
    tell(*room, [&](Listener& listener) { listener.on_lane_acknowledged(id, from, acknowledgement); });
    return true;
}

}  // namespace veranda::tests
