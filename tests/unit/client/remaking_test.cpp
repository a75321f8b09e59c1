// A relay that has lost its memory: everyone comes back by itself into a room that staff make anew, as who she was.
#include <gtest/gtest.h>

#include <set>

#include "tests/support/hostile_relay.hpp"
#include "tests/support/rule_of.hpp"

namespace veranda::client {
namespace {

using namespace tests;
using Texts = std::vector<std::string>;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t room_size = limits::members_default;  // the work grows with its square
#else
constexpr std::size_t room_size = limits::members_max;
#endif
constexpr std::size_t speakers = 10;
constexpr std::size_t pause = 10;

class Remaking : public HostileRelay {
protected:
    // Until everyone is in one room again; false: they are not, after so many seconds.
    bool all_back(const std::vector<Phone*>& people, std::uint64_t seconds_max = 30) {
        for (std::uint64_t i = 0; i < seconds_max; ++i) {
            evening_.wait(1);
            if (std::all_of(people.begin(), people.end(), [&](const Phone* each) {
                    return each->phase() == Phase::in_group && each->client.roster().size() == people.size();
                }))
                return true;
        }
        return false;
    }
    static MemberId id_of(const Phone& phone) { return entered(phone).self; }
    static Genesis genesis_of(const Phone& phone) { return entered(phone).genesis.genesis.body; }
    static Entered entered(const Phone& phone) {
        Entered found;
        for (const Bytes& message : phone.heard)
            for (const auto& received : server_frames(message))
                if (const auto* known = std::get_if<ServerFrame>(&received.frame))
                    if (const auto* frame = std::get_if<Entered>(known)) found = *frame;
        return found;
    }
    // She cannot apply the next Commit.
    Phone& lose_place(Phone& phone) {
        lie_about_entries(phone, [spoilt = false](LogEntry entry) mutable {
            if (entry.kind == EntryKind::admit && !std::exchange(spoilt, true)) {
                auto admit = *tls::decode<AdmitEntry>(entry.body);
                admit.commit.back() ^= 1;
                entry.body = tls::encode(admit);
            }
            return std::vector<LogEntry>{entry};
        });
        Phone& kemi = evening_.join(amara_, "Kemi");
        EXPECT_TRUE(phone.saw("left_behind"));
        return kemi;
    }
    void kill(Phone& phone) {
        phone.offline = true;
        phone.cut(evening_.now);
    }
    static std::size_t times_in_group(const Phone& phone) {
        const auto states = phone.all<StateEvent>();
        return static_cast<std::size_t>(
            std::count_if(states.begin(), states.end(), [](auto& e) { return e.phase == Phase::in_group; }));
    }
};

TEST_F(Remaking, EveryoneIsBackAsWhoSheWasAndNothingIsSaidTwice) {
    Phone& iris = evening_.join(amara_, "Iris");
    Phone& joy = evening_.join(amara_, "Joy");
    evening_.say(iris, "before");
    const std::vector<MemberId> ids{id_of(amara_), id_of(iris), id_of(joy)};
    const RoomId old_room = genesis_of(iris).room;
    evening_.store.forget();
    ASSERT_TRUE(iris.client.say("on its way", evening_.now));
    ASSERT_TRUE(all_back({&amara_, &iris, &joy}));
    EXPECT_EQ((std::vector<MemberId>{id_of(amara_), id_of(iris), id_of(joy)}), ids);
    EXPECT_EQ(genesis_of(joy).predecessor, old_room);
    evening_.wait(3);
    evening_.say(joy, "after");
    for (Phone* phone : {&amara_, &iris, &joy})
        EXPECT_EQ(phone->texts(), (Texts{"Iris: before", "Iris: on its way", "Joy: after"}));
    EXPECT_TRUE(iris.saw("room_remade"));
}

TEST_F(Remaking, OfTwoFacilitatorsOneMakesItAndTheOtherComesInByHerTicket) {
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    Phone& iris = evening_.join(amara_, "Iris");
    Phone& joy = evening_.join(blessing, "Joy");
    evening_.store.forget();
    ASSERT_TRUE(all_back({&amara_, &blessing, &iris, &joy}));
    EXPECT_EQ(genesis_of(amara_).room, genesis_of(blessing).room);
    evening_.wait(5);
    evening_.say(blessing, "I am still who I was");
    EXPECT_EQ(iris.last<MessageEvent>().role, Role::facilitator);
    Phone& kemi = evening_.join(blessing, "Kemi");
    EXPECT_EQ(kemi.phase(), Phase::in_group);
    ASSERT_TRUE(blessing.client.remove("Iris", evening_.now));
    evening_.wait(2);
    EXPECT_EQ(iris.phase(), Phase::removed);
}

TEST_F(Remaking, AFacilitatorWhoWasCutMeanwhileComesIntoTheRoomThatTheOtherMade) {
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    Phone& iris = evening_.join(amara_, "Iris");
    amara_.offline = true;  // for as long as Blessing waits for her turn
    amara_.cut(evening_.now);
    evening_.store.forget();
    evening_.wait(1);
    amara_.offline = false;
    ASSERT_TRUE(all_back({&amara_, &blessing, &iris}));
    EXPECT_EQ(genesis_of(amara_).room, genesis_of(blessing).room);
    EXPECT_EQ(times_in_group(iris), 2U);
}

TEST_F(Remaking, CarriesOverTheEndWhoWasRemovedAndOpenInvites) {
    Phone& iris = evening_.join(amara_, "Iris");
    Phone& joy = evening_.join(amara_, "Joy");
    const MemberId joys = id_of(joy);
    const UnixSeconds ends_at = genesis_of(iris).ends_at;
    ASSERT_TRUE(amara_.client.remove("Joy", evening_.now));
    const std::string open_invite = evening_.invite(amara_);
    Phone& waits = evening_.knock(evening_.invite(amara_), "Kemi");
    evening_.store.forget();
    ASSERT_TRUE(all_back({&amara_, &iris}));
    EXPECT_EQ(genesis_of(iris).ends_at, ends_at);
    EXPECT_EQ(genesis_of(iris).removed, std::vector<MemberId>{joys});
    evening_.wait(15);
    EXPECT_EQ(waits.phase(), Phase::waiting) << "she waits again, by herself";
    ASSERT_TRUE(amara_.client.admit("Kemi", evening_.now));
    evening_.settle();
    EXPECT_EQ(waits.phase(), Phase::in_group);
    Phone& lola = evening_.knock(open_invite, "Lola");
    EXPECT_EQ(lola.phase(), Phase::waiting);
}

TEST_F(Remaking, HappensByItselfOnceInFiveMinutes) {
    Phone& iris = evening_.join(amara_, "Iris");
    evening_.store.forget();
    ASSERT_TRUE(all_back({&amara_, &iris}));
    evening_.store.forget();
    evening_.wait(limits::remake_ms_min / 1'000 - 60);
    EXPECT_NE(amara_.phase(), Phase::in_group);
    EXPECT_NE(iris.phase(), Phase::in_group);
    EXPECT_TRUE(all_back({&amara_, &iris}, 120));
}

TEST_F(Remaking, AFacilitatorWhomNobodyLetsInAgainMakesItWhenSheSaysSo) {
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    Phone& iris = evening_.join(blessing, "Iris");
    evening_.say(iris, "before");
    EXPECT_EQ(rule_of(blessing.client.make_anew(evening_.now)), faults::not_now.name) << "she is in";
    Phone& kemi = lose_place(blessing);
    kill(amara_);
    evening_.wait(limits::remake_ms_min / 1'000);
    EXPECT_EQ(blessing.phase(), Phase::waiting) << "by itself it is not made: she cannot know that nobody is there";
    EXPECT_TRUE(blessing.saw("may_make_anew"));
    ASSERT_TRUE(blessing.client.make_anew(evening_.now));
    EXPECT_EQ(rule_of(blessing.client.make_anew(evening_.now)), faults::not_now.name) << "once";
    EXPECT_TRUE(all_back({&blessing, &iris, &kemi})) << "of Kemi's ticket she had heard in the lane";
    evening_.wait(3);
    evening_.say(iris, "after");
    EXPECT_EQ(blessing.texts(), (Texts{"Iris: before", "Iris: after"}));
}

TEST_F(Remaking, OneWhoIsThereAfterAllComesIntoTheRoomThatTheOtherMade) {
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    Phone& iris = evening_.join(amara_, "Iris");
    Phone& kemi = lose_place(blessing);
    ASSERT_TRUE(blessing.client.make_anew(evening_.now));
    EXPECT_TRUE(all_back({&amara_, &blessing, &iris, &kemi}));
    EXPECT_EQ(genesis_of(amara_).room, genesis_of(blessing).room);
}

TEST_F(Remaking, WhoWasTakenOutByAnOrderOpensNothingInItsPlace) {
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    Phone& iris = evening_.join(amara_, "Iris");
    lose_place(blessing);
    blessing.offline = true;
    blessing.cut(evening_.now);
    ASSERT_TRUE(amara_.client.remove("Blessing", evening_.now));
    evening_.wait(1);
    blessing.offline = false;
    ASSERT_TRUE(blessing.client.make_anew(evening_.now));
    evening_.wait(30);
    EXPECT_TRUE(blessing.saw(name(Refusal::admission_invalid)));
    EXPECT_NE(blessing.phase(), Phase::in_group);
    EXPECT_EQ(iris.phase(), Phase::in_group);
    EXPECT_EQ(times_in_group(iris), 1U);
}

TEST_F(Remaking, WhatWasHiddenStaysHidden) {
    Phone& iris = evening_.join(amara_, "Iris");
    evening_.say(iris, "my number is ...");
    ASSERT_TRUE(amara_.client.hide(iris.last<MessageEvent>().seq, true, evening_.now));
    evening_.settle();
    for (int i = 0; i < 2; ++i) {  // a room after the next one, too
        evening_.store.forget();
        ASSERT_TRUE(all_back({&amara_, &iris}, limits::remake_ms_min / 1'000 + 30));
        EXPECT_EQ(genesis_of(iris).hidden.size(), 1U);
    }
}

TEST_F(Remaking, NeverHappensAfterTheEnd) {
    Phone& iris = evening_.join(amara_, "Iris");
    amara_.offline = true;
    amara_.cut(evening_.now);
    evening_.store.forget();
    evening_.now.wall.value += 4 * 3600 * 1000ULL;  // the plan's three hours are over
    evening_.store.advance(evening_.now.wall);
    amara_.offline = false;
    evening_.wait(30);
    EXPECT_EQ(amara_.phase(), Phase::ended);
    EXPECT_EQ(iris.phase(), Phase::ended);
}

TEST_F(Remaking, WhoWasSilentForTooLongWhenTheRoomWasLostIsForAPersonToDecide) {
    Phone& iris = evening_.join(amara_, "Iris");
    Phone& joy = evening_.join(amara_, "Joy");
    iris.offline = true;
    iris.cut(evening_.now);
    evening_.wait(limits::ticket_ms / 1'000 + 10);
    evening_.store.forget();
    ASSERT_TRUE(all_back({&amara_, &joy}));
    iris.offline = false;
    evening_.wait(30);
    EXPECT_EQ(iris.phase(), Phase::waiting);
    EXPECT_TRUE(amara_.last<KnockEvent>().returning);
}

TEST_F(Remaking, AMemberGoesIntoNoRoomWhosePredecessorTheRelayMadeUp) {
    Phone& iris = evening_.join(amara_, "Iris");
    lie_about<Entered>(iris, [&](Entered frame) {
        frame.genesis.genesis.body.predecessor.reset();
        return Frames{frame};
    });
    evening_.store.forget();
    evening_.wait(10);
    EXPECT_NE(iris.phase(), Phase::in_group);
    EXPECT_TRUE(iris.saw(circle::faults::genesis_invalid.name));
}

TEST_F(Remaking, AFullRoomIsBackWithinHalfAMinuteByAFewCommitsAndNothingIsLost) {
    GroupPlan plan;
    plan.name = "A large group";
    plan.members_max = static_cast<std::uint16_t>(room_size);
    Phone& host = evening_.host(evening_.blessing, plan);
    std::vector<Phone*> people{&host};
    while (people.size() < room_size) {
        people.push_back(&evening_.knock(evening_.invite(host), "Member " + std::to_string(people.size())));
        if (people.size() % pause == 0) evening_.wait(1);  // the relay paces requests
        for (Phone* phone : people) phone->keeps_rosters = false;
    }
    ASSERT_TRUE(host.client.admit("*", evening_.now));
    evening_.settle();
    ASSERT_EQ(host.client.roster().size(), room_size);
    for (Phone* phone : people) phone->heard.clear();
    evening_.store.forget();
    for (std::size_t i = 1; i < speakers; ++i)
        ASSERT_TRUE(people[i]->client.say("text " + std::to_string(i), evening_.now));
    ASSERT_TRUE(all_back(people, 30));
    std::size_t commits = 0;
    for (const LogEntry& entry : log_heard_by(host)) commits += entry.kind == EntryKind::admit ? 1 : 0;
    EXPECT_LE(commits, 10U);
    evening_.wait(5);
    for (const Phone* phone : people) {
        const Texts texts = phone->texts();
        EXPECT_EQ(texts.size(), speakers - 1) << "each once";
        EXPECT_EQ(std::set<std::string>(texts.begin(), texts.end()).size(), speakers - 1);
    }
}

}  // namespace
}  // namespace veranda::client
