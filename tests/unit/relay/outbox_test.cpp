// A queue that a slow reader cannot make grow, and in which an alarm goes first.
#include "server/relay/outbox.hpp"

#include <gtest/gtest.h>

namespace veranda::relay {
namespace {

SharedFrame frame_of(std::size_t bytes, std::uint8_t mark = 0) { return std::make_shared<const Bytes>(bytes, mark); }

std::vector<int> marks(const std::vector<SharedFrame>& batch) {
    std::vector<int> found;
    for (const SharedFrame& frame : batch) found.push_back(frame->front());
    return found;
}

TEST(Outbox, GivesTheUrgentFirstAndWithinAClassTheOldestFirst) {
    Outbox outbox;
    EXPECT_TRUE(outbox.push(frame_of(1, 1), PriorityClass::ordinary));
    EXPECT_TRUE(outbox.push(frame_of(1, 2), PriorityClass::control));
    EXPECT_TRUE(outbox.push(frame_of(1, 3), PriorityClass::ordinary));
    EXPECT_TRUE(outbox.push(frame_of(1, 4), PriorityClass::urgent));
    std::vector<SharedFrame> batch;
    outbox.take_batch(batch);
    EXPECT_EQ(marks(batch), (std::vector<int>{4, 2, 1, 3}));
    EXPECT_TRUE(outbox.empty());
}

TEST(Outbox, RefusesTheFrameThatWouldPassItsBoundAndKeepsWhatItHas) {
    Outbox outbox(10);
    EXPECT_TRUE(outbox.push(frame_of(6), PriorityClass::ordinary));
    EXPECT_FALSE(outbox.push(frame_of(5), PriorityClass::urgent));
    EXPECT_EQ(outbox.bytes(), 6U);
    EXPECT_TRUE(outbox.push(frame_of(4), PriorityClass::ordinary));
    std::vector<SharedFrame> batch;
    outbox.take_batch(batch);
    EXPECT_EQ(batch.size(), 2U);
    EXPECT_TRUE(outbox.push(frame_of(10), PriorityClass::ordinary));
}

TEST(Outbox, PutsNoMoreIntoABatchThanOneMessageMayHold) {
    Outbox outbox;
    for (std::size_t i = 0; i < limits::frames_per_message_max + 1; ++i)
        ASSERT_TRUE(outbox.push(frame_of(1), PriorityClass::ordinary));
    std::vector<SharedFrame> batch;
    outbox.take_batch(batch);
    EXPECT_EQ(batch.size(), limits::frames_per_message_max);
    batch.clear();
    outbox.take_batch(batch);
    EXPECT_EQ(batch.size(), 1U);
}

TEST(Outbox, EndsABatchBeforeTheFrameThatWouldBeTooMuchButNeverStandsStill) {
    Outbox outbox;
    for (const std::uint8_t mark : ByteArray<3>{1, 2, 3})
        ASSERT_TRUE(outbox.push(frame_of(40, mark), PriorityClass::ordinary));
    std::vector<SharedFrame> batch;
    outbox.take_batch(batch, 100);
    EXPECT_EQ(marks(batch), (std::vector<int>{1, 2}));
    batch.clear();
    outbox.take_batch(batch, 10);  // smaller than the frame itself
    EXPECT_EQ(marks(batch), std::vector<int>{3});
}

TEST(Outbox, KeepsItsOrderOverManyTurns) {
    Outbox outbox;
    std::uint8_t pushed = 0;
    std::uint8_t taken = 0;
    for (int turn = 0; turn < 500; ++turn) {
        for (int i = 0; i < turn % 7; ++i) ASSERT_TRUE(outbox.push(frame_of(3, pushed++), PriorityClass::ordinary));
        std::vector<SharedFrame> batch;
        outbox.take_batch(batch, 9);
        for (const SharedFrame& frame : batch) ASSERT_EQ(frame->front(), taken++);
    }
    outbox.clear();
    EXPECT_TRUE(outbox.empty());
}

}  // namespace
}  // namespace veranda::relay
