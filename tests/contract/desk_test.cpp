// The support desk: who is on duty, what waits, and that a request has one holder.
#include "tests/contract/stage.hpp"

namespace veranda::tests {
namespace {

class DeskStores : public Contract {
protected:
    void SetUp() override { begin_desk(); }
    void begin_desk(Lifetimes lifetimes = {}) {
        begin(lifetimes);
        for (const std::size_t number : {0U, 1U}) ask<Nothing>([&](auto then) { relay(number).watch_desk(then); });
    }

    static constexpr auto waiting = DeskStanding::waiting;
    static constexpr auto claimed = DeskStanding::claimed;
    static constexpr auto gone = DeskStanding::gone;
    inline static const Hash nobody;
    inline static const Hash celia = id<Hash>(0xc1);  // turns of duty
    inline static const Hash dora = id<Hash>(0xd1);

    HeardAtDesk& heard_at(std::size_t number = 0) { return recorder(number).desk; }
    bool put(std::uint64_t number, bool left = false, std::size_t by = 0) {
        const StoredRequest request{numbered<LaneId>(number),
                                    {},
                                    left,
                                    text("request " + std::to_string(number)),
                                    {},
                                    left ? numbered<AnswerId>(number) : AnswerId{}};
        return ask<RequestPut>([&](auto then) { relay(by).put_request(request, then); }).is_kept;
    }
    Hash claim(std::uint64_t number, Hash who, std::size_t by = 0, milliseconds lives = 60s) {
        return ask<Hash>([&](auto then) { relay(by).claim_request(numbered<LaneId>(number), who, lives, then); });
    }
    std::optional<Hash> end(std::uint64_t number, Hash who, std::size_t by = 0) {
        return ask<std::optional<Hash>>([&](auto then) { relay(by).end_request(numbered<LaneId>(number), who, then); });
    }
    AnswerPut answer(std::uint64_t number, Hash who, std::string_view words, std::size_t by = 0,
                     milliseconds lives = 60s) {
        return answer_under(number, number, who, words, by, lives);
    }
    AnswerPut answer_under(std::uint64_t number, std::uint64_t id, Hash who, std::string_view words, std::size_t by = 0,
                           milliseconds lives = 60s) {
        return ask<AnswerPut>([&](auto then) {
            relay(by).put_desk_answer(numbered<LaneId>(number), numbered<AnswerId>(id), who, text(words), lives, then);
        });
    }
    FoundAnswer found(std::uint64_t id, std::size_t by = 0) {
        return ask<FoundAnswer>([&](auto then) { relay(by).find_desk_answer(numbered<AnswerId>(id), then); });
    }
    std::vector<StoredRequest> requests(std::size_t by = 0) {
        return ask<std::vector<StoredRequest>>([&](auto then) { relay(by).list_requests(then); });
    }
    std::vector<StoredDuty> on_duty(std::size_t by = 0) {
        return ask<std::vector<StoredDuty>>([&](auto then) { relay(by).list_duty(then); });
    }
    void go_on_duty(Hash turn, std::string_view statement) {
        ask<Nothing>([&](auto then) { relay().put_duty({turn, text(statement)}, then); });
    }
    DeskMissing refresh(std::vector<Hash> duty, std::vector<LaneId> kept, std::size_t by = 0) {
        return ask<DeskMissing>([&](auto then) { relay(by).refresh_desk(duty, kept, then); });
    }
    // Both relays hear it, and the last of its kind is this.
    void expect_state(std::uint64_t number, DeskStanding standing, Hash holder = {}) {
        const HeardAtDesk::State expected{numbered<LaneId>(number), standing, holder};
        for (const std::size_t by : {0U, 1U})
            EXPECT_TRUE(until([&] { return !heard_at(by).states.empty() && heard_at(by).states.back() == expected; }));
    }
};
VERANDA_FOR_EVERY_STORE(DeskStores);

TEST_P(DeskStores, WhoIsOnDutyIsListedByEveryRelayAndRenewedByTurn) {
    go_on_duty(celia, "one");
    go_on_duty(dora, "other");
    go_on_duty(celia, "renewed");
    auto all = on_duty(1);
    ASSERT_EQ(all.size(), 2U);
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.turn < b.turn; });
    EXPECT_EQ(all[0].statement, text("renewed"));
    EXPECT_EQ(all[1].turn, dora);
    ask<Nothing>([&](auto then) { relay(1).drop_duty(dora, then); });
    EXPECT_EQ(on_duty().size(), 1U);
}

TEST_P(DeskStores, DutyEndsUnlessItIsRefreshed) {
    begin_desk({.presence = 300ms});
    go_on_duty(celia, "one");
    go_on_duty(dora, "other");
    EXPECT_TRUE(until([&] {
        refresh({celia}, {}, 1);
        return on_duty().size() == 1;
    }));
    EXPECT_EQ(on_duty().at(0).turn, celia);
    EXPECT_EQ(refresh({celia, dora}, {}).duty, std::vector<Hash>{dora}) << "to be put again";
}

TEST_P(DeskStores, NoncesAndProofsReachEveryRelayThatWatches) {
    const Challenge nonce = id<Challenge>(7);
    relay(1).announce_duty_nonce(nonce);
    relay(0).announce_duty_proof(nonce, text("proof"));
    for (const std::size_t by : {0U, 1U}) {
        ASSERT_TRUE(until([&] { return !heard_at(by).nonces.empty() && !heard_at(by).proofs.empty(); }));
        EXPECT_EQ(heard_at(by).nonces[0], nonce);
        EXPECT_EQ(heard_at(by).proofs[0], (std::pair{nonce, text("proof")}));
    }
}

TEST_P(DeskStores, WhoDoesNotWatchHearsNothing) {
    relay(1).unwatch_desk();
    relay(0).announce_duty_nonce(id<Challenge>(1));
    ASSERT_TRUE(until([&] { return !heard_at(0).nonces.empty(); }));
    ask<Nothing>([&](auto then) { relay(1).watch_desk(then); });
    relay(0).announce_duty_nonce(id<Challenge>(2));
    ASSERT_TRUE(until([&] { return !heard_at(1).nonces.empty(); }));
    EXPECT_EQ(heard_at(1).nonces, std::vector{id<Challenge>(2)});
}

TEST_P(DeskStores, ARequestIsToldOnceAndListedWithItsPlace) {
    const UnixMillis before = stage().now();
    EXPECT_TRUE(put(7));
    EXPECT_TRUE(put(3, true, 1));
    EXPECT_TRUE(put(7)) << "the same again keeps its place";
    for (const std::size_t by : {0U, 1U}) {
        ASSERT_TRUE(until([&] { return heard_at(by).requests.size() == 2; }));
        EXPECT_EQ(heard_at(by).requests[0].envelope, text("request 7"));
        EXPECT_TRUE(heard_at(by).requests[1].left);
        EXPECT_EQ(heard_at(by).requests[1].answer, AnswerId{}) << "where its answer will be is told to nobody";
    }
    const auto all = requests(1);
    ASSERT_EQ(all.size(), 2U);
    for (const StoredRequest& each : all) EXPECT_EQ(each.answer, AnswerId{});
    const auto& seven = all[0].id == numbered<LaneId>(7) ? all[0] : all[1];
    EXPECT_GE(seven.since.value + 1'000, before.value);
    EXPECT_FALSE(seven.left);
    EXPECT_TRUE(seven.holder.is_zero());
}

TEST_P(DeskStores, ARequestHasOneHolder) {
    put(1);
    EXPECT_EQ(claim(1, celia), celia);
    EXPECT_EQ(claim(1, dora, 1), celia);
    EXPECT_EQ(claim(1, celia, 1), celia) << "renewed";
    EXPECT_EQ(claim(9, celia), nobody) << "no such request";
    expect_state(1, claimed, celia);
    EXPECT_EQ(heard_at(1).states.size(), 1U) << "told once";
    EXPECT_EQ(requests().at(0).holder, celia);
    EXPECT_EQ(ask<RequestPut>([&](auto then) {
                  relay(1).put_request({numbered<LaneId>(1), {}, false, text("request 1"), {}}, then);
              }).holder,
              celia);
}

// Fifty counsellors at once, through two relays: one wins, and everyone hears who.
TEST_P(DeskStores, OfFiftyWhoClaimAtOnceOneWins) {
    put(1);
    std::vector<Hash> answers;
    for (std::uint64_t number = 0; number < 50; ++number)
        relay(number % 2).claim_request(numbered<LaneId>(1), numbered<Hash>(number + 1), 60s, [&](Answer<Hash> answer) {
            ASSERT_TRUE(std::holds_alternative<Hash>(answer));
            answers.push_back(std::get<Hash>(answer));
        });
    ASSERT_TRUE(until([&] { return answers.size() == 50; }));
    EXPECT_FALSE(answers[0].is_zero());
    EXPECT_EQ(std::count(answers.begin(), answers.end(), answers[0]), 50) << "all were told the same";
    expect_state(1, claimed, answers[0]);
}

TEST_P(DeskStores, AClaimThatRunsOutLeavesTheRequestWaiting) {
    put(1);
    EXPECT_EQ(claim(1, celia, 0, 300ms), celia);
    ASSERT_TRUE(until([&] {
        refresh({}, {numbered<LaneId>(1)});
        return heard_at(1).states.size() == 2;
    }));
    expect_state(1, waiting);
    EXPECT_EQ(claim(1, dora, 1), dora);
}

TEST_P(DeskStores, ARequestWhoseAskerIsGoneEndsUnlessItIsClaimed) {
    begin_desk({.knock = 300ms});
    put(1);
    put(2);
    put(3, true);
    EXPECT_EQ(claim(2, celia), celia);
    ASSERT_TRUE(until([&] {
        refresh({}, {});
        return requests().size() == 2;
    }));
    expect_state(1, gone);
    EXPECT_EQ(refresh({}, {numbered<LaneId>(1), numbered<LaneId>(2)}).requests, std::vector{numbered<LaneId>(1)});
    EXPECT_EQ(claim(2, celia, 0, 1ms), celia);
    ASSERT_TRUE(until([&] {
        refresh({}, {});
        return requests().size() == 1;
    })) << "its asker was refreshed, and is gone";
    EXPECT_TRUE(requests().at(0).left) << "what was left stays";
}

TEST_P(DeskStores, TheSameBytesCalledLeftKeepNoRequestForLonger) {
    begin_desk({.knock = 300ms});
    put(1);
    put(1, true);
    EXPECT_TRUE(until([&] {
        refresh({}, {});
        return requests().empty();
    }));
}

TEST_P(DeskStores, WhoClaimedItEndsItAndSoDoesItsAsker) {
    put(1);
    put(2);
    EXPECT_EQ(end(1, celia), nobody) << "not hers";
    claim(1, celia);
    EXPECT_EQ(end(1, dora, 1), celia);
    EXPECT_EQ(end(1, celia, 1), celia);
    expect_state(1, gone);
    EXPECT_EQ(end(1, celia), std::nullopt);
    claim(2, dora);
    EXPECT_EQ(end(2, nobody, 1), nobody) << "the asker always may";
    expect_state(2, gone);
    EXPECT_TRUE(requests().empty());
}

TEST_P(DeskStores, IsFullAtItsLimitAndThoseThatWereLeftAreCountedByThemselves) {
    for (std::uint64_t i = 0; i < limits::desk_waiting_max; ++i) ASSERT_TRUE(put(i));
    EXPECT_FALSE(put(9'999));
    EXPECT_TRUE(put(0)) << "is there already";
    for (std::uint64_t i = 0; i < limits::desk_waiting_max; ++i) ASSERT_TRUE(put(1'000 + i, true));
    EXPECT_FALSE(put(9'999, true));
    end(0, nobody);
    EXPECT_TRUE(put(9'999));
}

TEST_P(DeskStores, AnAnswerEndsTheRequestThatWasLeftAndIsKeptUnderItsId) {
    put(1, true);
    EXPECT_TRUE(found(1, 1).is_awaited);
    EXPECT_TRUE(found(1).sealed.empty());
    claim(1, celia);
    EXPECT_EQ(answer(1, celia, "come on Tuesday", 1), AnswerPut::kept);
    expect_state(1, gone);
    EXPECT_TRUE(requests().empty());
    for (const std::size_t by : {0U, 1U}) {
        EXPECT_EQ(found(1, by).sealed, text("come on Tuesday"));
        EXPECT_FALSE(found(1, by).is_awaited);
    }
    EXPECT_EQ(answer(1, celia, "come on Tuesday"), AnswerPut::kept) << "the same again, after a cut";
    EXPECT_EQ(answer(1, celia, "come on Friday"), AnswerPut::no_such_request);
    EXPECT_EQ(found(1).sealed, text("come on Tuesday"));
}

TEST_P(DeskStores, OnlyWhoClaimedARequestThatWasLeftAnswersIt) {
    put(1, true);
    put(2);
    EXPECT_EQ(answer(1, celia, "x"), AnswerPut::no_such_request) << "not claimed";
    claim(1, celia);
    claim(2, celia);
    EXPECT_EQ(answer(1, dora, "x"), AnswerPut::claimed);
    EXPECT_EQ(answer(2, celia, "x"), AnswerPut::no_such_request) << "not left";
    EXPECT_EQ(answer(9, celia, "x"), AnswerPut::no_such_request);
    EXPECT_EQ(answer_under(1, 7, celia, "x"), AnswerPut::no_such_request) << "left with another id";
    EXPECT_EQ(requests().size(), 2U);
    EXPECT_TRUE(found(1).is_awaited);
    EXPECT_TRUE(found(7).sealed.empty());
}

TEST_P(DeskStores, AnAnswerIsDroppedWhenItsTimeIsOver) {
    put(1, true);
    claim(1, celia);
    EXPECT_EQ(answer(1, celia, "x", 0, 300ms), AnswerPut::kept);
    EXPECT_TRUE(until([&] {
        refresh({}, {});
        return found(1).sealed.empty();
    }));
    EXPECT_FALSE(found(1).is_awaited);
}

TEST_P(DeskStores, ARequestThatIsEndedIsNotAwaitedAnyMore) {
    put(1, true);
    EXPECT_EQ(end(1, nobody), nobody);
    EXPECT_FALSE(found(1).is_awaited);
}

TEST_P(DeskStores, KeepsNoMoreAnswersThanItsLimit) {
    for (std::uint64_t i = 0; i < limits::desk_answers_max; ++i) {
        ASSERT_TRUE(put(i, true));
        claim(i, celia);
        ASSERT_EQ(answer(i, celia, "x"), AnswerPut::kept) << i;
    }
    put(5'000, true);
    claim(5'000, celia);
    EXPECT_EQ(answer(5'000, celia, "x"), AnswerPut::full);
    EXPECT_TRUE(found(5'000).is_awaited) << "it can be answered later";
}

TEST_P(DeskStores, WhatIsHandedOverReachesEveryRelayThatWatches) {
    relay(1).announce_hand_over(dora, text("sealed"));
    for (const std::size_t by : {0U, 1U}) {
        ASSERT_TRUE(until([&] { return !heard_at(by).handed_over.empty(); }));
        EXPECT_EQ(heard_at(by).handed_over[0], (std::pair{dora, text("sealed")}));
    }
}

// A pass has one id for its answers: when the later of two requests under it ended, the earlier was no longer awaited.
TEST_P(DeskStores, AnAnswerIsAwaitedForAsLongAsOneOfItsRequestsWaits) {
    const auto leave = [&](std::uint64_t number) {
        const StoredRequest request{numbered<LaneId>(number), {}, true, text("later"), {}, numbered<AnswerId>(7)};
        ask<RequestPut>([&](auto then) { relay().put_request(request, then); });
    };
    leave(1);
    leave(2);
    EXPECT_EQ(end(2, nobody), nobody);
    EXPECT_TRUE(found(7, 1).is_awaited);
    leave(3);
    EXPECT_EQ(end(1, nobody), nobody);
    EXPECT_TRUE(found(7).is_awaited);
    EXPECT_EQ(end(3, nobody), nobody);
    EXPECT_FALSE(found(7).is_awaited);
}

// With the last request whose time ran out, all requests were forgotten, and nobody was told that it is gone.
TEST_P(DeskStores, WatchersHearThatTheLastRequestIsGone) {
    begin_desk({.knock = 300ms});
    put(1);
    ASSERT_TRUE(until([&] {
        refresh({}, {}, 1);
        return !heard_at(1).states.empty();
    }));
    expect_state(1, gone);
}

}  // namespace
}  // namespace veranda::tests
