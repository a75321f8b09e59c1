// Fuzzes the decoder of both directions: it never crashes, and what it accepts has exactly that one encoding.
#include <cstdlib>

#include "protocol/frame_codec.hpp"

namespace {

template <class Frame>
void check_again(const std::vector<veranda::Received<Frame>>& frames, veranda::ByteView message) {
    veranda::Bytes again;
    for (const auto& received : frames) {
        const auto* known = std::get_if<Frame>(&received.frame);
        if (known == nullptr) return;  // its body is not kept
        std::visit([&](const auto& frame) { veranda::append(again, veranda::encode_frame(frame, received.request)); },
                   *known);
    }
    std::size_t at = 0;  // the priority class is the relay's to set: a client's claim is not kept
    for (const auto& received : frames) {
        (void)received;
        if (at + 1 >= message.size()) break;
        again[at + 1] = message[at + 1];
        veranda::tls::Reader reader(message.subspan(at + 8));
        reader.vector();
        at += 8 + reader.offset();
    }
    if (!veranda::same_bytes(again, message)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const veranda::ByteView message(data, size);
    if (const auto frames = veranda::decode_client_message(message)) check_again(*frames, message);
    if (const auto frames = veranda::decode_server_message(message)) check_again(*frames, message);
    return 0;
}
