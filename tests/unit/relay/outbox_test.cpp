// A queue that a slow reader cannot make grow, and in which an alarm goes first.
#include "server/relay/outbox.hpp"

#include <gtest/gtest.h>

namespace veranda::relay {
namespace {

SharedFrame frame_of(std::size_t bytes, std::uint8_t mark = 0) { return std::make_shared<const Bytes>(bytes, mark); }

// The next batch; its frames are told apart by their bytes.
Bytes take(Outbox& outbox, std::size_t bytes_max = limits::message_bytes_max) {
    Bytes batch;
    outbox.take_batch(batch, bytes_max);
    return batch;
}

TEST(Outbox, GivesTheUrgentFirstAndWithinAClassTheOldestFirst) {
    Outbox outbox;
    EXPECT_TRUE(outbox.push(frame_of(1, 1), PriorityClass::ordinary));
    EXPECT_TRUE(outbox.push(frame_of(1, 2), PriorityClass::control));
    EXPECT_TRUE(outbox.push(frame_of(1, 3), PriorityClass::ordinary));
    EXPECT_TRUE(outbox.push(frame_of(1, 4), PriorityClass::urgent));
    EXPECT_EQ(take(outbox), (Bytes{4, 2, 1, 3}));
    EXPECT_TRUE(outbox.empty());
}

TEST(Outbox, RefusesTheFrameThatWouldPassItsBoundAndKeepsWhatItHas) {
    Outbox outbox(10);
    EXPECT_TRUE(outbox.push(frame_of(6), PriorityClass::ordinary));
    EXPECT_FALSE(outbox.push(frame_of(5), PriorityClass::urgent));
    EXPECT_EQ(outbox.bytes(), 6U);
    EXPECT_TRUE(outbox.push(frame_of(4), PriorityClass::ordinary));
    EXPECT_EQ(take(outbox).size(), 10U);
    EXPECT_TRUE(outbox.push(frame_of(10), PriorityClass::ordinary));
}

TEST(Outbox, PutsNoMoreIntoABatchThanOneMessageMayHold) {
    Outbox outbox;
    for (std::size_t i = 0; i < limits::frames_per_message_max + 1; ++i)
        ASSERT_TRUE(outbox.push(frame_of(1), PriorityClass::ordinary));
    EXPECT_EQ(take(outbox).size(), limits::frames_per_message_max);
    EXPECT_EQ(take(outbox).size(), 1U);
}

TEST(Outbox, EndsABatchBeforeTheFrameThatWouldBeTooMuchButNeverStandsStill) {
    Outbox outbox;
    for (const std::uint8_t mark : ByteArray<3>{1, 2, 3})
        ASSERT_TRUE(outbox.push(frame_of(40, mark), PriorityClass::ordinary));
    Bytes first(40, 1);
    append(first, Bytes(40, 2));
    EXPECT_EQ(take(outbox, 100), first);
    EXPECT_EQ(take(outbox, 10), Bytes(40, 3));  // smaller than the frame itself
}

TEST(Outbox, KeepsItsOrderOverManyTurns) {
    Outbox outbox;
    std::uint8_t pushed = 0;
    std::uint8_t taken = 0;
    for (int turn = 0; turn < 500; ++turn) {
        for (int i = 0; i < turn % 7; ++i) ASSERT_TRUE(outbox.push(frame_of(3, pushed++), PriorityClass::ordinary));
        const Bytes batch = take(outbox, 9);
        for (std::size_t at = 0; at < batch.size(); at += 3) ASSERT_EQ(batch[at], taken++);
    }
    outbox.clear();
    EXPECT_TRUE(outbox.empty());
}

}  // namespace
}  // namespace veranda::relay
