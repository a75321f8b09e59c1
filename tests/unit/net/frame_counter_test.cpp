// Counting of WebSocket frames below Beast: what is a frame, what is a flood, however the bytes are cut.
#include "server/net/frame_counter.hpp"

#include <gtest/gtest.h>

#include "tests/support/raw_websocket.hpp"

namespace veranda::net {
namespace {

using namespace std::chrono_literals;
using tests::frame_bytes;
using tests::Opcode;

constexpr FrameRates few{.frames = 10, .empty_frames = 3, .control_frames = 2, .bytes = 100'000};
constexpr FrameCounter::TimePoint start{};

bool take_times(FrameCounter& counter, const std::string& frame, int times, FrameCounter::TimePoint at = start + 1s) {
    bool good = true;
    for (int i = 0; i < times; ++i) good = counter.take(as_bytes(frame), at);
    return good;
}

TEST(FrameCounter, LetsAsManyFramesPassASecondAsItIsTold) {
    FrameCounter counter(few);
    EXPECT_TRUE(take_times(counter, frame_bytes(Opcode::binary, Bytes(20)), 10));
    EXPECT_FALSE(take_times(counter, frame_bytes(Opcode::binary, Bytes(20)), 1));
}

TEST(FrameCounter, CountsAnewEverySecond) {
    FrameCounter counter(few);
    for (auto at = start + 1s; at < start + 20s; at += 1s)
        EXPECT_TRUE(take_times(counter, frame_bytes(Opcode::binary, Bytes(20)), 10, at));
}

TEST(FrameCounter, CountsControlFramesByThemselves) {
    for (const Opcode opcode : {Opcode::ping, Opcode::pong, Opcode::close}) {
        FrameCounter counter(few);
        EXPECT_TRUE(take_times(counter, frame_bytes(opcode, Bytes(3)), 2));
        EXPECT_FALSE(take_times(counter, frame_bytes(opcode, Bytes(3)), 1));
    }
}

TEST(FrameCounter, CountsFragmentsWithNothingInThemByThemselves) {
    FrameCounter counter(few);
    EXPECT_TRUE(take_times(counter, frame_bytes(Opcode::continuation, {}, false), 3));
    EXPECT_FALSE(take_times(counter, frame_bytes(Opcode::continuation, {}, false), 1));
}

TEST(FrameCounter, DoesNotTakeAnEmptyLastFragmentForAnEmptyOne) {
    FrameCounter counter(few);
    EXPECT_TRUE(take_times(counter, frame_bytes(Opcode::continuation, {}, true), 10));
}

TEST(FrameCounter, CountsBytes) {
    FrameCounter counter(few);
    EXPECT_TRUE(counter.take(as_bytes(frame_bytes(Opcode::binary, Bytes(90'000))), start + 1s));
    EXPECT_FALSE(counter.take(as_bytes(frame_bytes(Opcode::binary, Bytes(90'000))), start + 1s));
}

// What is inside a payload is never taken for a frame, and a head may be cut anywhere.
TEST(FrameCounter, FindsTheSameFramesHoweverTheBytesAreCut) {
    const std::string inner = frame_bytes(Opcode::ping, Bytes(5));
    std::string stream;
    for (const std::size_t size : {0U, 1U, 125U, 126U, 200U, 65'535U, 65'536U}) {
        Bytes payload;
        while (payload.size() < size) append(payload, as_bytes(inner));
        payload.resize(size);
        stream += frame_bytes(Opcode::binary, payload, true, false);
    }
    for (const std::size_t step : {1U, 2U, 3U, 7U, 13U, 1'536U, 200'000U}) {
        FrameCounter counter({.frames = 7, .empty_frames = 0, .control_frames = 0, .bytes = 1'000'000});
        for (std::size_t at = 0; at < stream.size(); at += step)
            ASSERT_TRUE(counter.take(as_bytes(std::string_view(stream).substr(at, step)), start + 1s));
        EXPECT_FALSE(counter.take(as_bytes(frame_bytes(Opcode::binary, Bytes(1))), start + 1s)) << "the eighth";
    }
}

TEST(FrameCounter, KnowsWhenEverythingSoFarWasWholeMessages) {
    FrameCounter counter(few);
    const auto is_between_after = [&counter](std::string_view bytes) {
        EXPECT_TRUE(counter.take(as_bytes(bytes), start + 1s));
        return counter.is_between_messages();
    };
    EXPECT_TRUE(counter.is_between_messages());
    const std::string whole = frame_bytes(Opcode::binary, Bytes(200));
    EXPECT_FALSE(is_between_after(std::string_view(whole).substr(0, 1)));
    EXPECT_FALSE(is_between_after(std::string_view(whole).substr(1, 100)));
    EXPECT_TRUE(is_between_after(std::string_view(whole).substr(101)));
    EXPECT_FALSE(is_between_after(frame_bytes(Opcode::binary, Bytes(3), false)));
    EXPECT_FALSE(is_between_after(frame_bytes(Opcode::ping, Bytes(3)))) << "a ping stands between fragments";
    EXPECT_FALSE(is_between_after(frame_bytes(Opcode::continuation, Bytes(3), false)));
    EXPECT_TRUE(is_between_after(frame_bytes(Opcode::continuation, Bytes(3), true)));
    EXPECT_TRUE(is_between_after(frame_bytes(Opcode::ping, Bytes(3))));
}

}  // namespace
}  // namespace veranda::net
