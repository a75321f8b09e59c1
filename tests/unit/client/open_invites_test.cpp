// How each invite stands, as facilitators see it; and making one void, which holds on every facilitator's phone, the
// next day and in a room made anew.
#include <set>

#include "client-lib/client/rules.hpp"
#include "tests/support/hostile_relay.hpp"
#include "tests/support/rule_of.hpp"

namespace veranda::client {
namespace {

using namespace tests;

class OpenInvites : public HostileRelay {
protected:
    // "1 at_door Iris", for each of hers as it stands; "other's" before those of somebody else.
    std::vector<std::string> list(const Phone& phone) const {
        std::vector<std::string> lines;
        for (const InviteStandsEvent& event : phone.client.invites(evening_.now)) {
            std::string line = (event.own ? "" : "other's ") + std::to_string(event.number);
            line += (event.for_staff ? " staff " : " ") + std::string(name(event.stands));
            for (const std::string& each : event.names) line += ' ' + each;
            lines.push_back(line);
        }
        return lines;
    }
    using Lines = std::vector<std::string>;
    std::string_view revoke(Phone& phone, std::uint64_t number) {
        const auto revoked = phone.client.revoke_invite(number, evening_.now);
        evening_.settle();
        return rule_of(revoked);
    }
    bool opens(std::string_view link) { return evening_.open(link).phase() != Phase::refused; }
};

TEST_F(OpenInvites, SaysOfEachHowFarItHasComeAndWhoItWas) {
    const std::string link = evening_.invite(amara_);
    EXPECT_EQ(amara_.last<InviteEvent>().number, 1U);
    evening_.invite(amara_, true);
    evening_.wait(1);
    EXPECT_EQ(list(amara_), (Lines{"1 unused", "2 staff unused"}));
    EXPECT_TRUE(amara_.all<InviteStandsEvent>().empty()) << "there is nothing new to say";
    evening_.knock(link, "Iris");
    evening_.wait(1);
    EXPECT_EQ(list(amara_).front(), "1 at_door Iris");
    EXPECT_EQ(amara_.last<InviteStandsEvent>(), (InviteStandsEvent{1, InviteStands::at_door, {"Iris"}, false, true}));
    ASSERT_TRUE(amara_.client.admit("Iris", evening_.now));
    evening_.wait(2);
    EXPECT_EQ(amara_.last<InviteStandsEvent>().stands, InviteStands::let_in);
    EXPECT_EQ(list(amara_), (Lines{"1 let_in Iris", "2 staff unused"}));
    EXPECT_EQ(amara_.all<InviteStandsEvent>().size(), 2U) << "each once";
    EXPECT_TRUE(evening_.phones.back().all<InviteStandsEvent>().empty()) << "members are told nothing";
}

TEST_F(OpenInvites, WhoIsRefusedOrGoesAwayLeavesItUnusedAndTwoOnOneAreBothNamed) {
    const std::string link = evening_.invite(amara_);
    Phone& iris = evening_.knock(link, "Iris");
    evening_.knock(link, "Joy");
    evening_.wait(1);
    const auto at_door = amara_.last<InviteStandsEvent>().names;
    EXPECT_EQ(std::set<std::string>(at_door.begin(), at_door.end()), (std::set<std::string>{"Iris", "Joy"}));
    ASSERT_TRUE(iris.client.leave(evening_.now));
    evening_.wait(1);
    EXPECT_EQ(list(amara_), Lines{"1 at_door Joy"});
    ASSERT_TRUE(amara_.client.refuse("Joy", evening_.now));
    evening_.wait(1);
    EXPECT_EQ(list(amara_), Lines{"1 unused"});
}

TEST_F(OpenInvites, OneIsMadeVoidAndTheOthersStayGood) {
    const std::string first = evening_.invite(amara_);
    const std::string second = evening_.invite(amara_);
    EXPECT_EQ(revoke(amara_, 1), "");
    EXPECT_EQ(list(amara_), (Lines{"1 void", "2 unused"}));
    EXPECT_EQ(amara_.last<InviteStandsEvent>().stands, InviteStands::is_void);
    EXPECT_FALSE(opens(first));
    EXPECT_TRUE(opens(second));
}

TEST_F(OpenInvites, WhatIsNoOpenInviteCannotBeMadeVoid) {
    evening_.join(amara_, "Iris");
    evening_.invite(amara_);
    ASSERT_EQ(revoke(amara_, 2), "");
    const Lines before = list(amara_);
    for (const std::uint64_t number : {0U, 1U, 2U, 3U})
        EXPECT_EQ(revoke(amara_, number), faults::no_such_invite.name) << number;
    EXPECT_EQ(list(amara_), before);
    EXPECT_EQ(revoke(evening_.phones.back(), 1), faults::only_staff.name);
    amara_.cut(evening_.now);
    EXPECT_EQ(rule_of(amara_.client.revoke_invite(1, evening_.now)), faults::not_now.name);
}

TEST_F(OpenInvites, WhoWaitsByAVoidOneCanStillBeHeardAndLetIn) {
    const std::string link = evening_.invite(amara_);
    Phone& iris = evening_.knock(link, "Iris");
    ASSERT_EQ(revoke(amara_, 1), "");
    EXPECT_EQ(list(amara_), Lines{"1 void Iris"});
    ASSERT_TRUE(iris.client.say("It is me", evening_.now));
    evening_.settle();
    EXPECT_EQ(amara_.last<TalkEvent>().text, "It is me");
    EXPECT_FALSE(opens(link));
    ASSERT_TRUE(amara_.client.admit("Iris", evening_.now));
    evening_.wait(1);
    EXPECT_EQ(iris.phase(), Phase::in_group);
    EXPECT_EQ(list(amara_), Lines{"1 let_in Iris"});
}

TEST_F(OpenInvites, OneThatHasRunOutIsVoid) {
    GroupPlan plan;
    plan.name = "Short";
    plan.invite_seconds = 30;
    Phone& blessing = evening_.host(evening_.blessing, plan);
    evening_.invite(blessing);
    evening_.wait(40);
    EXPECT_EQ(blessing.last<InviteStandsEvent>().stands, InviteStands::is_void);
    EXPECT_EQ(revoke(blessing, 1), faults::no_such_invite.name);
}

TEST_F(OpenInvites, AnotherFacilitatorsAreListedTooAndCanBeMadeVoidForEverybody) {
    const std::string old = evening_.invite(amara_);
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    const std::string later = evening_.invite(amara_);
    evening_.wait(1);
    EXPECT_EQ(list(blessing), (Lines{"other's 1 unused", "other's 2 unused"}));
    EXPECT_EQ(blessing.all<InviteStandsEvent>().size(), 2U);
    ASSERT_EQ(revoke(blessing, 1), "");
    evening_.wait(1);
    EXPECT_EQ(list(amara_), (Lines{"1 void", "2 staff let_in Blessing", "3 unused"}));
    EXPECT_FALSE(opens(old));
    EXPECT_TRUE(opens(later));
}

// What is asked again while the relay is busy may come after what was said later.
TEST_F(OpenInvites, SecretsThatComeAfterItWasMadeVoidMakeItNoInviteAgain) {
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    evening_.wait(1);
    std::optional<LaneDelivery> late;
    lie_about<LaneDelivery>(blessing, [&late](LaneDelivery delivery) {
        if (late) return Frames{delivery};
        late = std::move(delivery);
        return Frames{};
    });
    const std::string link = evening_.invite(amara_);
    ASSERT_TRUE(late);
    ASSERT_TRUE(amara_.client.revoke_invites(evening_.now));
    evening_.wait(1);
    blessing.hear = {};
    invent(blessing, *late);
    for (const std::string& line : list(blessing)) EXPECT_EQ(line.find("unused"), std::string::npos) << line;
    evening_.store.forget();
    evening_.wait(30);
    ASSERT_EQ(blessing.phase(), Phase::in_group);
    EXPECT_FALSE(opens(link));
}

TEST_F(OpenInvites, AllAtOnceHoldsForEveryFacilitatorAndInARoomMadeAnew) {
    const std::string link = evening_.invite(amara_);
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    evening_.invite(amara_);
    ASSERT_TRUE(blessing.client.revoke_invites(evening_.now));
    evening_.wait(1);
    EXPECT_EQ(list(amara_), (Lines{"1 void", "2 staff let_in Blessing", "3 void"}));
    EXPECT_EQ(blessing.phase(), Phase::in_group) << "her ticket is no invite";
    const std::string good = evening_.invite(amara_);
    evening_.store.forget();
    evening_.wait(30);
    ASSERT_EQ(blessing.phase(), Phase::in_group);
    EXPECT_FALSE(opens(link));
    EXPECT_TRUE(opens(good));
    EXPECT_EQ(list(amara_).back(), "4 unused");
}

}  // namespace
}  // namespace veranda::client
