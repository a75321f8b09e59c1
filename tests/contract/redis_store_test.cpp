// What is true of the Redis store only: how it connects, what it leaves in Redis, scripts and slots.
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/contract/stage_redis.hpp"

namespace veranda::tests {
namespace {

class RedisStoreTest : public testing::Test {
protected:
    std::optional<std::string> why_not(RedisSettings settings, RedisStage& on) {
        Recorder nobody;
        const auto store = on.join_with(std::move(settings), nobody);
        return on.why_not(*store);
    }
    // One of everything.
    void use(RedisStage& on, Store& store) {
        const RoomId room = id<RoomId>(1);
        const NewRoom made{room, text("genesis"), text("opener"), amara, on.now(), 1h};
        EXPECT_TRUE(asked<bool>(on, [&](auto then) { store.open_room(made, then); }));
        const PostedCard card{id<CardId>(1), id<KnockKey>(1), {on.now().value / 1000 + 60}, text("sealed")};
        const PostedCard spent{id<CardId>(2), id<KnockKey>(2), {on.now().value / 1000 + 60}, text("sealed")};
        asked<Nothing>(on, [&](auto then) { store.put_cards(room, {card, spent}, on.now(), then); });
        asked<KnockState>(on, [&](auto then) { store.put_knock(room, {id<KnockId>(1), text("knock")}, then); });
        asked<KnockState>(on, [&](auto then) { store.put_knock(room, {id<KnockId>(2), text("knock")}, then); });
        asked<KnockState>(on, [&](auto then) { store.put_knock(room, {id<KnockId>(3), text("knock")}, then); });
        for (const auto knock : std::initializer_list<std::uint8_t>{1, 2, 3})  // answered, answered, waiting
            asked<TalkKept>(on, [&](auto then) {
                store.put_talk(room, id<KnockId>(knock), {true, text("talk")}, then);
            });
        const Answered no{FrameType::knock_refused, text("no")};
        asked<bool>(on, [&](auto then) { store.end_knock(room, id<KnockId>(2), KnockEnd::refused, no, then); });
        Append append;
        append.room = room;
        append.by = amaras_key;
        append.kind = EntryKind::admit;
        append.now = on.now();
        append.advances_epoch = append.is_order = true;
        append.members = {{iris, text("admission")}};
        append.mail = {{id<KnockId>(1), text("front")}};
        append.mail_tail = text("tail");
        append.spent = {spent.id};
        const auto appended = asked<Appended>(on, [&](auto then) { store.append(append, then); });
        EXPECT_TRUE(std::holds_alternative<Stored>(appended));
        store.announce_entrance(room, iriss_key, 1);
        asked<std::vector<LogEntry>>(on, [&](auto then) { store.read_log(room, {}, 10, then); });
        asked<std::vector<StoredKnock>>(on, [&](auto then) { store.list_knocks(room, then); });
        asked<std::vector<StoredTalk>>(on, [&](auto then) { store.list_talks(room, id<KnockId>(3), then); });
        asked<std::optional<Answered>>(on, [&](auto then) { store.find_answer(room, id<KnockId>(1), then); });
        asked<Nothing>(on, [&](auto then) { store.drop_cards(room, {id<CardId>(77)}, then); });
        store.set_presence(room, noor, Whereabouts::here);
        store.set_presence(room, noor, Whereabouts::away);
        store.set_presence(room, iris, Whereabouts::here);
        asked<LeaseState>(on, [&](auto then) { store.claim_lease(room, LeaseKind::admitting, amara, 30s, then); });
        EXPECT_TRUE(asked<bool>(on, [&](auto then) {
            store.put_lane(room, {id<LaneId>(1), iris, text("lane")}, then);
        }));
        asked<Nothing>(on, [&](auto then) { store.release_lease(room, LeaseKind::remaking, amara, then); });
        EXPECT_FALSE(asked<bool>(
            on, [&](auto then) { store.acknowledge_lane(room, id<LaneId>(9), text("acknowledged"), then); }));
        EXPECT_EQ(asked<std::vector<StoredLane>>(on, [&](auto then) { store.list_lane(room, then); }).size(), 1U);
        EXPECT_EQ(asked<std::optional<StoredCard>>(on, [&](auto then) { store.find_card(card.id, then); })->sealed,
                  text("sealed"));
        EXPECT_TRUE(asked<std::optional<RoomSnapshot>>(on, [&](auto then) { store.watch(room, then); }).has_value());
        EXPECT_EQ(asked<std::vector<MemberId>>(on, [&](auto then) { store.refresh_presence(room, {}, then); }).size(),
                  1U);
    }
    // Duty and when it ends; requests and when their askers are gone, one that was left and answered; a claim and when
    // it runs out.
    void use_desk(RedisStage& on, Store& store) {
        asked<Nothing>(on, [&](auto then) { store.watch_desk(then); });
        asked<Nothing>(on, [&](auto then) { store.put_duty({id<Hash>(1), text("statement")}, then); });
        asked<Nothing>(on, [&](auto then) { store.drop_duty(id<Hash>(9), then); });
        EXPECT_EQ(asked<std::vector<StoredDuty>>(on, [&](auto then) { store.list_duty(then); }).size(), 1U);
        store.announce_duty_nonce(id<Challenge>(1));
        store.announce_duty_proof(id<Challenge>(1), text("proof"));
        for (const auto number : std::initializer_list<std::uint8_t>{1, 2, 3}) {
            const StoredRequest request{id<LaneId>(number), {}, number == 2, text("request"), {}};
            EXPECT_TRUE(asked<RequestPut>(on, [&](auto then) { store.put_request(request, then); }).is_kept);
        }
        asked<Hash>(on, [&](auto then) { store.claim_request(id<LaneId>(1), id<Hash>(1), 60s, then); });
        asked<std::optional<Hash>>(on, [&](auto then) { store.end_request(id<LaneId>(3), {}, then); });
        asked<DeskMissing>(on, [&](auto then) { store.refresh_desk({id<Hash>(1)}, {id<LaneId>(1)}, then); });
        EXPECT_EQ(asked<std::vector<StoredRequest>>(on, [&](auto then) { store.list_requests(then); }).size(), 2U);
        asked<Hash>(on, [&](auto then) { store.claim_request(id<LaneId>(2), id<Hash>(1), 60s, then); });
        asked<AnswerPut>(on, [&](auto then) {
            store.put_desk_answer(id<LaneId>(2), id<AnswerId>(2), id<Hash>(1), text("answer"), 60s, then);
        });
        store.unwatch_desk();
    }
    void end_room(RedisStage& on, Store& store) {
        Append end;
        end.room = id<RoomId>(1);
        end.by = amaras_key;
        end.submission = id<SubmissionId>(9);
        end.kind = EntryKind::order;
        end.ends_room = true;
        end.now = on.now();
        asked<Appended>(on, [&](auto then) { store.append(end, then); });
        store.unwatch(end.room);
    }
    static constexpr const char* keys_without_end =
        "EVAL \"local n=0 for _,k in ipairs(redis.call('keys','*')) do "
        "if redis.call('pttl',k)<0 and k~='veranda:incarnation' then n=n+1 end end return n\" 0";
};

TEST_F(RedisStoreTest, EverythingInRedisHasATimeToLive) {
    RedisStage stage({});
    Recorder recorder;
    const auto store = stage.join(recorder);
    use(stage, *store);
    EXPECT_EQ(stage.server.ask("DBSIZE"), ":20");
    use_desk(stage, *store);
    EXPECT_EQ(stage.server.ask("KEYS veranda:{desk}:*").substr(0, 2), "*8");
    EXPECT_EQ(stage.server.ask(keys_without_end), ":0");
}

TEST_F(RedisStoreTest, AfterTheLogsTimeAnEndedRoomHasLeftNothing) {
    RedisStage stage({.log = 200ms});
    Recorder recorder;
    const auto store = stage.join(recorder);
    use(stage, *store);
    end_room(stage, *store);
    // The two cards' ids still point to a room that is not there, until the cards' own expiry.
    EXPECT_TRUE(turn_until(stage, [&] { return stage.server.ask("KEYS veranda:{*") == "*0"; }));
    EXPECT_FALSE(
        asked<std::optional<StoredCard>>(stage, [&](auto then) { store->find_card(id<CardId>(1), then); }).has_value());
}

TEST_F(RedisStoreTest, WorksThroughTcpAsWell) {
    RedisStage stage({});
    RedisSettings settings = stage.settings();
    settings.address = *parse_redis_url(stage.server.tcp_url() + "/3");
    Recorder recorder;
    const auto store = stage.join_with(settings, recorder);
    ASSERT_EQ(stage.why_not(*store), std::nullopt);
    use(stage, *store);
    EXPECT_EQ(stage.server.ask("DBSIZE"), ":0") << "the keys are in database 3";
}

TEST_F(RedisStoreTest, KeepsToOneSlotAScript) {
    // By itself it would take its port plus 10,000, which may be none.
    RedisStage stage({}, {"--cluster-enabled", "yes", "--cluster-port", std::to_string(RedisServer::free_port())});
    ASSERT_EQ(stage.server.ask("CLUSTER ADDSLOTSRANGE 0 16383"), "+OK");
    ASSERT_TRUE(turn_until(stage, [&] { return stage.server.ask("SET a b") == "+OK"; }));
    Recorder recorder;
    const auto store = stage.join(recorder);
    use(stage, *store);
    use_desk(stage, *store);
    end_room(stage, *store);
    EXPECT_TRUE(stage.lines.empty()) << stage.lines.front();
}

TEST_F(RedisStoreTest, GivesRedisItsScriptsAgainWhenItHasLostThem) {
    RedisStage stage({});
    Recorder recorder;
    const auto store = stage.join(recorder);
    ASSERT_EQ(stage.server.ask("SCRIPT FLUSH SYNC"), "+OK");
    use(stage, *store);
    EXPECT_TRUE(stage.lines.empty());
}

TEST_F(RedisStoreTest, SaysInOneLineThatNobodyIsThere) {
    RedisStage stage({});
    RedisSettings settings = stage.settings();
    settings.address.unix_path += ".not";
    EXPECT_EQ(why_not(settings, stage),
              "Redis at unix:" + stage.server.socket_path() + ".not is out of reach: No such file or directory");
}

TEST_F(RedisStoreTest, SaysThatRedisIsSilent) {
    RedisStage stage({});
    RedisSettings settings = stage.settings();
    settings.request_deadline = 200ms;
    stage.server.pause();
    EXPECT_EQ(why_not(settings, stage),
              "Redis at unix:" + stage.server.socket_path() + " is out of reach: no answer in time");
    stage.server.resume();
}

TEST_F(RedisStoreTest, UsesThePasswordAndNeverSaysIt) {
    RedisStage stage({}, {"--requirepass", "open sesame"});
    RedisSettings settings = stage.settings();
    EXPECT_NE(why_not(settings, stage)->find("NOAUTH"), std::string::npos);
    settings.address.password = "wrong sesame";
    const auto refused = why_not(settings, stage);
    EXPECT_NE(refused->find("WRONGPASS"), std::string::npos);
    EXPECT_EQ(refused->find("sesame"), std::string::npos);
    settings.address.password = "open sesame";
    EXPECT_EQ(why_not(settings, stage), std::nullopt);
    settings.address =
        *parse_redis_url("redis://default:open%20sesame@127.0.0.1:" + std::to_string(stage.server.port()));
    EXPECT_EQ(why_not(settings, stage), std::nullopt);
}

// config/redis.conf as it is shipped, its users in force; only where it listens is the test's own.
std::string shipped_configuration() {
    std::ifstream file(VERANDA_REDIS_CONF);
    std::string lines;
    for (std::string line; std::getline(file, line);) {
        const auto begins_with = [&](std::string_view word) { return line.compare(0, word.size(), word) == 0; };
        if (begins_with("port ") || begins_with("unixsocket") || begins_with("dir ") || begins_with("logfile "))
            continue;
        lines += begins_with("#   user ") ? line.substr(4) + "\n" : line + "\n";
    }
    return lines;
}

TEST_F(RedisStoreTest, WorksWithTheConfigurationThatIsShipped) {
    const auto path =
        std::filesystem::temp_directory_path() / ("veranda-redis-" + std::to_string(::getpid()) + ".conf");
    std::ofstream(path) << shipped_configuration();
    RedisStage stage({}, {"--include", path.string()});
    std::filesystem::remove(path);
    RedisSettings settings = stage.settings();
    EXPECT_NE(why_not(settings, stage)->find("NOAUTH"), std::string::npos);
    settings.address.user = "veranda";
    settings.address.password = "change-me";
    Recorder recorder;
    const auto store = stage.join_with(settings, recorder);
    ASSERT_EQ(stage.why_not(*store), std::nullopt);
    use(stage, *store);
    use_desk(stage, *store);
    end_room(stage, *store);
    EXPECT_TRUE(stage.lines.empty()) << stage.lines.front();
    EXPECT_EQ(stage.server.ask("FLUSHALL"), "-NOAUTH Authentication required.");
}

TEST_F(RedisStoreTest, DoesNotTakeAReplicaForARedisThatItCanUse) {
    RedisStage stage({}, {"--replicaof", "127.0.0.1", "1"});
    EXPECT_NE(why_not(stage.settings(), stage)->find("replica"), std::string::npos);
}

TEST_F(RedisStoreTest, WhatAnotherPublishesOnAChannelHarmsNobody) {
    RedisStage stage({});
    Recorder recorder;
    const auto store = stage.join(recorder);
    use(stage, *store);
    const std::string channel = "veranda:{01010101010101010101010101010101}:events";
    for (const std::string nonsense : {"\"\"", "x", "\"\\x01short\"", "\"\\x03\"", "\"\\x08unknown\""})
        EXPECT_EQ(stage.server.ask("SPUBLISH " + channel + " " + nonsense), ":1");
    asked<Nothing>(stage, [&](auto then) { store->watch_desk(then); });
    for (const std::string nonsense :
         {"\"\"", "x", "\"\\x01short\"", "\"\\x03\"", "\"\\x04short\"", "\"\\x09unknown\""})
        EXPECT_EQ(stage.server.ask("SPUBLISH veranda:{desk}:events " + nonsense), ":1");
    store->announce_entrance(id<RoomId>(1), iriss_key, 5);
    EXPECT_TRUE(turn_until(stage, [&] { return !recorder.rooms[id<RoomId>(1)].entrances.empty(); }));
}

}  // namespace
}  // namespace veranda::tests
