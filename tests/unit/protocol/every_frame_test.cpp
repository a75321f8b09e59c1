// One real frame of every type, from the fuzzer's corpus: read, written again, cut at every place and changed at every
// byte. What is accepted has one encoding only.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "protocol/frame_codec.hpp"

namespace veranda {
namespace {

std::vector<Bytes> real_messages() {
    std::vector<Bytes> all;
    for (const auto& entry : std::filesystem::directory_iterator(VERANDA_FRAMES)) {
        std::ifstream in(entry.path(), std::ios::binary);
        all.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    return all;
}

// A message of one frame, encoded again; nothing if it was refused, or is of more, or of an unknown type.
template <class Variant>
std::optional<Bytes> again(const Result<std::vector<Received<Variant>>>& frames) {
    if (!frames || frames->size() != 1) return std::nullopt;
    const auto& received = frames->front();
    const auto* known = std::get_if<Variant>(&received.frame);
    if (known == nullptr) return std::nullopt;
    return std::visit([&](const auto& frame) { return encode_frame(frame, received.request); }, *known);
}

constexpr std::size_t priority_at = 1;  // the relay sets it: a client's claim is not kept

TEST(EveryFrame, IsReadAndWrittenAgain) {
    std::size_t clients = 0;
    std::size_t servers = 0;
    for (const Bytes& message : real_messages()) {
        const auto of_client = again(decode_client_message(message));
        const auto of_server = again(decode_server_message(message));
        EXPECT_TRUE(!of_client || *of_client == message);
        EXPECT_TRUE(!of_server || *of_server == message);
        clients += of_client ? 1 : 0;
        servers += of_server ? 1 : 0;
    }
    EXPECT_GE(clients, 10U);
    EXPECT_GE(servers, 10U);
}

TEST(EveryFrame, IsRefusedWhenCut) {
    for (const Bytes& message : real_messages()) {
        if (!again(decode_client_message(message)) && !again(decode_server_message(message))) continue;
        for (std::size_t size = 0; size < message.size(); ++size) {
            EXPECT_FALSE(decode_client_message(ByteView(message).first(size)));
            EXPECT_FALSE(decode_server_message(ByteView(message).first(size)));
        }
    }
}

TEST(EveryFrame, HasOneEncodingOnlyWhateverByteIsChanged) {
    for (const Bytes& message : real_messages())
        for (std::size_t at = 0; at < message.size(); ++at)
            for (const std::uint8_t change : ByteArray<5>{1, 2, 0x40, 0x80, 0xff}) {
                Bytes changed = message;
                changed[at] ^= change;
                for (auto bytes : {again(decode_client_message(changed)), again(decode_server_message(changed))}) {
                    if (!bytes) continue;
                    (*bytes)[priority_at] = changed[priority_at];
                    EXPECT_EQ(*bytes, changed) << "byte " << at;
                }
            }
}

// Frames go out in three queues; what is in which is a promise to those who wait.
TEST(EveryFrame, HasAPriorityAndALongestSize) {
    for (const FrameType type : {FrameType::entered, FrameType::lane, FrameType::lane_delivery,
                                 FrameType::acknowledge_lane, FrameType::hold, FrameType::lane_acknowledged})
        EXPECT_EQ(priority_of(type), PriorityClass::urgent);
    for (const FrameType type : {FrameType::submit, FrameType::entry, FrameType::room_gone})
        EXPECT_EQ(priority_of(type), PriorityClass::ordinary);
    EXPECT_EQ(priority_of(FrameType::find_card), PriorityClass::control);
    for (const FrameType type : {FrameType::admit, FrameType::post_cards, FrameType::admitted, FrameType::entered,
                                 FrameType::staff_list, FrameType::entry})
        EXPECT_EQ(frame_bytes_max(type), limits::admission_frame_bytes_max);
    EXPECT_EQ(frame_bytes_max(FrameType::submit), limits::ordinary_frame_bytes_max);
}

TEST(EveryFrame, IsReadIntoRoomThatIsThereAlready) {
    std::vector<Received<ClientFrame>> frames(3);
    ASSERT_TRUE(decode_client_message(encode_frame(FindCard{CardId{{5}}}, RequestId{2}), frames));
    ASSERT_EQ(frames.size(), 1U);
    EXPECT_FALSE(decode_client_message(Bytes{1}, frames));
}

}  // namespace
}  // namespace veranda
