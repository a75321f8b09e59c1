// Lengths below 126 stand in the head's second byte, longer ones in two or eight bytes behind it; shortest form only.
#include "server/net/ordinary_frame.hpp"

#include <cstring>

#include "protocol/limits.hpp"

namespace veranda::net {
namespace {

constexpr std::uint8_t fin_and_binary = 0x82;  // no reserved bit, no fragment
constexpr std::uint8_t mask_bit = 0x80;
constexpr std::uint8_t length_in_two_bytes = 126;
constexpr std::uint8_t length_in_eight_bytes = 127;
constexpr std::size_t mask_bytes = 4;
static_assert(veranda::limits::message_bytes_max > 0xffff);  // so that what is taken here is never too long

// Eight bytes at a time, and then the rest.
void unmask(MutableByteView payload, const std::uint8_t* mask) {
    std::uint64_t twice = 0;
    std::memcpy(&twice, mask, mask_bytes);
    std::memcpy(reinterpret_cast<std::uint8_t*>(&twice) + mask_bytes, mask, mask_bytes);
    std::size_t at = 0;
    for (; payload.size() - at >= sizeof twice; at += sizeof twice) {
        std::uint64_t word = 0;
        std::memcpy(&word, &payload[at], sizeof word);
        word ^= twice;
        std::memcpy(&payload[at], &word, sizeof word);
    }
    for (; at < payload.size(); ++at) payload[at] ^= mask[at % mask_bytes];
}

}  // namespace

ByteView with_head(Bytes& batch) {
    const std::size_t payload = batch.size() - head_bytes_max;
    const std::size_t length_bytes = payload < length_in_two_bytes ? 0 : payload < 65'536 ? 2 : 8;
    std::size_t at = head_bytes_max;
    for (std::size_t i = 0; i < length_bytes; ++i) batch[--at] = static_cast<std::uint8_t>(payload >> (8 * i));
    batch[--at] = length_bytes == 0   ? static_cast<std::uint8_t>(payload)
                  : length_bytes == 2 ? length_in_two_bytes
                                      : length_in_eight_bytes;
    batch[--at] = fin_and_binary;
    return ByteView(batch).subspan(at);
}

std::optional<ByteView> take_whole_message(MutableByteView& bytes) {
    if (bytes.size() < 2 || bytes[0] != fin_and_binary || (bytes[1] & mask_bit) == 0) return std::nullopt;
    std::size_t length = bytes[1] & ~mask_bit;
    std::size_t head = 2;
    if (length == length_in_eight_bytes) return std::nullopt;
    if (length == length_in_two_bytes) {
        head = 4;
        if (bytes.size() < head) return std::nullopt;
        length = std::size_t{bytes[2]} << 8 | bytes[3];
        if (length < length_in_two_bytes) return std::nullopt;
    }
    if (bytes.size() < head + mask_bytes + length) return std::nullopt;
    const MutableByteView payload = bytes.subspan(head + mask_bytes, length);
    unmask(payload, &bytes[head]);
    bytes = bytes.subspan(head + mask_bytes + length);
    return payload;
}

}  // namespace veranda::net
