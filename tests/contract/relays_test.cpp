// Several relays over one store: every listener hears every entry, once, in order, from its snapshot on.
#include "tests/contract/stage.hpp"

namespace veranda::tests {
namespace {

class Relays : public Contract {
protected:
    void SetUp() override {
        Contract::SetUp();
        ASSERT_TRUE(open());
    }
    // Appends without waiting; `answered_` counts.
    void say(std::size_t count, std::size_t number) {
        for (std::size_t i = 0; i < count; ++i)
            relay(number).append(message("word"), [this](auto answer) {
                ASSERT_TRUE(std::holds_alternative<Appended>(answer));
                ASSERT_TRUE(std::holds_alternative<Stored>(std::get<Appended>(answer)));
                ++answered_;
            });
    }
    // first, first + 1, ... last
    static std::vector<std::uint64_t> from_to(std::uint64_t first, std::uint64_t last) {
        std::vector<std::uint64_t> all;
        for (; first <= last; ++first) all.push_back(first);
        return all;
    }
    std::size_t answered_ = 0;
};
VERANDA_FOR_EVERY_STORE(Relays);

TEST_P(Relays, BothHearAThousandInterleavedEntriesAlike) {
    watch(room, 1);
    for (int i = 0; i < 50; ++i) {
        say(10, 0);
        stage().turn();
        say(10, 1);
    }
    ASSERT_TRUE(until(
        [&] { return answered_ == 1'000 && heard(0).entries.size() >= 1'000 && heard(1).entries.size() >= 1'000; }));
    EXPECT_EQ(heard(0).sequences(), from_to(2, 1'001));
    EXPECT_EQ(heard(0).entries, heard(1).entries);
    EXPECT_EQ(read_log(Sequence{1}, 2'000), heard(0).entries);
}

TEST_P(Relays, NothingIsLostOrDoubledBetweenSnapshotAndEvents) {
    for (int round = 0; round < 20; ++round) {
        const auto before = snapshot().last.value;
        recorder(1).rooms.clear();
        say(5, 0);
        std::optional<Sequence> seen;
        relay(1).watch(room, [&](auto answer) {
            EXPECT_TRUE(heard(1).entries.empty()) << "nothing comes before the snapshot";
            seen = std::get<std::optional<RoomSnapshot>>(answer)->last;
        });
        say(5, 0);
        for (int i = 0; i < round % 4; ++i) stage().turn();
        say(10, 0);
        const auto last = before + 20;
        ASSERT_TRUE(until([&] {
            return seen && (seen->value == last ||
                            (!heard(1).entries.empty() && heard(1).entries.back().sequence.value == last));
        }));
        EXPECT_EQ(heard(1).sequences(), from_to(seen->value + 1, last));
        relay(1).unwatch(room);
    }
}

TEST_P(Relays, ASecondWatchAmongEventsIsAnsweredInStep) {
    watch(room, 1);
    std::vector<std::pair<std::uint64_t, std::uint64_t>> seen;  // the snapshot's last, and what had been heard then
    for (int i = 0; i < 30; ++i) {
        say(3, 0);
        relay(1).watch(room, [&](auto answer) {
            const auto heard_last = heard(1).entries.empty() ? 1 : heard(1).entries.back().sequence.value;
            seen.push_back({std::get<std::optional<RoomSnapshot>>(answer)->last.value, heard_last});
        });
        if (i % 3 == 0) stage().turn();
    }
    ASSERT_TRUE(until([&] { return seen.size() == 30 && heard(1).entries.size() == 90; }));
    EXPECT_EQ(heard(1).sequences(), from_to(2, 91));
    for (const auto& [last, heard_last] : seen) EXPECT_EQ(last, heard_last);
}

TEST_P(Relays, UnwatchingWhileAWatchIsOnItsWayStillAnswersIt) {
    bool answered = false;
    relay(1).watch(room, [&](auto answer) {
        answered = true;
        EXPECT_TRUE(std::get<std::optional<RoomSnapshot>>(answer).has_value());
    });
    relay(1).unwatch(room);
    ASSERT_TRUE(until([&] { return answered; }));
    stored(message("not heard"));
    watch(room, 1);
    stored(message("heard"));
    ASSERT_TRUE(until([&] { return !heard(1).entries.empty(); }));
    EXPECT_EQ(heard(1).sequences(), (std::vector<std::uint64_t>{3}));
}

TEST_P(Relays, AListenerMayUseTheStoreFromWithinAnEvent) {
    recorder().also_on_entry = [&](RoomId in, const LogEntry& entry) {
        if (entry.sequence.value >= 5) return relay().unwatch(in);
        relay().append(message("said in answer"), [](auto) {});
    };
    stored(message("starts it"));
    ASSERT_TRUE(until([&] { return heard().entries.size() == 4; }));
    EXPECT_EQ(heard().sequences(), from_to(2, 5));
    stored(message("not heard"));
    EXPECT_EQ(heard().entries.size(), 4U);
}

TEST_P(Relays, RoomsDoNotMix) {
    ASSERT_TRUE(open(other_room));
    watch(room, 1);
    watch(other_room, 1);
    for (int i = 0; i < 100; ++i) {
        relay(0).append(message("here", room), [](auto) {});
        relay(1).append(message("there", other_room), [](auto) {});
    }
    ASSERT_TRUE(
        until([&] { return heard(1, room).entries.size() == 100 && heard(1, other_room).entries.size() == 100; }));
    EXPECT_EQ(heard(1, room).sequences(), from_to(2, 101));
    EXPECT_EQ(heard(1, other_room).sequences(), from_to(2, 101));
    EXPECT_EQ(heard(1, other_room).entries[7].body, text("there"));
}

}  // namespace
}  // namespace veranda::tests
