// One loop that accepts. A peer's address is looked at for two things, whether it is this machine and whether too many
// come from there, and is not kept.
#include "server/net/listener.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <cstdlib>
#include <cstring>

#include "server/net/http_connection.hpp"
#include "server/net/safe_log.hpp"

namespace veranda::net {
namespace {

using GenericEndpoint = asio::generic::stream_protocol::endpoint;
constexpr int inherited_descriptor = 3;

void accepting_ended(const std::exception_ptr& problem) noexcept {
    if (problem) safe_log::warning("accepting ended by an exception");
}

asio::ip::address address_of(const TcpAddress& at) {
    ErrorCode error;
    auto address = asio::ip::make_address(at.host == "localhost" ? "127.0.0.1" : at.host, error);
    if (error) throw ListenError("not an IP address to listen on: " + at.host);
    return address;
}

bool is_tcp(const GenericEndpoint& endpoint) {
    return endpoint.data()->sa_family == AF_INET || endpoint.data()->sa_family == AF_INET6;
}

asio::ip::tcp::endpoint as_tcp(const GenericEndpoint& endpoint) {
    asio::ip::tcp::endpoint tcp;
    tcp.resize(endpoint.size());
    std::memcpy(tcp.data(), endpoint.data(), endpoint.size());
    return tcp;
}

bool is_this_machine(const GenericEndpoint& peer) {
    if (!is_tcp(peer)) return true;  // a unix socket
    const auto address = as_tcp(peer).address();
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).is_loopback();
    return address.is_loopback();
}

bool environment_is(const char* name, long value) {
    const char* const text = std::getenv(name);
    return text != nullptr && std::to_string(value) == text;
}

}  // namespace

bool is_loopback(const TcpAddress& address) { return address_of(address).is_loopback(); }

bool socket_was_inherited() { return environment_is("LISTEN_PID", ::getpid()) && environment_is("LISTEN_FDS", 1); }

Listener::Listener(const Executor& executor, const ListenAt& at, std::size_t connections_max, Shared& shared)
    : Guest(shared.gate), acceptor_(executor), pause_(executor), connections_max_(connections_max), shared_(shared) {
    std::visit([this](const auto& where) { bind(where); }, at);
}

void Listener::bind(const TcpAddress& at) {
    const asio::ip::tcp::endpoint endpoint(address_of(at), at.port);
    bind_to(GenericEndpoint(endpoint), "port " + std::to_string(at.port));
}

void Listener::bind(const UnixPath& at) {
    if (at.path.string().size() >= sizeof(sockaddr_un::sun_path)) throw ListenError("the socket's path is too long");
    std::error_code error;
    if (std::filesystem::is_socket(at.path, error)) std::filesystem::remove(at.path, error);
    bind_to(GenericEndpoint(asio::local::stream_protocol::endpoint(at.path.string())), at.path.string());
}

void Listener::bind(Inherited) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    if (::getsockname(inherited_descriptor, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw ListenError("the inherited descriptor is not a socket");
    ErrorCode error;
    acceptor_.assign(asio::generic::stream_protocol(address.ss_family, 0), inherited_descriptor, error);
    if (error) throw ListenError("cannot use the inherited socket: " + error.message());
}

void Listener::bind_to(const GenericEndpoint& endpoint, const std::string& name) {
    ErrorCode error;
    const int protocol = is_tcp(endpoint) ? IPPROTO_TCP : 0;
    acceptor_.open(asio::generic::stream_protocol(endpoint.data()->sa_family, protocol), error);
    if (!error && protocol != 0) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error) throw ListenError("cannot listen on " + name + ": " + error.message());
}

std::uint16_t Listener::port() const {
    ErrorCode error;
    const GenericEndpoint endpoint = acceptor_.local_endpoint(error);
    return !error && is_tcp(endpoint) ? as_tcp(endpoint).port() : std::uint16_t{0};
}

void Listener::start(std::shared_ptr<Listener> listener) {
    const auto executor = listener->acceptor_.get_executor();
    asio::co_spawn(executor, accept(std::move(listener)), accepting_ended);
}

Awaitable<void> Listener::accept(std::shared_ptr<Listener> listener) {
    using namespace std::chrono_literals;
    while (listener->acceptor_.is_open()) {
        auto [error, socket] = co_await listener->acceptor_.async_accept(with_error);
        if (!listener->acceptor_.is_open()) co_return;
        if (!error) {
            listener->serve(std::move(socket));
            continue;
        }
        if (error == asio::error::connection_aborted) continue;
        safe_log::warning("cannot accept a connection", {{"error", safe_log::SystemError{error.value()}}});
        listener->pause_.expires_after(100ms);  // out of descriptors: some will be free again
        co_await listener->pause_.async_wait(with_error);
    }
}

void Listener::serve(Socket socket) {
    if (shared_.gate.inside() > connections_max_) return;  // closed at once
    ErrorCode error;
    const GenericEndpoint peer = socket.remote_endpoint(error);
    if (error) return;
    const bool peer_is_local = is_this_machine(peer);
    if (shared_.newcomers && is_tcp(peer) && !shared_.newcomers->admit(as_tcp(peer).address(), Clock::now())) return;
    if (is_tcp(peer)) socket.set_option(asio::ip::tcp::no_delay(true), error);
    socket.non_blocking(true, error);
    Accepted accepted{std::move(socket), peer_is_local};
    if (tls_) {
        serve_tls(std::move(accepted), tls_, shared_);
    } else {
        serve_plain(std::move(accepted), shared_);
    }
}

void Listener::cut() {
    ErrorCode ignored;
    acceptor_.close(ignored);
    pause_.cancel();
}

}  // namespace veranda::net
