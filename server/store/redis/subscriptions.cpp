// How a room is watched through cuts, gaps and second watches. Each room is a small state of its own: what holds events
// back is a watch that is not settled yet, or a read of the log on its way.
#include "server/store/redis/subscriptions.hpp"

#include <algorithm>

#include "server/store/redis/keys.hpp"

namespace veranda::store::redis {
namespace {

constexpr std::size_t read_at_once = 200;
constexpr std::size_t held_max = 1'000;  // entries beyond are read from the log afterwards

}  // namespace

struct Subscriptions::Watched {
    struct Answering {
        Sequence last;
        bool is_watch;
        std::function<void(std::optional<Trouble>)> answer;
    };
    void answer_at(Answering one) {
        const auto later = [](const Answering& a, const Answering& b) { return a.last < b.last; };
        answering.insert(std::upper_bound(answering.begin(), answering.end(), one, later), std::move(one));
    }

    RoomId room;
    std::string channel;
    bool gone = false;         // unsubscribed or forgotten: nothing is told any more
    bool subscribed = false;   // on the present connection
    bool subscribing = false;  // asked for
    bool told = false;         // the listener watches, and has had everything up to `delivered`
    bool reading = false;      // the log is being read
    bool behind = false;       // the log has to be read as soon as that is possible
    std::size_t unsettled = 0;
    Sequence delivered;
    std::deque<Event> held;
    std::vector<Then<Handle>> waiting;  // for the channel
    std::deque<Answering> answering;    // when the listener has had that much; the least first
};

Subscriptions::Subscriptions(AsioConnection& connection, Wants wants)
    : connection_(connection), wants_(std::move(wants)) {}

// ---- beginning and ending ----

void Subscriptions::subscribe(RoomId room, Then<Handle> then) {
    const std::string channel = RoomKeys(room).channel();
    Handle& handle = rooms_[channel];
    if (!handle) {
        handle = std::make_shared<Watched>();
        handle->room = room;
        handle->channel = channel;
    }
    ++handle->unsettled;
    const Handle kept = handle;  // what follows may change the map
    if (kept->subscribed) return then(kept);
    kept->waiting.push_back(std::move(then));
    if (!kept->subscribing) send_subscribe(kept);
}

void Subscriptions::send_subscribe(const Handle& handle) {
    handle->subscribing = true;
    connection_.request(Command("SSUBSCRIBE").add(handle->channel).wire(), [this, handle](Answer<Reply> answer) {
        handle->subscribing = false;
        if (handle->gone) return;
        const Reply* reply = std::get_if<Reply>(&answer);
        if (!reply) return not_subscribed(handle, std::get<Trouble>(answer));
        if (reply->view().is_error()) {
            wants_.refused(reply->view().text());
            return not_subscribed(handle, Trouble::unreachable);
        }
        subscribed(handle);
    });
}

void Subscriptions::subscribed(const Handle& handle) {
    handle->subscribed = true;
    for (auto& then : std::exchange(handle->waiting, {})) then(handle);
    if (handle->gone || !handle->told) return;
    catch_up(handle);
    wants_.resumed(handle->room);
}

// A room that is watched already is subscribed again when the connection is back, or with the next beat.
void Subscriptions::not_subscribed(const Handle& handle, Trouble trouble) {
    auto waiting = std::exchange(handle->waiting, {});
    handle->unsettled -= waiting.size();
    drop_if_unused(handle);
    for (auto& then : waiting) then(trouble);
}

void Subscriptions::settle(const Handle& handle, std::optional<Sequence> last,
                           std::function<void(std::optional<Trouble>)> answer) {
    --handle->unsettled;
    if (handle->gone) return answer(std::nullopt);
    if (!last) {
        drop_if_unused(handle);
        answer(std::nullopt);
        return resume(handle);
    }
    if (!handle->told) {
        handle->told = true;
        handle->delivered = *last;
    }
    if (*last > handle->delivered) {
        handle->answer_at({*last, true, std::move(answer)});
        return catch_up(handle);
    }
    answer(std::nullopt);
    resume(handle);
}

void Subscriptions::resume(const Handle& handle) {
    if (handle->told && handle->behind && !handle->gone) return catch_up(handle);
    release(handle);
}

void Subscriptions::unsubscribe(RoomId room) {
    const auto found = rooms_.find(RoomKeys(room).channel());
    if (found == rooms_.end()) return;
    const Handle handle = found->second;
    rooms_.erase(found);
    handle->gone = true;
    connection_.request(Command("SUNSUBSCRIBE").add(handle->channel).wire(), [](Answer<Reply>) {});
    for (auto& then : std::exchange(handle->waiting, {})) then(handle);
    for (auto& answering : std::exchange(handle->answering, {})) answering.answer(std::nullopt);
}

void Subscriptions::drop_if_unused(const Handle& handle) {
    if (handle->gone || handle->told || handle->unsettled > 0) return;
    unsubscribe(handle->room);
}

bool Subscriptions::is_watched(RoomId room) const {
    const auto found = rooms_.find(RoomKeys(room).channel());
    return found != rooms_.end() && found->second->told;
}

// ---- the connection ----

void Subscriptions::reconnected() {
    cut();
    auto rooms = rooms_;  // subscribing may change the map
    for (auto& [channel, handle] : rooms) {
        // Whoever still waits for its channel has a request of its own on the way.
        if (handle->waiting.empty()) send_subscribe(handle);
    }
}

void Subscriptions::beat() {
    auto rooms = rooms_;
    for (auto& [channel, handle] : rooms) {
        if (handle->gone || !handle->told) continue;
        if (handle->subscribed && handle->behind) catch_up(handle);
        if (!handle->subscribed && !handle->subscribing) send_subscribe(handle);
    }
}

void Subscriptions::cut() {
    auto rooms = rooms_;
    for (auto& [channel, handle] : rooms) {
        handle->subscribed = false;
        handle->behind = true;
        for (auto& answering : std::exchange(handle->answering, {})) answering.answer(Trouble::unreachable);
    }
}

void Subscriptions::forget() {
    auto rooms = std::exchange(rooms_, {});
    for (auto& [channel, handle] : rooms) handle->gone = true;
    for (auto& [channel, handle] : rooms) {
        for (auto& then : std::exchange(handle->waiting, {})) then(Trouble::forgotten);
        for (auto& answering : std::exchange(handle->answering, {})) answering.answer(Trouble::forgotten);
    }
}

// ---- events ----

void Subscriptions::after_delivery(RoomId room, Sequence sequence, std::function<void()> then) {
    const auto found = rooms_.find(RoomKeys(room).channel());
    const bool comes = found != rooms_.end() && found->second->told && found->second->subscribed &&
                       found->second->delivered < sequence;
    if (!comes) return then();
    found->second->answer_at({sequence, false, [then = std::move(then)](std::optional<Trouble>) { then(); }});
}

void Subscriptions::pushed(ReplyView message) {
    const auto found = rooms_.find(std::string(message[1].text()));
    if (found == rooms_.end()) return;  // unsubscribed a moment ago
    auto event = decode_event(message[2].bytes());
    if (!event) return;
    const Handle handle = found->second;
    if (handle->held.size() >= held_max && std::holds_alternative<EntryEvent>(*event)) {
        handle->behind = true;
        return;
    }
    handle->held.push_back(std::move(*event));
    release(handle);
}

void Subscriptions::release(const Handle& handle) {
    while (!handle->held.empty() && !handle->gone && handle->told && !handle->unsettled && !handle->reading) {
        const Event event = std::move(handle->held.front());
        handle->held.pop_front();
        dispatch(handle, event);
    }
}

void Subscriptions::dispatch(const Handle& handle, const Event& event) {
    const EntryEvent* entry = std::get_if<EntryEvent>(&event);
    if (!entry) return tell(*listener_, handle->room, event);
    if (entry->entry.sequence <= handle->delivered) return;
    if (entry->entry.sequence == handle->delivered.next()) return deliver(handle, entry->entry);
    catch_up(handle);  // finds this entry as well
}

void Subscriptions::deliver(const Handle& handle, const LogEntry& entry) {
    handle->delivered = entry.sequence;
    listener_->on_entry(handle->room, entry);
    answer_delivered(handle);
}

// ---- the log ----

void Subscriptions::catch_up(const Handle& handle) {
    if (handle->reading) return;
    handle->reading = true;
    handle->behind = false;
    wants_.read_log(handle->room, handle->delivered, read_at_once,
                    [this, handle](Answer<std::vector<LogEntry>> answer) {
                        handle->reading = false;
                        if (handle->gone) return;
                        if (const auto* entries = std::get_if<std::vector<LogEntry>>(&answer))
                            return took_from_log(handle, *entries);
                        handle->behind = true;  // the next beat tries again
                        for (auto& waiting : std::exchange(handle->answering, {}))
                            waiting.answer(std::get<Trouble>(answer));
                    });
}

void Subscriptions::took_from_log(const Handle& handle, const std::vector<LogEntry>& entries) {
    if (handle->unsettled > 0) {  // its answer may be older than these: settle() reads again
        handle->behind = true;
        return;
    }
    for (const LogEntry& entry : entries) {
        if (handle->gone) return;
        if (entry.sequence > handle->delivered.next()) return wants_.lost_entries();
        if (entry.sequence == handle->delivered.next()) deliver(handle, entry);
    }
    if (handle->gone) return;
    if (entries.size() == read_at_once) return catch_up(handle);
    caught_up(handle);
}

void Subscriptions::caught_up(const Handle& handle) {
    answer_delivered(handle);
    if (handle->gone) return;
    // What stands in the log was read to its end; who waits for more waits for what was trimmed.
    const bool has_lost = std::any_of(handle->answering.begin(), handle->answering.end(),
                                      [](const auto& waiting) { return waiting.is_watch; });
    if (has_lost) return wants_.lost_entries();
    resume(handle);
}

void Subscriptions::answer_delivered(const Handle& handle) {
    auto& answering = handle->answering;
    while (!answering.empty() && answering.front().last <= handle->delivered) {
        auto answer = std::move(answering.front().answer);
        answering.pop_front();
        answer(std::nullopt);
    }
}

}  // namespace veranda::store::redis
