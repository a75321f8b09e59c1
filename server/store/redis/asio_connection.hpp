// One connection to Redis over an Asio socket of ours: greets, sends requests without waiting for each other's answers,
// comes back after a cut. What the words mean is for others; who Redis is, it asks at each greeting.
//
// Every request is answered once: by its reply, or by Trouble when its deadline is over or when it was on its way while
// the connection broke. Destroyed, it answers nobody.
#pragma once

#include <boost/asio/any_io_executor.hpp>

#include "server/store/redis/redis_settings.hpp"
#include "server/store/redis/reply.hpp"

namespace veranda::store::redis {

// Which memory it is that we talk to. Another run or another line of replication may have forgotten.
struct Incarnation {
    std::string run_id;
    std::string replication_id;
    friend bool operator==(const Incarnation&, const Incarnation&) = default;
};
// Errors: a sentence, if this is not a Redis that we can use.
tl::expected<Incarnation, std::string> read_incarnation(ReplyView info);
Command ask_incarnation();

class AsioConnection {
public:
    struct Events {
        // Connected and greeted. false: this is not the memory that requests were made for.
        std::function<bool(Incarnation)> up;
        std::function<void(const std::string& why)> failed;  // a try that failed, or a connection that broke
        std::function<void(ReplyView)> pushed;               // a message of a channel
        std::function<void()> beat;                          // every heartbeat while connected
    };

    // `greeting`: commands that must succeed before anything else is sent.
    AsioConnection(const boost::asio::any_io_executor& executor, const RedisSettings& settings,
                   std::vector<Wire> greeting, Events events);
    ~AsioConnection();

    void start();
    void stop();  // for good; answers nobody
    bool is_up() const;

    // Sent at once, or as soon as there is a connection. An error of Redis's is a Reply like any other.
    void request(Wire wire, Then<Reply> then);

    // Everyone who waits gets this answer, and the connection is made anew.
    void give_up_all(Trouble trouble);

private:
    struct Core;
    std::shared_ptr<Core> core_;
};

}  // namespace veranda::store::redis
