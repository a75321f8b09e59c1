// Starts, stops and asks a redis-server with plain system calls, so that the fixture does not use what it tests.
#include "tests/support/redis_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

namespace veranda::tests {
namespace {

constexpr const char* binary = "/usr/bin/redis-server";

[[noreturn]] void give_up(const std::string& why) {
    std::fprintf(stderr, "redis_server fixture: %s\n", why.c_str());
    std::abort();
}

int connected(const std::string& path) {
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof(address.sun_path) - 1);
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) return fd;
    ::close(fd);
    return -1;
}

}  // namespace

std::uint16_t RedisServer::free_port() {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(address);
    if (fd < 0 || ::bind(fd, reinterpret_cast<sockaddr*>(&address), length) != 0 ||
        ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &length) != 0)
        give_up("no free port");
    ::close(fd);
    return ntohs(address.sin_port);
}

RedisServer::RedisServer(Listens listens, std::vector<std::string> more_arguments)
    : listens_(listens), more_arguments_(std::move(more_arguments)) {
    std::string pattern = (std::filesystem::temp_directory_path() / "veranda-redis-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) give_up("no temporary folder");
    folder_ = pattern;
    if (listens_ == Listens::on_tcp_too) port_ = free_port();
    start();
}

RedisServer::~RedisServer() {
    kill();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

std::string RedisServer::tcp_url() const { return "redis://127.0.0.1:" + std::to_string(port_); }

void RedisServer::start() {
    std::vector<std::string> words{"--port",
                                   std::to_string(port_),
                                   "--bind",
                                   "127.0.0.1",
                                   "--unixsocket",
                                   socket_path(),
                                   "--unixsocketperm",
                                   "700",
                                   "--save",
                                   "",
                                   "--appendonly",
                                   "no",
                                   "--dir",
                                   folder_,
                                   "--daemonize",
                                   "no",
                                   "--logfile",
                                   folder_ + "/redis.log"};
    words.insert(words.end(), more_arguments_.begin(), more_arguments_.end());
    child_ = std::make_unique<ChildProcess>(binary, std::move(words));
    const auto deadline = ChildProcess::Clock::now() + patience;
    while (true) {
        if (const int fd = connected(socket_path()); fd >= 0) {
            ::close(fd);
            return;
        }
        if (child_->has_closed()) give_up("redis-server ended at once\n" + child_->output() + child_->log());
        const auto now = ChildProcess::Clock::now();
        if (now > deadline) give_up("redis-server does not listen\n" + child_->output() + child_->log());
        child_->read_more(now + std::chrono::milliseconds(2));
    }
}

void RedisServer::kill() { child_.reset(); }

void RedisServer::restart() {
    kill();
    start();
}

void RedisServer::fail_over() {
    const std::string port = std::to_string(port_ == 0 ? free_port() : port_);
    if (port_ == 0) ask("CONFIG SET port " + port);
    ask("CONFIG SET repl-diskless-sync-delay 0");
    RedisServer replica(Listens::on_unix_socket, {"--replicaof", "127.0.0.1", port});
    const auto deadline = ChildProcess::Clock::now() + patience;
    while (ask("WAIT 1 1000") != ":1")
        if (ChildProcess::Clock::now() > deadline) give_up("no replica has come");
    replica.ask("REPLICAOF NO ONE");
    kill();
    std::filesystem::rename(replica.socket_path(), socket_path());
    child_.swap(replica.child_);
}

void RedisServer::pause() { child_->signal(SIGSTOP); }
void RedisServer::resume() { child_->signal(SIGCONT); }

std::string RedisServer::ask(const std::string& command) const {
    const int fd = connected(socket_path());
    if (fd < 0) give_up("redis-server cannot be asked");
    const std::string line = command + "\r\n";
    std::string reply;
    if (::write(fd, line.data(), line.size()) != static_cast<ssize_t>(line.size())) give_up("redis-server hung up");
    for (char c = 0; ::read(fd, &c, 1) == 1 && c != '\n';) reply.push_back(c);
    ::close(fd);
    if (!reply.empty() && reply.back() == '\r') reply.pop_back();
    return reply;
}

}  // namespace veranda::tests
