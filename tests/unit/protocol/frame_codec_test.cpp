// Frames: each kind there and back, and every way in which a message can break the envelope's rules.
#include "protocol/frame_codec.hpp"

#include <gtest/gtest.h>

namespace veranda {
namespace {

template <class Variant, std::size_t I = 0, class Visit>
void for_each_kind(const Visit& visit) {
    if constexpr (I < std::variant_size_v<Variant>) {
        visit(std::variant_alternative_t<I, Variant>{});
        for_each_kind<Variant, I + 1>(visit);
    }
}

// An enum of zero is not always a known value, so a kind's default need not decode: then only the envelope is looked
// at.
TEST(FrameCodec, EveryFrameHasATypeOfItsOwnAndKeepsItsRequestId) {
    std::vector<FrameType> types;
    for_each_kind<ClientFrame>([&](const auto& frame) {
        const auto message = encode_frame(frame, RequestId{77});
        types.push_back(frame.type);
        EXPECT_EQ(message[0], limits::frame_version);
        const auto decoded = decode_client_message(message);
        if (decoded) {
            EXPECT_EQ(decoded->at(0).request, RequestId{77});
        } else {
            EXPECT_TRUE(decoded.error().is(faults::frame_body));
        }
    });
    for_each_kind<ServerFrame>([&](const auto& frame) { types.push_back(frame.type); });
    std::sort(types.begin(), types.end());
    EXPECT_EQ(std::adjacent_find(types.begin(), types.end()), types.end());
}

TEST(FrameCodec, ReadsManyFramesOfOneMessageInOrder) {
    Bytes message = encode_frame(ClientHello{}, RequestId{1});
    append(message, encode_frame(FindCard{CardId{{5}}}, RequestId{2}));
    const auto frames = decode_client_message(message);
    ASSERT_TRUE(frames);
    ASSERT_EQ(frames->size(), 2U);
    const auto& second = std::get<ClientFrame>(frames->at(1).frame);
    EXPECT_EQ(std::get<FindCard>(second).card, CardId{{5}});
}

TEST(FrameCodec, HandsOnAnUnknownTypeByItsLength) {
    Bytes message = encode_frame_bytes(static_cast<FrameType>(0x01ff), RequestId{3}, Bytes{1, 2, 3});
    append(message, encode_frame(ClientHello{}, RequestId{4}));
    const auto frames = decode_client_message(message);
    ASSERT_TRUE(frames);
    EXPECT_EQ(std::get<UnknownFrame>(frames->at(0).frame).type, static_cast<FrameType>(0x01ff));
    EXPECT_EQ(frames->at(1).request, RequestId{4});
}

TEST(FrameCodec, AServersFrameSentByAClientIsUnknown) {
    const auto frames = decode_client_message(encode_frame(Done{}, RequestId{1}));
    ASSERT_TRUE(frames);
    EXPECT_TRUE(std::holds_alternative<UnknownFrame>(frames->at(0).frame));
}

std::string fault_of(const Bytes& message) {
    const auto frames = decode_client_message(message);
    return frames ? "" : std::string(frames.error().rule->name);
}

TEST(FrameCodec, NamesEveryFault) {
    EXPECT_EQ(fault_of({}), faults::message_empty.name);
    EXPECT_EQ(fault_of(Bytes(limits::message_bytes_max + 1)), faults::message_too_long.name);
    Bytes hello = encode_frame(ClientHello{}, RequestId{1});
    Bytes other_version = hello;
    other_version[0] = 2;
    EXPECT_EQ(fault_of(other_version), faults::frame_version.name);
    Bytes other_class = hello;
    other_class[1] = 3;
    EXPECT_EQ(fault_of(other_class), faults::priority_class.name);
    for (std::size_t length = 1; length < hello.size(); ++length)
        EXPECT_EQ(fault_of(Bytes(hello.begin(), hello.begin() + static_cast<std::ptrdiff_t>(length))),
                  tls::faults::truncated.name);
    EXPECT_EQ(fault_of(encode_frame_bytes(FrameType::find_card, RequestId{1}, Bytes(31))), faults::frame_body.name);
    EXPECT_EQ(fault_of(encode_frame_bytes(FrameType::find_card, RequestId{1}, Bytes(33))), faults::frame_body.name);
    EXPECT_EQ(fault_of(encode_frame_bytes(FrameType::submit, RequestId{1}, Bytes(limits::ordinary_frame_bytes_max))),
              faults::frame_too_long.name);
    Bytes many;
    for (std::size_t i = 0; i <= limits::frames_per_message_max; ++i) append(many, hello);
    EXPECT_EQ(fault_of(many), faults::too_many_frames.name);
}

TEST(FrameCodec, UsesNothingOfAMessageWithOneBrokenFrame) {
    Bytes message = encode_frame(ClientHello{}, RequestId{1});
    append(message, encode_frame_bytes(FrameType::find_card, RequestId{2}, Bytes(5)));
    const auto frames = decode_client_message(message);
    ASSERT_FALSE(frames);
    EXPECT_TRUE(frames.error().is(faults::frame_body));
    EXPECT_GT(frames.error().detail, encode_frame(ClientHello{}).size());
}

TEST(Orders, UseOnlyTheFieldsOfTheirKind) {
    Order removal;
    removal.kind = OrderKind::remove;
    EXPECT_FALSE(is_well_formed(removal));
    removal.member = MemberId{{1}};
    EXPECT_TRUE(is_well_formed(removal));
    removal.flag = true;
    EXPECT_FALSE(is_well_formed(removal));
    Order slow;
    slow.kind = OrderKind::slow_mode;
    slow.seconds = 30;
    EXPECT_TRUE(is_well_formed(slow));
    slow.member = MemberId{{1}};
    EXPECT_FALSE(is_well_formed(slow));
    Order end;
    end.kind = OrderKind::end;
    EXPECT_TRUE(is_well_formed(end));
    end.level = Level::listens;
    EXPECT_FALSE(is_well_formed(end));
}

TEST(Refusals, HaveANameEach) {
    std::vector<std::string_view> names;
    for (const Refusal refusal : all_refusals) {
        EXPECT_NE(name(refusal), "newer_refusal");
        names.push_back(name(refusal));
    }
    std::sort(names.begin(), names.end());
    EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
    EXPECT_EQ(name(static_cast<Refusal>(9'999)), "newer_refusal");
}

}  // namespace
}  // namespace veranda
