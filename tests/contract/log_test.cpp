// Reading the log, and what time takes from it.
#include "tests/contract/stage.hpp"

namespace veranda::tests {
namespace {

class Log : public Contract {
protected:
    std::vector<std::uint64_t> sequences(Sequence after, std::size_t count) {
        Heard found;
        found.entries = read_log(after, count);
        return found.sequences();
    }
};
VERANDA_FOR_EVERY_STORE(Log);

using Numbers = std::vector<std::uint64_t>;

TEST_P(Log, ReadsWhatComesAfterInOrderAtMostSoMany) {
    open();
    for (int i = 0; i < 9; ++i) stored(message("entry"));
    EXPECT_EQ(sequences({0}, 3), (Numbers{1, 2, 3}));
    EXPECT_EQ(sequences({3}, 4), (Numbers{4, 5, 6, 7}));
    EXPECT_EQ(sequences({8}, 100), (Numbers{9, 10}));
    EXPECT_EQ(sequences({10}, 100), Numbers{});
    EXPECT_EQ(sequences({4'000}, 100), Numbers{});
    EXPECT_EQ(sequences({0}, 0), Numbers{});
}

TEST_P(Log, WhatIsTooOldIsNotReadAndOldestSaysSo) {
    begin({.log = 300ms});
    open();
    stored(message("goes"));
    ASSERT_TRUE(until([&] { return read_log().empty(); }));
    EXPECT_EQ(snapshot().last, Sequence{2});
    EXPECT_EQ(snapshot().oldest, Sequence{3}) << "last + 1: nothing is left";
    EXPECT_EQ(snapshot().genesis_entry, text("genesis")) << "the genesis outlives its entry";

    EXPECT_EQ(stored(message("stays for now")), Sequence{3});
    const auto left = read_log();
    if (left.empty()) return;  // a very slow machine: it has gone already
    EXPECT_EQ(left.front().sequence, Sequence{3});
}

TEST_P(Log, TrimmingTakesTheOldestAndLeavesTheRest) {
    begin({.log = 400ms});
    open();
    RoomSnapshot found;
    std::vector<LogEntry> log;
    ASSERT_TRUE(
        until([&] {  // entries come all the time; a machine that stands still between the two looks is asked again
            stored(message("steady"));
            found = snapshot();
            log = read_log();
            return found.oldest > Sequence{3} && !log.empty() && log.back().sequence == found.last;
        }));
    EXPECT_GE(log.front().sequence, found.oldest);
    for (std::size_t i = 1; i < log.size(); ++i) EXPECT_EQ(log[i].sequence, log[i - 1].sequence.next());
    EXPECT_EQ(log.back().sequence, found.last);
}

TEST_P(Log, OrdersAreKeptThoughTheirEntriesGo) {
    begin({.log = 300ms});
    open();
    Append order = message("hush");
    order.is_order = true;
    const LogEntry expected{stored(order), order.now, iris, order.kind, order.body};
    ASSERT_TRUE(until([&] { return read_log().empty(); }));
    EXPECT_EQ(snapshot().orders, std::vector{expected});
    EXPECT_EQ(snapshot().order_count, OrderNumber{1});
}

}  // namespace
}  // namespace veranda::tests
