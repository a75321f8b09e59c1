// Redis dies, stalls, loses connections: what is answered, what is told, and that it works again afterwards.
#include "tests/contract/stage_redis.hpp"

namespace veranda::tests {
namespace {

class RedisTrouble : public testing::Test {
protected:
    void SetUp() override {
        RedisSettings settings = stage.settings();
        settings.request_deadline = 500ms;
        settings.heartbeat = 100ms;
        for (std::size_t i = 0; i < 2; ++i) {
            stores[i] = stage.join_with(settings, recorders[i]);
            ASSERT_EQ(stage.why_not(*stores[i]), std::nullopt);
        }
        ASSERT_TRUE(open(room));
        ASSERT_TRUE(watch(1).has_value());
    }
    bool open(RoomId which) {
        const NewRoom made{which, text("genesis"), text("opener"), amara, stage.now(), 1h};
        return asked<bool>(stage, [&](auto then) { stores[0]->open_room(made, then); });
    }
    std::optional<RoomSnapshot> watch(std::size_t number) {
        return asked<std::optional<RoomSnapshot>>(stage, [&](auto then) { stores[number]->watch(room, then); });
    }
    Append message(RoomId which) {
        Append made;
        made.room = which;
        made.by = iriss_key;
        made.submission = numbered<SubmissionId>(++submissions);
        made.sender = iris;
        made.kind = EntryKind::application;
        made.body = text("word");
        made.now = stage.now();
        return made;
    }
    // Says it until it is stored, as a client does.
    void say(std::size_t number = 0) {
        const Append what = message(room);
        ASSERT_TRUE(turn_until(stage, [&] {
            auto answer = answer_of<Appended>(stage, [&](auto then) { stores[number]->append(what, then); });
            return std::holds_alternative<Appended>(answer);
        }));
    }
    bool both_reachable() const { return stores[0]->reachable() && stores[1]->reachable(); }
    std::vector<std::uint64_t> heard(std::size_t number) { return recorders[number].rooms[room].sequences(); }
    static std::vector<std::uint64_t> up_to(std::uint64_t last) {
        std::vector<std::uint64_t> all;
        for (std::uint64_t i = 2; i <= last; ++i) all.push_back(i);
        return all;
    }

    const RoomId room = id<RoomId>(1);
    std::uint64_t submissions = 0;
    RedisStage stage{Lifetimes{}};
    Recorder recorders[2];
    std::unique_ptr<RedisStore> stores[2];
};

TEST_F(RedisTrouble, ARedisThatWasKilledAndCameBackEmptyHasForgotten) {
    std::vector<Answer<Appended>> answers;
    stage.server.pause();  // so that all are on their way when it dies
    for (std::size_t i = 0; i < 20; ++i)
        stores[i % 2]->append(message(room), [&](auto answer) { answers.push_back(std::move(answer)); });
    stage.turn();
    stage.server.restart();
    ASSERT_TRUE(turn_until(stage, [&] { return answers.size() == 20; }));
    for (const auto& answer : answers) {
        ASSERT_TRUE(std::holds_alternative<Trouble>(answer));
        EXPECT_EQ(std::get<Trouble>(answer), Trouble::forgotten);
    }
    for (Recorder& recorder : recorders) {
        ASSERT_TRUE(turn_until(stage, [&] { return recorder.forgotten > 0; }));
        EXPECT_EQ(recorder.forgotten, 1);
        EXPECT_TRUE(recorder.rooms[room].entries.empty());
    }

    ASSERT_TRUE(turn_until(stage, [&] { return both_reachable(); }));
    EXPECT_FALSE(watch(0).has_value());
    EXPECT_TRUE(open(room)) << "rooms are made anew";
    ASSERT_TRUE(watch(1).has_value());
    for (int i = 0; i < 10; ++i) say(1);
    ASSERT_TRUE(turn_until(stage, [&] { return heard(0).size() >= 10 && heard(1).size() >= 10; }));
    EXPECT_EQ(heard(0), up_to(11));
    EXPECT_EQ(heard(1), up_to(11));
    EXPECT_EQ(recorders[0].forgotten, 1);
}

// The replica has the room, and may lack what was acknowledged last.
TEST_F(RedisTrouble, AReplicaThatTookItsPlaceHasForgottenWhatItHolds) {
    say();
    stage.server.fail_over();
    for (Recorder& recorder : recorders) {
        ASSERT_TRUE(turn_until(stage, [&] { return recorder.forgotten > 0; }));
    }
    ASSERT_TRUE(turn_until(stage, [&] { return both_reachable(); }));
    EXPECT_FALSE(watch(0).has_value());
    EXPECT_FALSE(watch(1).has_value());
    EXPECT_TRUE(open(room)) << "rooms are made anew";
    EXPECT_TRUE(watch(1).has_value());
}

TEST_F(RedisTrouble, WhileRedisIsGoneRequestsAnswerUnreachableInTime) {
    stage.server.kill();
    const auto answer = answer_of<Appended>(stage, [&](auto then) { stores[0]->append(message(room), then); });
    ASSERT_TRUE(std::holds_alternative<Trouble>(answer));
    EXPECT_EQ(std::get<Trouble>(answer), Trouble::unreachable);
    const auto watched =
        answer_of<std::optional<RoomSnapshot>>(stage, [&](auto then) { stores[0]->watch(id<RoomId>(7), then); });
    EXPECT_TRUE(std::holds_alternative<Trouble>(watched));
    EXPECT_FALSE(stores[0]->reachable());
    EXPECT_EQ(recorders[0].forgotten, 0) << "nothing is known yet";
    EXPECT_EQ(std::count_if(stage.lines.begin(), stage.lines.end(),
                            [](const auto& line) { return line.find("out of reach") != std::string::npos; }),
              2)
        << "one line a store, not one a try";
}

TEST_F(RedisTrouble, ARedisThatWasSilentHasForgottenNothing) {
    say();
    stage.server.pause();
    const auto answer = answer_of<Appended>(stage, [&](auto then) { stores[0]->append(message(room), then); });
    ASSERT_TRUE(std::holds_alternative<Trouble>(answer));
    EXPECT_EQ(std::get<Trouble>(answer), Trouble::unreachable);
    stage.server.resume();
    ASSERT_TRUE(turn_until(stage, [&] { return both_reachable(); }));
    say(0);
    say(1);
    const auto last = watch(0)->last.value;  // what was unreachable may have been stored
    ASSERT_TRUE(turn_until(stage, [&] { return heard(0) == up_to(last) && heard(1) == up_to(last); }));
    EXPECT_EQ(recorders[0].forgotten + recorders[1].forgotten, 0);
}

TEST_F(RedisTrouble, NothingIsLostOrDoubledThroughCuts) {
    for (int round = 0; round < 10; ++round) {
        say(0);
        for (int i = 0; i < 20; ++i) stores[1]->append(message(room), [](auto) {});
        stage.server.ask(round % 2 == 0 ? "CLIENT KILL TYPE pubsub" : "CLIENT KILL TYPE normal SKIPME yes");
        say(1);
        for (int i = 0; i < round % 3; ++i) stage.turn();
    }
    ASSERT_TRUE(turn_until(stage, [&] { return both_reachable(); }));
    say(0);
    const auto last = watch(0)->last.value;
    EXPECT_GE(last, 22U);
    ASSERT_TRUE(turn_until(stage, [&] { return heard(0).size() >= last - 1 && heard(1).size() >= last - 1; }));
    EXPECT_EQ(heard(0), up_to(last));
    EXPECT_EQ(recorders[0].rooms[room].entries, recorders[1].rooms[room].entries);
    EXPECT_EQ(recorders[0].forgotten + recorders[1].forgotten, 0);
}

TEST_F(RedisTrouble, KnocksAndLaneThatWaitAreToldAgainAfterACut) {
    asked<KnockState>(stage, [&](auto then) { stores[0]->put_knock(room, {id<KnockId>(1), text("knock")}, then); });
    asked<bool>(stage, [&](auto then) { stores[0]->put_lane(room, {id<LaneId>(1), iris, text("lane")}, then); });
    ASSERT_TRUE(turn_until(stage, [&] { return recorders[1].rooms[room].lane.size() == 1; }));
    stage.server.ask("CLIENT KILL TYPE pubsub");
    EXPECT_TRUE(turn_until(stage, [&] {
        return recorders[1].rooms[room].lane.size() == 2 && recorders[1].rooms[room].knocks.size() == 2;
    }));
}

// Bug: a relay that was not listening just then never heard that a room had been replaced, and those who knocked there
// waited for ever.
TEST_F(RedisTrouble, ThatARoomWasReplacedIsToldAgainAfterACut) {
    asked<Nothing>(stage, [&](auto then) { stores[0]->replace_room(room, id<RoomId>(2), 1h, then); });
    ASSERT_TRUE(turn_until(stage, [&] { return recorders[1].rooms[room].remade == 1; }));
    stage.server.ask("CLIENT KILL TYPE pubsub");
    EXPECT_TRUE(turn_until(stage, [&] { return recorders[1].rooms[room].remade == 2; }));
}

TEST_F(RedisTrouble, EntriesThatWereTrimmedBeforeTheyWereHeardAreSaidToBeForgotten) {
    Recorder late;
    RedisSettings settings = stage.settings();
    settings.lifetimes.log = 100ms;
    const auto store = stage.join_with(settings, late);
    ASSERT_EQ(stage.why_not(*store), std::nullopt);
    ASSERT_TRUE(asked<std::optional<RoomSnapshot>>(stage, [&](auto then) { store->watch(room, then); }).has_value());
    const auto entry = [&](const char* number) {
        return std::string("EVAL \"redis.call('hincrby',KEYS[1],'last',") + number +
               ")\" 1 veranda:{01010101010101010101010101010101}:room";
    };
    stage.server.ask(entry("5"));  // as if five had come and gone while the channel was cut
    say();
    EXPECT_TRUE(turn_until(stage, [&] { return late.forgotten == 1; }));
    EXPECT_TRUE(late.rooms[room].entries.empty());
}

TEST_F(RedisTrouble, OutOfMemoryIsTroubleAndWritesNothing) {
    ASSERT_EQ(stage.server.ask("CONFIG SET maxmemory 1"), "+OK");
    const auto answer = answer_of<Appended>(stage, [&](auto then) { stores[0]->append(message(room), then); });
    ASSERT_TRUE(std::holds_alternative<Trouble>(answer));
    EXPECT_EQ(stage.lines.back(), "Redis refused a command: OOM");
    ASSERT_EQ(stage.server.ask("CONFIG SET maxmemory 0"), "+OK");
    EXPECT_EQ(watch(0)->last, Sequence{1});
    say();
}

TEST_F(RedisTrouble, AStoreThatGoesWhileMuchIsOnItsWayAnswersNobody) {
    bool answered = false;
    for (int i = 0; i < 50; ++i) stores[1]->append(message(room), [&](auto) { answered = true; });
    stores[1]->watch(id<RoomId>(5), [&](auto) { answered = true; });
    stores[1].reset();
    say();
    EXPECT_FALSE(answered);
}

}  // namespace
}  // namespace veranda::tests
