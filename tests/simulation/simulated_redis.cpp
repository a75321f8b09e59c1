#include "tests/simulation/simulated_redis.hpp"

namespace veranda::simulation {
namespace {

constexpr std::size_t whole_log = store::log_entries_max;

}  // namespace

RedisLink::RedisLink(SimulatedRedis& redis, Agenda& agenda, Dice dice)
    : PassingStore(std::make_unique<store::MemoryStore>(redis.memory)),
      redis_(redis),
      agenda_(agenda),
      dice_(dice),
      commands_(agenda),
      answers_(agenda),
      notifications_(agenda),
      known_(redis.incarnation) {}

RedisLink::~RedisLink() {
    *alive_ = false;
    commands_.cut();
    answers_.cut();
    notifications_.cut();
}

// Mostly at once, as on one rack; now and then the server or the line is busy.
std::uint64_t RedisLink::delay() { return dice_.percent(2) ? dice_.between(5, 400) : dice_.below(3); }

// ---- requests and their answers ----

void RedisLink::pass(Question question) {
    auto asked = std::make_shared<Asked>(Asked{std::move(question)});
    open_.push_back(asked);
    if (!up_) return answer(asked, [asked] { asked->question.fail(store::Trouble::unreachable); });
    commands_.send(delay(), [this, asked] { carry_out(asked); });
}

void RedisLink::carry_out(const std::shared_ptr<Asked>& asked) {
    asked->carried_out = true;
    asked->question.carry_out([this, asked](Act act) { answer(asked, std::move(act)); });
}

void RedisLink::answer(const std::shared_ptr<Asked>& asked, Act act) {
    Channel& channel = asked->question.tells_entries ? notifications_ : answers_;
    channel.send(delay(), [this, asked, act = std::move(act)] {
        if (std::exchange(asked->over, true)) return;
        open_.remove(asked);
        act();
    });
}

void RedisLink::send(Act request) {
    if (up_) commands_.send(delay(), std::move(request));
}

// The server forgets who listened when the connection ends.
void RedisLink::let_go(Act request) {
    if (up_) return commands_.send(delay(), std::move(request));
    request();
}

// Nothing may be taken as done of what is answered so; half of it was done all the same.
void RedisLink::fail_all(bool only_told) {
    const auto open = open_;
    for (const auto& asked : open) {
        if (only_told && !asked->question.tells_entries) continue;
        if (!only_told && !asked->carried_out && dice_.percent(50)) asked->question.carry_out([](const Act&) {});
        answer(asked, [asked] { asked->question.fail(store::Trouble::unreachable); });
    }
}

// ---- what happens in rooms ----

void RedisLink::tell(Act event) {
    if (subscribed_) notifications_.send(delay(), std::move(event));
}

void RedisLink::on_entry(RoomId room, const LogEntry& entry) {
    tell([this, room, entry] {
        const auto found = delivered_.find(room);
        if (found == delivered_.end() || entry.sequence <= found->second) return;
        if (entry.sequence != found->second.next()) return catch_up(room);
        found->second = entry.sequence;
        listener()->on_entry(room, entry);
    });
}

void RedisLink::watch(RoomId room, store::Then<std::optional<store::RoomSnapshot>> then) {
    PassingStore::watch(room, [this, room, then = std::move(then)](auto answer) {
        const auto* snapshot = std::get_if<std::optional<store::RoomSnapshot>>(&answer);
        if (snapshot != nullptr && *snapshot) delivered_.try_emplace(room, (*snapshot)->last);
        then(std::move(answer));
    });
}

void RedisLink::open_room(store::NewRoom room, store::Then<bool> then) {
    PassingStore::open_room(room, [this, id = room.room, then = std::move(then)](auto answer) {
        const bool* made = std::get_if<bool>(&answer);
        if (made != nullptr && *made) delivered_.try_emplace(id, Sequence{1});
        then(std::move(answer));
    });
}

void RedisLink::unwatch(RoomId room) {
    delivered_.erase(room);
    PassingStore::unwatch(room);
}

void RedisLink::watch_desk(store::Then<store::Nothing> then) {
    watches_desk_ = true;
    PassingStore::watch_desk(std::move(then));
}

void RedisLink::unwatch_desk() {
    watches_desk_ = false;
    PassingStore::unwatch_desk();
}

// ---- cuts ----

void RedisLink::go_down(std::uint64_t ms) {
    if (!std::exchange(up_, false)) return;
    subscribed_ = false;
    commands_.cut();
    answers_.cut();
    notifications_.cut();
    fail_all(false);
    agenda_.after(ms, [this, alive = alive_] {
        if (*alive) come_up();
    });
}

void RedisLink::lose_notifications(std::uint64_t ms) {
    if (!std::exchange(subscribed_, false)) return;
    notifications_.cut();
    fail_all(true);
    agenda_.after(ms, [this, alive = alive_] {
        if (*alive && up_) resubscribe();
    });
}

void RedisLink::come_up() {
    up_ = true;
    redis_.begin();
    if (std::exchange(known_, redis_.incarnation) != redis_.incarnation) forget();
    resubscribe();
}

void RedisLink::resubscribe() {
    if (std::exchange(subscribed_, true)) return;
    const auto rooms = delivered_;  // what is told may change it
    for (const auto& [room, last] : rooms) {
        catch_up(room);
        retell(room);
    }
    if (watches_desk_) retell_desk();
}

// What was missed stands in the log. What does not stand there any more is lost, and with it the room.
void RedisLink::catch_up(const RoomId& room) {
    inner().read_log(room, delivered_.at(room), whole_log, [this, room](auto answer) {
        for (const LogEntry& entry : std::get<std::vector<LogEntry>>(answer)) {
            tell([this, room, entry] {
                const auto found = delivered_.find(room);
                if (found == delivered_.end() || entry.sequence <= found->second) return;
                if (entry.sequence != found->second.next()) return forget();
                found->second = entry.sequence;
                listener()->on_entry(room, entry);
            });
        }
    });
}

// Whatever waits in the room may have come while nobody was listening, and so may another in its place.
void RedisLink::retell(const RoomId& room) {
    if (const store::MemoryRoom* known = redis_.memory->find(room); known != nullptr && known->remade) on_remade(room);
    inner().list_knocks(room, [this, room](auto answer) {
        for (const store::StoredKnock& knock : std::get<std::vector<store::StoredKnock>>(answer)) {
            on_knock(room, knock);
            inner().list_talks(room, knock.id, [this, room, id = knock.id](auto talks) {
                for (const store::StoredTalk& talk : std::get<std::vector<store::StoredTalk>>(talks))
                    on_talk(room, id, talk);
            });
        }
    });
    inner().list_lane(room, [this, room](auto answer) {
        for (const store::StoredLane& lane : std::get<std::vector<store::StoredLane>>(answer)) on_lane(room, lane);
    });
}

void RedisLink::retell_desk() {
    inner().list_requests([this](auto answer) {
        for (const store::StoredRequest& request : std::get<std::vector<store::StoredRequest>>(answer)) {
            const bool is_claimed = !request.holder.is_zero();
            on_desk_state(request.id, is_claimed ? DeskStanding::claimed : DeskStanding::waiting, request.holder);
            on_desk_request(request);
        }
    });
}

void RedisLink::forget() {
    for (const auto& [room, last] : std::exchange(delivered_, {})) inner().unwatch(room);
    if (std::exchange(watches_desk_, false)) inner().unwatch_desk();
    notifications_.cut();
    answers_.cut();
    commands_.cut();
    const auto open = std::exchange(open_, {});
    for (const auto& asked : open)
        if (!std::exchange(asked->over, true)) asked->question.fail(store::Trouble::forgotten);
    listener()->on_forgotten();
}

}  // namespace veranda::simulation
