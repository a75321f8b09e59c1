// A whole message in one binary frame (RFC 6455, 5.2), which is nearly all that goes over a WebSocket of ours in either
// direction. Such frames are made and taken apart here; every other kind, and every fault, is Beast's.
#pragma once

#include <optional>

#include "protocol/bytes.hpp"

namespace veranda::net {

// The longest head of a server's frame.
inline constexpr std::size_t head_bytes_max = 10;

// The frame of the payload that follows the first `head_bytes_max` bytes of `batch`; its head is put right in front.
ByteView with_head(Bytes& batch);

// Takes a client's whole message from the front of `bytes`, and takes its mask off where it lies. None: what is there
// is something else, or not all there, and `bytes` are as they were.
std::optional<ByteView> take_whole_message(MutableByteView& bytes);

}  // namespace veranda::net
