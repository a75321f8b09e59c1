// Where a store is tested: a place that several relays' stores share, a clock, and a loop that is turned by hand. Tests
// wait for conditions, with a deadline that fails.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <memory>

#include "server/store/store.hpp"

namespace veranda::tests {

using namespace std::chrono_literals;
using namespace veranda::store;

class Stage {
public:
    virtual ~Stage() = default;
    virtual std::unique_ptr<Store> join(Listener& listener) = 0;  // one more relay's store, ready for use
    virtual UnixMillis now() = 0;
    virtual void turn() = 0;  // what is under way goes on, and a little time passes
};

std::unique_ptr<Stage> memory_stage(Lifetimes lifetimes);
std::unique_ptr<Stage> redis_stage(Lifetimes lifetimes);

// Everything that a listener heard, by room.
struct Heard {
    std::vector<LogEntry> entries;
    std::vector<StoredKnock> knocks;
    std::vector<std::pair<KnockId, KnockEnd>> knock_ends;
    std::vector<std::pair<KnockId, StoredTalk>> talks;
    std::vector<std::pair<AccessKey, std::uint64_t>> entrances;
    std::vector<MemberPresence> presence;
    std::vector<StoredLane> lane;
    std::vector<std::pair<MemberId, Bytes>> acknowledgements;
    int remade = 0;

    std::vector<std::uint64_t> sequences() const;
};

// What was heard of the support desk.
struct HeardAtDesk {
    std::vector<Challenge> nonces;
    std::vector<std::pair<Challenge, Bytes>> proofs;
    std::vector<std::pair<Hash, Bytes>> handed_over;
    std::vector<StoredRequest> requests;
    struct State {
        LaneId request;
        DeskStanding standing{};
        Hash holder;
        friend bool operator==(const State&, const State&) = default;
    };
    std::vector<State> states;
};

class Recorder final : public Listener {
public:
    std::map<RoomId, Heard> rooms;
    HeardAtDesk desk;
    int forgotten = 0;
    std::function<void(RoomId, const LogEntry&)> also_on_entry;

    void on_entry(RoomId room, const LogEntry& entry) override;
    void on_knock(RoomId room, const StoredKnock& knock) override { rooms[room].knocks.push_back(knock); }
    void on_knock_end(RoomId room, KnockId knock, KnockEnd end) override {
        rooms[room].knock_ends.push_back({knock, end});
    }
    void on_talk(RoomId room, KnockId knock, const StoredTalk& talk) override {
        rooms[room].talks.push_back({knock, talk});
    }
    void on_entrance(RoomId room, AccessKey key, std::uint64_t token) override {
        rooms[room].entrances.push_back({key, token});
    }
    void on_presence(RoomId room, MemberId member, Whereabouts whereabouts) override {
        rooms[room].presence.push_back({member, whereabouts});
    }
    void on_lane(RoomId room, const StoredLane& lane) override { rooms[room].lane.push_back(lane); }
    void on_lane_acknowledged(RoomId room, MemberId to, const Bytes& acknowledgement) override {
        rooms[room].acknowledgements.push_back({to, acknowledgement});
    }
    void on_remade(RoomId room) override { ++rooms[room].remade; }
    void on_forgotten() override { ++forgotten; }

    void on_duty_nonce(Challenge nonce) override { desk.nonces.push_back(nonce); }
    void on_duty_proof(Challenge nonce, const Bytes& proof) override { desk.proofs.push_back({nonce, proof}); }
    void on_hand_over(Hash turn, const Bytes& sealed) override { desk.handed_over.push_back({turn, sealed}); }
    void on_desk_request(const StoredRequest& request) override { desk.requests.push_back(request); }
    void on_desk_state(LaneId request, DeskStanding standing, Hash holder) override {
        desk.states.push_back({request, standing, holder});
    }
};

// Turns the stage until the condition holds. false after twenty seconds.
bool turn_until(Stage& stage, const std::function<bool()>& condition);

// Asks, and turns the stage until there is an answer. A second answer to the same question fails the test.
template <class T, class Ask>
Answer<T> answer_of(Stage& stage, Ask ask) {
    auto answers = std::make_shared<std::vector<Answer<T>>>();
    ask(Then<T>([answers](Answer<T> answer) {
        answers->push_back(std::move(answer));
        EXPECT_EQ(answers->size(), 1U) << "answered twice";
    }));
    EXPECT_TRUE(turn_until(stage, [&] { return !answers->empty(); })) << "no answer";
    return answers->empty() ? Answer<T>(Trouble::unreachable) : std::move(answers->front());
}

// The answer, where Trouble fails the test.
template <class T, class Ask>
T asked(Stage& stage, Ask ask) {
    auto answer = answer_of<T>(stage, std::move(ask));
    EXPECT_TRUE(std::holds_alternative<T>(answer)) << "Trouble";
    return std::holds_alternative<T>(answer) ? std::get<T>(std::move(answer)) : T{};
}

// Ids that say what they are for: all bytes alike.
template <class Id>
Id id(std::uint8_t number) {
    Id made;
    made.bytes.fill(number);
    return made;
}
template <class Id>
Id numbered(std::uint64_t number) {
    Id made;
    made.bytes.fill(0x5a);
    for (std::size_t i = 0; i < 8; ++i) made.bytes[i] = static_cast<std::uint8_t>(number >> (8 * i));
    return made;
}
inline Bytes text(std::string_view words) { return to_bytes(as_bytes(words)); }

inline const MemberId amara = id<MemberId>(0xa1);  // facilitator, opens the room
inline const MemberId iris = id<MemberId>(0xb2);
inline const MemberId noor = id<MemberId>(0xc3);
inline const AccessKey amaras_key = id<AccessKey>(0xa9);
inline const AccessKey iriss_key = id<AccessKey>(0xb9);

// Two relays over one store of the kind that the parameter names.
class Contract : public testing::TestWithParam<const char*> {
protected:
    // Caller must: begin the test with it if it wants other lifetimes than the defaults.
    void begin(Lifetimes lifetimes = {});
    void SetUp() override { begin(); }

    Store& relay(std::size_t number = 0) { return *stores_[number]; }
    Heard& heard(std::size_t number = 0, RoomId in = room) { return recorders_[number]->rooms[in]; }
    Recorder& recorder(std::size_t number = 0) { return *recorders_[number]; }
    Stage& stage() { return *stage_; }
    bool until(const std::function<bool()>& condition) { return turn_until(*stage_, condition); }
    template <class T, class Ask>
    T ask(Ask question) {
        return asked<T>(*stage_, std::move(question));
    }

    static constexpr std::uint8_t room_number = 0x10;
    inline static const RoomId room = id<RoomId>(room_number);
    inline static const RoomId other_room = id<RoomId>(0x20);

    bool open(RoomId which = room, std::size_t number = 0, milliseconds lives = 1h);
    std::optional<RoomSnapshot> watch(RoomId which = room, std::size_t number = 0);
    RoomSnapshot snapshot(RoomId which = room);
    Append message(std::string_view words, RoomId which = room);  // an application message of iris, of a new submission
    Appended append(Append what, std::size_t number = 0);
    Sequence stored(Append what, std::size_t number = 0);  // fails the test if it was not stored anew
    std::vector<LogEntry> read_log(Sequence after = {}, std::size_t count = 1'000, RoomId which = room);
    PostedCard card(std::uint8_t number, std::string_view sealed = "sealed", std::uint64_t seconds = 600);
    void post(std::vector<PostedCard> cards, RoomId which = room, std::size_t number = 0);
    std::optional<StoredCard> find_card(std::uint8_t number);
    KnockState knock(std::uint64_t number, RoomId which = room, std::size_t relay_number = 0);
    std::vector<StoredKnock> knocks(std::size_t number = 0);

private:
    std::uint64_t submissions_ = 0;
    std::unique_ptr<Stage> stage_;
    std::vector<std::unique_ptr<Recorder>> recorders_;
    std::vector<std::unique_ptr<Store>> stores_;
};

#define VERANDA_FOR_EVERY_STORE(Suite)                                          \
    INSTANTIATE_TEST_SUITE_P(Stores, Suite, testing::Values("memory", "redis"), \
                             [](const auto& store_name) { return std::string(store_name.param); })

}  // namespace veranda::tests
