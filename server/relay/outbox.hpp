// What waits to go out to one connection: three queues of shared frames, the most urgent first, bounded in bytes.
//
// Frames are shared while they wait and copied when they go: a system call over one piece of memory costs less than one
// over a list of small ones.
//
// A slow reader never grows memory: push() says when the bound is reached, and the owner closes the connection; what
// was missed is read from the log when its client comes back.
#pragma once

#include <array>

#include "server/relay/connection.hpp"
#include "server/relay/limits.hpp"

namespace veranda::relay {

class Outbox {
public:
    explicit Outbox(std::size_t bytes_max = limits::outbox_bytes_max) : bytes_max_(bytes_max) {}

    // false: the frame would pass the bound; nothing was taken. Caller must: close the connection then.
    [[nodiscard]] bool push(SharedFrame frame, PriorityClass priority);

    // Appends to `batch` the frames of one WebSocket message, at least one if any waits. Limit: frames_per_message_max,
    // and `bytes_max` in all, unless the first frame alone is larger.
    void take_batch(Bytes& batch, std::size_t bytes_max = limits::message_bytes_max);

    bool empty() const { return bytes_ == 0; }
    std::size_t bytes() const { return bytes_; }
    void clear();

private:
    // First in, first out, in one piece of memory that is given back when it was large and is empty again.
    struct Queue {
        std::vector<SharedFrame> frames;
        std::size_t next = 0;

        bool empty() const { return next == frames.size(); }
        void push(SharedFrame frame);
        void pop();
    };

    std::size_t bytes_max_;
    std::size_t bytes_ = 0;
    std::array<Queue, 3> queues_;
};

}  // namespace veranda::relay
