// One WebSocket of a client: messages in to the handler, frames out of a queue in one write a turn.
//
// Compression off, binary only, one message a batch of frames. A template over the stream below (plain or TLS), made
// for both in websocket_session.cpp.
#pragma once

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <optional>

#include "server/net/counting_stream.hpp"
#include "server/net/shared.hpp"
#include "server/relay/outbox.hpp"

namespace veranda::net {

using UpgradeRequest = boost::beast::http::request<boost::beast::http::empty_body>;

template <class Stream>
class WebSocketSession final : public relay::Connection,
                               public Guest,
                               public Turn::Writer,
                               public MessageTaker,
                               public std::enable_shared_from_this<WebSocketSession<Stream>> {
public:
    WebSocketSession(Stream stream, Shared& shared);

    // The answer to an upgrade request, whose origin has been checked. False: it was none, or the peer has gone.
    static Awaitable<bool> accept(std::shared_ptr<WebSocketSession> session, UpgradeRequest request);
    // From the first message to the end of the connection.
    static Awaitable<void> read(std::shared_ptr<WebSocketSession> session);

    void send(relay::SharedFrame frame, PriorityClass priority) override;
    std::size_t queued_bytes() const override { return outbox_.bytes() + pending_.size(); }
    void close(relay::CloseCode code) override;

    void sweep(Clock::time_point now) override;
    void show_out() override;
    void cut() override;

    void flush() override;

    bool takes_messages() const override { return state_ == State::open && !closing_; }
    bool take(ByteView message) override;

private:
    enum class State { opening, open, lingering, gone };

    static Awaitable<void> read_messages(std::shared_ptr<WebSocketSession> session);
    static Awaitable<void> linger(std::shared_ptr<WebSocketSession> session);

    Socket& socket() { return boost::beast::get_lowest_layer(websocket_); }
    asio::mutable_buffer room_to_read();
    void message_done();
    void be_idle();
    void mark();
    void write_batch();
    void send_at_once(Bytes& batch);
    void written(ErrorCode error);
    void say_goodbye();
    void ping();

    // What every frame to be sent looks at stands together.
    Shared& shared_;
    State state_ = State::opening;
    bool marked_ = false;
    bool writing_ = false;
    bool pinging_ = false;
    bool said_goodbye_ = false;
    std::optional<relay::CloseCode> closing_;
    ConnectionHandler::Id id_ = 0;
    relay::Outbox outbox_;

    boost::beast::websocket::stream<CountingStream<Stream>, false> websocket_;
    Bytes pending_;  // what a write that had to wait is still sending
    Bytes message_;  // what has been read of the message so far, and room for more
    std::size_t message_bytes_ = 0;
    Clock::time_point cut_at_ = Clock::time_point::max();
};

}  // namespace veranda::net
