// Commands and scripts over one connection. What Redis refuses (out of memory, demoted to a replica) is Trouble to
// everyone above, and a line for the operator.
#pragma once

#include "server/store/redis/asio_connection.hpp"
#include "veranda_redis_scripts.hpp"

namespace veranda::store::redis {

// A call of `script`; its arguments are added behind.
Command call_of(const Script& script, const std::vector<std::string>& keys);

class Commands {
public:
    Commands(const boost::asio::any_io_executor& executor, const RedisSettings& settings,
             AsioConnection::Events events);

    void start() { connection_.start(); }
    void stop() { connection_.stop(); }
    bool is_up() const { return connection_.is_up(); }
    void give_up_all(Trouble trouble) { connection_.give_up_all(trouble); }

    // The reply is never an error.
    void send(const Command& command, Then<Reply> then);
    // The same for a call_of(script): if Redis has lost the script, it gets it again first.
    void call(const Script& script, const Command& call, Then<Reply> then);

    // What `read` finds in the reply is the answer; nothing means that the reply made no sense.
    template <class T, class Read>
    Then<Reply> answering(Then<T> then, Read read) const {
        return [this, then = std::move(then), read = std::move(read)](Answer<Reply> answer) {
            if (const Trouble* trouble = std::get_if<Trouble>(&answer)) return then(*trouble);
            std::optional<T> found = read(std::get<Reply>(answer).view());
            if (found) return then(std::move(*found));
            log("Redis answered with something that made no sense");
            then(Trouble::unreachable);
        };
    }

    // Tells the operator about an error of Redis's.
    void refused(std::string_view error);

private:
    void log(std::string_view line) const;

    std::function<void(std::string_view)> log_;
    AsioConnection connection_;
};

}  // namespace veranda::store::redis
