// The server on a real Redis: it starts, says when Redis has gone, and goes on when it is back.
#include <gtest/gtest.h>

#include "tests/support/running_server.hpp"

namespace veranda::tests {
namespace {

class OnRedis : public testing::Test {
protected:
    OnRedis() { start_redis(); }

    void start_redis() {
        const std::string socket = (folder_ / "redis.sock").string();
        redis_.emplace("/usr/bin/env",
                       std::vector<std::string>{"redis-server", "--port", "0", "--unixsocket", socket, "--save", "",
                                                "--appendonly", "no", "--dir", folder_.path().string()});
        const auto until = std::chrono::steady_clock::now() + patience;
        while (!std::filesystem::exists(socket) && std::chrono::steady_clock::now() < until) {
        }
    }
    void stop_redis() {
        redis_->signal(SIGTERM);
        redis_->wait_for_exit();
    }
    std::string url() const { return "unix:" + (folder_ / "redis.sock").string(); }

    static bool becomes(std::uint16_t port, int status) {
        const auto until = std::chrono::steady_clock::now() + patience;
        while (http_get(port, "/healthz").status != status)
            if (std::chrono::steady_clock::now() > until) return false;
        return true;
    }

    TemporaryFolder folder_;
    std::optional<ServerProcess> redis_;
};

TEST_F(OnRedis, IsHealthyWhileRedisIsAndSaysWhenItIsNot) {
    RunningServer server({"--redis", url()});
    EXPECT_EQ(http_get(server.port(), "/healthz").status, 200);
    stop_redis();
    EXPECT_TRUE(becomes(server.port(), 503));
    start_redis();
    EXPECT_TRUE(becomes(server.port(), 200));
    server.process().signal(SIGTERM);
    EXPECT_EQ(server.process().wait_for_exit(), 0);
}

TEST_F(OnRedis, GreetsAndEndsCleanly) {
    RunningServer server({"--redis", url()});
    RawWebSocket client(server.port());
    EXPECT_TRUE(client.receive().has_value());
    server.process().signal(SIGTERM);
    EXPECT_EQ(client.wait_for_close_code(), 1001);
    EXPECT_EQ(server.process().wait_for_exit(), 0);
}

}  // namespace
}  // namespace veranda::tests
