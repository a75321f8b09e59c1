// The Redis store, over a real redis-server, against the same model and the same commands: once with time standing
// still, and once by ticks, in real time, with everything running out in the middle between two.
//
//     VERANDA_STORE_SEED=123 redis_model_test      that one script again
#include <cstdlib>

#include "tests/contract/stage_redis.hpp"
#include "tests/store_model/runner.hpp"

namespace veranda::tests {
namespace {

// A room that all relays watch, besides those of the script: what a relay does in it is heard after all that it did.
constexpr std::uint8_t fence_number = 0xfe;

class FencedTold final : public Told {
public:
    FencedTold() : Told(Precision::times_left_out) {}
    std::uint64_t fence = 0;
    void on_entrance(RoomId room, AccessKey key, std::uint64_t token) override {
        if (room == id<RoomId>(fence_number))
            fence = token;
        else
            Told::on_entrance(room, key, token);
    }
};

class RedisSubject final : public Subject {
public:
    // No tick: time stands still.
    RedisSubject(Lifetimes lifetimes, milliseconds tick) : stage_(lifetimes), tick_(tick) {
        for (std::size_t relay = 0; relay < relays; ++relay) {
            told_.push_back(std::make_unique<FencedTold>());
            stores_.push_back(stage_.join(*told_.back()));
            const NewRoom fence{id<RoomId>(fence_number), text("fence"), text("fence"), amara, stage_.now(), 24h};
            asked<bool>(stage_, [&](auto then) { stores_.back()->open_room(fence, then); });
            asked<std::optional<RoomSnapshot>>(stage_, [&](auto then) { stores_.back()->watch(fence.room, then); });
        }
        begin_ = stage_.now();
        if (tick_ == 0ms) return;
        // Whole seconds, when cards run out, are in the middle between two ticks as well.
        const auto step = static_cast<std::uint64_t>(tick_.count());
        begin_.value += 3 * step - begin_.value % step + step / 2;
        tick_began_ = begin_;
    }

    Precision precision() const override { return Precision::times_left_out; }
    UnixMillis begin() const override { return begin_; }
    Store& store(std::size_t relay) override { return *stores_[relay]; }
    Told& told(std::size_t relay) override { return *told_[relay]; }
    bool settle(std::size_t relay, const std::function<bool()>& is_answered) override {
        if (!turn_until(stage_, is_answered)) return false;
        stores_[relay]->announce_entrance(id<RoomId>(fence_number), amaras_key, ++fence_);
        const bool is_heard = turn_until(stage_, [&] {
            return std::all_of(told_.begin(), told_.end(), [&](const auto& told) { return told->fence == fence_; });
        });
        is_late_ = is_late_ || (tick_ > 0ms && stage_.now().value > tick_began_.value + latest());
        return is_heard;
    }
    void pass(UnixMillis now) override {
        if (tick_ == 0ms) return;
        turn_until(stage_, [&] { return stage_.now() >= now; });
        tick_began_ = now;
    }
    bool is_late() const override { return is_late_; }
    std::vector<Command> regularly() const override {
        std::vector<Command> all;
        for (std::uint64_t number = 1; number <= 3; ++number) {
            RoomId room = numbered<RoomId>(number);
            all.push_back(asking<std::vector<StoredKnock>>(
                "list_knocks", words(room),
                [=](Store& store, UnixMillis, auto then) { store.list_knocks(room, then); }));
            all.push_back(asking<std::vector<MemberId>>(
                "refresh_presence", words(room),
                [=](Store& store, UnixMillis, auto then) { store.refresh_presence(room, {}, then); }));
        }
        all.push_back(asking<std::vector<StoredRequest>>(
            "list_requests", "", [](Store& store, UnixMillis, auto then) { store.list_requests(then); }));
        return all;
    }

private:
    std::uint64_t latest() const { return static_cast<std::uint64_t>(tick_.count()) * 2 / 5; }

    RedisStage stage_;
    const milliseconds tick_;
    std::vector<std::unique_ptr<FencedTold>> told_;
    std::vector<std::unique_ptr<Store>> stores_;
    UnixMillis begin_;
    UnixMillis tick_began_;
    std::uint64_t fence_ = 0;
    bool is_late_ = false;
};

Outcome live(std::uint64_t seed, std::size_t count, const Times& times, milliseconds tick) {
    RedisSubject subject(times.lifetimes, tick);
    const auto script = commands_of(seed, count, times, subject.begin());
    Outcome outcome = run(script, times.lifetimes, subject);
    if (outcome.difference)
        ADD_FAILURE() << "VERANDA_STORE_SEED=" << seed << ", command " << outcome.difference->at << ":\n"
                      << told(
                             {script.begin(), script.begin() + static_cast<std::ptrdiff_t>(outcome.difference->at + 1)})
                      << outcome.difference->what;
    return outcome;
}

// The seed that was asked for, or so many.
std::vector<std::uint64_t> seeds(std::uint64_t count) {
    if (const char* const asked = std::getenv("VERANDA_STORE_SEED")) return {std::strtoull(asked, nullptr, 10)};
    const char* const more = std::getenv("VERANDA_STORE_SEEDS");
    if (more) count = std::strtoull(more, nullptr, 10);
    std::vector<std::uint64_t> all;
    for (std::uint64_t seed = 0; seed < count; ++seed) all.push_back(seed);
    return all;
}

TEST(RedisModel, AnswersAndTellsAsTheContractSays) {
    for (const std::uint64_t seed : seeds(12)) live(seed, 300, standing_still(), 0ms);
}

// By the machine's own clock, so on a busy machine it may find what is not there: to be asked for.
TEST(RedisModel, LetsEverythingRunOutAsTheContractSays) {
    if (std::getenv("VERANDA_STORE_TICKS") == nullptr) GTEST_SKIP() << "VERANDA_STORE_TICKS is not set";
    for (const std::uint64_t seed : seeds(5)) {
        bool was_tried = false;
        for (const milliseconds tick : {200ms, 500ms}) {
            was_tried = !live(seed, 150, ticking(tick), tick).was_too_slow;
            if (was_tried) break;
        }
        if (!was_tried) std::cout << "too slow here for seed " << seed << "\n";
    }
}

}  // namespace
}  // namespace veranda::tests
