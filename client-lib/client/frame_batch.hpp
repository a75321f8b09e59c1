// Frames on their way out, put together into as few WebSocket messages as the limits of a message allow.
#pragma once

#include <utility>
#include <vector>

#include "protocol/bytes.hpp"
#include "protocol/limits.hpp"

namespace veranda::client {

class FrameBatch {
public:
    // `frame`: one whole frame, encoded.
    void add(ByteView frame) {
        const bool fits = !messages_.empty() && frames_ < limits::frames_per_message_max &&
                          messages_.back().size() + frame.size() <= limits::message_bytes_max;
        if (!fits) {
            messages_.emplace_back();
            frames_ = 0;
        }
        append(messages_.back(), frame);
        ++frames_;
    }
    std::vector<Bytes> take() { return std::exchange(messages_, {}); }
    void clear() { messages_.clear(); }

private:
    std::vector<Bytes> messages_;
    std::size_t frames_ = 0;  // in the last
};

}  // namespace veranda::client
