// Counts a client's WebSocket frames (RFC 6455, 5.2) from the bytes as they arrive, and says when they are a flood.
//
// Beast hands on messages only; a stream of empty fragments or of pings keeps it busy without a handler ever running.
// So the counting is done on the bytes below it. Here are no socket and no clock.
#pragma once

#include <chrono>

#include "protocol/bytes.hpp"
#include "server/net/limits.hpp"

namespace veranda::net {

struct FrameRates {  // a second
    std::size_t frames = limits::frames_per_second_max;
    std::size_t empty_frames = limits::empty_frames_per_second_max;  // no payload and not the last of a message
    std::size_t control_frames = limits::control_frames_per_second_max;
    std::size_t bytes = limits::bytes_per_second_max;
};

class FrameCounter {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    explicit FrameCounter(FrameRates rates) : rates_(rates) {}

    // The next bytes of the connection. False: too much in this second; the connection is to be cut.
    bool take(ByteView bytes, TimePoint now);
    // Everything so far was whole messages, and control frames in between.
    bool is_between_messages() const { return head_bytes_ == 0 && payload_left_ == 0 && !in_fragments_; }

private:
    void head_complete();
    bool within_rates() const;

    FrameRates rates_;
    FrameRates seen_{0, 0, 0, 0};
    TimePoint window_end_{};
    std::uint64_t payload_left_ = 0;
    ByteArray<14> head_{};  // 2 bytes, up to 8 of length, 4 of mask
    std::uint8_t head_bytes_ = 0;
    bool in_fragments_ = false;  // the last data frame was not its message's last
};

}  // namespace veranda::net
