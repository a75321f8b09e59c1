// Whole messages in one frame: which are taken past Beast, which are left to it, and that what is left is untouched.
#include "server/net/ordinary_frame.hpp"

#include <gtest/gtest.h>

#include "protocol/limits.hpp"
#include "tests/support/raw_websocket.hpp"

namespace veranda::net {
namespace {

using tests::frame_bytes;
using tests::Opcode;

Bytes payload_of(std::size_t size) {
    Bytes payload(size);
    for (std::size_t i = 0; i < size; ++i) payload[i] = static_cast<std::uint8_t>(i * 7 + 1);
    return payload;
}

Bytes frame_of(const Bytes& payload) { return to_bytes(as_bytes(frame_bytes(Opcode::binary, payload))); }

void expect_left_to_beast(Bytes bytes) {
    const Bytes before = bytes;
    MutableByteView rest(bytes);
    EXPECT_FALSE(take_whole_message(rest));
    EXPECT_EQ(rest.size(), before.size());
    EXPECT_EQ(bytes, before);
}

TEST(OrdinaryFrame, IsTakenWithItsMaskOffWhateverItsLength) {
    for (const std::size_t size : {0, 1, 3, 4, 7, 8, 9, 125, 126, 127, 606, 65'535}) {
        Bytes bytes = frame_of(payload_of(size));
        MutableByteView rest(bytes);
        const auto message = take_whole_message(rest);
        ASSERT_TRUE(message) << size;
        EXPECT_EQ(to_bytes(*message), payload_of(size)) << size;
        EXPECT_TRUE(rest.empty()) << size;
    }
}

TEST(OrdinaryFrame, IsTakenFromTheFrontAndLeavesWhatFollows) {
    Bytes bytes = frame_of(payload_of(20));
    const Bytes second = frame_of(payload_of(200));
    append(bytes, second);
    MutableByteView rest(bytes);
    ASSERT_TRUE(take_whole_message(rest));
    EXPECT_EQ(to_bytes(rest), second);
    const auto message = take_whole_message(rest);
    ASSERT_TRUE(message);
    EXPECT_EQ(to_bytes(*message), payload_of(200));
}

TEST(OrdinaryFrame, IsNotTakenBeforeItIsAllThere) {
    for (const std::size_t size : {0, 20, 200}) {
        const Bytes whole = frame_of(payload_of(size));
        for (std::size_t count = 0; count < whole.size(); ++count)
            expect_left_to_beast(to_bytes(ByteView(whole).first(count)));
    }
}

TEST(OrdinaryFrame, LeavesEveryOtherKindOfFrameToBeast) {
    for (const Opcode opcode : {Opcode::text, Opcode::continuation, Opcode::ping, Opcode::pong, Opcode::close})
        expect_left_to_beast(to_bytes(as_bytes(frame_bytes(opcode, payload_of(20)))));
    expect_left_to_beast(to_bytes(as_bytes(frame_bytes(Opcode::binary, payload_of(20), false))));
    expect_left_to_beast(frame_of(payload_of(65'536)));
}

TEST(OrdinaryFrame, LeavesEveryFaultToBeast) {
    Bytes reserved_bit = frame_of(payload_of(20));
    reserved_bit[0] |= 0x40;
    expect_left_to_beast(reserved_bit);
    Bytes no_mask = frame_of(payload_of(20));
    no_mask[1] &= 0x7f;
    expect_left_to_beast(no_mask);
    Bytes not_shortest = {0x82, 0x80 | 126, 0, 20, 0, 0, 0, 0};
    append(not_shortest, payload_of(20));
    expect_left_to_beast(not_shortest);
}

TEST(OrdinaryFrame, OfAServerHasTheShortestHead) {
    const auto head_of = [](std::size_t size) {
        Bytes batch(head_bytes_max + size);
        return to_bytes(with_head(batch).first(with_head(batch).size() - size));
    };
    EXPECT_EQ(head_of(125), (Bytes{0x82, 125}));
    EXPECT_EQ(head_of(126), (Bytes{0x82, 126, 0, 126}));
    EXPECT_EQ(head_of(65'535), (Bytes{0x82, 126, 0xff, 0xff}));
    EXPECT_EQ(head_of(65'536), (Bytes{0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0}));
}

}  // namespace
}  // namespace veranda::net
