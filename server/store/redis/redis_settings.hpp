// Where Redis is and how long we wait for it. A URL from the configuration becomes an address here, or one clear line
// that says what is wrong with it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "server/store/store.hpp"

namespace veranda::store {

// Either a unix socket or a TCP port. The password is never part of what we print.
struct RedisAddress {
    std::string unix_path;  // not empty: host and port count for nothing
    std::string host = "127.0.0.1";
    std::uint16_t port = 6379;
    std::string user;  // of Redis's access list; empty: the default user
    std::string password;
    unsigned database = 0;

    std::string name() const;  // for logs: where, without who and with what
};

// Errors: a sentence for the operator. Accepts redis://[[user]:password@]host[:port][/database] and
// unix:/path[?db=N]; user and password may be percent-encoded.
tl::expected<RedisAddress, std::string> parse_redis_url(std::string_view url);

struct RedisSettings {
    RedisAddress address;
    Lifetimes lifetimes;
    milliseconds request_deadline{2'000};  // a Redis that is silent for so long is out of reach
    milliseconds heartbeat{1'000};         // how often we ask whether it is still the same
    milliseconds retry_first{50};          // between tries to connect: doubled up to retry_max
    milliseconds retry_max{2'000};
    std::size_t waiting_max = 10'000;                // requests without an answer; more are refused at once
    std::function<void(std::string_view line)> log;  // what the operator should know; no id is ever in it
};

}  // namespace veranda::store
