// The way in and out: opening, entering, resuming, giving way to oneself, leaving. Nothing is lost or doubled.
#include "server/relay/entrance.hpp"

#include <gtest/gtest.h>

#include "tests/support/rooms.hpp"

namespace veranda::relay {
namespace {

using namespace tests;  // NOLINT

// ---- opening: each test spoils one thing of an opening that is right ----

class Opening : public ::testing::Test {
protected:
    void SetUp() override { world.greet(world.amara); }
    Refused refused(const OpenRoom& open) {
        const Refused answer = why(world.amara.ask(open, world.now));
        EXPECT_EQ(world.memory().room_count(), 0U);
        return answer;
    }
    OpenRoom with_genesis(const std::function<void(Genesis&)>& spoil) {
        OpenRoom open = world.opening(world.amara);
        spoil(open.genesis.body);
        open.genesis = crypto::sign(open.genesis.body, world.amara.leaf_key);
        return open;
    }
    OpenRoom with_opener(const std::function<void(Admission&)>& spoil) {
        OpenRoom open = world.opening(world.amara);
        spoil(open.opener.body);
        open.opener = crypto::sign(open.opener.body, world.amara.leaf_key);
        return open;
    }
    World world;
};

TEST_F(Opening, IsAnsweredWithTheRoomAsItIs) {
    const auto answer = world.amara.ask(world.opening(world.amara), world.now);
    ASSERT_TRUE(is<Entered>(answer));
    EXPECT_EQ(std::get<Entered>(answer).last, Sequence{1});
    EXPECT_EQ(std::get<Entered>(answer).genesis.genesis.body.room, world.room);
    const auto entries = world.amara.take<EntryFrame>();  // her own genesis: the running hash begins there
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_EQ(entries[0].entry.kind, EntryKind::genesis);
}

TEST_F(Opening, RefusesARoomThatExists) {
    world.amara.ask(world.opening(world.amara), world.now);
    Person bea = world.staff("bea");
    world.relay().organisation_changed(world.organisation.current(UnixSeconds{world.now.value}), world.now);
    world.greet(bea);
    EXPECT_EQ(why(bea.ask(world.opening(bea), world.now)), Refused{Refusal::room_exists});
}

TEST_F(Opening, RefusesASecondRoomOnOneConnection) {
    world.amara.ask(world.opening(world.amara), world.now);
    world.room = world.random.id<RoomId>();
    EXPECT_EQ(why(world.amara.ask(world.opening(world.amara), world.now)), Refused{Refusal::already_in_room});
}

TEST_F(Opening, RefusesAProofForAnotherOriginChallengeOrKey) {
    OpenRoom open = world.opening(world.amara);
    AccessProof elsewhere = open.proof.body;
    elsewhere.origin = "https://phish.test";
    open.proof = crypto::sign(elsewhere, world.amara.access_key);
    EXPECT_EQ(refused(open), Refused{Refusal::access_signature});
    AccessProof old = world.proof(world.amara).body;
    old.challenge = world.random.id<Challenge>();
    open.proof = crypto::sign(old, world.amara.access_key);
    EXPECT_EQ(refused(open), Refused{Refusal::access_signature});
    open.proof = crypto::sign(world.proof(world.amara).body, world.iris.access_key);
    EXPECT_EQ(refused(open), Refused{Refusal::access_signature});
}

TEST_F(Opening, RefusesAGenesisOfAnotherRoomRuleVersionOrSizeOrSignature) {
    const Refused invalid{Refusal::genesis_invalid};
    EXPECT_EQ(refused(with_genesis([&](Genesis& g) { g.room = world.random.id<RoomId>(); })), invalid);
    EXPECT_EQ(refused(with_genesis([](Genesis& g) { g.rule_version = 2; })), invalid);
    EXPECT_EQ(refused(with_genesis([](Genesis& g) { g.policies.members_max = 1; })), invalid);
    EXPECT_EQ(refused(with_genesis([](Genesis& g) { g.policies.members_max = 51; })), invalid);
    OpenRoom open = world.opening(world.amara);
    open.genesis = crypto::sign(open.genesis.body, world.iris.leaf_key);
    EXPECT_EQ(refused(open), invalid);
}

TEST_F(Opening, RefusesAnEndThatIsOverOrTooFarAway) {
    const Refused invalid{Refusal::end_time_invalid};
    const std::uint64_t now = world.now.value / 1'000;
    EXPECT_EQ(refused(with_genesis([&](Genesis& g) { g.ends_at = UnixSeconds{now}; })), invalid);
    EXPECT_EQ(refused(with_genesis([&](Genesis& g) { g.ends_at.value += limits::session_seconds_max; })), invalid);
    EXPECT_EQ(refused(with_genesis([&](Genesis& g) { g.opened_at = UnixSeconds{now - limits::session_seconds_max}; })),
              invalid);
    EXPECT_EQ(refused(with_genesis([&](Genesis& g) { g.ends_at = g.opened_at = UnixSeconds{now + 100}; })), invalid);
}

TEST_F(Opening, RefusesAnOpenerWhoseAdmissionIsNotHerOwn) {
    const Refused invalid{Refusal::admission_invalid};
    EXPECT_EQ(refused(with_opener([&](Admission& a) { a.room = world.random.id<RoomId>(); })), invalid);
    EXPECT_EQ(refused(with_opener([&](Admission& a) { a.access_key = world.iris.access(); })), invalid);
    EXPECT_EQ(refused(with_opener([&](Admission& a) { a.admitted_by = world.iris.member; })), invalid);
    EXPECT_EQ(refused(with_opener([&](Admission& a) { a.knock = world.random.id<KnockId>(); })), invalid);
    EXPECT_EQ(refused(with_opener([&](Admission& a) { a.level = Level::held; })), invalid);
    EXPECT_EQ(refused(with_opener([&](Admission& a) { a.staff.reset(); })), invalid);
    EXPECT_EQ(refused(with_opener([&](Admission& a) { a.leaf_key = world.iris.leaf_key.public_key(); })), invalid);
    OpenRoom open = world.opening(world.amara);
    open.opener = crypto::sign(open.opener.body, world.iris.leaf_key);
    EXPECT_EQ(refused(open), Refused{Refusal::admission_signature});
}

TEST_F(Opening, RefusesWhomTheGenesisItselfRemoves) {
    EXPECT_EQ(refused(with_genesis([&](Genesis& g) { g.removed = {world.amara.member}; })),
              Refused{Refusal::member_removed});
}

TEST_F(Opening, RefusesStaffWhoAreNotListedOrWhoseStatementIsForAnotherRoom) {
    TestRandom other_random(99);
    TestOrganisation other(other_random);
    Person eve = world.person("eve");
    eve.staff = other.issue("eve", Role::facilitator, UnixSeconds{world.now.value / 1'000});
    world.greet(eve);
    EXPECT_EQ(why(eve.ask(world.opening(eve), world.now)), Refused{Refusal::staff_certificate});

    const RoomId room = world.room;
    world.room = world.random.id<RoomId>();
    const StaffCredential elsewhere = world.credential(world.amara);
    world.room = room;
    EXPECT_EQ(refused(with_opener([&](Admission& a) { a.staff = elsewhere; })), Refused{Refusal::session_statement});
}

TEST_F(Opening, RefusesAKindOfRoomThatTheStatementDoesNotName) {
    EXPECT_EQ(refused(with_genesis([](Genesis& g) { g.kind = RoomKind::debrief; })),
              Refused{Refusal::session_statement});
}

TEST_F(Opening, RefusesStaffWhoDoNotCommitInThatKindOfRoom) {
    for (const Role role : {Role::counsellor, Role::mediator, Role::lead}) {
        Person other = world.staff("other", role);
        world.relay().organisation_changed(world.organisation.current(UnixSeconds{world.now.value}), world.now);
        world.greet(other);
        EXPECT_EQ(why(other.ask(world.opening(other), world.now)), Refused{Refusal::only_staff});
    }
}

// ---- entering ----

TEST(Entrance, RefusesARoomThatDoesNotExist) {
    World world;
    world.greet(world.iris);
    EXPECT_EQ(why(world.iris.ask(world.entrance(world.iris), world.now)), Refused{Refusal::no_such_room});
}

TEST(Entrance, RefusesAKeyThatNobodyAdmitted) {
    World world;
    world.open();
    world.greet(world.iris);
    EXPECT_EQ(why(world.iris.ask(world.entrance(world.iris), world.now)), Refused{Refusal::not_in_room});
    EXPECT_EQ(world.amara.take<PresenceFrame>().size(), 1U);  // her own
}

TEST(Entrance, RefusesASecondEntranceOnOneConnection) {
    World world;
    world.open();
    world.let_in(world.iris);
    EXPECT_EQ(why(world.iris.ask(world.entrance(world.iris), world.now)), Refused{Refusal::already_in_room});
}

TEST(Entrance, RefusesAnotherConnectionsProof) {
    World world;
    world.open();
    world.let_in(world.iris);
    const Enter old = world.entrance(world.iris);
    world.greet(world.iris);
    EXPECT_EQ(why(world.iris.ask(old, world.now)), Refused{Refusal::access_signature});
}

TEST(Entrance, ReadsHerTheLogFromWhereSheStood) {
    World world;
    world.open();
    world.let_in(world.iris);
    for (int i = 0; i < 200; ++i)
        world.amara.ask(world.says(std::to_string(i), world.epoch),
                        UnixMillis{noon.value + static_cast<std::uint64_t>(i) * 100});
    EXPECT_EQ(world.iris.heard().size(), 200U);
    world.enter(world.iris, Sequence{2 + 150});
    const auto heard = world.iris.heard();
    ASSERT_EQ(heard.size(), 50U);
    EXPECT_EQ(heard.front(), "150");
    EXPECT_EQ(heard.back(), "199");
}

TEST(Entrance, TellsHerWhatTheLogNoLongerHolds) {
    World world;
    world.open();
    world.let_in(world.iris);
    world.amara.ask(world.says("long ago", world.epoch), world.now);
    world.iris.disconnect(world.now);
    world.pass(16 * 60'000);
    world.amara.ask(world.says("now", world.epoch), world.now);
    world.greet(world.iris);
    const auto entered = world.iris.ask(world.entrance(world.iris, Sequence{2}), world.now);
    ASSERT_TRUE(is<Entered>(entered));
    EXPECT_EQ(std::get<Entered>(entered).oldest, Sequence{4});
    EXPECT_EQ(world.iris.heard(), std::vector<std::string>{"now"});
}

// Who comes from another relay may have heard more there than this one has: she waits, and gets nothing twice.
TEST(Entrance, LetsAClientThatIsAheadWaitAndSendsItNothingThatItSaysItHas) {
    World world;
    world.open();
    world.let_in(world.iris);
    world.greet(world.iris);
    const RequestId request = world.iris.send(world.entrance(world.iris, Sequence{4}), world.now);
    world.amara.ask(world.says("heard elsewhere", world.epoch), world.now);
    EXPECT_EQ(why(world.iris.answer_to(request)), Refused{}) << "no answer yet";
    world.amara.ask(world.says("heard elsewhere too", world.epoch), world.now);
    EXPECT_TRUE(is<Entered>(world.iris.answer_to(request)));
    world.amara.ask(world.says("new", world.epoch), world.now);
    EXPECT_EQ(world.iris.heard(), std::vector<std::string>{"new"});
}

TEST(Entrance, LetsAClientInThatClaimsToBeAheadOfEveryoneOnceItHasWaited) {
    World world;
    world.open();
    world.let_in(world.iris);
    world.greet(world.iris);
    const RequestId request = world.iris.send(world.entrance(world.iris, Sequence{1'000}), world.now);
    world.pass(limits::parked_ms_max);
    EXPECT_TRUE(is<Entered>(world.iris.answer_to(request)));
}

TEST(Entrance, ReadsALongLogOnlyAsFastAsItIsTaken) {
    World world;
    world.open();
    world.let_in(world.iris);
    world.iris.disconnect(world.now);
    const std::string text(15'000, 'x');
    for (int i = 0; i < 400; ++i) {
        ASSERT_TRUE(is<Accepted>(world.amara.ask(world.says(text, world.epoch), world.now)));
        world.pass(100);
        world.amara.read();
    }
    world.greet(world.iris);
    const RequestId request = world.iris.send(world.entrance(world.iris, Sequence{2}), world.now);
    EXPECT_LT(world.iris.connection().queued_bytes(), 3 * limits::catch_up_bytes_max);
    world.amara.ask(world.says("live", world.epoch), world.now);
    std::vector<std::string> heard;
    for (int turn = 0; turn < 200; ++turn) {
        world.pass(250);
        ASSERT_LT(world.iris.connection().queued_bytes(), 3 * limits::catch_up_bytes_max);
        for (auto& more : world.iris.heard()) heard.push_back(std::move(more));
    }
    EXPECT_TRUE(is<Entered>(world.iris.answer_to(request)));
    ASSERT_EQ(heard.size(), 401U);
    EXPECT_EQ(heard.back(), "live");
    EXPECT_FALSE(world.iris.connection().closed_with.has_value());
}

TEST(Entrance, CutsOffASlowReaderWhoseQueueIsFullAndLosesNothing) {
    World world;
    world.open();
    world.let_in(world.iris);
    const std::string text(16'000, 'x');
    int said = 0;
    while (!world.iris.connection().closed_with && said < 1'000) {
        ASSERT_TRUE(is<Accepted>(world.amara.ask(world.says(text, world.epoch), world.now)));
        world.pass(50);
        ++said;
    }
    EXPECT_EQ(world.iris.connection().closed_with, CloseCode::policy_violation);
    EXPECT_LE(world.iris.connection().queued_bytes(), limits::outbox_bytes_max);
    const int heard = static_cast<int>(world.iris.heard().size());
    EXPECT_LT(heard, said);
    world.enter(world.iris, Sequence{static_cast<std::uint64_t>(2 + heard)});
    int more = 0;
    for (int turn = 0; turn < 100; ++turn, world.pass(250)) more += static_cast<int>(world.iris.heard().size());
    EXPECT_EQ(heard + more, said);
}

TEST(Entrance, MakesAnOlderConnectionWithTheSameKeyGiveWay) {
    World world;
    world.open();
    world.let_in(world.iris);
    TestConnection second;
    const ConnectionId id = world.relay().opened(second, world.now);
    const auto hello = std::get<ServerHello>(std::get<ServerFrame>(second.read().at(0).frame));
    const AccessProof proof{world.room, std::string(origin), hello.challenge, world.iris.access()};
    Bytes message = encode_frame(ClientHello{}, RequestId{1});
    append(message, encode_frame(Enter{crypto::sign(proof, world.iris.access_key), Sequence{2}}, RequestId{2}));
    world.relay().received(id, message, world.now);
    EXPECT_EQ(world.iris.take<RoomGone>(), std::vector<RoomGone>{{GoneReason::elsewhere}});
    EXPECT_EQ(why(world.iris.ask(world.says("still me?", world.epoch), world.now)), Refused{Refusal::elsewhere});
    const auto frames = second.read();
    EXPECT_TRUE(std::any_of(frames.begin(), frames.end(),
                            [](const auto& frame) { return is<Entered>(std::get<ServerFrame>(frame.frame)); }));
    world.relay().closed(id, world.now);
}

TEST(Entrance, LeavingIsSaidToAllAndTheKeyIsForgotten) {
    World world;
    world.open();
    world.let_in(world.iris);
    world.amara.take<EntryFrame>();
    EXPECT_TRUE(is<Accepted>(world.iris.ask(world.leave(), world.now)));
    EXPECT_EQ(world.iris.take<RoomGone>(), std::vector<RoomGone>{{GoneReason::left}});
    const auto entries = world.amara.take<EntryFrame>();
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_EQ(entries[0].entry.kind, EntryKind::leave);
    EXPECT_EQ(entries[0].entry.sender, world.iris.member);
    EXPECT_EQ(why(world.iris.ask(world.says("bye", world.epoch), world.now)), Refused{Refusal::not_in_room});
    world.greet(world.iris);
    EXPECT_EQ(why(world.iris.ask(world.entrance(world.iris), world.now)), Refused{Refusal::not_in_room});
}

// ---- presence ----

TEST(Presence, LastsAMomentLongerThanTheConnection) {
    World world;
    world.open();
    world.let_in(world.iris);
    world.pass(12'000);
    world.amara.take<PresenceFrame>();
    world.iris.disconnect(world.now);
    world.pass(15'000);
    EXPECT_TRUE(world.amara.take<PresenceFrame>().empty());
    world.pass(20'000);
    EXPECT_EQ(world.amara.take<PresenceFrame>(),
              (std::vector<PresenceFrame>{{{{world.iris.member, Whereabouts::away}}}}));
    world.pass(60'000);
    EXPECT_TRUE(world.amara.take<PresenceFrame>().empty());  // amara herself is still here
}

TEST(Presence, IsForStaffOnlyWhereTheGenesisSaysSo) {
    World world;
    world.policies.presence_for_staff_only = true;
    world.open();
    world.let_in(world.iris);
    EXPECT_EQ(world.amara.take<PresenceFrame>().size(), 2U);
    EXPECT_TRUE(world.iris.take<PresenceFrame>().empty());
}

}  // namespace
}  // namespace veranda::relay
