// The rooms that this relay watches: one subscriber connection, one channel a room, and for each room the last entry
// that the listener had. A channel may lose messages, so it is only the bell: whenever a number is missing, and after
// every subscribing anew, entries are read from the log, and the listener gets each exactly once and in order.
#pragma once

#include <deque>
#include <unordered_map>

#include "server/store/redis/asio_connection.hpp"
#include "server/store/redis/events.hpp"

namespace veranda::store::redis {

class Subscriptions {
public:
    struct Wants {
        std::function<void(RoomId, Sequence after, std::size_t count, Then<std::vector<LogEntry>>)> read_log;
        std::function<void(RoomId)> resumed;                  // messages other than entries may have been lost
        std::function<void(std::string_view error)> refused;  // Redis does not let us subscribe
        std::function<void()> lost_entries;                   // the log no longer holds what the listener has not had
    };

    // One room; shared with whoever is about to watch it.
    struct Watched;
    using Handle = std::shared_ptr<Watched>;

    Subscriptions(AsioConnection& connection, Wants wants);

    void listen(Listener& listener) { listener_ = &listener; }

    // To watch a room: subscribe(), then ask what stands at which entry, then settle(). Events are held back from the
    // first to the last, so that none is missed and none comes before the answer.
    // Caller must: settle every handle once.
    void subscribe(RoomId room, Then<Handle> then);
    // `last`: what the answer says; none: it is not to be watched after all. `answer` is called when the listener has
    // had everything up to there, or with Trouble; events begin after it.
    void settle(const Handle& handle, std::optional<Sequence> last, std::function<void(std::optional<Trouble>)> answer);
    void unsubscribe(RoomId room);
    bool is_watched(RoomId room) const;

    // Calls when the listener has had this entry; at once if it does not watch, or if the channel is cut.
    void after_delivery(RoomId room, Sequence sequence, std::function<void()> then);

    void pushed(ReplyView message);
    void cut();          // whoever waits for events is not kept waiting
    void reconnected();  // the connection has no subscription any more
    void beat();         // what could not be read is tried again
    void forget();       // all rooms are gone; whoever waits hears so

private:
    void send_subscribe(const Handle& handle);
    void subscribed(const Handle& handle);
    void not_subscribed(const Handle& handle, Trouble trouble);
    void drop_if_unused(const Handle& handle);
    void resume(const Handle& handle);
    void release(const Handle& handle);
    void dispatch(const Handle& handle, const Event& event);
    void deliver(const Handle& handle, const LogEntry& entry);
    void catch_up(const Handle& handle);
    void took_from_log(const Handle& handle, const std::vector<LogEntry>& entries);
    void caught_up(const Handle& handle);
    void answer_delivered(const Handle& handle);

    AsioConnection& connection_;
    Wants wants_;
    Listener* listener_ = nullptr;
    std::unordered_map<std::string, Handle> rooms_;  // by channel
};

}  // namespace veranda::store::redis
