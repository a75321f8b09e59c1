// Draws commands one after the other, and lets a model run along, so that epochs, orders and holders are mostly right.
#pragma once

#include <random>

#include "tests/store_model/commands.hpp"
#include "tests/store_model/model_store.hpp"

namespace veranda::tests {

// What a script asks for most. The last ones begin with as much of one thing as there may be, but for two.
enum class Theme {
    all,
    log,
    joining,
    people,
    desk,
    many_cards,
    many_knocks,
    many_talks,
    full_lane,
    lane_of_nobody,
    many_requests,
    many_answers,
    count
};

class Draw {
public:
    Draw(std::uint64_t seed, const Times& times, UnixMillis begin);

    std::vector<Command> script(std::size_t count);

private:
    template <class T, class Ask>
    Command asked(std::string operation, std::string words, Ask ask);
    template <class Tell>
    Command told(std::string operation, std::string words, Tell tell);

    std::uint64_t below(std::uint64_t count) { return count == 0 ? 0 : random_() % count; }
    bool one_in(std::uint64_t count) { return below(count) == 0; }
    template <class Item>
    Item any(const std::vector<Item>& items) {
        return items[below(items.size())];
    }
    template <class Id>
    static Id numbered(std::uint64_t number);
    template <class Id>
    Id drawn(std::uint64_t pool, bool is_crowded = false);
    RoomId some_room() { return drawn<RoomId>(3); }
    MemberId some_member() { return drawn<MemberId>(4); }
    KnockId some_knock() { return drawn<KnockId>(5, theme_ == Theme::many_knocks); }
    CardId some_card() { return drawn<CardId>(6, theme_ == Theme::many_cards); }
    LaneId some_lane() { return drawn<LaneId>(6, theme_ == Theme::full_lane || theme_ == Theme::lane_of_nobody); }
    bool is_crowded() const { return theme_ >= Theme::many_cards; }
    bool is_desk_crowded() const { return theme_ == Theme::many_requests || theme_ == Theme::many_answers; }
    LaneId some_request() { return drawn<LaneId>(5, is_desk_crowded()); }
    AnswerId answer_of(LaneId request);
    Hash some_turn() { return drawn<Hash>(3); }
    AccessKey some_key() { return drawn<AccessKey>(3); }
    Bytes fresh(std::string_view what);
    PostedCard card(CardId id);
    StoredKnock knock(KnockId id);
    StoredLane lane(LaneId id, MemberId from);
    StoredRequest request(LaneId id, bool left, AnswerId answer);

    void rooms_and_log();  // each fills choices_
    void joining();
    void people();
    void desk();
    void time();
    void offer(unsigned weight, Theme theme, std::function<Command()> make);

    Command open_room(RoomId id, milliseconds lives);
    Command append();
    Command put_cards(RoomId id, std::vector<PostedCard> cards);
    Command put_knock(RoomId id, KnockId knock_id);
    Command put_talk(RoomId id, KnockId knock_id, StoredTalk talk);
    Command put_lane(RoomId id, StoredLane lane);
    Command put_request(StoredRequest request);
    Command claim_request(LaneId id, Hash holder, milliseconds lives);
    Command put_desk_answer(LaneId id, AnswerId answer, Hash holder, Bytes sealed, milliseconds lives);

    void begin();
    void crowd();
    void leave_request(std::uint64_t number);
    void take(Command command);

    struct Choice {
        unsigned weight;
        std::function<Command()> make;
    };

    std::mt19937_64 random_;
    const Times times_;
    const Theme theme_;
    Model model_;
    Told nobody_{Precision::exact};
    std::vector<ModelStore> stores_;
    std::vector<Choice> choices_;
    std::vector<Command> script_;
    std::uint64_t counter_ = 0;
    std::vector<std::pair<AccessKey, SubmissionId>> submitted_;
};

template <class T, class Ask>
Command Draw::asked(std::string operation, std::string words, Ask ask) {
    Command command = asking<T>(std::move(operation), std::move(words), std::move(ask));
    command.relay = below(relays);
    return command;
}

template <class Tell>
Command Draw::told(std::string operation, std::string words, Tell tell) {
    Command command{std::move(operation), std::move(words), below(relays), {}};
    command.ask = [tell](const Asking& to) {
        tell(to.store);
        to.reply("");
    };
    return command;
}

template <class Id>
Id Draw::numbered(std::uint64_t number) {
    Id made;
    made.bytes.fill(0x5a);
    for (std::size_t i = 0; i < 8; ++i) made.bytes[i] = static_cast<std::uint8_t>(number >> (8 * i));
    return made;
}

constexpr std::uint64_t first_of_crowd = 1'000;
constexpr std::uint64_t first_of_newcomers = 3'000;
constexpr std::uint64_t newcomers = 20;

// One of a few; of what there is a crowd, mostly one of those, or one that is not there yet.
template <class Id>
Id Draw::drawn(std::uint64_t pool, bool is_crowded) {
    if (is_crowded && !one_in(3))
        return numbered<Id>(one_in(2) ? first_of_crowd + below(5) : first_of_newcomers + below(newcomers));
    return numbered<Id>(1 + below(pool));
}

}  // namespace veranda::tests
