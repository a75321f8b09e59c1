// Beast's part: the only file of the terminal client that includes it.
#include "client-lib/terminal/socket.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <deque>

#include "client-lib/terminal/complaint.hpp"
#include "protocol/limits.hpp"

namespace veranda::terminal {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;

namespace {
constexpr std::chrono::seconds connect_time_max{20};  // name, TCP, TLS and WebSocket together
constexpr std::chrono::seconds silence_max{60};       // then Beast pings, and gives up if nothing comes back
}  // namespace

class Socket::Connection : public std::enable_shared_from_this<Connection> {
public:
    explicit Connection(SocketListener& listener) : listener_(&listener) {}
    virtual ~Connection() = default;
    virtual void start() = 0;
    virtual void send(Bytes message) = 0;
    virtual void close() = 0;

protected:
    SocketListener* listener_;  // none once closed by us
};

namespace {

// One connection, from resolving to its end. It keeps itself alive by the operations that are under way.
template <class Stream>
class ConnectionOver final : public Socket::Connection {
public:
    template <class... Arguments>
    ConnectionOver(asio::io_context& loop, ServerUrl url, SocketListener& listener, Arguments&... for_stream)
        : Connection(listener), url_(std::move(url)), resolver_(loop), deadline_(loop), stream_(loop, for_stream...) {}

    void start() override {
        deadline_.expires_after(connect_time_max);
        deadline_.async_wait([weak = weak_from_this()](boost::system::error_code error) {
            const auto self = weak.lock();
            if (!error && self) static_cast<ConnectionOver&>(*self).cut("it does not answer");
        });
        asio::co_spawn(resolver_.get_executor(), run(own()), asio::detached);
    }

    void send(Bytes message) override {
        if (!up_ || closing_) return;
        waiting_.push_back(std::move(message));
        if (waiting_.size() == 1) write_next();
    }

    void close() override {
        listener_ = nullptr;
        closing_ = true;
        if (!up_) return cut("closed");
        if (waiting_.empty()) say_goodbye();
    }

private:
    std::shared_ptr<ConnectionOver> own() { return std::static_pointer_cast<ConnectionOver>(shared_from_this()); }

    static asio::awaitable<void> run(std::shared_ptr<ConnectionOver> self) {
        try {
            co_await self->establish();
            self->up_ = true;
            self->deadline_.cancel();
            if (self->listener_ != nullptr) self->listener_->on_connected();
            beast::flat_buffer buffer;
            while (true) {
                co_await self->stream_.async_read(buffer, asio::use_awaitable);
                const auto* bytes = static_cast<const std::uint8_t*>(buffer.data().data());
                if (self->listener_ != nullptr) self->listener_->on_message({bytes, buffer.size()});
                buffer.consume(buffer.size());
            }
        } catch (const boost::system::system_error& error) {
            self->over(self->cut_because_.empty() ? error.code().message() : self->cut_because_);
        }
    }

    asio::awaitable<void> establish() {
        const auto addresses = co_await resolver_.async_resolve(url_.host_to_resolve(), url_.port, asio::use_awaitable);
        auto& tcp = beast::get_lowest_layer(stream_);
        co_await tcp.async_connect(addresses, asio::use_awaitable);
        tcp.socket().set_option(asio::ip::tcp::no_delay(true));
        if constexpr (!std::is_same_v<Stream, beast::tcp_stream>) {
            auto& tls = stream_.next_layer();
            tls.set_verify_callback(asio::ssl::host_name_verification(url_.host_to_resolve()));
            SSL_set_tlsext_host_name(tls.native_handle(), url_.host_to_resolve().c_str());
            co_await tls.async_handshake(asio::ssl::stream_base::client, asio::use_awaitable);
        }
        auto timeouts = websocket::stream_base::timeout::suggested(beast::role_type::client);
        timeouts.idle_timeout = silence_max;
        timeouts.keep_alive_pings = true;
        stream_.set_option(timeouts);
        stream_.binary(true);
        stream_.auto_fragment(false);
        stream_.read_message_max(limits::message_bytes_max);
        co_await stream_.async_handshake(url_.authority(), "/ws", asio::use_awaitable);
    }

    void write_next() {
        stream_.async_write(asio::buffer(waiting_.front()),
                            [self = own()](boost::system::error_code error, std::size_t) {
                                if (error) return;  // the reader hears of it too
                                self->waiting_.pop_front();
                                if (!self->waiting_.empty()) return self->write_next();
                                if (self->closing_) self->say_goodbye();
                            });
    }

    void say_goodbye() {
        if (std::exchange(said_goodbye_, true)) return;
        stream_.async_close(websocket::close_code::normal, [self = own()](boost::system::error_code) {});
    }

    // Ends whatever is under way; run() then says why.
    void cut(const char* why) {
        cut_because_ = why;
        resolver_.cancel();
        beast::get_lowest_layer(stream_).close();
    }

    void over(const std::string& why) {
        deadline_.cancel();
        const bool never_up = !std::exchange(up_, false);
        waiting_.clear();
        if (auto* listener = std::exchange(listener_, nullptr)) listener->on_disconnected(why, never_up);
    }

    ServerUrl url_;
    asio::ip::tcp::resolver resolver_;
    asio::steady_timer deadline_;
    websocket::stream<Stream, false> stream_;
    std::deque<Bytes> waiting_;  // the first is being written
    std::string cut_because_;
    bool up_ = false;
    bool closing_ = false;
    bool said_goodbye_ = false;
};

}  // namespace

struct Socket::State {
    asio::io_context& loop;
    ServerUrl url;
    SocketListener& listener;
    asio::ssl::context tls{asio::ssl::context::tls_client};
    std::shared_ptr<Connection> connection{};
};

Socket::Socket(asio::io_context& loop, ServerUrl url, const std::optional<std::filesystem::path>& ca_file,
               SocketListener& listener)
    : state_(std::make_unique<State>(State{loop, std::move(url), listener})) {
    auto& tls = state_->tls;
    tls.set_options(asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
    tls.set_verify_mode(asio::ssl::verify_peer);
    boost::system::error_code error;
    if (ca_file)
        tls.load_verify_file(ca_file->string(), error);
    else
        tls.set_default_verify_paths(error);
    if (error)
        throw Complaint("cannot use " + (ca_file ? ca_file->string() : "the system's authorities") + ": " +
                        error.message());
}

Socket::~Socket() { close(); }

void Socket::connect() {
    close();
    if (state_->url.tls)
        state_->connection = std::make_shared<ConnectionOver<beast::ssl_stream<beast::tcp_stream>>>(
            state_->loop, state_->url, state_->listener, state_->tls);
    else
        state_->connection =
            std::make_shared<ConnectionOver<beast::tcp_stream>>(state_->loop, state_->url, state_->listener);
    state_->connection->start();
}

void Socket::send(Bytes message) {
    if (state_->connection) state_->connection->send(std::move(message));
}

void Socket::close() {
    if (const auto connection = std::exchange(state_->connection, nullptr)) connection->close();
}

}  // namespace veranda::terminal
