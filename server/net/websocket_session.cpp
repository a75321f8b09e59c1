// Reading is a coroutine, past which whole messages are handed up from below; writing is a queue that is flushed when
// the turn ends and whenever a write has ended.
#include "server/net/websocket_session.hpp"

#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <boost/beast/websocket/ssl.hpp>

#include "server/net/limits.hpp"
#include "server/net/ordinary_frame.hpp"
#include "server/net/safe_log.hpp"

namespace veranda::net {

namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;

namespace {

// A stream that carries bytes as they are; TLS has records of its own, and Beast's way is as good there.
template <class Stream>
constexpr bool is_plain = std::is_same_v<Stream, Socket>;

}  // namespace

template <class Stream>
WebSocketSession<Stream>::WebSocketSession(Stream stream, Shared& shared)
    : Guest(shared.gate), shared_(shared), websocket_(std::move(stream), shared.rates) {
    cut_at_ = Clock::now() + shared.deadlines.handshake;
    websocket_.binary(true);
    websocket_.auto_fragment(false);
    websocket_.read_message_max(veranda::limits::message_bytes_max);
}

template <class Stream>
Awaitable<bool> WebSocketSession<Stream>::accept(std::shared_ptr<WebSocketSession> session, UpgradeRequest request) {
    session->websocket_.set_option(websocket::stream_base::decorator(
        [](websocket::response_type& response) { response.erase(beast::http::field::server); }));
    const auto [error] = co_await session->websocket_.async_accept(request, with_error);
    if (error) co_return false;
    if (session->state_ != State::opening) co_return false;
    session->state_ = State::open;
    session->websocket_.next_layer().start_counting(*session);
    session->cut_at_ = Clock::time_point::max();
    co_return true;
}

template <class Stream>
Awaitable<void> WebSocketSession<Stream>::read(std::shared_ptr<WebSocketSession> session) {
    session->id_ = session->shared_.handler.opened(*session);
    try {
        co_await read_messages(session);
    } catch (const std::exception&) {
        safe_log::warning("a message ended its connection by an exception");
    }
    if (session->state_ == State::open) session->state_ = State::lingering;
    session->outbox_.clear();
    session->shared_.handler.closed(session->id_);
    co_await linger(session);
    session->cut();
}

template <class Stream>
Awaitable<void> WebSocketSession<Stream>::read_messages(std::shared_ptr<WebSocketSession> session) {
    while (session->state_ == State::open) {
        const auto [error, count] = co_await session->websocket_.async_read_some(session->room_to_read(), with_error);
        if (error) co_return;
        session->message_bytes_ += count;
        if (session->websocket_.is_message_done()) session->message_done();
    }
}

// After a close frame of ours, what the peer still sends is read and dropped for a moment: a socket closed on unread
// bytes would reset the connection, and the peer would never learn why.
template <class Stream>
Awaitable<void> WebSocketSession<Stream>::linger(std::shared_ptr<WebSocketSession> session) {
    if (session->state_ == State::gone || session->websocket_.next_layer().flooded()) co_return;
    session->cut_at_ = std::min(session->cut_at_, Clock::now() + session->shared_.deadlines.goodbye);
    session->websocket_.next_layer().end_sending();
    session->be_idle();
    ByteArray<512> dropped;
    std::size_t left = 2 * veranda::limits::message_bytes_max;
    while (session->state_ == State::lingering) {
        const auto [error, count] = co_await session->socket().async_read_some(asio::buffer(dropped), with_error);
        if (error || count >= left) co_return;
        left -= count;
    }
}

template <class Stream>
asio::mutable_buffer WebSocketSession<Stream>::room_to_read() {
    const std::size_t wanted = message_bytes_ == 0
                                   ? limits::idle_read_bytes
                                   : std::min(2 * message_bytes_ + 1024, veranda::limits::message_bytes_max + 1);
    if (message_.size() < wanted) message_.resize(wanted);
    if (message_.size() == message_bytes_) message_.resize(message_bytes_ + 1024);
    return asio::buffer(message_) + message_bytes_;
}

template <class Stream>
void WebSocketSession<Stream>::message_done() {
    const ByteView message = ByteView(message_).first(message_bytes_);
    message_bytes_ = 0;
    if (closing_) return;  // what arrives after our goodbye is not wanted
    if (!websocket_.got_binary()) return close(relay::CloseCode::unsupported_data);
    shared_.handler.received(id_, message);
    if (message_.size() > limits::idle_read_bytes) be_idle();
}

// Comes from below Beast, where an exception would pass the coroutine by that ends the connection.
template <class Stream>
bool WebSocketSession<Stream>::take(ByteView message) {
    try {
        shared_.handler.received(id_, message);
        return true;
    } catch (const std::exception&) {
        safe_log::warning("a message ended its connection by an exception");
        return false;
    }
}

template <class Stream>
void WebSocketSession<Stream>::be_idle() {
    message_.clear();
    message_.shrink_to_fit();
}

template <class Stream>
void WebSocketSession<Stream>::send(relay::SharedFrame frame, PriorityClass priority) {
    if (closing_ || state_ != State::open) return;
    if (!outbox_.push(std::move(frame), priority)) {
        outbox_.clear();
        return close(relay::CloseCode::policy_violation);  // a slow reader resumes from the log
    }
    mark();
}

template <class Stream>
void WebSocketSession<Stream>::close(relay::CloseCode code) {
    if (closing_ || state_ != State::open) return;
    closing_ = code;
    cut_at_ = Clock::now() + shared_.deadlines.goodbye;
    mark();
}

template <class Stream>
void WebSocketSession<Stream>::mark() {
    if (marked_ || writing_) return;
    marked_ = true;
    shared_.turn.mark(this->shared_from_this());
}

template <class Stream>
void WebSocketSession<Stream>::flush() {
    marked_ = false;
    while (!writing_ && state_ == State::open && !outbox_.empty()) write_batch();
    if (closing_ && !writing_ && state_ == State::open) say_goodbye();
}

template <class Stream>
void WebSocketSession<Stream>::write_batch() {
    Bytes& batch = shared_.turn.batch();
    batch.assign(head_bytes_max, 0);
    outbox_.take_batch(batch, limits::batch_bytes_max);
    if constexpr (is_plain<Stream>) {
        if (websocket_.is_open() && websocket_.next_layer().may_send()) return send_at_once(batch);
    }
    writing_ = true;
    pending_.assign(batch.begin() + head_bytes_max, batch.end());
    websocket_.async_write(asio::buffer(pending_),
                           [self = this->shared_from_this()](ErrorCode error, std::size_t) { self->written(error); });
}

// Mostly the socket takes it all, and nothing has to be remembered or waited for.
template <class Stream>
void WebSocketSession<Stream>::send_at_once(Bytes& batch) {
    auto& stream = websocket_.next_layer();
    const ByteView message = with_head(batch);
    ErrorCode error;
    const std::size_t sent = stream.send_some(asio::buffer(message.data(), message.size()), error);
    if (error) return cut();
    if (sent == message.size()) return;
    writing_ = true;
    pending_ = to_bytes(message.subspan(sent));
    stream.async_send_rest(asio::buffer(pending_),
                           [self = this->shared_from_this()](ErrorCode failed) { self->written(failed); });
}

template <class Stream>
void WebSocketSession<Stream>::written(ErrorCode error) {
    writing_ = false;
    pending_.clear();
    if (error) return cut();
    flush();
    if (!writing_) pending_ = {};  // idle: nothing is kept
}

template <class Stream>
void WebSocketSession<Stream>::say_goodbye() {
    if (said_goodbye_) return;
    said_goodbye_ = true;
    const auto code = static_cast<websocket::close_code>(*closing_);
    websocket_.async_close(code, [self = this->shared_from_this()](ErrorCode) {});
}

template <class Stream>
void WebSocketSession<Stream>::sweep(Clock::time_point now) {
    const auto silent_for = now - websocket_.next_layer().heard_at();
    if (now >= cut_at_ || silent_for >= shared_.deadlines.dead) return cut();
    if (silent_for >= shared_.deadlines.ping && !closing_) ping();
}

template <class Stream>
void WebSocketSession<Stream>::ping() {
    if (pinging_) return;
    pinging_ = true;
    websocket_.async_ping({}, [self = this->shared_from_this()](ErrorCode) { self->pinging_ = false; });
}

template <class Stream>
void WebSocketSession<Stream>::show_out() {
    if (state_ == State::opening) return cut();
    close(relay::CloseCode::going_away);
}

template <class Stream>
void WebSocketSession<Stream>::cut() {
    state_ = State::gone;
    outbox_.clear();
    ErrorCode ignored;
    socket().close(ignored);
}

template class WebSocketSession<Socket>;
template class WebSocketSession<asio::ssl::stream<Socket>>;

}  // namespace veranda::net
