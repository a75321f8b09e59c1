// The stream that Beast's WebSocket reads from: it counts frames on their way up, remembers when the peer was last
// heard, and ends the reading of a flood with an error.
//
// Closing is ours too: Beast's own teardown reads whatever a peer goes on sending, without a pause and without a limit.
#pragma once

#include <boost/asio/post.hpp>
#include <boost/beast/core/async_base.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <boost/beast/websocket/teardown.hpp>

#include "server/net/frame_counter.hpp"
#include "server/net/sockets.hpp"

namespace veranda::net {

template <class NextLayer>
class CountingStream {
public:
    using executor_type = Executor;
    using next_layer_type = NextLayer;

    CountingStream(NextLayer next, FrameRates rates)
        : next_(std::move(next)), counter_(rates), heard_at_(Clock::now()) {}

    executor_type get_executor() { return next_.get_executor(); }
    NextLayer& next_layer() { return next_; }
    const NextLayer& next_layer() const { return next_; }

    // Before this the bytes are HTTP, and nothing is counted.
    void start_counting() { counting_ = true; }
    Clock::time_point heard_at() const { return heard_at_; }
    bool flooded() const { return flooded_; }

    // Says that no more will be sent, and waits for nothing.
    void end_sending() {
        ErrorCode ignored;
        boost::beast::get_lowest_layer(next_).shutdown(Socket::shutdown_send, ignored);
    }

    template <class Buffers, class Handler>
    auto async_read_some(const Buffers& buffers, Handler&& handler) {
        return asio::async_initiate<Handler, void(ErrorCode, std::size_t)>(
            [this](auto completion, const Buffers& into) {
                using Operation = ReadOperation<Buffers, std::decay_t<decltype(completion)>>;
                next_.async_read_some(into, Operation(*this, into, std::move(completion)));
            },
            handler, buffers);
    }

    template <class Buffers, class Handler>
    auto async_write_some(const Buffers& buffers, Handler&& handler) {
        return next_.async_write_some(buffers, std::forward<Handler>(handler));
    }

private:
    template <class Buffers, class Handler>
    class ReadOperation : public boost::beast::async_base<Handler, Executor> {
    public:
        ReadOperation(CountingStream& stream, const Buffers& buffers, Handler&& handler)
            : boost::beast::async_base<Handler, Executor>(std::move(handler), stream.get_executor()),
              stream_(stream),
              buffers_(buffers) {}

        void operator()(ErrorCode error, std::size_t count) {
            if (!error && !stream_.count(buffers_, count)) error = asio::error::connection_aborted;
            this->complete_now(error, count);
        }

    private:
        CountingStream& stream_;
        Buffers buffers_;
    };

    template <class Buffers>
    bool count(const Buffers& buffers, std::size_t count) {
        heard_at_ = Clock::now();
        for (auto at = asio::buffer_sequence_begin(buffers); counting_ && count > 0; ++at) {
            const asio::mutable_buffer buffer = *at;
            const std::size_t here = std::min(count, buffer.size());
            if (!counter_.take({static_cast<const std::uint8_t*>(buffer.data()), here}, heard_at_)) flooded_ = true;
            count -= here;
        }
        return !flooded_;
    }

    NextLayer next_;
    FrameCounter counter_;
    Clock::time_point heard_at_;
    bool counting_ = false;
    bool flooded_ = false;
};

// Found by Beast by argument-dependent lookup, where it would wait for the peer to close.
template <class NextLayer>
void teardown(boost::beast::role_type, CountingStream<NextLayer>& stream, ErrorCode& error) {
    error = {};
    stream.end_sending();
}

template <class NextLayer, class Handler>
void async_teardown(boost::beast::role_type, CountingStream<NextLayer>& stream, Handler&& handler) {
    stream.end_sending();
    asio::post(stream.get_executor(), boost::beast::bind_front_handler(std::forward<Handler>(handler), ErrorCode{}));
}

}  // namespace veranda::net
