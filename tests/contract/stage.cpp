// The stage of the embedded store, the recorder, and the short words in which the suite's tests are written.
#include "tests/contract/stage.hpp"

#include "server/store/memory/memory_store.hpp"

namespace veranda::tests {
namespace {

class MemoryStage final : public Stage {
public:
    explicit MemoryStage(Lifetimes lifetimes) : first_(lifetimes) {}

    std::unique_ptr<Store> join(Listener& listener) override {
        auto store = std::make_unique<MemoryStore>(first_.memory());
        store->listen(listener);
        first_.advance(now_);
        return store;
    }
    UnixMillis now() override { return now_; }
    void turn() override {
        now_.value += 10;
        first_.advance(now_);
    }

private:
    MemoryStore first_;
    UnixMillis now_{1'780'000'000'000};
};

}  // namespace

std::unique_ptr<Stage> memory_stage(Lifetimes lifetimes) { return std::make_unique<MemoryStage>(lifetimes); }

std::vector<std::uint64_t> Heard::sequences() const {
    std::vector<std::uint64_t> found;
    for (const LogEntry& entry : entries) found.push_back(entry.sequence.value);
    return found;
}

void Recorder::on_entry(RoomId room, const LogEntry& entry) {
    rooms[room].entries.push_back(entry);
    if (also_on_entry) also_on_entry(room, entry);
}

bool turn_until(Stage& stage, const std::function<bool()>& condition) {
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        stage.turn();
    }
    return true;
}

void Contract::begin(Lifetimes lifetimes) {
    stores_.clear();
    recorders_.clear();
    stage_ = GetParam() == std::string("memory") ? memory_stage(lifetimes) : redis_stage(lifetimes);
    for (int i = 0; i < 2; ++i) {
        recorders_.push_back(std::make_unique<Recorder>());
        stores_.push_back(stage_->join(*recorders_.back()));
    }
}

bool Contract::open(RoomId which, std::size_t number, milliseconds lives) {
    const NewRoom made{which, text("genesis"), text("opener"), amara, stage_->now(), lives};
    return ask<bool>([&](auto then) { relay(number).open_room(made, then); });
}

std::optional<RoomSnapshot> Contract::watch(RoomId which, std::size_t number) {
    return ask<std::optional<RoomSnapshot>>([&](auto then) { relay(number).watch(which, then); });
}

// By a third relay, which watches nothing.
RoomSnapshot Contract::snapshot(RoomId which) {
    Recorder nobody;
    const auto store = stage_->join(nobody);
    const auto found = ask<std::optional<RoomSnapshot>>([&](auto then) { store->watch(which, then); });
    EXPECT_TRUE(found.has_value()) << "no such room";
    return found.value_or(RoomSnapshot{});
}

Append Contract::message(std::string_view words, RoomId which) {
    Append made;
    made.room = which;
    made.by = iriss_key;
    made.submission = numbered<SubmissionId>(++submissions_);
    made.sender = iris;
    made.kind = EntryKind::application;
    made.body = text(words);
    made.now = stage_->now();
    return made;
}

Appended Contract::append(Append what, std::size_t number) {
    return ask<Appended>([&](auto then) { relay(number).append(std::move(what), then); });
}

Sequence Contract::stored(Append what, std::size_t number) {
    const Appended appended = append(std::move(what), number);
    const Stored* found = std::get_if<Stored>(&appended);
    EXPECT_TRUE(found && !found->doubled) << "not stored";
    return found ? found->sequence : Sequence{};
}

std::vector<LogEntry> Contract::read_log(Sequence after, std::size_t count, RoomId which) {
    return ask<std::vector<LogEntry>>([&](auto then) { relay().read_log(which, after, count, then); });
}

PostedCard Contract::card(std::uint8_t number, std::string_view sealed, std::uint64_t seconds) {
    return {id<CardId>(number), id<KnockKey>(number), {stage_->now().value / 1000 + seconds}, text(sealed)};
}

void Contract::post(std::vector<PostedCard> cards, RoomId which, std::size_t number) {
    ask<Nothing>([&](auto then) { relay(number).put_cards(which, std::move(cards), stage_->now(), then); });
}

std::optional<StoredCard> Contract::find_card(std::uint8_t number) {
    return ask<std::optional<StoredCard>>([&](auto then) { relay().find_card(id<CardId>(number), then); });
}

KnockState Contract::knock(std::uint64_t number, RoomId which, std::size_t relay_number) {
    const StoredKnock made{numbered<KnockId>(number), text("envelope " + std::to_string(number))};
    return ask<KnockState>([&](auto then) { relay(relay_number).put_knock(which, made, then); });
}

std::vector<StoredKnock> Contract::knocks(std::size_t number) {
    return ask<std::vector<StoredKnock>>([&](auto then) { relay(number).list_knocks(room, then); });
}

}  // namespace veranda::tests
