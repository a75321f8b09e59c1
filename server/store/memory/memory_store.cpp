// The contract of store.hpp, step by step, over plain containers.
#include "server/store/memory/memory_store.hpp"

#include <algorithm>

#include "server/store/memory/memory.hpp"

namespace veranda::store {

MemoryStore::MemoryStore(Lifetimes lifetimes) : MemoryStore(std::make_shared<Memory>(lifetimes)) {}
MemoryStore::MemoryStore(std::shared_ptr<Memory> shared) : memory_(std::move(shared)) {}
MemoryStore::~MemoryStore() { memory_->detach(this); }

void MemoryStore::advance(UnixMillis now) { memory_->advance(now); }
void MemoryStore::forget() { memory_->forget(); }
std::size_t MemoryStore::room_count() const { return memory_->rooms.size(); }
void MemoryStore::listen(Listener& listener) { memory_->attach(this, listener); }

void MemoryStore::open_room(NewRoom made, Then<bool> then) {
    memory_->see(made.now);
    const auto [found, is_new] = memory_->rooms.try_emplace(made.room);
    if (!is_new) return answer<bool>(std::move(then), false);
    MemoryRoom& room = found->second;
    room.genesis_entry = made.genesis_entry;
    room.until = memory_->after(made.lives);
    room.admissions.emplace(made.opener_id, std::move(made.opener));
    room.watch(this);
    room.write({{Sequence{1}, made.now, made.opener_id, EntryKind::genesis, std::move(made.genesis_entry)}, {}, {}});
    answer<bool>(std::move(then), true);
}

void MemoryStore::claim_succession(RoomId predecessor, RoomId successor, Then<bool> then) {
    const UnixMillis until = memory_->after(memory_->lifetimes.presence);
    const auto [found, is_new] = memory_->successors.try_emplace(predecessor, MemorySuccessor{successor, until});
    if (!is_new && found->second.until <= memory_->now) found->second = {successor, until};
    answer<bool>(std::move(then), found->second.room == successor);
}

void MemoryStore::replace_room(RoomId predecessor, RoomId successor, milliseconds lives, Then<Nothing> then) {
    const UnixMillis until = memory_->after(memory_->lifetimes.log);
    const UnixMillis known_until = std::max(until, memory_->after(lives));
    memory_->successors.insert_or_assign(predecessor, MemorySuccessor{successor, known_until});
    if (MemoryRoom* room = memory_->find(predecessor); room && !room->remade) {
        room->remade = room->ended = true;
        room->until = std::min(room->until, until);
        for (const CardId& card : std::exchange(room->cards, {})) memory_->cards.erase(card);
        room->knocks.clear();
        std::erase_if(room->talks, [&](const auto& talk) { return !room->mail.contains(talk.first); });
        memory_->tell(predecessor, *room, [predecessor](Listener& listener) { listener.on_remade(predecessor); });
    }
    answer<Nothing>(std::move(then), {});
}

void MemoryStore::watch(RoomId id, Then<std::optional<RoomSnapshot>> then) {
    MemoryRoom* room = memory_->find(id);
    if (!room) return answer<std::optional<RoomSnapshot>>(std::move(then), std::nullopt);
    room->watch(this);
    RoomSnapshot snapshot{room->genesis_entry, room->epoch,       room->last,   room->last.next(),
                          room->order_count,   /*admissions*/ {}, room->orders, room->closed_epoch};
    snapshot.remade = room->remade;
    if (!room->log.empty()) snapshot.oldest = room->log.front()->entry.sequence;
    for (const auto& [member, admission] : room->admissions) snapshot.admissions.push_back(admission);
    answer<std::optional<RoomSnapshot>>(std::move(then), std::move(snapshot));
}

void MemoryStore::unwatch(RoomId id) {
    if (MemoryRoom* room = memory_->find(id)) room->unwatch(this);
}

namespace {

// What stands in the way of the append, in the contract's order; nothing if nothing does.
std::optional<Appended> stands_in_the_way(const MemoryRoom* room, const Append& append) {
    if (!room) return NoRoom{};
    const auto doubled = room->doubles.find(DoubleKey{append.by, append.submission});
    if (doubled != room->doubles.end()) return Stored{doubled->second, true};
    if (room->ended) return RoomEnded{};
    const bool stale = (append.if_epoch && *append.if_epoch != room->epoch) ||
                       (append.if_orders && *append.if_orders != room->order_count);
    if (stale) return Stale{room->epoch, room->order_count};
    return std::nullopt;
}

Answered mailed(const Mail& mail, Sequence sequence, const Bytes& tail) {
    tls::Writer body;
    body.number(sequence.value, 8);
    body.raw(mail.front);
    body.raw(tail);
    return {FrameType::admitted, body.take()};
}

}  // namespace

void MemoryStore::append(Append append, Then<Appended> then) {
    memory_->see(append.now);
    MemoryRoom* room = memory_->find(append.room);
    if (auto why_not = stands_in_the_way(room, append)) return answer<Appended>(std::move(then), *why_not);

    LogEntry entry{room->last.next(), append.now, append.sender, append.kind, std::move(append.body)};
    if (append.closes_epoch) room->closed_epoch = room->epoch;
    if (append.advances_epoch) room->epoch = room->epoch.next();
    if (append.is_order) {
        room->order_count = room->order_count.next();
        room->orders.push_back(entry);
    }
    if (append.ends_room) {
        room->ended = true;
        room->until = std::min(room->until, memory_->after(memory_->lifetimes.log));
    }
    for (MemberChange& change : append.members) {
        if (change.admission)
            room->admissions.insert_or_assign(change.member, *std::move(change.admission));
        else
            room->admissions.erase(change.member);
    }
    room->write({std::move(entry), append.by, append.submission});
    memory_->soon(EntryDue{append.room, room->watchers, room->log.back()});
    for (const Mail& mail : append.mail) {
        room->mail.insert_or_assign(mail.knock, MemoryMail{mailed(mail, room->last, append.mail_tail),
                                                           memory_->after(memory_->lifetimes.mail)});
        memory_->end_knock(append.room, *room, mail.knock, KnockEnd::admitted);
    }
    for (const CardId& id : append.spent) {
        const auto found = memory_->cards.find(id);
        if (found == memory_->cards.end() || found->second.card.room != append.room) continue;
        found->second.card.spent = true;
        found->second.card.sealed.clear();
        found->second.until = memory_->after(memory_->lifetimes.mail);
    }
    answer<Appended>(std::move(then), Stored{room->last});
}

void MemoryStore::read_log(RoomId id, Sequence after, std::size_t count, Then<std::vector<LogEntry>> then) {
    std::vector<LogEntry> entries;
    const MemoryRoom* room = memory_->find(id);
    if (room && !room->log.empty() && after < room->last) {
        const std::uint64_t oldest = room->log.front()->entry.sequence.value;
        for (std::size_t at = after.value < oldest ? 0 : after.value - oldest + 1; at < room->log.size(); ++at) {
            if (entries.size() == count) break;
            entries.push_back(room->log[at]->entry);
        }
    }
    answer<std::vector<LogEntry>>(std::move(then), std::move(entries));
}

void MemoryStore::put_cards(RoomId id, std::vector<PostedCard> cards, UnixMillis now, Then<Nothing> then) {
    memory_->see(now);
    MemoryRoom* room = memory_->find(id);
    for (PostedCard& posted : cards) {
        if (!room) break;
        const UnixMillis until{posted.expires_at.value * 1000};
        if (posted.expires_at.value > UINT64_MAX / 1000 || until <= memory_->now) continue;
        const auto found = memory_->cards.find(posted.id);
        if (found != memory_->cards.end() && found->second.card.room != id) continue;
        if (found == memory_->cards.end()) {
            if (room->cards.size() >= limits::cards_per_room_max) continue;
            room->cards.push_back(posted.id);
        }
        memory_->cards.insert_or_assign(posted.id, MemoryCard{{id, posted.knock_key, std::move(posted.sealed)}, until});
    }
    answer<Nothing>(std::move(then), {});
}

void MemoryStore::drop_cards(RoomId id, std::vector<CardId> cards, Then<Nothing> then) {
    MemoryRoom* room = memory_->find(id);
    for (const CardId& card : cards) {
        const auto found = memory_->cards.find(card);
        if (!room || found == memory_->cards.end() || found->second.card.room != id) continue;
        memory_->cards.erase(found);
        std::erase(room->cards, card);
    }
    answer<Nothing>(std::move(then), {});
}

void MemoryStore::find_card(CardId id, Then<std::optional<StoredCard>> then) {
    const auto found = memory_->cards.find(id);
    std::optional<StoredCard> card;
    if (found != memory_->cards.end() && found->second.until > memory_->now) card = found->second.card;
    answer<std::optional<StoredCard>>(std::move(then), std::move(card));
}

void MemoryStore::put_knock(RoomId id, StoredKnock knock, Then<KnockState> then) {
    MemoryRoom* room = memory_->find(id);
    if (!room) return answer<KnockState>(std::move(then), Full{});
    if (const auto mail = room->mail.find(knock.id); mail != room->mail.end())
        return answer<KnockState>(std::move(then), mail->second.answer);
    const UnixMillis until = memory_->after(memory_->lifetimes.knock);
    for (MemoryKnock& waiting : room->knocks) {
        if (waiting.knock.id != knock.id) continue;
        waiting.until = until;
        return answer<KnockState>(std::move(then), Waiting{});
    }
    if (room->knocks.size() >= limits::waiting_knocks_max) return answer<KnockState>(std::move(then), Full{});
    room->knocks.push_back({knock, until});
    memory_->tell(id, *room, [id, knock = std::move(knock)](Listener& listener) { listener.on_knock(id, knock); });
    answer<KnockState>(std::move(then), Waiting{});
}

void MemoryStore::find_answer(RoomId id, KnockId knock, Then<std::optional<Answered>> then) {
    std::optional<Answered> found;
    if (MemoryRoom* room = memory_->find(id))
        if (const auto mail = room->mail.find(knock); mail != room->mail.end()) found = mail->second.answer;
    answer<std::optional<Answered>>(std::move(then), std::move(found));
}

void MemoryStore::end_knock(RoomId id, KnockId knock, KnockEnd end, std::optional<Answered> reply, Then<bool> then) {
    MemoryRoom* room = memory_->find(id);
    const bool waits = room && std::any_of(room->knocks.begin(), room->knocks.end(),
                                           [&](const MemoryKnock& waiting) { return waiting.knock.id == knock; });
    if (waits) {
        if (reply)
            room->mail.insert_or_assign(knock, MemoryMail{*std::move(reply), memory_->after(memory_->lifetimes.mail)});
        memory_->end_knock(id, *room, knock, end);
    }
    answer<bool>(std::move(then), waits);
}

void MemoryStore::list_knocks(RoomId id, Then<std::vector<StoredKnock>> then) {
    std::vector<StoredKnock> knocks;
    if (const MemoryRoom* room = memory_->find(id))
        for (const MemoryKnock& waiting : room->knocks) knocks.push_back(waiting.knock);
    answer<std::vector<StoredKnock>>(std::move(then), std::move(knocks));
}

void MemoryStore::put_talk(RoomId id, KnockId knock, StoredTalk talk, Then<TalkKept> then) {
    MemoryRoom* room = memory_->find(id);
    const bool waits = room && std::any_of(room->knocks.begin(), room->knocks.end(),
                                           [&](const MemoryKnock& waiting) { return waiting.knock.id == knock; });
    if (!waits) return answer<TalkKept>(std::move(then), TalkKept::no_such_knock);
    std::vector<StoredTalk>& talks = room->talks[knock];
    if (std::find(talks.begin(), talks.end(), talk) != talks.end())
        return answer<TalkKept>(std::move(then), TalkKept::kept);
    if (talks.size() >= limits::talks_per_knock_max) return answer<TalkKept>(std::move(then), TalkKept::full);
    talks.push_back(talk);
    memory_->tell(id, *room,
                  [id, knock, talk = std::move(talk)](Listener& listener) { listener.on_talk(id, knock, talk); });
    answer<TalkKept>(std::move(then), TalkKept::kept);
}

void MemoryStore::list_talks(RoomId id, KnockId knock, Then<std::vector<StoredTalk>> then) {
    std::vector<StoredTalk> talks;
    if (const MemoryRoom* room = memory_->find(id))
        if (const auto found = room->talks.find(knock); found != room->talks.end()) talks = found->second;
    answer<std::vector<StoredTalk>>(std::move(then), std::move(talks));
}

void MemoryStore::announce_entrance(RoomId id, AccessKey key, std::uint64_t token) {
    if (const MemoryRoom* room = memory_->find(id))
        memory_->tell(id, *room, [id, key, token](Listener& listener) { listener.on_entrance(id, key, token); });
    memory_->run();
}

void MemoryStore::set_presence(RoomId id, MemberId member, Whereabouts whereabouts) {
    MemoryRoom* room = memory_->find(id);
    if (!room) return;
    const bool was_here = room->here.contains(member);
    const bool is_here = whereabouts == Whereabouts::here;
    if (is_here)
        room->here[member] = memory_->after(memory_->lifetimes.presence);
    else
        room->here.erase(member);
    if (was_here != is_here)
        memory_->tell(id, *room, [=](Listener& listener) { listener.on_presence(id, member, whereabouts); });
    memory_->run();
}

void MemoryStore::refresh_presence(RoomId id, std::vector<MemberId> here, Then<std::vector<MemberId>> then) {
    std::vector<MemberId> everyone;
    if (MemoryRoom* room = memory_->find(id)) {
        for (const MemberId& member : here) {
            const bool is_new = !room->here.contains(member);
            room->here[member] = memory_->after(memory_->lifetimes.presence);
            if (is_new)
                memory_->tell(id, *room, [id, member](Listener& listener) {
                    listener.on_presence(id, member, Whereabouts::here);
                });
        }
        for (const auto& [member, until] : room->here) everyone.push_back(member);
    }
    answer<std::vector<MemberId>>(std::move(then), std::move(everyone));
}

void MemoryStore::claim_lease(RoomId id, LeaseKind kind, MemberId holder, milliseconds lives, Then<LeaseState> then) {
    MemoryRoom* room = memory_->find(id);
    if (!room) return answer<LeaseState>(std::move(then), {});
    MemoryLease& lease = room->leases[kind];
    if (lease.until <= memory_->now || lease.holder == holder) lease = {holder, memory_->after(lives)};
    const milliseconds left{lease.until.value - memory_->now.value};
    answer<LeaseState>(std::move(then), {lease.holder, left});
}

void MemoryStore::release_lease(RoomId id, LeaseKind kind, MemberId holder, Then<Nothing> then) {
    if (MemoryRoom* room = memory_->find(id))
        if (const auto lease = room->leases.find(kind); lease != room->leases.end() && lease->second.holder == holder)
            room->leases.erase(lease);
    answer<Nothing>(std::move(then), {});
}

namespace {

bool is_in_lane(const MemoryRoom& room, const LaneId& id) {
    return std::any_of(room.lane.begin(), room.lane.end(), [&](const StoredLane& waiting) { return waiting.id == id; });
}

}  // namespace

void MemoryStore::put_lane(RoomId id, StoredLane lane, Then<bool> then) {
    MemoryRoom* room = memory_->find(id);
    if (!room) return answer<bool>(std::move(then), false);
    if (is_in_lane(*room, lane.id)) return answer<bool>(std::move(then), true);
    const auto of_waiting = std::count_if(room->lane.begin(), room->lane.end(),
                                          [](const StoredLane& waiting) { return waiting.from.is_zero(); });
    const bool too_many = lane.from.is_zero() && of_waiting >= static_cast<std::ptrdiff_t>(limits::lane_of_waiting_max);
    if (too_many || room->lane.size() >= limits::lane_waiting_max) return answer<bool>(std::move(then), false);
    room->lane.push_back(lane);
    memory_->tell(id, *room, [id, lane = std::move(lane)](Listener& listener) { listener.on_lane(id, lane); });
    answer<bool>(std::move(then), true);
}

void MemoryStore::put_held(RoomId id, StoredLane lane, Then<bool> then) {
    MemoryRoom* room = memory_->find(id);
    if (!room) return answer<bool>(std::move(then), false);
    if (is_in_lane(*room, lane.id)) return answer<bool>(std::move(then), true);
    const auto before = room->held.find(lane.from);
    if (before != room->held.end())
        std::erase_if(room->lane, [&](const StoredLane& waiting) { return waiting.id == before->second; });
    if (room->lane.size() >= limits::lane_waiting_max) return answer<bool>(std::move(then), false);
    room->held.insert_or_assign(lane.from, lane.id);
    room->lane.push_back(lane);
    memory_->tell(id, *room, [id, lane = std::move(lane)](Listener& listener) { listener.on_lane(id, lane); });
    answer<bool>(std::move(then), true);
}

void MemoryStore::list_lane(RoomId id, Then<std::vector<StoredLane>> then) {
    std::vector<StoredLane> lane;
    if (const MemoryRoom* room = memory_->find(id)) lane = room->lane;
    answer<std::vector<StoredLane>>(std::move(then), std::move(lane));
}

void MemoryStore::acknowledge_lane(RoomId id, LaneId lane, Bytes acknowledgement, Then<bool> then) {
    MemoryRoom* room = memory_->find(id);
    if (!room) return answer<bool>(std::move(then), false);
    const auto found = std::find_if(room->lane.begin(), room->lane.end(),
                                    [&](const StoredLane& waiting) { return waiting.id == lane; });
    if (found == room->lane.end()) return answer<bool>(std::move(then), false);
    const MemberId from = found->from;
    room->lane.erase(found);
    if (const auto held = room->held.find(from); held != room->held.end() && held->second == lane)
        room->held.erase(held);
    memory_->tell(id, *room, [id, from, acknowledgement = std::move(acknowledgement)](Listener& listener) {
        listener.on_lane_acknowledged(id, from, acknowledgement);
    });
    answer<bool>(std::move(then), true);
}

}  // namespace veranda::store
