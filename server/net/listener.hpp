// Where connections come in: a TCP address, a unix socket, or a socket that systemd has opened for us.
#pragma once

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/ssl/context.hpp>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <variant>

#include "server/net/drain.hpp"
#include "server/net/shared.hpp"

namespace veranda::net {

class ListenError : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct TcpAddress {
    std::string host;  // an IP address, or localhost
    std::uint16_t port = 0;
};
struct UnixPath {
    std::filesystem::path path;
};
struct Inherited {};  // file descriptor 3, as LISTEN_PID and LISTEN_FDS say
using ListenAt = std::variant<TcpAddress, UnixPath, Inherited>;

bool is_loopback(const TcpAddress& address);
// A socket was handed to this very process (sd_listen_fds(3)).
bool socket_was_inherited();

class Listener final : public Guest {
public:
    // Errors: ListenError, in one line: the port is in use, the address is not ours.
    Listener(const Executor& executor, const ListenAt& at, std::size_t connections_max, Shared& shared);

    // Accepts until cut. The context is that of new connections; none: plain.
    static void start(std::shared_ptr<Listener> listener);
    void use_tls(std::shared_ptr<asio::ssl::context> context) { tls_ = std::move(context); }

    std::uint16_t port() const;  // 0: not TCP

    void sweep(Clock::time_point) override {}
    void show_out() override { cut(); }
    void cut() override;

private:
    using Acceptor = asio::basic_socket_acceptor<asio::generic::stream_protocol, Executor>;

    static Awaitable<void> accept(std::shared_ptr<Listener> listener);
    void bind(const TcpAddress& at);
    void bind(const UnixPath& at);
    void bind(Inherited at);
    void bind_to(const asio::generic::stream_protocol::endpoint& endpoint, const std::string& name);
    void serve(Socket socket);

    Acceptor acceptor_;
    Timer pause_;
    std::size_t connections_max_;
    Shared& shared_;
    std::shared_ptr<asio::ssl::context> tls_;
};

}  // namespace veranda::net
