// Between bytes and frames. The decoder takes one WebSocket message apart, frame by frame.
//
// A known frame must decode to its last byte. An unknown type is not a fault: its length says where it ends, so it is
// handed on as UnknownFrame; the relay answers unknown_frame, a client passes over it. Faults end the connection.
#pragma once

#include "protocol/frames.hpp"

namespace veranda {

namespace faults {  // detail: the offset in the message, in bytes, or the size that was too large
inline constexpr Rule frame_version{"frame_version", "docs/protocol.md, 4.1"};
inline constexpr Rule frame_too_long{"frame_too_long", "docs/protocol.md, 4.1"};
inline constexpr Rule message_too_long{"message_too_long", "docs/protocol.md, 4.1"};
inline constexpr Rule message_empty{"message_empty", "docs/protocol.md, 4.1"};
inline constexpr Rule too_many_frames{"too_many_frames", "docs/protocol.md, 4.1"};
inline constexpr Rule priority_class{"priority_class", "docs/protocol.md, 4.1"};
inline constexpr Rule frame_body{"frame_body", "docs/protocol.md, 4.1"};
}  // namespace faults

struct UnknownFrame {
    FrameType type{};
};

template <class Frame>
struct Received {
    RequestId request;
    std::variant<UnknownFrame, Frame> frame;
};

struct FrameHead {
    PriorityClass priority{};
    FrameType type{};
    RequestId request;
};

PriorityClass priority_of(FrameType type);
std::size_t frame_bytes_max(FrameType type);

// One frame's bytes: head and body.
Bytes encode_frame_bytes(FrameType type, RequestId request, ByteView body);

template <class Frame>
Bytes encode_frame(const Frame& frame, RequestId request = {}) {
    return encode_frame_bytes(Frame::type, request, tls::encode(frame));
}

// All frames of one WebSocket message, in order. Errors: every rule of `faults` above, frame_body with the offset of
// the body's fault in the message; then nothing of the message is used. Limit: message_bytes_max,
// frames_per_message_max.
Result<std::vector<Received<ClientFrame>>> decode_client_message(ByteView message);
Result<std::vector<Received<ServerFrame>>> decode_server_message(ByteView message);
// The same into `frames`, whose memory is used again: a client's frame is large, as one kind of it is. On an error
// `frames` holds nothing of use.
Result<void> decode_client_message(ByteView message, std::vector<Received<ClientFrame>>& frames);

}  // namespace veranda
