// The log's bounds, the passing of time, and the queue of what has to be told.
#include "server/store/memory/memory.hpp"

#include <algorithm>

namespace veranda::store {

void MemoryRoom::watch(MemoryStore* store) {
    if (std::find(watchers->begin(), watchers->end(), store) != watchers->end()) return;
    Watchers more = *watchers;
    more.push_back(store);
    watchers = std::make_shared<const Watchers>(std::move(more));
}

void MemoryRoom::unwatch(MemoryStore* store) {
    Watchers fewer = *watchers;
    if (std::erase(fewer, store) > 0) watchers = std::make_shared<const Watchers>(std::move(fewer));
}

void MemoryRoom::write(Logged logged) {
    VERANDA_ASSERT(logged.entry.sequence == last.next());
    last = logged.entry.sequence;
    log_bytes += logged.entry.body.size();
    doubles.emplace(DoubleKey{logged.by, logged.submission}, last);
    log.push_back(std::make_shared<const Logged>(std::move(logged)));
    while (log.size() > log_entries_max || (log_bytes > log_bytes_max && log.size() > 1)) trim_oldest();
}

void MemoryRoom::trim_oldest() {
    const Logged& oldest = *log.front();
    log_bytes -= oldest.entry.body.size();
    doubles.erase(DoubleKey{oldest.by, oldest.submission});
    log.pop_front();
}

MemoryRoom* Memory::find(const RoomId& room) {
    const auto found = rooms.find(room);
    return found == rooms.end() ? nullptr : &found->second;
}

UnixMillis Memory::after(milliseconds lives) const {
    return UnixMillis{now.value + static_cast<std::uint64_t>(std::max<milliseconds::rep>(0, lives.count()))};
}

void Memory::end_knock(const RoomId& id, MemoryRoom& room, const KnockId& knock, KnockEnd end) {
    const auto found = std::find_if(room.knocks.begin(), room.knocks.end(),
                                    [&](const MemoryKnock& waiting) { return waiting.knock.id == knock; });
    if (found == room.knocks.end()) return;
    room.knocks.erase(found);
    if (!room.mail.contains(knock)) room.talks.erase(knock);
    tell(id, room, [id, knock, end](Listener& listener) { listener.on_knock_end(id, knock, end); });
}

void Memory::advance(UnixMillis to) {
    see(to);
    std::erase_if(rooms, [&](auto& item) {
        if (item.second.until > now) return false;
        for (const CardId& card : item.second.cards) cards.erase(card);
        return true;
    });
    std::erase_if(cards, [&](const auto& item) { return item.second.until <= now; });
    std::erase_if(successors, [&](const auto& item) { return item.second.until <= now; });
    for (auto& [id, room] : rooms) expire(id, room);
    expire_desk();
    run();
}

void Memory::expire(const RoomId& id, MemoryRoom& room) {
    const auto log_lives = static_cast<std::uint64_t>(lifetimes.log.count());
    while (!room.log.empty() && room.log.front()->entry.received_at.value + log_lives <= now.value) room.trim_oldest();
    std::vector<KnockId> over;
    for (const MemoryKnock& waiting : room.knocks)
        if (waiting.until <= now) over.push_back(waiting.knock.id);
    for (const KnockId& knock : over) end_knock(id, room, knock, KnockEnd::withdrawn);
    std::erase_if(room.mail, [&](const auto& item) {
        if (item.second.until > now) return false;
        room.talks.erase(item.first);
        return true;
    });
    std::erase_if(room.cards, [&](const CardId& card) { return !cards.contains(card); });
    std::erase_if(room.here, [&](const auto& item) {
        if (item.second > now) return false;
        tell(id, room, [id = id, member = item.first](Listener& listener) {
            listener.on_presence(id, member, Whereabouts::away);
        });
        return true;
    });
}

void Memory::forget() {
    rooms.clear();
    cards.clear();
    desk = {};
    successors.clear();
    for (const auto& [store, listener] : listeners_)
        soon([this, store = store] {
            if (const auto found = listeners_.find(store); found != listeners_.end()) found->second->on_forgotten();
        });
    run();
}

void Memory::detach(MemoryStore* store) {
    listeners_.erase(store);
    for (auto& [id, room] : rooms) room.unwatch(store);
    std::erase(desk.watchers, store);
}

Listener* Memory::watching(MemoryStore* store, const RoomId& id) {
    const MemoryRoom* room = find(id);
    if (!room || std::find(room->watchers->begin(), room->watchers->end(), store) == room->watchers->end())
        return nullptr;
    const auto found = listeners_.find(store);
    return found == listeners_.end() ? nullptr : found->second;
}

void Memory::act(EntryDue& due) {
    tell_now(due.room, *due.watchers, [&due](Listener& listener) { listener.on_entry(due.room, due.logged->entry); });
}

void Memory::run() {
    if (running_) return;
    running_ = true;
    while (!due_.empty()) {
        Due what = std::move(due_.front());
        due_.pop_front();
        std::visit([this](auto& due) { act(due); }, what);
    }
    running_ = false;
}

}  // namespace veranda::store
