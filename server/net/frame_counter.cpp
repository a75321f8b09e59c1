// Follows frame heads through the byte stream and skips what lies between them.
#include "server/net/frame_counter.hpp"

namespace veranda::net {
namespace {

constexpr std::uint8_t fin_bit = 0x80;
constexpr std::uint8_t control_bit = 0x08;  // of the opcode
constexpr std::uint8_t has_mask = 0x80;
constexpr std::uint8_t length_bits = 0x7f;

std::size_t length_bytes(std::uint8_t second) {
    const std::uint8_t length = second & length_bits;
    return length == 127 ? 8 : length == 126 ? 2 : 0;
}

std::size_t head_bytes(std::uint8_t second) { return 2 + length_bytes(second) + ((second & has_mask) != 0 ? 4 : 0); }

}  // namespace

bool FrameCounter::take(ByteView bytes, TimePoint now) {
    if (now >= window_end_) {
        window_end_ = now + std::chrono::seconds(1);
        seen_ = {0, 0, 0, 0};
    }
    seen_.bytes += bytes.size();
    while (!bytes.empty() && within_rates()) {
        if (payload_left_ > 0) {
            const std::size_t skipped = std::min<std::uint64_t>(payload_left_, bytes.size());
            payload_left_ -= skipped;
            bytes = bytes.subspan(skipped);
            continue;
        }
        head_[head_bytes_++] = bytes.front();
        bytes = bytes.subspan(1);
        if (head_bytes_ >= 2 && head_bytes_ == head_bytes(head_[1])) head_complete();
    }
    return within_rates();
}

void FrameCounter::head_complete() {
    const std::size_t more = length_bytes(head_[1]);
    payload_left_ = more == 0 ? head_[1] & length_bits : 0;
    for (std::size_t i = 0; i < more; ++i) payload_left_ = payload_left_ << 8 | head_[2 + i];
    head_bytes_ = 0;

    ++seen_.frames;
    if ((head_[0] & control_bit) != 0) {
        ++seen_.control_frames;
        return;
    }
    in_fragments_ = (head_[0] & fin_bit) == 0;
    if (payload_left_ == 0 && in_fragments_) ++seen_.empty_frames;
}

bool FrameCounter::within_rates() const {
    return seen_.frames <= rates_.frames && seen_.empty_frames <= rates_.empty_frames &&
           seen_.control_frames <= rates_.control_frames && seen_.bytes <= rates_.bytes;
}

}  // namespace veranda::net
