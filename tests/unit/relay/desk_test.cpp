// The support desk at the relay: who is on duty, who may claim, who is told; and each of its refusals.
#include "server/relay/desk.hpp"

#include <gtest/gtest.h>

#include "tests/support/rooms.hpp"

namespace veranda::relay {
namespace {

using namespace tests;  // NOLINT

// A person at the desk. Counsellors have a key for this turn of duty.
class DeskTest : public ::testing::Test {
protected:
    void SetUp() override {
        world.relay().organisation_changed(world.organisation.current(good_until()), world.now);
        for (Person* person : {&celia, &dora, &asker}) world.greet(*person);
    }
    UnixSeconds good_until() const { return UnixSeconds{world.now.value / 1'000 + 24 * 3'600}; }

    Signed<DutyStatement> statement(const Person& person, std::uint64_t seconds = 600) {
        const UnixSeconds from{world.now.value / 1'000};
        const DutyStatement body{person.staff->certificate,
                                 SealingKey{person.access().bytes},
                                 {{"en"}},
                                 from,
                                 UnixSeconds{from.value + seconds}};
        return crypto::sign(body, person.staff->key);
    }
    GoOnDuty duty(Person& person, std::uint64_t seconds = 600) {
        const auto stated = statement(person, seconds);
        const DutyAccess access{crypto::hash_of(stated), std::string(origin), person.hello().challenge};
        return {stated, crypto::sign(access, person.staff->key)};
    }
    ProveDuty proof(const Person& person, const GoOnDuty& stated, const Challenge& nonce) {
        return {crypto::sign(DutyProof{crypto::hash_of(stated.statement), nonce}, person.staff->key)};
    }
    AskDesk request(bool left = false) {
        return {left ? std::optional(AnswerId{{7}}) : std::nullopt, world.lane().envelope};
    }
    AskDesk left_request() {
        world.organisation.desk_key = SealingKey{{9}};
        world.relay().organisation_changed(world.organisation.current(good_until()), world.now);
        const AskDesk ask = request(true);
        EXPECT_TRUE(is<Done>(asker.ask(ask, world.now)));
        return ask;
    }
    static AnswerRequest answer(const AskDesk& ask) {
        return {id(ask), ask.left.value_or(AnswerId{}), Bytes(limits::desk_answer_sealed_bytes, 5)};
    }
    static LaneId id(const AskDesk& ask) { return LaneId{crypto::sha256(tls::encode(ask.envelope)).bytes}; }
    void goes_on_duty(Person& person) { ASSERT_TRUE(is<Done>(person.ask(duty(person), world.now))); }
    static DeskState state(const AskDesk& ask, DeskStanding standing, bool yours = false) {
        return {id(ask), standing, yours};
    }

    World world;
    Person celia = world.staff("celia", Role::counsellor);
    Person dora = world.staff("dora", Role::counsellor);
    Person asker = world.person("iris");
};

TEST_F(DeskTest, ShowsWhoIsOnDutyAndPassesOnWhoProvesIt) {
    const GoOnDuty stated = duty(celia);
    ASSERT_TRUE(is<Done>(celia.ask(stated, world.now)));
    goes_on_duty(dora);
    const Challenge nonce{{9}};
    const auto answer = asker.ask(FindDuty{nonce}, world.now);
    ASSERT_TRUE(is<Duty>(answer));
    EXPECT_EQ(std::get<Duty>(answer).statements.size(), 2U);
    EXPECT_EQ(celia.take<DutyNonce>(), std::vector<DutyNonce>{{nonce}});
    EXPECT_EQ(dora.take<DutyNonce>().size(), 1U);
    const ProveDuty proved = proof(celia, stated, nonce);
    ASSERT_TRUE(is<Done>(celia.ask(proved, world.now)));
    EXPECT_EQ(asker.take<DutyProofFrame>(), std::vector<DutyProofFrame>{{proved.proof}});
    EXPECT_TRUE(dora.take<DutyProofFrame>().empty());
}

TEST_F(DeskTest, ShowsAsManyAsARequestHasWrapsFor) {
    for (std::uint8_t i = 0; i <= limits::duty_shown_max; ++i) {
        Hash turn;
        turn.bytes.fill(i);
        world.memory().put_duty({turn, tls::encode(statement(celia))}, [](auto) {});
    }
    const auto answer = asker.ask(FindDuty{Challenge{{9}}}, world.now);
    ASSERT_TRUE(is<Duty>(answer));
    EXPECT_EQ(std::get<Duty>(answer).statements.size(), limits::duty_shown_max);
}

TEST_F(DeskTest, WhoseConnectionIsGoneIsOffDuty) {
    goes_on_duty(celia);
    goes_on_duty(dora);
    celia.disconnect(world.now);
    ASSERT_TRUE(is<Done>(dora.ask(GoOffDuty{}, world.now)));
    const auto answer = asker.ask(FindDuty{Challenge{{9}}}, world.now);
    ASSERT_TRUE(is<Duty>(answer));
    EXPECT_TRUE(std::get<Duty>(answer).statements.empty());
    EXPECT_EQ(why(dora.ask(GoOffDuty{}, world.now)), Refused{Refusal::not_on_duty});
}

TEST_F(DeskTest, RefusesAStatementThatIsNoneOfACounsellorNow) {
    Person amara = world.staff("amara2");
    world.relay().organisation_changed(world.organisation.current(good_until()), world.now);
    world.greet(amara);
    EXPECT_EQ(why(amara.ask(duty(amara), world.now)), Refused{Refusal::duty_statement});
    GoOnDuty changed = duty(celia);
    changed.statement.body.not_after.value += 1;
    EXPECT_EQ(why(celia.ask(changed, world.now)), Refused{Refusal::duty_statement});
    EXPECT_EQ(why(celia.ask(duty(celia, limits::duty_seconds_max + 1), world.now)), Refused{Refusal::duty_statement});
    const GoOnDuty old = duty(celia);
    world.pass((limits::duty_seconds_max + 1) * 1'000);
    EXPECT_EQ(why(celia.ask(old, world.now)), Refused{Refusal::duty_statement});
}

// Statements are shown to everyone: whoever repeats one is not on duty by it.
TEST_F(DeskTest, RefusesAnothersStatementOnAConnectionOfOnesOwn) {
    const GoOnDuty hers = duty(celia);
    EXPECT_EQ(why(asker.ask(hers, world.now)), Refused{Refusal::access_signature});
    GoOnDuty elsewhere = duty(celia);
    elsewhere.access.body.origin = "https://other.test";
    elsewhere.access = crypto::sign(elsewhere.access.body, celia.staff->key);
    EXPECT_EQ(why(celia.ask(elsewhere, world.now)), Refused{Refusal::access_signature});
}

TEST_F(DeskTest, RefusesAProofOfSomebodyElseAndOfWhoIsNotOnDuty) {
    const GoOnDuty stated = duty(celia);
    const ProveDuty proved = proof(celia, stated, Challenge{{9}});
    EXPECT_EQ(why(celia.ask(proved, world.now)), Refused{Refusal::not_on_duty});
    ASSERT_TRUE(is<Done>(celia.ask(stated, world.now)));
    EXPECT_EQ(why(celia.ask(proof(dora, stated, Challenge{{9}}), world.now)), Refused{Refusal::duty_statement});
}

TEST_F(DeskTest, RefusesToAskWhoIsThereTooOften) {
    ASSERT_TRUE(is<Duty>(asker.ask(FindDuty{Challenge{{1}}}, world.now)));
    EXPECT_EQ(why(asker.ask(FindDuty{Challenge{{2}}}, world.now)),
              (Refused{Refusal::too_many_requests, limits::find_duty_ms_min}));
    world.pass(limits::find_duty_ms_min);
    EXPECT_TRUE(is<Duty>(asker.ask(FindDuty{Challenge{{2}}}, world.now)));
}

TEST_F(DeskTest, AStatementRunsOutUnlessRenewed) {
    goes_on_duty(celia);
    goes_on_duty(dora);
    world.pass(limits::duty_seconds_max / 2 * 1'000);
    goes_on_duty(dora);
    world.pass((limits::duty_seconds_max / 2 + 5) * 1'000);
    EXPECT_EQ(why(celia.ask(GoOffDuty{}, world.now)), Refused{Refusal::not_on_duty});
    EXPECT_TRUE(is<Done>(dora.ask(GoOffDuty{}, world.now)));
}

TEST_F(DeskTest, ARequestIsShownToEveryoneOnDutyAndToThoseWhoComeLater) {
    goes_on_duty(celia);
    const AskDesk ask = request();
    ASSERT_TRUE(is<Done>(asker.ask(ask, world.now)));
    const auto shown = celia.take<DeskRequestFrame>();
    ASSERT_EQ(shown.size(), 1U);
    EXPECT_EQ(shown[0].envelope, ask.envelope);
    EXPECT_EQ(shown[0].since.value / 1'000, world.now.value / 1'000);
    EXPECT_TRUE(dora.take<DeskRequestFrame>().empty()) << "she is not on duty";
    goes_on_duty(dora);
    EXPECT_EQ(dora.take<DeskRequestFrame>().size(), 1U);
    EXPECT_TRUE(asker.take<DeskRequestFrame>().empty());
}

TEST_F(DeskTest, OneGetsItAndEveryoneHearsWho) {
    world.add_relay();
    goes_on_duty(celia);
    world.greet(dora, 1);
    goes_on_duty(dora);
    const AskDesk ask = request();
    ASSERT_TRUE(is<Done>(asker.ask(ask, world.now)));
    EXPECT_EQ(dora.ask(ClaimRequest{id(ask)}, world.now),
              ServerFrame(DeskClaim{id(ask), static_cast<std::uint32_t>(limits::claim_ms)}));
    EXPECT_EQ(why(celia.ask(ClaimRequest{id(ask)}, world.now)), Refused{Refusal::request_claimed});
    EXPECT_TRUE(is<DeskClaim>(dora.ask(ClaimRequest{id(ask)}, world.now))) << "renewed";
    EXPECT_EQ(celia.take<DeskState>(), std::vector{state(ask, DeskStanding::claimed)});
    EXPECT_EQ(dora.take<DeskState>(), std::vector{state(ask, DeskStanding::claimed, true)});
    EXPECT_EQ(asker.take<DeskState>(), std::vector{state(ask, DeskStanding::claimed)});

    EXPECT_EQ(why(celia.ask(EndRequest{id(ask)}, world.now)), Refused{Refusal::request_claimed});
    EXPECT_TRUE(is<Done>(dora.ask(EndRequest{id(ask)}, world.now)));
    EXPECT_EQ(asker.take<DeskState>(), std::vector{state(ask, DeskStanding::gone)});
    EXPECT_EQ(why(dora.ask(EndRequest{id(ask)}, world.now)), Refused{Refusal::no_such_request});
    EXPECT_EQ(why(dora.ask(ClaimRequest{id(ask)}, world.now)), Refused{Refusal::no_such_request});
}

TEST_F(DeskTest, OnlyWhoIsOnDutyClaimsAndEnds) {
    const AskDesk ask = request();
    asker.ask(ask, world.now);
    EXPECT_EQ(why(asker.ask(ClaimRequest{id(ask)}, world.now)), Refused{Refusal::not_on_duty});
    EXPECT_EQ(why(celia.ask(EndRequest{id(ask)}, world.now)), Refused{Refusal::not_on_duty});
    goes_on_duty(celia);
    EXPECT_EQ(why(celia.ask(EndRequest{id(ask)}, world.now)), Refused{Refusal::no_such_request}) << "not claimed";
}

TEST_F(DeskTest, AClaimThatIsNotRenewedLeavesTheRequestWaiting) {
    goes_on_duty(celia);
    goes_on_duty(dora);
    const AskDesk ask = request();
    asker.ask(ask, world.now);
    celia.ask(ClaimRequest{id(ask)}, world.now);
    celia.disconnect(world.now);
    world.pass(limits::claim_ms / 2);
    dora.take<DeskState>();
    EXPECT_EQ(why(dora.ask(ClaimRequest{id(ask)}, world.now)), Refused{Refusal::request_claimed});
    world.pass(limits::claim_ms / 2 + limits::desk_beat_ms);
    EXPECT_EQ(dora.take<DeskState>(), std::vector{state(ask, DeskStanding::waiting)});
    EXPECT_EQ(asker.take<DeskState>().back(), state(ask, DeskStanding::waiting));
    EXPECT_TRUE(is<DeskClaim>(dora.ask(ClaimRequest{id(ask)}, world.now)));
}

TEST_F(DeskTest, ARequestOutlivesItsConnectionAMinuteAndKeepsItsPlaceByTheSameBytes) {
    goes_on_duty(celia);
    const AskDesk ask = request();
    asker.ask(ask, world.now);
    asker.disconnect(world.now);
    world.pass(30'000);
    world.greet(asker);
    ASSERT_TRUE(is<Done>(asker.ask(ask, world.now)));
    EXPECT_EQ(celia.take<DeskRequestFrame>().size(), 1U) << "told once";
    world.pass(90'000);
    EXPECT_TRUE(celia.take<DeskState>().empty()) << "it waits while she is there";
    asker.disconnect(world.now);
    world.pass(70'000);
    EXPECT_EQ(celia.take<DeskState>(), std::vector{state(ask, DeskStanding::gone)});
}

TEST_F(DeskTest, WhoComesBackHearsThatItWasClaimed) {
    goes_on_duty(celia);
    const AskDesk ask = request();
    asker.ask(ask, world.now);
    asker.disconnect(world.now);
    celia.ask(ClaimRequest{id(ask)}, world.now);
    world.greet(asker);
    ASSERT_TRUE(is<Done>(asker.ask(ask, world.now)));
    EXPECT_EQ(asker.take<DeskState>(), std::vector{state(ask, DeskStanding::claimed)});
}

TEST_F(DeskTest, ANewRequestOfAConnectionTakesTheOldersPlaceAndSheMayWithdraw) {
    goes_on_duty(celia);
    const AskDesk older = request();
    const AskDesk newer = request();
    asker.ask(older, world.now);
    asker.ask(newer, world.now);
    EXPECT_EQ(celia.take<DeskState>(), std::vector{state(older, DeskStanding::gone)});
    EXPECT_EQ(why(asker.ask(WithdrawRequest{id(older)}, world.now)), Refused{Refusal::no_such_request});
    EXPECT_EQ(why(dora.ask(WithdrawRequest{id(newer)}, world.now)), Refused{Refusal::no_such_request});
    EXPECT_TRUE(is<Done>(asker.ask(WithdrawRequest{id(newer)}, world.now)));
    EXPECT_EQ(celia.take<DeskState>(), std::vector{state(newer, DeskStanding::gone)});
}

TEST_F(DeskTest, RefusesAnotherSizeMoreThanTheDeskKeepsAndLeavingWithoutADeskKey) {
    AskDesk wrong = request();
    wrong.envelope.sealed.pop_back();
    EXPECT_EQ(why(asker.ask(wrong, world.now)).refusal, Refusal::too_long);
    EXPECT_EQ(why(asker.ask(request(true), world.now)), (Refused{Refusal::desk_full, 0}));
    for (std::size_t i = 0; i < limits::desk_waiting_max; ++i)
        world.memory().put_request({world.random.id<LaneId>(), {}, false, {}, {}}, [](auto) {});
    EXPECT_EQ(why(asker.ask(request(), world.now)), (Refused{Refusal::desk_full, limits::desk_waiting_max}));
}

TEST_F(DeskTest, ACounsellorWhoseCertificateIsRevokedIsOffDutyAndCut) {
    goes_on_duty(celia);
    goes_on_duty(dora);
    world.organisation.revoke(*celia.staff, UnixSeconds{world.now.value / 1'000});
    world.relay().organisation_changed(world.organisation.current(good_until()), world.now);
    EXPECT_EQ(celia.connection().closed_with, CloseCode::policy_violation);
    EXPECT_FALSE(dora.connection().closed_with);
    const auto answer = asker.ask(FindDuty{Challenge{{9}}}, world.now);
    EXPECT_EQ(std::get<Duty>(answer).statements.size(), 1U);
}

TEST_F(DeskTest, AStoreThatLostItsMemoryGetsDutyAgainAndAskersHearThatTheirRequestIsGone) {
    goes_on_duty(celia);
    const AskDesk ask = request();
    asker.ask(ask, world.now);
    world.memory().forget();
    world.pass(1'000);
    EXPECT_EQ(asker.take<DeskState>(), std::vector{state(ask, DeskStanding::gone)});
    ASSERT_TRUE(is<Done>(asker.ask(ask, world.now)));
    EXPECT_EQ(celia.take<DeskRequestFrame>().size(), 2U);
    EXPECT_TRUE(is<DeskClaim>(celia.ask(ClaimRequest{id(ask)}, world.now)));
}

TEST_F(DeskTest, ARequestThatWasLeftIsAnsweredByWhoClaimedItAndFoundUnderItsId) {
    goes_on_duty(celia);
    const AskDesk ask = left_request();
    Person reader = world.person("reader");
    world.greet(reader);
    EXPECT_EQ(why(reader.ask(FindAnswer{*ask.left}, world.now)), Refused{Refusal::not_answered});
    EXPECT_TRUE(celia.take<DeskRequestFrame>().at(0).left);
    ASSERT_TRUE(is<DeskClaim>(celia.ask(ClaimRequest{id(ask)}, world.now)));
    EXPECT_TRUE(is<Done>(celia.ask(answer(ask), world.now)));
    EXPECT_TRUE(is<Done>(celia.ask(answer(ask), world.now))) << "the same again, after a cut";
    EXPECT_EQ(celia.take<DeskState>().back(), state(ask, DeskStanding::gone));
    world.pass(limits::find_answer_ms_min);
    EXPECT_EQ(reader.ask(FindAnswer{*ask.left}, world.now), ServerFrame(DeskAnswerFrame{answer(ask).sealed}));
    EXPECT_EQ(why(reader.ask(FindAnswer{*ask.left}, world.now)),
              (Refused{Refusal::too_many_requests, limits::find_answer_ms_min}));
    world.now.value += limits::desk_answer_ms;
    world.pass(limits::desk_beat_ms);
    EXPECT_EQ(why(reader.ask(FindAnswer{*ask.left}, world.now)), Refused{Refusal::no_such_answer});
}

TEST_F(DeskTest, RefusesAnAnswerOfWhoHasNotClaimedOfAnotherSizeAndToAnother) {
    const AskDesk ask = left_request();
    EXPECT_EQ(why(celia.ask(answer(ask), world.now)), Refused{Refusal::not_on_duty});
    for (std::uint64_t i = 0; i < limits::desk_answers_max; ++i) {
        const LaneId request = world.random.id<LaneId>();
        const AnswerId under = world.random.id<AnswerId>();
        world.memory().put_request({request, {}, true, {}, {}, under}, [](auto) {});
        world.memory().claim_request(request, Hash{{1}}, store::milliseconds(1'000), [](auto) {});
        world.memory().put_desk_answer(request, under, Hash{{1}}, {1}, store::milliseconds(60'000), [](auto) {});
    }
    goes_on_duty(celia);
    goes_on_duty(dora);
    AnswerRequest wrong = answer(ask);
    wrong.sealed.pop_back();
    EXPECT_EQ(why(celia.ask(wrong, world.now)), (Refused{Refusal::too_long, limits::desk_answer_sealed_bytes}));
    EXPECT_EQ(why(celia.ask(answer(ask), world.now)), Refused{Refusal::no_such_request}) << "not claimed";
    celia.ask(ClaimRequest{id(ask)}, world.now);
    EXPECT_EQ(why(dora.ask(answer(ask), world.now)), Refused{Refusal::request_claimed});
    wrong = answer(ask);
    wrong.answer.bytes[0] ^= 1;
    EXPECT_EQ(why(celia.ask(wrong, world.now)), Refused{Refusal::no_such_request}) << "left with another id";
    EXPECT_EQ(why(celia.ask(answer(ask), world.now)), (Refused{Refusal::desk_full, limits::desk_answers_max}));
}

TEST_F(DeskTest, WhatIsHandedOverReachesThatTurnOfDutyAndNobodyElse) {
    Person erin = world.staff("erin", Role::counsellor);
    world.relay().organisation_changed(world.organisation.current(good_until()), world.now);
    world.greet(erin);
    const GoOnDuty stated = duty(dora);
    const Hash turn = crypto::duty_turn(crypto::hash_of(dora.staff->certificate), stated.statement.body.duty_key);
    HandOverFrame frame{turn, Bytes(limits::hand_over_sealed_bytes, 3)};
    EXPECT_EQ(why(celia.ask(frame, world.now)), Refused{Refusal::not_on_duty});
    goes_on_duty(celia);
    goes_on_duty(erin);
    EXPECT_EQ(why(celia.ask(frame, world.now)), Refused{Refusal::no_such_turn}) << "she is not on duty";
    ASSERT_TRUE(is<Done>(dora.ask(stated, world.now)));
    EXPECT_TRUE(is<Done>(celia.ask(frame, world.now)));
    EXPECT_EQ(dora.take<HandedOver>(), std::vector<HandedOver>{{frame.sealed}});
    EXPECT_TRUE(erin.take<HandedOver>().empty());
    EXPECT_TRUE(celia.take<HandedOver>().empty());
    frame.sealed.push_back(3);
    EXPECT_EQ(why(celia.ask(frame, world.now)), (Refused{Refusal::too_long, limits::hand_over_sealed_bytes}));
}

TEST_F(DeskTest, ComesAfterTheHello) {
    Person early = world.person("early");
    world.connect(early);
    EXPECT_EQ(why(early.ask(FindDuty{Challenge{{1}}}, world.now)), Refused{Refusal::not_yet});
}

}  // namespace
}  // namespace veranda::relay
