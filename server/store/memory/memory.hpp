// What the rooms of an embedded store are made of, and how what happens in them is told. Decides nothing: the steps of
// the contract are in memory_store.cpp. Everything here has a limit and a time at which it goes.
#pragma once

#include <algorithm>
#include <deque>
#include <memory>
#include <unordered_map>

#include "server/store/memory/memory_desk.hpp"
#include "server/store/memory/memory_store.hpp"

namespace veranda::store {

// A room's log: bounded by time (Lifetimes::log), and by these, oldest first.
inline constexpr std::size_t log_entries_max = 16'384;
inline constexpr std::size_t log_bytes_max = 32 * 1024 * 1024;
// Looking for a double mostly finds nothing, and with many empty places it finds that at the first look.
inline constexpr float doubles_load_max = 0.25F;

struct Logged {
    LogEntry entry;
    AccessKey by;
    SubmissionId submission;
};

struct DoubleKey {
    AccessKey by;
    SubmissionId submission;
    friend bool operator==(const DoubleKey&, const DoubleKey&) = default;
};
struct DoubleKeyHash {
    std::size_t operator()(const DoubleKey& key) const { return IdentifierHash{}(key.submission); }
};

template <class Key, class Value>
using MapOf = std::unordered_map<Key, Value, IdentifierHash>;

struct MemoryKnock {
    StoredKnock knock;
    UnixMillis until;
};
struct MemoryMail {
    Answered answer;
    UnixMillis until;
};
struct MemoryLease {
    MemberId holder;
    UnixMillis until;
};

using Watchers = std::vector<MemoryStore*>;

struct MemoryRoom {
    MemoryRoom() { doubles.max_load_factor(doubles_load_max); }

    Bytes genesis_entry;
    Epoch epoch;
    Sequence last;
    OrderNumber order_count;
    bool ended = false;
    bool remade = false;
    UnixMillis until;
    std::deque<std::shared_ptr<const Logged>> log;
    std::size_t log_bytes = 0;
    std::unordered_map<DoubleKey, Sequence, DoubleKeyHash> doubles;  // of entries that the log still holds
    MapOf<MemberId, Bytes> admissions;
    std::vector<LogEntry> orders;
    std::vector<CardId> cards;
    std::vector<MemoryKnock> knocks;  // in the order in which they came
    MapOf<KnockId, MemoryMail> mail;
    MapOf<KnockId, std::vector<StoredTalk>> talks;  // of knocks that wait, or whose answer is in the mail
    MapOf<MemberId, UnixMillis> here;
    std::unordered_map<LeaseKind, MemoryLease> leases;
    std::vector<StoredLane> lane;
    MapOf<MemberId, LaneId> held;  // of those in `lane`, each member's held message
    std::optional<Epoch> closed_epoch;
    std::shared_ptr<const Watchers> watchers = std::make_shared<Watchers>();  // never changed: what is due holds it

    void watch(MemoryStore* store);
    void unwatch(MemoryStore* store);
    void write(Logged logged);
    void trim_oldest();
};

struct MemoryCard {
    StoredCard card;
    UnixMillis until;
};

struct MemorySuccessor {
    RoomId room;
    UnixMillis until;
};

// What is to be done. The first two come with every message, and as functions they would ask for memory.
struct EntryDue {
    RoomId room;
    std::shared_ptr<const Watchers> watchers;
    std::shared_ptr<const Logged> logged;
};
struct AppendedDue {
    Then<Appended> then;
    Appended outcome;
};
using Due = std::variant<EntryDue, AppendedDue, std::function<void()>>;

class Memory {
public:
    explicit Memory(Lifetimes given) : lifetimes(given) {}

    const Lifetimes lifetimes;
    UnixMillis now;
    MapOf<RoomId, MemoryRoom> rooms;
    MapOf<CardId, MemoryCard> cards;
    MapOf<RoomId, MemorySuccessor> successors;  // by predecessor
    MemoryDesk desk;

    MemoryRoom* find(const RoomId& room);
    UnixMillis after(milliseconds lives) const;
    void see(UnixMillis seen) { now = std::max(now, seen); }
    void advance(UnixMillis to);
    void forget();
    void end_knock(const RoomId& id, MemoryRoom& room, const KnockId& knock, KnockEnd end);

    void attach(MemoryStore* store, Listener& listener) { listeners_[store] = &listener; }
    void detach(MemoryStore* store);

    // Done in order, once what is being done now is done. run() does it all, unless a run is going on already.
    void soon(Due what) { due_.push_back(std::move(what)); }
    void run();

    // Tells those who watch the room now, later: an event is for who watched when it happened and still does.
    template <class Event>
    void tell(const RoomId& id, const MemoryRoom& room, Event event) {
        soon([this, id, watchers = room.watchers, event = std::move(event)] { tell_now(id, *watchers, event); });
    }

    // The same for those who watch the desk.
    template <class Event>
    void tell_desk(Event event) {
        if (desk.watchers.empty()) return;
        soon([this, watchers = desk.watchers, event = std::move(event)] {
            for (MemoryStore* store : watchers)
                if (Listener* listener = watching_desk(store)) event(*listener);
        });
    }
    void expire_desk();

private:
    template <class Event>
    void tell_now(const RoomId& id, const Watchers& watchers, const Event& event) {
        for (MemoryStore* store : watchers)
            if (Listener* listener = watching(store, id)) event(*listener);
    }
    void act(EntryDue& due);
    void act(AppendedDue& due) { due.then(std::move(due.outcome)); }
    void act(std::function<void()>& due) { due(); }
    Listener* watching_desk(MemoryStore* store);
    Listener* watching(MemoryStore* store, const RoomId& id);
    void expire(const RoomId& id, MemoryRoom& room);

    std::unordered_map<MemoryStore*, Listener*> listeners_;
    std::deque<Due> due_;
    bool running_ = false;
};

template <class T>
void MemoryStore::answer(Then<T> then, T value) {
    const auto memory = memory_;  // what it calls may destroy this store
    if constexpr (std::is_same_v<T, Appended>)
        memory->soon(AppendedDue{std::move(then), std::move(value)});
    else
        memory->soon([then = std::move(then), value = std::move(value)]() mutable { then(std::move(value)); });
    memory->run();
}

}  // namespace veranda::store
