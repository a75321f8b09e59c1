// Frames are put together into messages that the relay takes: neither too long nor of too many frames.
#include "client-lib/client/frame_batch.hpp"

#include <gtest/gtest.h>

namespace veranda::client {
namespace {

TEST(FrameBatch, PutsSmallFramesIntoOneMessage) {
    FrameBatch batch;
    batch.add(Bytes{1, 2});
    batch.add(Bytes{3});
    EXPECT_EQ(batch.take(), (std::vector<Bytes>{{1, 2, 3}}));
    EXPECT_TRUE(batch.take().empty());
    batch.add(Bytes{4});
    EXPECT_EQ(batch.take(), (std::vector<Bytes>{{4}})) << "what was taken is over";
}

// A facilitator's client that posted the cards of a room of 200 in one message was cut by the relay, each time.
TEST(FrameBatch, BeginsAnotherMessageBeforeOneIsTooLong) {
    FrameBatch batch;
    batch.add(Bytes(limits::message_bytes_max - 1, 0));
    batch.add(Bytes(1, 1));
    batch.add(Bytes(1, 2));
    const auto messages = batch.take();
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(messages[0].size(), limits::message_bytes_max);
    EXPECT_EQ(messages[1], Bytes{2});
}

TEST(FrameBatch, BeginsAnotherMessageAfterAsManyFramesAsOneHolds) {
    FrameBatch batch;
    for (std::size_t i = 0; i <= limits::frames_per_message_max; ++i) batch.add(Bytes{7});
    const auto messages = batch.take();
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(messages[0].size(), limits::frames_per_message_max);
}

}  // namespace
}  // namespace veranda::client
