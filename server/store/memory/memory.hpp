// What the rooms of an embedded store are made of, and how what happens in them is told. Decides nothing: the steps of
// the contract are in memory_store.cpp. Everything here has a limit and a time at which it goes.
#pragma once

#include <algorithm>
#include <deque>
#include <memory>
#include <unordered_map>

#include "server/store/store.hpp"

namespace veranda::store {

class MemoryStore;

// A room's log: bounded by time (Lifetimes::log), and by these, oldest first.
inline constexpr std::size_t log_entries_max = 16'384;
inline constexpr std::size_t log_bytes_max = 32 * 1024 * 1024;

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

struct MemoryRoom {
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
    std::vector<MemoryStore*> watchers;

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

class Memory {
public:
    explicit Memory(Lifetimes given) : lifetimes(given) {}

    const Lifetimes lifetimes;
    UnixMillis now;
    MapOf<RoomId, MemoryRoom> rooms;
    MapOf<CardId, MemoryCard> cards;
    MapOf<RoomId, MemorySuccessor> successors;  // by predecessor

    MemoryRoom* find(const RoomId& room);
    UnixMillis after(milliseconds lives) const;
    void see(UnixMillis seen) { now = std::max(now, seen); }
    void advance(UnixMillis to);
    void forget();
    void end_knock(const RoomId& id, MemoryRoom& room, const KnockId& knock, KnockEnd end);

    void attach(MemoryStore* store, Listener& listener) { listeners_[store] = &listener; }
    void detach(MemoryStore* store);

    // Done in order, once what is being done now is done. run() does it all, unless a run is going on already.
    void soon(std::function<void()> what) { due_.push_back(std::move(what)); }
    void run();

    // Tells those who watch the room now, later: an event is for who watched when it happened and still does.
    template <class Event>
    void tell(const RoomId& id, const MemoryRoom& room, Event event) {
        if (room.watchers.empty()) return;
        soon([this, id, watchers = room.watchers, event = std::move(event)] {
            for (MemoryStore* store : watchers)
                if (Listener* listener = watching(store, id)) event(*listener);
        });
    }

private:
    Listener* watching(MemoryStore* store, const RoomId& id);
    void expire(const RoomId& id, MemoryRoom& room);

    std::unordered_map<MemoryStore*, Listener*> listeners_;
    std::deque<std::function<void()>> due_;
    bool running_ = false;
};

}  // namespace veranda::store
