// Takes a message apart and finds, by its type, the structure that each body decodes to.
#include "protocol/frame_codec.hpp"

namespace veranda {
namespace {

struct RawFrame {
    FrameHead head;
    ByteView body;
    std::size_t body_offset = 0;
};

Result<RawFrame> read_raw_frame(ByteView message, std::size_t offset) {
    tls::Reader reader(message.subspan(offset));
    const auto version = reader.number(1);
    const auto priority = static_cast<PriorityClass>(reader.number(1));
    const auto type = static_cast<FrameType>(reader.number(2));
    const RequestId request{static_cast<std::uint32_t>(reader.number(4))};
    if (reader.ok() && version != limits::frame_version) return fail(faults::frame_version, offset);
    if (reader.ok() && !is_known(priority)) return fail(faults::priority_class, offset);
    const ByteView body = reader.vector();
    if (!reader.ok()) {
        const Error error = reader.finish().error();
        return fail(*error.rule, offset + error.detail);
    }
    if (reader.offset() > frame_bytes_max(type)) return fail(faults::frame_too_long, offset);
    return RawFrame{{priority, type, request}, body, offset + reader.offset() - body.size()};
}

// Tries each alternative of the variant until one has the type, and decodes it in its place.
template <class Variant, std::size_t I = 0>
Result<void> decode_body(const RawFrame& raw, std::variant<UnknownFrame, Variant>& into) {
    if constexpr (I == std::variant_size_v<Variant>) {
        into = UnknownFrame{raw.head.type};
        return {};
    } else {
        using Frame = std::variant_alternative_t<I, Variant>;
        if (Frame::type != raw.head.type) return decode_body<Variant, I + 1>(raw, into);
        tls::Reader reader(raw.body);
        auto& known = into.template emplace<Variant>(std::in_place_type<Frame>);
        tls::read(reader, std::get<Frame>(known));
        const auto whole = reader.finish();
        if (!whole) return fail(faults::frame_body, raw.body_offset + whole.error().detail);
        return {};
    }
}

template <class Variant>
Result<void> decode_message(ByteView message, std::vector<Received<Variant>>& frames) {
    frames.clear();
    if (message.empty()) return fail(faults::message_empty);
    if (message.size() > limits::message_bytes_max) return fail(faults::message_too_long, message.size());
    for (std::size_t offset = 0; offset < message.size();) {
        if (frames.size() == limits::frames_per_message_max) return fail(faults::too_many_frames, offset);
        const RawFrame raw = TRY(read_raw_frame(message, offset));
        Received<Variant>& received = frames.emplace_back();
        received.request = raw.head.request;
        TRY(decode_body<Variant>(raw, received.frame));
        offset = raw.body_offset + raw.body.size();
    }
    return {};
}

template <class Variant>
Result<std::vector<Received<Variant>>> decode_message(ByteView message) {
    std::vector<Received<Variant>> frames;
    TRY(decode_message(message, frames));
    return frames;
}

}  // namespace

PriorityClass priority_of(FrameType type) {
    switch (type) {
        case FrameType::entered:  // nothing of the room goes before it
        case FrameType::lane:
        case FrameType::lane_delivery:
        case FrameType::acknowledge_lane:
        case FrameType::hold:
        case FrameType::lane_acknowledged: return PriorityClass::urgent;
        case FrameType::submit:
        case FrameType::entry:
        case FrameType::room_gone: return PriorityClass::ordinary;  // behind the entry that says why
        default: return PriorityClass::control;
    }
}

std::size_t frame_bytes_max(FrameType type) {
    switch (type) {
        case FrameType::admit:
        case FrameType::post_cards:
        case FrameType::admitted:
        case FrameType::entered:
        case FrameType::staff_list:
        case FrameType::entry: return limits::admission_frame_bytes_max;
        default: return limits::ordinary_frame_bytes_max;
    }
}

Bytes encode_frame_bytes(FrameType type, RequestId request, ByteView body) {
    constexpr std::size_t length_bytes_max = 4;
    tls::Writer writer;
    writer.reserve(limits::frame_head_bytes + length_bytes_max + body.size());
    writer.number(limits::frame_version, 1);
    writer.number(static_cast<std::uint64_t>(priority_of(type)), 1);
    writer.number(static_cast<std::uint64_t>(type), 2);
    writer.number(request.value, 4);
    writer.vector(body);
    return writer.take();
}

Result<std::vector<Received<ClientFrame>>> decode_client_message(ByteView message) {
    return decode_message<ClientFrame>(message);
}

Result<std::vector<Received<ServerFrame>>> decode_server_message(ByteView message) {
    return decode_message<ServerFrame>(message);
}

Result<void> decode_client_message(ByteView message, std::vector<Received<ClientFrame>>& frames) {
    return decode_message(message, frames);
}

}  // namespace veranda
