// What an append checks, in which order, and what it writes.
#include "tests/contract/stage.hpp"

namespace veranda::tests {
namespace {

class Appending : public Contract {
protected:
    void SetUp() override {
        Contract::SetUp();
        ASSERT_TRUE(open());
    }
    Append commit(Epoch epoch) {
        Append made = message("commit");
        made.kind = EntryKind::commit;
        made.if_epoch = epoch;
        made.advances_epoch = true;
        return made;
    }
    Append order(std::string_view words) {
        Append made = message(words);
        made.kind = EntryKind::order;
        made.is_order = true;
        return made;
    }
    Append end() {
        Append made = order("end");
        made.ends_room = true;
        return made;
    }
};
VERANDA_FOR_EVERY_STORE(Appending);

void expect_same(const RoomSnapshot& a, const RoomSnapshot& b) {
    EXPECT_EQ(a.epoch, b.epoch);
    EXPECT_EQ(a.last, b.last);
    EXPECT_EQ(a.order_count, b.order_count);
    EXPECT_EQ(a.orders, b.orders);
    EXPECT_EQ(a.admissions, b.admissions);
}

TEST_P(Appending, NotesTheEpochThatAnAppendCloses) {
    EXPECT_EQ(snapshot().closed_epoch, std::nullopt);
    stored(commit(Epoch{0}));
    Append removal = order("remove");
    removal.closes_epoch = true;
    stored(removal);
    EXPECT_EQ(snapshot().closed_epoch, Epoch{1});
    stored(commit(Epoch{1}));
    stored(order("another"));
    EXPECT_EQ(snapshot().closed_epoch, Epoch{1});
}

TEST_P(Appending, GivesSequencesOneAfterTheOther) {
    EXPECT_EQ(stored(message("a"), 0), Sequence{2});
    EXPECT_EQ(stored(message("b"), 1), Sequence{3});
    EXPECT_EQ(snapshot().last, Sequence{3});
}

TEST_P(Appending, KeepsAndTellsTheEntryByteForByte) {
    Append what = message("");
    for (int i = 0; i < 256; ++i) what.body.push_back(static_cast<std::uint8_t>(i));
    const LogEntry expected{Sequence{2}, what.now, iris, EntryKind::application, what.body};
    stored(what);
    EXPECT_EQ(read_log(Sequence{1}), std::vector{expected});
    ASSERT_TRUE(until([&] { return !heard().entries.empty(); }));
    EXPECT_EQ(heard().entries, std::vector{expected});
}

TEST_P(Appending, TakesAnEmptyBodyAndAHugeOne) {
    Append leave = message("");
    leave.kind = EntryKind::leave;
    stored(leave);
    Append huge = message("");
    huge.body.assign(500'000, 0xee);
    stored(huge);
    const auto entries = read_log(Sequence{1});
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_TRUE(entries[0].body.empty());
    EXPECT_EQ(entries[1].body, huge.body);
}

TEST_P(Appending, TellsAnEntryBeforeItAnswers) {
    for (int i = 0; i < 20; ++i) {
        const Sequence sequence = stored(message("told first"));
        ASSERT_FALSE(heard().entries.empty());
        EXPECT_EQ(heard().entries.back().sequence, sequence);
    }
}

TEST_P(Appending, FindsNoRoom) {
    EXPECT_TRUE(std::holds_alternative<NoRoom>(append(message("nowhere", other_room))));
    EXPECT_FALSE(watch(other_room).has_value());
}

TEST_P(Appending, ACommitAdvancesTheEpochByOne) {
    stored(commit(Epoch{0}));
    EXPECT_EQ(snapshot().epoch, Epoch{1});
    stored(commit(Epoch{1}), 1);
    EXPECT_EQ(snapshot().epoch, Epoch{2});
}

TEST_P(Appending, RefusesAnotherEpochNamesTheCurrentOneAndWritesNothing) {
    stored(commit(Epoch{0}));
    stored(order("hush"));
    post({card(1)});
    knock(1);
    const RoomSnapshot before = snapshot();
    for (const std::uint64_t epoch : {std::uint64_t{0}, std::uint64_t{2}, UINT64_MAX}) {
        Append what = commit(Epoch{epoch});
        what.members = {{noor, text("admission")}, {amara, std::nullopt}};
        what.mail = {{numbered<KnockId>(1), text("front")}};
        what.spent = {id<CardId>(1)};
        const Appended appended = append(what);
        const Stale* stale = std::get_if<Stale>(&appended);
        ASSERT_NE(stale, nullptr);
        EXPECT_EQ(stale->epoch, Epoch{1});
        EXPECT_EQ(stale->order_count, OrderNumber{1});
    }
    expect_same(snapshot(), before);
    EXPECT_EQ(knocks().size(), 1U);
    EXPECT_FALSE(find_card(1)->spent);
}

TEST_P(Appending, DoesNotRoundAnEpochIntoAMatch) {
    const std::uint64_t first_that_rounds = 1ULL << 53;
    EXPECT_TRUE(std::holds_alternative<Stale>(append(commit(Epoch{first_that_rounds + 1}))));
    EXPECT_TRUE(std::holds_alternative<Stale>(append(commit(Epoch{1ULL << 63}))));
}

TEST_P(Appending, RefusesWhatWasDecidedBeforeAnOrder) {
    stored(order("hush"));
    Append late = message("decided before");
    late.if_orders = OrderNumber{0};
    const Appended appended = append(late);
    ASSERT_TRUE(std::holds_alternative<Stale>(appended));
    EXPECT_EQ(std::get<Stale>(appended).order_count, OrderNumber{1});
    late.if_orders = OrderNumber{1};
    stored(late);
}

TEST_P(Appending, AsksForNothingWhereNothingWasReliedOn) {
    stored(commit(Epoch{0}));
    stored(order("hush"));
    stored(message("in any epoch, after whatever orders"));
}

TEST_P(Appending, KeepsOrdersWholeAndInOrder) {
    stored(order("first"));
    stored(message("between"));
    stored(order("second"), 1);
    const RoomSnapshot found = snapshot();
    EXPECT_EQ(found.order_count, OrderNumber{2});
    const auto log = read_log();
    ASSERT_EQ(log.size(), 4U);
    EXPECT_EQ(found.orders, (std::vector{log[1], log[3]}));
}

TEST_P(Appending, FindsADoubleAndWritesNothing) {
    const Append what = message("said once");
    const Sequence sequence = stored(what);
    const RoomSnapshot before = snapshot();
    for (std::size_t number : {0U, 1U}) {
        const Appended again = append(what, number);
        ASSERT_TRUE(std::holds_alternative<Stored>(again));
        EXPECT_TRUE(std::get<Stored>(again).doubled);
        EXPECT_EQ(std::get<Stored>(again).sequence, sequence);
    }
    expect_same(snapshot(), before);
}

TEST_P(Appending, ADoubleIsOneOnlyOfTheSameAccessKey) {
    Append what = message("mine");
    stored(what);
    what.by = amaras_key;
    EXPECT_EQ(stored(what), Sequence{3});
}

TEST_P(Appending, FindsADoubleBeforeAnythingElseIsLookedAt) {
    const Append won = commit(Epoch{0});
    const Sequence sequence = stored(won);  // made itself stale
    stored(end());
    const Appended again = append(won);
    ASSERT_TRUE(std::holds_alternative<Stored>(again));
    EXPECT_TRUE(std::get<Stored>(again).doubled);
    EXPECT_EQ(std::get<Stored>(again).sequence, sequence);
}

TEST_P(Appending, AnEndedRoomTakesNothingMoreAndSaysSoBeforeStaleness) {
    stored(end());
    const RoomSnapshot before = snapshot();
    EXPECT_TRUE(std::holds_alternative<RoomEnded>(append(message("too late"))));
    EXPECT_TRUE(std::holds_alternative<RoomEnded>(append(commit(Epoch{9}))));
    EXPECT_TRUE(std::holds_alternative<RoomEnded>(append(end(), 1)));
    expect_same(snapshot(), before);
    EXPECT_EQ(read_log().size(), 2U) << "it can still be read";
}

TEST_P(Appending, AnEndedRoomLivesForTheLogsTime) {
    begin({.log = 300ms});
    open();
    stored(end());
    ASSERT_TRUE(until([&] { return !watch(room, 1).has_value(); }));
    EXPECT_TRUE(std::holds_alternative<NoRoom>(append(message("too late"))));
}

TEST_P(Appending, PutsReplacesAndDropsMembers) {
    Append what = message("both come");
    what.members = {{iris, text("iris 1")}, {noor, text("-")}};
    stored(what);
    auto admissions = snapshot().admissions;
    std::sort(admissions.begin(), admissions.end());
    EXPECT_EQ(admissions, (std::vector{text("-"), text("iris 1"), text("opener")}));

    what = message("one comes anew, one goes");
    what.members = {{iris, text("iris 2")}, {noor, std::nullopt}, {id<MemberId>(0x77), std::nullopt}};
    stored(what, 1);
    admissions = snapshot().admissions;
    std::sort(admissions.begin(), admissions.end());
    EXPECT_EQ(admissions, (std::vector{text("iris 2"), text("opener")}));
}

TEST_P(Appending, OfFiftyCommitsForOneEpochExactlyOneIsStored) {
    std::vector<Appended> answers;
    for (std::size_t i = 0; i < 50; ++i)
        relay(i % 2).append(commit(Epoch{0}), [&](auto answer) { answers.push_back(std::get<Appended>(answer)); });
    ASSERT_TRUE(until([&] { return answers.size() == 50; }));
    const auto is_stored = [](const Appended& answer) { return std::holds_alternative<Stored>(answer); };
    EXPECT_EQ(std::count_if(answers.begin(), answers.end(), is_stored), 1);
    for (const Appended& answer : answers) {
        if (is_stored(answer)) continue;
        ASSERT_TRUE(std::holds_alternative<Stale>(answer));
        EXPECT_EQ(std::get<Stale>(answer).epoch, Epoch{1});
    }
    EXPECT_EQ(snapshot().epoch, Epoch{1});
    EXPECT_EQ(snapshot().last, Sequence{2});
}

// An order to end a room made it live for Lifetimes::log from then, and so beyond its own end.
TEST_P(Appending, TheEndOfARoomDoesNotMakeItLiveLonger) {
    ASSERT_TRUE(open(other_room, 0, 400ms));
    Append last = end();
    last.room = other_room;
    stored(last);
    EXPECT_TRUE(until([&] { return !watch(other_room, 1).has_value(); }));
}

}  // namespace
}  // namespace veranda::tests
