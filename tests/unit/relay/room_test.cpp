// Every gate of a room, and the message each one stops. The way through is tested once; the gates, one by one, with a
// room in which everything else is open, so that only the gate under test can be the reason.
#include "server/relay/room.hpp"

#include <gtest/gtest.h>

#include "tests/support/rooms.hpp"

namespace veranda::relay {
namespace {

using namespace tests;  // NOLINT

// A room with amara, who commits, and iris, who speaks; in an epoch of the test's choice.
class RoomTest : public ::testing::Test {
protected:
    void SetUp() override { world.connect(world.amara); }

    Room open_room(Epoch epoch = Epoch{7}) {
        const OpenRoom open = world.opening(world.amara);
        store::RoomSnapshot snapshot;
        snapshot.genesis_entry = tls::encode(GenesisEntry{open.genesis, open.opener});
        snapshot.epoch = epoch;
        snapshot.last = Sequence{1};
        snapshot.oldest = Sequence{1};
        snapshot.admissions = {tls::encode(AdmissionRecord{open.opener, true, {}}),
                               tls::encode(AdmissionRecord{iris_admission(), true, {}})};
        auto room = Room::from(world.room, snapshot);
        EXPECT_TRUE(room.has_value());
        return *std::move(room);
    }
    Signed<Admission> iris_admission() { return world.admission(world.amara, world.iris, world.random.id<KnockId>()); }
    Changes ordered(Room& room, const Order& order, UnixMillis at) {
        const OrderFrame frame = world.order(world.amara, order);
        return room.confirmed({room.last().next(), at, world.amara.member, EntryKind::order, tls::encode(frame.order)});
    }
    Changes spoke(Room& room, const Person& who, UnixMillis at) {
        const Bytes body = world.says("hello", room.epoch()).message;
        return room.confirmed({room.last().next(), at, who.member, EntryKind::application, body});
    }
    Order level(Level to, std::uint32_t seconds = 0) {
        Order order;
        order.kind = OrderKind::set_level;
        order.member = world.iris.member;
        order.level = to;
        order.seconds = seconds;
        return order;
    }
    Order slow_mode(std::uint32_t seconds) {
        Order order;
        order.kind = OrderKind::slow_mode;
        order.seconds = seconds;
        return order;
    }
    Order lock(bool flag, bool clear = false) {
        Order order;
        order.kind = OrderKind::lock;
        order.flag = flag;
        order.clear = clear;
        return order;
    }
    Order about_iris(OrderKind kind) {
        Order order;
        order.kind = kind;
        order.member = world.iris.member;
        return order;
    }
    static Sender sender(const Person& person) { return {person.member, person.access()}; }
    template <class Frame>
    Refused why_not(const Room& room, const Person& who, const Frame& frame, UnixMillis at = noon) {
        const auto verdict = room.judge(sender(who), frame, at);
        return verdict ? Refused{} : verdict.error();
    }
    Refused why_not(const Room& room, const Person& who, const Admit& frame) {
        const auto verdict = room.judge(sender(who), frame, organisation(), 50, noon);
        return verdict ? Refused{} : verdict.error();
    }
    relay::Organisation organisation() { return world.organisation.current(UnixSeconds{noon.value}); }

    World world;
    const Person& amara = world.amara;
    const Person& iris = world.iris;
    const Person stranger = world.person("stranger");
};

TEST_F(RoomTest, AdmitsAMessageOfAMemberAndSaysWhatItReliedOn) {
    Room room = open_room(Epoch{7});
    ordered(room, slow_mode(0), noon);
    const Submit submit = world.says("hello", Epoch{7});
    const auto admissible = room.judge(sender(iris), submit, noon);
    ASSERT_TRUE(admissible.has_value());
    EXPECT_EQ(admissible->append().if_epoch, Epoch{7});
    EXPECT_EQ(admissible->append().if_orders, OrderNumber{1});
    EXPECT_EQ(admissible->append().kind, EntryKind::application);
    EXPECT_EQ(admissible->append().body, submit.message);
    EXPECT_EQ(admissible->append().by, iris.access());
    EXPECT_FALSE(admissible->append().advances_epoch);
}

TEST_F(RoomTest, AdmitsACommitOfStaffAndMovesTheEpochWithIt) {
    const auto admissible = open_room().judge(sender(amara), world.commits(Epoch{7}), noon);
    ASSERT_TRUE(admissible.has_value());
    EXPECT_TRUE(admissible->append().advances_epoch);
    EXPECT_EQ(admissible->append().kind, EntryKind::commit);
}

TEST_F(RoomTest, RefusesAStrangerBeforeAnythingElseIsLookedAt) {
    Room room = open_room();
    ordered(room, slow_mode(30), noon);
    EXPECT_EQ(why_not(room, stranger, world.says("hello", Epoch{6})), Refused{Refusal::not_in_room});
    EXPECT_EQ(why_not(room, stranger, Leave{}), Refused{Refusal::not_in_room});
    EXPECT_EQ(why_not(room, stranger, OrderFrame{}), Refused{Refusal::not_in_room});
    EXPECT_EQ(why_not(room, stranger, Admit{}), Refused{Refusal::not_in_room});
}

TEST_F(RoomTest, RefusesAMembersOlderAccessKey) {
    const Person again("iris", world.random);
    const auto verdict = open_room().judge({iris.member, again.access()}, world.says("hello", Epoch{7}), noon);
    ASSERT_FALSE(verdict.has_value());
    EXPECT_EQ(verdict.error(), Refused{Refusal::not_in_room});
}

TEST_F(RoomTest, RefusesEverythingFromTheInstantAtWhichItsTimeIsOver) {
    const Room room = open_room();
    const UnixMillis end{room.genesis().genesis.body.ends_at.value * 1'000};
    EXPECT_EQ(why_not(room, iris, world.says("late", Epoch{7}), UnixMillis{end.value - 1}), Refused{});
    EXPECT_EQ(why_not(room, iris, world.says("late", Epoch{7}), end), Refused{Refusal::room_ended});
    EXPECT_EQ(why_not(room, iris, world.leave(), end), Refused{Refusal::room_ended});
}

TEST_F(RoomTest, RefusesWhatIsNoPrivateMessageOfThisGroup) {
    const Room room = open_room();
    Submit submit = world.says("hello", Epoch{7});
    submit.message[3] = 1;  // a PublicMessage
    EXPECT_EQ(why_not(room, iris, submit), Refused{Refusal::not_a_private_message});
    submit.message = mls_message(world.random.id<RoomId>(), Epoch{7}, MlsContentType::application, "hello");
    EXPECT_EQ(why_not(room, iris, submit), Refused{Refusal::other_group});
    submit.message = mls_message(world.room, Epoch{7}, MlsContentType::proposal, "add eve");
    EXPECT_EQ(why_not(room, iris, submit), Refused{Refusal::proposal});
    EXPECT_EQ(why_not(room, amara, submit), Refused{Refusal::proposal});
}

TEST_F(RoomTest, RefusesACommitOfAMemberWhateverTheEpoch) {
    const Room room = open_room();
    for (const Epoch epoch : {Epoch{6}, Epoch{7}, Epoch{8}})
        EXPECT_EQ(why_not(room, iris, world.commits(epoch)), Refused{Refusal::only_staff});
}

TEST_F(RoomTest, RefusesAnotherEpochAndNamesTheCurrentOne) {
    const Room room = open_room();
    EXPECT_EQ(why_not(room, amara, world.commits(Epoch{6})), (Refused{Refusal::stale_epoch, 7}));
    EXPECT_EQ(why_not(room, iris, world.says("late", Epoch{6})), (Refused{Refusal::stale_epoch, 7}));
    EXPECT_EQ(why_not(room, iris, world.says("early", Epoch{8})), (Refused{Refusal::stale_epoch, 7}));
}

TEST_F(RoomTest, RefusesAMessageLargerThanTheLargestContentAndSaysWhatFits) {
    const Room room = open_room();
    const std::size_t around = world.says("", Epoch{7}).message.size() + 3;  // a longer length prefix
    const std::size_t fits = limits::application_bytes_max - around;
    EXPECT_EQ(why_not(room, iris, world.says(std::string(fits, 'x'), Epoch{7})), Refused{});
    EXPECT_EQ(why_not(room, iris, world.says(std::string(fits + 1, 'x'), Epoch{7})),
              (Refused{Refusal::too_long, limits::application_bytes_max}));
}

TEST_F(RoomTest, SilencesAMemberUntilTheOrderIsLifted) {
    Room room = open_room();
    ordered(room, level(Level::listens), noon);
    EXPECT_EQ(why_not(room, iris, world.says("but", Epoch{7})), Refused{Refusal::listens_only});
    ordered(room, level(Level::held), noon);
    EXPECT_EQ(why_not(room, iris, world.says("but", Epoch{7})), Refused{Refusal::held});
    ordered(room, about_iris(OrderKind::lift), noon);
    EXPECT_EQ(why_not(room, iris, world.says("thank you", Epoch{7})), Refused{});
}

TEST_F(RoomTest, LetsALevelRunOutAtItsVeryInstantOnTheRelaysClock) {
    Room room = open_room();
    ordered(room, level(Level::listens, 60), noon);
    EXPECT_EQ(why_not(room, iris, world.says("but", Epoch{7}), UnixMillis{noon.value + 59'999}),
              Refused{Refusal::listens_only});
    EXPECT_EQ(why_not(room, iris, world.says("now", Epoch{7}), UnixMillis{noon.value + 60'000}), Refused{});
    EXPECT_TRUE(room.orders_in_force(UnixMillis{noon.value + 60'000}).empty());
}

TEST_F(RoomTest, LetsAMemberSpeakAgainFromTheVeryInstantSlowModeAllows) {
    Room room = open_room();
    ordered(room, slow_mode(30), noon);
    EXPECT_EQ(why_not(room, iris, world.says("hello", Epoch{7})), Refused{});
    spoke(room, iris, noon);
    EXPECT_EQ(why_not(room, iris, world.says("again", Epoch{7}), UnixMillis{noon.value + 29'999}),
              (Refused{Refusal::too_fast, 1}));
    EXPECT_EQ(why_not(room, iris, world.says("again", Epoch{7}), UnixMillis{noon.value + 30'000}), Refused{});
}

TEST_F(RoomTest, DoesNotForgetInSlowModeThatAMemberSpokeBeforeSheCameAnewOrLeft) {
    Room room = open_room();
    ordered(room, slow_mode(30), noon);
    spoke(room, iris, noon);
    const auto let_in_anew = [&] {
        const Bytes body = tls::encode(AdmitEntry{world.commits(room.epoch()).message, {iris_admission()}});
        room.confirmed({room.last().next(), noon, amara.member, EntryKind::admit, body});
    };
    const auto expect_too_soon = [&] {
        EXPECT_EQ(why_not(room, iris, world.says("again", room.epoch()), UnixMillis{noon.value + 29'999}),
                  (Refused{Refusal::too_fast, 1}));
    };
    let_in_anew();
    expect_too_soon();
    room.confirmed({room.last().next(), noon, iris.member, EntryKind::leave, {}});
    let_in_anew();
    expect_too_soon();
}

TEST_F(RoomTest, LetsThePulseOfStaffPassSlowModeAndLevels) {
    Room room = open_room();
    ordered(room, slow_mode(30), noon);
    spoke(room, amara, noon);
    EXPECT_EQ(why_not(room, amara, world.says("pulse", Epoch{7})), Refused{});
}

// ---- admissions ----

TEST_F(RoomTest, AdmitsEveryoneWhoWaitsInOneEntry) {
    const Admit admit = world.admit(amara, {&stranger}, Epoch{7});
    const auto admissible = open_room().judge(sender(amara), admit, organisation(), 50, noon);
    ASSERT_TRUE(admissible.has_value());
    const store::Append& append = admissible->append();
    EXPECT_TRUE(append.advances_epoch);
    ASSERT_EQ(append.members.size(), 1U);
    EXPECT_EQ(append.members[0].member, stranger.member);
    ASSERT_EQ(append.mail.size(), 1U);
    EXPECT_EQ(append.mail[0].knock, admit.members[0].admission.body.knock);
    const auto entry = tls::decode<AdmitEntry>(append.body);
    ASSERT_TRUE(entry.has_value());
    EXPECT_EQ(entry->commit, admit.commit);
}

TEST_F(RoomTest, RefusesAnAdmissionByAnyoneButStaffWhoCommit) {
    EXPECT_EQ(why_not(open_room(), iris, world.admit(iris, {&stranger}, Epoch{7})), Refused{Refusal::only_staff});
}

TEST_F(RoomTest, RefusesAnAdmissionWithoutACommitForTheCurrentEpoch) {
    const Room room = open_room();
    Admit admit = world.admit(amara, {&stranger}, Epoch{7});
    admit.commit = world.says("no commit", Epoch{7}).message;
    EXPECT_EQ(why_not(room, amara, admit), Refused{Refusal::commit_expected});
    EXPECT_EQ(why_not(room, amara, world.admit(amara, {&stranger}, Epoch{6})), (Refused{Refusal::stale_epoch, 7}));
    admit.commit = mls_message(world.room, Epoch{7}, MlsContentType::proposal, "");
    EXPECT_EQ(why_not(room, amara, admit), Refused{Refusal::proposal});
    admit.commit = {};
    EXPECT_EQ(why_not(room, amara, admit), Refused{Refusal::not_a_private_message});
    admit.commit = mls_message({}, Epoch{7}, MlsContentType::commit, "");
    EXPECT_EQ(why_not(room, amara, admit), Refused{Refusal::other_group});
}

TEST_F(RoomTest, AdmitsNobodyWhileItIsLocked) {
    Room room = open_room();
    ordered(room, lock(true), noon);
    EXPECT_EQ(why_not(room, amara, world.admit(amara, {&stranger}, Epoch{7})), Refused{Refusal::room_locked});
    ordered(room, lock(false), noon);
    EXPECT_EQ(why_not(room, amara, world.admit(amara, {&stranger}, Epoch{7})), Refused{});
}

TEST_F(RoomTest, RefusesAnAdmissionThatIsNotWhatItsSenderMaySign) {
    const Room room = open_room();
    const auto spoiled = [&](const std::function<void(Admission&)>& spoil) {
        Admit admit = world.admit(amara, {&stranger}, Epoch{7});
        Admission& body = admit.members[0].admission.body;
        spoil(body);
        admit.members[0].admission = crypto::sign(body, amara.leaf_key);
        return why_not(room, amara, admit);
    };
    const Refused invalid{Refusal::admission_invalid};
    EXPECT_EQ(spoiled([&](Admission& a) { a.room = world.random.id<RoomId>(); }), invalid);
    EXPECT_EQ(spoiled([&](Admission& a) { a.admitted_by = iris.member; }), invalid);
    EXPECT_EQ(spoiled([&](Admission& a) { a.knock = {}; }), invalid);
    EXPECT_EQ(spoiled([&](Admission& a) { a.member = {}; }), invalid);
    EXPECT_EQ(spoiled([&](Admission& a) { a.access_key = iris.access(); }), invalid);  // another member's
    EXPECT_EQ(spoiled([](Admission&) {}), Refused{});
    Admit admit = world.admit(amara, {&stranger}, Epoch{7});
    admit.members[0].admission = crypto::sign(admit.members[0].admission.body, iris.leaf_key);
    EXPECT_EQ(why_not(room, amara, admit), Refused{Refusal::admission_signature});
    admit.members.clear();
    EXPECT_EQ(why_not(room, amara, admit), invalid);
    admit = world.admit(amara, {&stranger, &stranger}, Epoch{7});
    EXPECT_EQ(why_not(room, amara, admit), invalid);
}

TEST_F(RoomTest, RefusesStaffWhoAreNoneAndTakesThoseWhoAre) {
    const Room room = open_room();
    const Person bea = world.staff("bea");
    EXPECT_EQ(why_not(room, amara, world.admit(amara, {&bea}, Epoch{7})), Refused{});
    Admit admit = world.admit(amara, {&bea}, Epoch{7});
    const auto sign_again = [&] {
        admit.members[0].admission = crypto::sign(admit.members[0].admission.body, amara.leaf_key);
    };
    admit.members[0].admission.body.staff = world.credential(bea, RoomKind::debrief);
    sign_again();
    EXPECT_EQ(why_not(room, amara, admit), Refused{Refusal::session_statement});
    admit.members[0].admission.body.staff = world.credential(bea);
    admit.members[0].admission.body.leaf_key = stranger.leaf_key.public_key();
    sign_again();
    EXPECT_EQ(why_not(room, amara, admit), Refused{Refusal::admission_invalid});
    world.organisation.revoke(*bea.staff, UnixSeconds{noon.value / 1'000});
    EXPECT_EQ(why_not(room, amara, world.admit(amara, {&bea}, Epoch{7})), Refused{Refusal::staff_certificate});
}

TEST_F(RoomTest, RefusesOneMoreThanItHoldsButNotOneWhoReturns) {
    world.policies.members_max = 2;
    const Room room = open_room();
    EXPECT_EQ(why_not(room, amara, world.admit(amara, {&stranger}, Epoch{7})), (Refused{Refusal::room_full, 2}));
    Person again("iris", world.random);
    again.member = iris.member;
    EXPECT_EQ(why_not(room, amara, world.admit(amara, {&again}, Epoch{7})), Refused{});
}

TEST_F(RoomTest, RefusesWhoWasRemovedByHerMemberIdAlone) {
    Room room = open_room();
    ordered(room, about_iris(OrderKind::remove), noon);
    Person again("iris", world.random);
    again.member = iris.member;
    EXPECT_EQ(why_not(room, amara, world.admit(amara, {&again}, Epoch{7})), Refused{Refusal::member_removed});
}

TEST_F(RoomTest, RefusesAnAdmissionTooLargeForTheEntryThatAllWouldGet) {
    Admit admit = world.admit(amara, {&stranger}, Epoch{7});
    admit.commit =
        mls_message(world.room, Epoch{7}, MlsContentType::commit, std::string(limits::admission_frame_bytes_max, 'x'));
    EXPECT_EQ(why_not(open_room(), amara, admit).refusal, Refusal::too_long);
}

// ---- orders ----

TEST_F(RoomTest, RefusesAnOrderOfAMember) {
    EXPECT_EQ(why_not(open_room(), iris, world.order(world.iris, slow_mode(1))), Refused{Refusal::only_staff});
}

TEST_F(RoomTest, RefusesAnOrderOfAnotherRoomOrSignerOrWithFieldsThatItsKindDoesNotHave) {
    const Room room = open_room();
    OrderFrame frame = world.order(world.amara, slow_mode(1));
    const auto spoiled = [&](const std::function<void(Order&)>& spoil) {
        Order body = frame.order.body;
        spoil(body);
        return why_not(room, amara, OrderFrame{frame.submission, crypto::sign(body, amara.leaf_key)});
    };
    const Refused invalid{Refusal::order_invalid};
    EXPECT_EQ(spoiled([](Order&) {}), Refused{});
    EXPECT_EQ(spoiled([&](Order& order) { order.room = world.random.id<RoomId>(); }), invalid);
    EXPECT_EQ(spoiled([&](Order& order) { order.signer = iris.member; }), invalid);
    EXPECT_EQ(spoiled([&](Order& order) { order.member = iris.member; }), invalid);
    EXPECT_EQ(spoiled([](Order& order) { order.kind = OrderKind::remove; }), invalid);
}

TEST_F(RoomTest, RefusesAnOrderThatAnotherSigned) {
    OrderFrame frame = world.order(world.amara, slow_mode(1));
    frame.order = crypto::sign(frame.order.body, iris.leaf_key);
    EXPECT_EQ(why_not(open_room(), amara, frame), Refused{Refusal::order_signature});
}

TEST_F(RoomTest, RefusesAnOrderWhoseNumberIsNotTheSignersNext) {
    Room room = open_room();
    const OrderFrame first = world.order(world.amara, slow_mode(1));
    EXPECT_EQ(why_not(room, amara, first), Refused{});
    ordered(room, slow_mode(2), noon);  // number 2, by another way
    EXPECT_EQ(why_not(room, amara, first), (Refused{Refusal::order_replayed, 2}));
    world.order(world.amara, slow_mode(3));
    EXPECT_EQ(why_not(room, amara, world.order(world.amara, slow_mode(4))), (Refused{Refusal::order_replayed, 2}));
}

TEST_F(RoomTest, RemovesEveryKeyOfAMemberWithTheOrderItself) {
    Room room = open_room();
    const auto admissible = room.judge(sender(amara), world.order(world.amara, about_iris(OrderKind::remove)), noon);
    ASSERT_TRUE(admissible.has_value());
    ASSERT_EQ(admissible->append().members.size(), 1U);
    EXPECT_EQ(admissible->append().members[0].member, iris.member);
    EXPECT_FALSE(admissible->append().members[0].admission.has_value());
    EXPECT_FALSE(admissible->append().if_epoch.has_value()) << "it holds even if its Commit loses the race";
    world.amara.orders = 0;
    const Changes changes = ordered(room, about_iris(OrderKind::remove), noon);
    ASSERT_EQ(changes.departures.size(), 1U);
    EXPECT_EQ(changes.departures[0].reason, GoneReason::removed);
    EXPECT_EQ(why_not(room, iris, world.says("but", Epoch{7})), Refused{Refusal::not_in_room});
}

// A newcomer's client checks each admission against its signer's; a facilitator who left had signed some.
TEST_F(RoomTest, StillShowsTheAdmissionOfStaffWhoLeftAndLetsHerInNoMore) {
    Room room = open_room();
    const auto change = room.judge(Sender{amara.member, amara.access()}, Leave{world.random.id<SubmissionId>()}, noon);
    ASSERT_TRUE(change.has_value());
    const auto& members = change->append().members;
    ASSERT_EQ(members.size(), 1U);
    ASSERT_TRUE(members[0].admission.has_value());
    const auto record = tls::decode<AdmissionRecord>(*members[0].admission);
    ASSERT_TRUE(record.has_value());
    EXPECT_FALSE(record->is_here);

    room.confirmed({room.last().next(), noon, amara.member, EntryKind::leave, {}});
    EXPECT_EQ(room.admissions().size(), 2U);
    EXPECT_EQ(room.admission_of(amara.member), nullptr);
    EXPECT_FALSE(room.member_of(amara.access()).has_value());
}

TEST_F(RoomTest, SaysTheSameAfterASnapshotAsAfterTheEntriesThemselves) {
    Room folded = open_room();
    store::RoomSnapshot snapshot;
    snapshot.genesis_entry = tls::encode(folded.genesis());
    for (const auto& admission : folded.admissions())
        snapshot.admissions.push_back(tls::encode(AdmissionRecord{admission, true, {}}));
    for (const Order& order :
         {level(Level::listens, 60), slow_mode(30), lock(true), level(Level::held, 90), lock(false)}) {
        const OrderFrame frame = world.order(world.amara, order);
        const LogEntry entry{folded.last().next(), noon, amara.member, EntryKind::order, tls::encode(frame.order)};
        folded.confirmed(entry);
        snapshot.orders.push_back(entry);
    }
    snapshot.epoch = folded.epoch();
    snapshot.last = folded.last();
    snapshot.order_count = folded.order_count();
    const auto loaded = Room::from(world.room, snapshot);
    ASSERT_TRUE(loaded.has_value());
    EXPECT_EQ(loaded->order_count(), OrderNumber{5});
    EXPECT_EQ(loaded->locked(), folded.locked());
    EXPECT_EQ(loaded->orders_in_force(noon), folded.orders_in_force(noon));
    EXPECT_EQ(loaded->orders_in_force(noon).size(), 3U);
    for (const std::uint64_t after_ms : {0, 60'000, 89'999, 90'000}) {
        const UnixMillis at{noon.value + after_ms};
        const Submit submit = world.says("now?", Epoch{7});
        EXPECT_EQ(why_not(*loaded, iris, submit, at), why_not(folded, iris, submit, at)) << after_ms;
    }
}

TEST_F(RoomTest, IsNotMadeOfBytesThatAreNoRoom) {
    store::RoomSnapshot snapshot;
    snapshot.genesis_entry = {1, 2, 3};
    EXPECT_FALSE(Room::from(world.room, snapshot).has_value());
}

}  // namespace
}  // namespace veranda::relay
