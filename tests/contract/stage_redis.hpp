// The stage of the Redis store: a real redis-server and an Asio loop.
#pragma once

#include <boost/asio/io_context.hpp>

#include "server/store/redis/redis_store.hpp"
#include "tests/contract/stage.hpp"
#include "tests/support/redis_server.hpp"

namespace veranda::tests {

class RedisStage final : public Stage {
public:
    explicit RedisStage(Lifetimes lifetimes, std::vector<std::string> server_arguments = {});

    std::unique_ptr<Store> join(Listener& listener) override;
    UnixMillis now() override;
    void turn() override;

    RedisSettings settings() const;  // for this server; a test may change a copy
    std::unique_ptr<RedisStore> join_with(RedisSettings settings, Listener& listener);
    // Nothing if the store is connected, or its line.
    std::optional<std::string> why_not(RedisStore& store);

    RedisServer server;
    std::vector<std::string> lines;  // what stores logged

private:
    Lifetimes lifetimes_;
    boost::asio::io_context loop_;
};

}  // namespace veranda::tests
