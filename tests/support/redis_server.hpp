// A real redis-server of a test's own: empty, on a unix socket in a temporary folder (and on a free port of 127.0.0.1
// if asked), never on disk. It ends with the test, even if the test does not.
#pragma once

#include <memory>

#include "tests/support/child_process.hpp"

namespace veranda::tests {

class RedisServer {
public:
    enum class Listens { on_unix_socket, on_tcp_too };

    // Caller must: have /usr/bin/redis-server. Aborts with a line if it does not come up.
    explicit RedisServer(Listens listens = Listens::on_unix_socket, std::vector<std::string> more_arguments = {});
    ~RedisServer();
    RedisServer(const RedisServer&) = delete;
    RedisServer& operator=(const RedisServer&) = delete;

    static std::uint16_t free_port();  // of 127.0.0.1, a moment ago

    std::string url() const { return "unix:" + socket_path(); }
    std::string tcp_url() const;
    std::string socket_path() const { return folder_ + "/redis.sock"; }
    std::uint16_t port() const { return port_; }

    void kill();       // SIGKILL: what it held is gone
    void restart();    // empty again, at the same place
    void fail_over();  // a replica that has all of it is promoted, and takes this one's place
    void pause();      // SIGSTOP: it is there and says nothing
    void resume();

    // One command, words apart by spaces, and the first line of its reply: for tests that look behind the store.
    std::string ask(const std::string& command) const;

private:
    void start();

    Listens listens_;
    std::vector<std::string> more_arguments_;
    std::string folder_;
    std::uint16_t port_ = 0;
    std::unique_ptr<ChildProcess> child_;
};

}  // namespace veranda::tests
