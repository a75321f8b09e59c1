// A script's times, its beginning, and what is drawn how often.
#include "tests/store_model/commands.hpp"

#include "tests/store_model/draw.hpp"

namespace veranda::tests {
namespace {

using namespace std::chrono_literals;

constexpr unsigned favoured = 5;  // times as often, if it is the script's theme

}  // namespace

Times exact_times() {
    Times times;
    times.lifetimes = {1'500ms, 1'000ms, 300ms, 200ms};
    times.steps = {1ms, 20ms, 99ms, 100ms, 101ms, 200ms, 300ms, 500ms, 1'000ms};
    times.room_lives = {500ms, 2s, 5s, 20s};
    times.lives = {1ms, 100ms, 200ms, 700ms};
    times.card_seconds_max = 4;
    times.forgets = true;
    return times;
}

Times standing_still() {
    Times times;
    times.lifetimes = {1h, 1h, 1h, 1h};
    times.room_lives = {2h};
    times.lives = {1h};
    times.card_seconds_max = 3'600;
    return times;
}

Times ticking(milliseconds tick) {
    const auto ticks_and_half = [&](int ticks) { return tick * ticks + tick / 2; };
    Times times;
    times.lifetimes = {ticks_and_half(6), ticks_and_half(4), ticks_and_half(2), ticks_and_half(1)};
    times.steps = {tick, tick * 2};
    times.room_lives = {ticks_and_half(5), ticks_and_half(9), ticks_and_half(30)};
    times.lives = {ticks_and_half(0), ticks_and_half(1), ticks_and_half(3)};
    times.card_seconds_max = 3;
    return times;
}

Draw::Draw(std::uint64_t seed, const Times& times, UnixMillis begin)
    : random_(seed),
      times_(times),
      theme_(static_cast<Theme>(seed % static_cast<std::uint64_t>(Theme::count))),
      model_(times.lifetimes, begin) {
    for (Relay relay = 0; relay < relays; ++relay) {
        stores_.emplace_back(model_, relay);
        stores_.back().listen(nobody_);
    }
    rooms_and_log();
    joining();
    people();
    desk();
    time();
}

Bytes Draw::fresh(std::string_view what) {
    return to_bytes(as_bytes(std::string(what) + " " + std::to_string(++counter_)));
}

void Draw::offer(unsigned weight, Theme theme, std::function<Command()> make) {
    const bool is_favoured = theme == theme_ || (theme == Theme::desk && is_desk_crowded());
    choices_.push_back({weight * (is_favoured ? favoured : 1), std::move(make)});
}

void Draw::time() {
    if (times_.steps.empty()) return;
    offer(is_crowded() ? 2 : 18, Theme::all, [this] {
        if (times_.forgets && one_in(30)) {
            Command command{"forget", "everything", 0, {}};
            command.forgets = true;
            return command;
        }
        // A request that was left lives for days.
        const bool is_long = times_.forgets && one_in(60);
        const milliseconds passes = is_long ? milliseconds(limits::desk_left_ms) : any(times_.steps);
        return Command{"time", std::to_string(passes.count()) + " ms", 0, {}, passes};
    });
}

void Draw::take(Command command) {
    if (command.forgets) model_.forget();
    if (command.passes > 0ms) model_.advance({model_.now().value + static_cast<std::uint64_t>(command.passes.count())});
    if (command.ask) command.ask({stores_[command.relay], model_.now(), Precision::exact, [](const std::string&) {}});
    script_.push_back(std::move(command));
}

// Two rooms that both relays watch, and a desk that both watch: otherwise little happens at first.
void Draw::begin() {
    for (std::uint64_t number = 1; number <= 2; ++number) {
        const auto id = numbered<RoomId>(number);
        take(open_room(id, is_crowded() ? times_.room_lives.back() : any(times_.room_lives)));
        for (Relay relay = 0; relay < relays; ++relay) {
            Command watch = asked<std::optional<RoomSnapshot>>(
                "watch", words(id), [=](Store& store, UnixMillis, auto then) { store.watch(id, then); });
            watch.relay = relay;
            take(std::move(watch));
        }
    }
    for (Relay relay = 0; relay < relays; ++relay) {
        Command watch =
            asked<Nothing>("watch_desk", "", [](Store& store, UnixMillis, auto then) { store.watch_desk(then); });
        watch.relay = relay;
        take(std::move(watch));
    }
}

// Left, and claimed by the first turn for as long as a script may last.
void Draw::leave_request(std::uint64_t number) {
    take(put_request(request(numbered<LaneId>(number), true, numbered<AnswerId>(number))));
    take(claim_request(numbered<LaneId>(number), numbered<Hash>(1), 1h));
}

// All but two of what there may be.
void Draw::crowd() {
    const auto room = numbered<RoomId>(1);
    const auto each = [](std::size_t limit, const auto& make) {
        for (std::uint64_t i = 0; i + 2 < limit; ++i) make(first_of_crowd + i);
    };
    std::vector<PostedCard> cards;
    switch (theme_) {
        case Theme::many_cards:
            each(limits::cards_per_room_max, [&](auto number) { cards.push_back(card(numbered<CardId>(number))); });
            for (PostedCard& posted : cards) posted.expires_at.value = times_.card_seconds_max;
            return take(put_cards(room, std::move(cards)));
        case Theme::many_knocks:
            return each(limits::waiting_knocks_max,
                        [&](auto number) { take(put_knock(room, numbered<KnockId>(number))); });
        case Theme::many_talks:
            for (std::uint64_t number = 1; number <= 5; ++number) {
                take(put_knock(room, numbered<KnockId>(number)));
                each(limits::talks_per_knock_max, [&](auto) {
                    take(put_talk(room, numbered<KnockId>(number), {one_in(2), fresh("talk")}));
                });
            }
            return;
        case Theme::full_lane:
            return each(limits::lane_waiting_max, [&](auto number) {
                take(put_lane(room, lane(numbered<LaneId>(number), numbered<MemberId>(1 + number % 4))));
            });
        case Theme::lane_of_nobody:
            return each(limits::lane_of_waiting_max,
                        [&](auto number) { take(put_lane(room, lane(numbered<LaneId>(number), {}))); });
        case Theme::many_requests:
            return each(limits::desk_waiting_max, [&](auto number) {
                take(put_request(request(numbered<LaneId>(number), false, {})));
                take(put_request(request(numbered<LaneId>(500 + number), true, numbered<AnswerId>(number))));
            });
        case Theme::many_answers:
            each(limits::desk_answers_max, [&](auto number) {
                leave_request(number);
                take(put_desk_answer(numbered<LaneId>(number), numbered<AnswerId>(number), numbered<Hash>(1),
                                     fresh("answer"), 1h));
            });
            for (std::uint64_t i = 0; i < newcomers; ++i) leave_request(first_of_newcomers + i);
            return;
        default: return;
    }
}

std::vector<Command> Draw::script(std::size_t count) {
    begin();
    crowd();
    unsigned all = 0;
    for (const Choice& choice : choices_) all += choice.weight;
    while (count-- > 0) {
        std::uint64_t at = below(all);
        std::size_t chosen = 0;
        while (at >= choices_[chosen].weight) at -= choices_[chosen++].weight;
        take(choices_[chosen].make());
    }
    return std::move(script_);
}

std::vector<Command> commands_of(std::uint64_t seed, std::size_t count, const Times& times, UnixMillis begin) {
    return Draw(seed, times, begin).script(count);
}

}  // namespace veranda::tests
