// The whole way once: open, cards, knock, admit, enter, speak; then what the relay does with frames that are none.
#include "server/relay/relay.hpp"

#include <gtest/gtest.h>

#include "server/relay/fan_out.hpp"
#include "tests/support/rooms.hpp"

namespace veranda::relay {
namespace {

using namespace tests;  // NOLINT: World, Person, why(), is()

TEST(Relay, CarriesAMessageFromAnOpenedRoomThroughKnockAndAdmissionToEveryMember) {
    World world;
    world.open();
    Person& amara = world.amara;
    Person& iris = world.iris;

    const PostedCard card = world.card();
    ASSERT_TRUE(is<Done>(amara.ask(PostCards{{card}}, world.now)));

    world.greet(iris);
    const auto found = iris.ask(FindCard{card.id}, world.now);
    ASSERT_TRUE(is<CardFrame>(found));
    EXPECT_EQ(std::get<CardFrame>(found).sealed, card.sealed);

    const KnockFrame knock = world.knock(card.id);
    ASSERT_TRUE(is<Done>(iris.ask(knock, world.now)));
    const auto waiting = amara.take<KnockWaiting>();
    ASSERT_EQ(waiting.size(), 1U);
    EXPECT_EQ(waiting[0].envelope, knock.envelope);

    const KnockId knock_id{crypto::hash_of(knock.envelope).bytes};
    Admit admit = world.admit(amara, {&iris}, Epoch{0});
    admit.members[0].admission = world.admission(amara, iris, knock_id);
    admit.spent = {card.id};
    const auto accepted = amara.ask(admit, world.now);
    ASSERT_TRUE(is<Accepted>(accepted));
    const Sequence admitted_at = std::get<Accepted>(accepted).sequence;
    EXPECT_EQ(amara.take<KnockGone>(), (std::vector<KnockGone>{{knock_id, KnockEnd::admitted}}));

    const auto welcome = iris.take<Admitted>();
    ASSERT_EQ(welcome.size(), 1U);
    EXPECT_EQ(welcome[0].sequence, admitted_at);
    EXPECT_EQ(welcome[0].admission, admit.members[0].admission);
    EXPECT_EQ(welcome[0].welcome_head, admit.members[0].welcome_head);
    EXPECT_EQ(welcome[0].welcome_tail, admit.welcome_tail);

    const auto entered = iris.ask(world.entrance(iris, admitted_at), world.now);
    ASSERT_TRUE(is<Entered>(entered));
    EXPECT_EQ(std::get<Entered>(entered).self, iris.member);
    EXPECT_EQ(std::get<Entered>(entered).epoch, Epoch{1});
    EXPECT_EQ(std::get<Entered>(entered).last, admitted_at);
    EXPECT_EQ(std::get<Entered>(entered).admissions.size(), 2U);
    EXPECT_EQ(std::get<Entered>(entered).presence.size(), 2U);

    ASSERT_TRUE(is<Accepted>(iris.ask(world.says("good evening", Epoch{1}), world.now)));
    EXPECT_EQ(amara.heard(), std::vector<std::string>{"good evening"});
    EXPECT_EQ(iris.heard(), std::vector<std::string>{"good evening"});  // its sender too: the log is what counts
}

TEST(Relay, EncodesAnEntryOnceAndSharesItsBytes) {
    World world;
    world.open();
    world.let_in(world.iris);
    world.iris.ask(world.says("once", world.epoch), world.now);
    const SharedFrame& hers = world.iris.connection().sent[world.iris.connection().sent.size() - 2];
    bool is_shared = false;
    for (const SharedFrame& frame : world.amara.connection().sent) is_shared |= frame == hers;
    EXPECT_TRUE(is_shared);
}

TEST(Relay, EncodesAnEntryAsTheCodecDoes) {
    TestRandom random;
    for (const std::size_t size : {0, 10, 63 - 33, 64 - 33, 63, 64, 1'000, 16'350, 16'351, 16'383, 16'384, 70'000}) {
        const LogEntry entry{Sequence{7}, noon, random.id<MemberId>(), EntryKind::application, Bytes(size, 1)};
        EXPECT_EQ(*entry_frame(entry), encode_frame(EntryFrame{entry})) << size;
    }
}

TEST(Relay, SaysHelloWithAFreshChallengeToEachConnection) {
    World world;
    world.connect(world.amara);
    world.connect(world.iris);
    EXPECT_NE(world.amara.hello().challenge, world.iris.hello().challenge);
    EXPECT_EQ(world.amara.hello().now, world.now);
}

TEST(Relay, GivesTheStaffListToAnyoneWhoAsks) {
    World world;
    world.greet(world.iris);
    const auto answer = world.iris.ask(GetStaffList{}, world.now);
    ASSERT_TRUE(is<StaffListFrame>(answer));
    EXPECT_EQ(std::get<StaffListFrame>(answer).list.entries.size(), 1U);
}

TEST(Relay, WantsToBeGreetedFirst) {
    World world;
    world.connect(world.iris);
    EXPECT_EQ(why(world.iris.ask(GetStaffList{}, world.now)), Refused{Refusal::not_yet});
    EXPECT_EQ(why(world.iris.ask(FindCard{}, world.now)), Refused{Refusal::not_yet});
}

TEST(Relay, WantsAnEntranceBeforeAMessage) {
    World world;
    world.greet(world.iris);
    EXPECT_EQ(why(world.iris.ask(world.says("hello?", Epoch{0}), world.now)), Refused{Refusal::not_yet});
    EXPECT_EQ(why(world.iris.ask(PostCards{}, world.now)), Refused{Refusal::not_yet});
}

TEST(Relay, AsksForAProofOfWorkUnderPressureAndTakesARightOne) {
    auto settings = World::default_settings();
    settings.proof_of_work_bits = 8;
    World world(settings);
    world.connect(world.iris);
    EXPECT_EQ(world.iris.hello().proof_of_work_bits, 8);
    EXPECT_EQ(why(world.iris.ask(ClientHello{}, world.now)), (Refused{Refusal::proof_of_work, 8}));
    EXPECT_EQ(why(world.iris.ask(GetStaffList{}, world.now)), Refused{Refusal::not_yet});
    tls::Writer prefix;
    prefix.vector(as_bytes("Veranda 1 proof of work"));
    Bytes proof(8);
    const auto is_good = [&] {
        crypto::Sha256 hash;
        return hash.add(prefix.bytes()).add(world.iris.hello().challenge).add(proof).finish().bytes[0] == 0;
    };
    while (!is_good())
        if (++proof[0] == 0) ++proof[1];
    ASSERT_TRUE(is<Done>(world.iris.ask(ClientHello{proof}, world.now)));
    EXPECT_TRUE(is<StaffListFrame>(world.iris.ask(GetStaffList{}, world.now)));
}

TEST(Relay, AnswersAFrameItDoesNotKnowAndGoesOn) {
    World world;
    world.greet(world.iris);
    for (const auto type : {FrameType{0x7777}, FrameType{0x013f}, FrameType{0x01ff}, FrameType::entered}) {
        const RequestId request{900 + static_cast<std::uint32_t>(type)};
        world.iris.send_bytes(encode_frame_bytes(type, request, {}), world.now);
        EXPECT_EQ(why(world.iris.answer_to(request)),
                  (Refused{Refusal::unknown_frame, static_cast<std::uint64_t>(type)}));
    }
    EXPECT_TRUE(is<StaffListFrame>(world.iris.ask(GetStaffList{}, world.now)));
}

TEST(Relay, NamesTheFaultOfAMalformedMessageAndCloses) {
    World world;
    world.greet(world.iris);
    world.iris.send_bytes({1, 9, 1, 1}, world.now);
    const auto faults = world.iris.take<Fault>();
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].rule, "truncated");
    EXPECT_EQ(world.iris.connection().closed_with, CloseCode::protocol_error);
    EXPECT_EQ(world.relay().counts().faults, 1U);
}

TEST(Relay, ClosesWithTooBigWhatIsTooBig) {
    World world;
    world.greet(world.iris);
    world.iris.send_bytes(encode_frame_bytes(FrameType::submit, RequestId{9}, Bytes(40'000)), world.now);
    EXPECT_EQ(world.iris.take<Fault>().at(0).rule, "frame_too_long");
    EXPECT_EQ(world.iris.connection().closed_with, CloseCode::message_too_big);
    world.greet(world.amara);
    world.amara.send_bytes(Bytes(limits::message_bytes_max + 1), world.now);
    EXPECT_EQ(world.amara.take<Fault>().at(0).rule, "message_too_long");
    EXPECT_EQ(world.amara.connection().closed_with, CloseCode::message_too_big);
}

TEST(Relay, UsesNothingOfAMessageOneOfWhoseFramesIsMalformed) {
    World world;
    world.open();
    world.let_in(world.iris);
    Bytes message = encode_frame(world.says("half", world.epoch), RequestId{50});
    message.push_back(1);
    world.iris.send_bytes(message, world.now);
    EXPECT_TRUE(world.amara.heard().empty());
    EXPECT_EQ(world.iris.take<Fault>().size(), 1U);
}

TEST(Relay, HearsNothingMoreOfAConnectionThatItCloses) {
    World world;
    world.greet(world.iris);
    world.iris.send_bytes({9}, world.now);
    EXPECT_EQ(why(world.iris.ask(GetStaffList{}, world.now)), Refused{});
}

TEST(Relay, TakesSeveralFramesOfOneMessageInTheirOrder) {
    World world;
    world.open();
    world.let_in(world.iris);
    Bytes message = encode_frame(world.says("one", world.epoch), RequestId{51});
    append(message, encode_frame(world.says("two", world.epoch), RequestId{52}));
    world.iris.send_bytes(message, world.now);
    EXPECT_EQ(world.amara.heard(), (std::vector<std::string>{"one", "two"}));
}

TEST(Relay, SlowsDownWhoeverAsksTooOftenAndCutsOffAFlood) {
    World world;
    world.greet(world.iris);
    const Rates rates;
    Refused refused;
    std::uint32_t asked = 0;
    while (refused.refusal != Refusal::too_many_requests && ++asked < 1'000)
        refused = why(world.iris.ask(GetStaffList{}, world.now));
    EXPECT_EQ(asked, rates.requests.burst);  // the hello was the first
    EXPECT_EQ(refused, (Refused{Refusal::too_many_requests, 1'000 / rates.requests.per_second}));
    world.pass(refused.detail);
    EXPECT_TRUE(is<StaffListFrame>(world.iris.ask(GetStaffList{}, world.now)));
    for (int i = 0; i < limits::floods_max; ++i) world.iris.send(GetStaffList{}, world.now);
    EXPECT_EQ(world.iris.connection().closed_with, CloseCode::policy_violation);
}

TEST(Relay, LetsNoRoomsMessagesPassTheirPaceWhileItsPulseGoesOn) {
    auto settings = World::default_settings();
    settings.rates.room = {1, 2};
    World world(settings);
    world.open();
    world.let_in(world.iris);
    EXPECT_TRUE(is<Accepted>(world.iris.ask(world.says("1", world.epoch), world.now)));
    EXPECT_TRUE(is<Accepted>(world.iris.ask(world.says("2", world.epoch), world.now)));
    EXPECT_EQ(why(world.iris.ask(world.says("3", world.epoch), world.now)),
              (Refused{Refusal::too_many_requests, 1'000}));
    EXPECT_TRUE(is<Accepted>(world.amara.ask(world.says("pulse", world.epoch), world.now)));
}

TEST(Relay, ForgetsARoomThatNobodyHereIsInButTheStoreKeepsIt) {
    World world;
    world.open();
    world.let_in(world.iris);
    EXPECT_EQ(world.relay().counts().rooms, 1U);
    world.amara.disconnect(world.now);
    world.iris.disconnect(world.now);
    world.pass(6'000);
    EXPECT_EQ(world.relay().counts().rooms, 0U);
    world.enter(world.iris, Sequence{2});
    EXPECT_EQ(world.relay().counts().rooms, 1U);
}

TEST(Relay, CutsOffStaffWhoseCertificateIsRevokedAndKeepsThemOut) {
    World world;
    world.open();
    world.let_in(world.iris);
    const UnixSeconds at{world.now.value / 1'000};
    world.organisation.revoke(*world.amara.staff, at);
    world.relay().organisation_changed(world.organisation.current(UnixSeconds{at.value + 1'000}), world.now);
    EXPECT_EQ(world.amara.connection().closed_with, CloseCode::policy_violation);
    EXPECT_FALSE(world.iris.connection().closed_with.has_value());
    world.greet(world.amara);
    EXPECT_EQ(why(world.amara.ask(world.entrance(world.amara), world.now)), Refused{Refusal::staff_certificate});
}

}  // namespace
}  // namespace veranda::relay
