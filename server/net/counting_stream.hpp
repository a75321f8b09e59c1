// The stream below Beast's WebSocket: it counts frames on their way up, remembers when the peer was last heard, and
// ends the reading of a flood with an error. Whole messages go past Beast in both directions: what arrives as one frame
// is handed to the session, and the session sends whole frames by one system call and nothing else. Beast has the rest:
// fragments, pings, the end, and every fault.
//
// Closing is ours too: Beast's own teardown reads whatever a peer goes on sending, without a pause and without a limit.
#pragma once

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/async_base.hpp>
#include <boost/beast/core/saved_handler.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <boost/beast/websocket/teardown.hpp>
#include <cstring>

#include "server/net/frame_counter.hpp"
#include "server/net/ordinary_frame.hpp"
#include "server/net/sockets.hpp"

namespace veranda::net {

// Who is handed the messages that Beast is not needed for.
class MessageTaker {
public:
    virtual ~MessageTaker() = default;
    virtual bool takes_messages() const = 0;  // false: they are Beast's, like everything else
    virtual bool take(ByteView message) = 0;  // false: no more is to be read
};

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

    // Before this the bytes are HTTP, and nothing is counted. Caller must: `taker` outlives the reading.
    void start_counting(MessageTaker& taker) { taker_ = &taker; }
    Clock::time_point heard_at() const { return heard_at_; }
    bool flooded() const { return flooded_; }

    // Says that no more will be sent, and waits for nothing.
    void end_sending() {
        ErrorCode ignored;
        boost::beast::get_lowest_layer(next_).shutdown(Socket::shutdown_send, ignored);
    }

    // Into the first of the buffers only: Beast's is a ring of two, the second of which is empty nearly always, and one
    // buffer makes the cheaper system call.
    template <class Buffers, class Handler>
    auto async_read_some(const Buffers& buffers, Handler&& handler) {
        return asio::async_initiate<Handler, void(ErrorCode, std::size_t)>(
            [this](auto completion, asio::mutable_buffer into) {
                using Operation = ReadOperation<std::decay_t<decltype(completion)>>;
                next_.async_read_some(into, Operation(*this, into, std::move(completion)));
            },
            handler, first_of(buffers));
    }

    // True between Beast's frames and ours. Beast hands each of its own (pong, ping, close) down in one piece.
    bool may_send() const { return !beast_writes_ && !sending_; }
    // As much of whole frames as the socket takes at once. Caller must: may_send(), and send the rest next.
    std::size_t send_some(asio::const_buffer frames, ErrorCode& error) {
        const std::size_t sent = next_.write_some(frames, error);
        if (error == asio::error::would_block) error = {};
        return sent;
    }
    // The rest of them, all of it. What Beast writes meanwhile is held back.
    template <class Handler>
    void async_send_rest(asio::const_buffer rest, Handler handler) {
        sending_ = true;
        asio::async_write(next_, rest, [this, handler = std::move(handler)](ErrorCode error, std::size_t) mutable {
            sending_ = false;
            held_write_.maybe_invoke();
            handler(error);
        });
    }

    template <class Buffers, class Handler>
    auto async_write_some(const Buffers& buffers, Handler&& handler) {
        return asio::async_initiate<Handler, void(ErrorCode, std::size_t)>(
            [this](auto completion, const Buffers& from) {
                using Operation = WriteOperation<std::decay_t<decltype(completion)>>;
                auto write = [this, from,
                              operation = Operation(*this, std::move(completion))](ErrorCode cancelled = {}) mutable {
                    if (cancelled) return operation(cancelled, 0);
                    beast_writes_ = true;
                    next_.async_write_some(from, std::move(operation));
                };
                if (sending_) return held_write_.emplace(std::move(write));
                write();
            },
            handler, buffers);
    }

private:
    template <class Handler>
    class WriteOperation : public boost::beast::async_base<Handler, Executor> {
    public:
        WriteOperation(CountingStream& stream, Handler&& handler)
            : boost::beast::async_base<Handler, Executor>(std::move(handler), stream.get_executor()), stream_(stream) {}

        void operator()(ErrorCode error, std::size_t count) {
            stream_.beast_writes_ = false;  // the next piece, if there is one, is written before this returns
            this->complete_now(error, count);
        }

    private:
        CountingStream& stream_;
    };

    template <class Handler>
    class ReadOperation : public boost::beast::async_base<Handler, Executor> {
    public:
        ReadOperation(CountingStream& stream, asio::mutable_buffer buffer, Handler&& handler)
            : boost::beast::async_base<Handler, Executor>(std::move(handler), stream.get_executor()),
              stream_(stream),
              buffer_(buffer) {}

        void operator()(ErrorCode error, std::size_t count) {
            if (error || count == 0) return this->complete_now(error, count);
            auto* const start = static_cast<std::uint8_t*>(buffer_.data());
            MutableByteView bytes(start, count);
            if (!stream_.take(bytes)) return this->complete_now(asio::error::connection_aborted, 0);
            if (bytes.empty()) return read_again();
            if (bytes.data() != start) std::memmove(start, bytes.data(), bytes.size());
            this->complete_now(error, bytes.size());
        }

    private:
        // Beast, which waits for bytes, has not got any.
        void read_again() {
            auto& next = stream_.next_;
            const asio::mutable_buffer into = buffer_;
            next.async_read_some(into, std::move(*this));
        }

        CountingStream& stream_;
        asio::mutable_buffer buffer_;
    };

    template <class Buffers>
    static asio::mutable_buffer first_of(const Buffers& buffers) {
        for (auto at = asio::buffer_sequence_begin(buffers); at != asio::buffer_sequence_end(buffers); ++at)
            if (const asio::mutable_buffer buffer = *at; buffer.size() > 0) return buffer;
        return {};
    }

    // Leaves in `bytes` what is for Beast. False: no more is to be read.
    bool take(MutableByteView& bytes) {
        heard_at_ = Clock::now();
        if (!taker_) return true;
        const bool begins_a_message = counter_.is_between_messages();
        if (!counter_.take(bytes, heard_at_)) flooded_ = true;
        if (flooded_) return false;
        while (begins_a_message && taker_->takes_messages()) {
            const auto message = take_whole_message(bytes);
            if (!message) break;
            if (!taker_->take(*message)) return false;
        }
        return true;
    }

    NextLayer next_;
    FrameCounter counter_;
    Clock::time_point heard_at_;
    MessageTaker* taker_ = nullptr;  // none yet: the bytes are HTTP
    bool flooded_ = false;
    bool beast_writes_ = false;
    bool sending_ = false;
    boost::beast::saved_handler held_write_;  // Beast's, one at most
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
