// Groups that follow upon another (RFC 9420, 11.2 and 11.3): reinitialized with all its members, or branched off with
// some.
#include "tests/unit/mls/full_people.hpp"

namespace veranda::mls {
namespace {

using namespace tests;

// Three members, and their key packages for a group to come.
struct Move {
    FullCircle circle{3};
    std::vector<OwnKeyPackage> next;

    Move() {
        for (int i = 0; i < 3; ++i) next.push_back(versatile_person("member " + std::to_string(i), circle.random));
    }
    void end(Extensions extensions = {}, ProtocolVersion version = our_version, CipherSuite suite = our_suite) {
        circle.commit(0, holding({{ReInit{to_bytes(as_bytes("new")), version, suite, std::move(extensions)}}}));
    }
    std::vector<KeyPackage> others(std::size_t from = 1, std::size_t to = 3) const {
        std::vector<KeyPackage> packages;
        for (std::size_t i = from; i < to; ++i) packages.push_back(next[i].public_part);
        return packages;
    }
    Result<OwnFullCommit> reinitialize() { return circle[0].reinitialize(std::move(next[0]), others(), circle.random); }
    Result<OwnFullCommit> branch() {
        return circle[0].branch(as_bytes("aside"), {}, std::move(next[0]), others(1, 2), circle.random);
    }
    Result<FullGroup> joins(const OwnFullCommit& made, const FullGroup* parent) const {
        JoinWith with;
        with.parent = parent;
        return FullGroup::join(made.welcome.whole(0), next[1], with);
    }
};

// What a dishonest member might make of it: a group of one that adds others with the PSK of another group.
struct Forgery {
    std::string_view id = "aside";
    ResumptionUsage usage = ResumptionUsage::branch;
    std::size_t psks = 1;
    std::uint64_t epoch = 0;              // of the new group, before its Commit
    std::optional<Epoch> psk_epoch = {};  // the parent's own unless said
};

Result<OwnFullCommit> forged(Move& move, const std::vector<KeyPackage>& adds, const Forgery& forgery) {
    const FullGroup& parent = move.circle[0];
    FullGroup alone = *FullGroup::create(as_bytes(forgery.id), {}, std::move(move.next[0]), move.circle.random);
    while (alone.epoch().value < forgery.epoch) alone = std::move(alone.commit({}, move.circle.random)->next);
    CommitWith with;
    for (const KeyPackage& add : adds) with.by_value.push_back(addition(add));
    for (std::size_t i = 0; i < forgery.psks; ++i) {
        PreSharedKeyID psk =
            resumption_psk(parent.group_id(), forgery.psk_epoch.value_or(parent.epoch()), move.circle.random);
        psk.usage = forgery.usage;
        with.by_value.push_back({PreSharedKey{psk}});
    }
    return commit_full(alone.state(), std::move(with), PskUsages::successor, &parent.state().psks, move.circle.random);
}

std::string_view joining(Move& move, const std::vector<KeyPackage>& adds, const Forgery& forgery) {
    const auto made = forged(move, adds, forgery);
    if (!made) return why(made);
    return why(move.joins(*made, &move.circle[1]));
}

TEST(FullSuccessor, TakesUpAGroupThatWasReinitialized) {
    Move move;
    move.end({{odd_extension, {}}});
    ASSERT_TRUE(move.circle[1].reinit().has_value());
    auto made = move.reinitialize();
    ASSERT_EQ(why(made), "accepted");
    auto joined = move.joins(*made, &move.circle[1]);
    ASSERT_EQ(why(joined), "accepted");
    EXPECT_EQ(as_text(joined->group_id()), "new");
    EXPECT_EQ(joined->epoch(), Epoch{1});
    EXPECT_NE(find_extension(joined->extensions(), odd_extension), nullptr);
    EXPECT_TRUE(same_bytes(joined->epoch_authenticator(), made->next.epoch_authenticator()));
    EXPECT_EQ(joined->roster().size(), 3U);
}

TEST(FullSuccessor, BranchesOffWithSomeOfTheMembers) {
    Move move;
    auto made = move.branch();
    ASSERT_EQ(why(made), "accepted");
    auto joined = move.joins(*made, &move.circle[1]);
    ASSERT_EQ(why(joined), "accepted");
    EXPECT_EQ(as_text(joined->group_id()), "aside");
    EXPECT_TRUE(same_bytes(joined->epoch_authenticator(), made->next.epoch_authenticator()));
    move.circle.commit(0, {});  // the parent goes on
    move.circle.expect_agreement();
}

REFUSES(reinit_done, ToSpeak) {
    Move move;
    move.end();
    return why(move.circle[1].seal(as_bytes("hello"), move.circle.random));
}
REFUSES(reinit_done, ToPropose) {
    Move move;
    move.end();
    return why(move.circle[1].propose(removal(0), move.circle.random));
}
REFUSES(reinit_done, ToRenew) {
    Move move;
    move.end();
    return why(move.circle[1].propose_update(move.circle.random));
}
REFUSES(reinit_done, ToCommit) {
    Move move;
    move.end();
    return why(move.circle[1].commit({}, move.circle.random));
}
REFUSES(reinit_done, ToHear) {
    Move move;
    move.end();
    return refused(move.circle[1], Forge(*move.circle[0].state().epoch).message(removal(2)));
}
REFUSES(successor_parent, NotHandedIn) {
    Move move;
    return why(move.joins(*move.branch(), nullptr));
}
REFUSES(successor_parent, AnotherGroup) {
    Move move;
    const FullGroup other =
        *FullGroup::create(as_bytes("other"), {}, person("iris", move.circle.random), move.circle.random);
    return why(move.joins(*move.branch(), &other));
}
REFUSES(psk_usage, TwiceInAWelcome) {
    Move move;
    return joining(move, move.others(1, 2), {.psks = 2});
}
REFUSES(successor_epoch, NotTheFirst) {
    Move move;
    return joining(move, move.others(1, 2), {.epoch = 1});
}
constexpr Forgery as_reinit{.id = "new", .usage = ResumptionUsage::reinit};

TEST(FullSuccessor, IsJoinedWhereTheForgeryIsNone) {
    Move move;
    move.end();
    EXPECT_EQ(joining(move, move.others(), as_reinit), "accepted");
    Move aside;
    EXPECT_EQ(joining(aside, aside.others(1, 2), {}), "accepted");
}
REFUSES(successor_parameters, AnotherNameThanTheReInits) {
    Move move;
    move.end();
    return joining(move, move.others(), {.id = "other", .usage = ResumptionUsage::reinit});
}
REFUSES(successor_parameters, OtherExtensionsThanTheReInits) {
    Move move;
    move.end({{odd_extension, {}}});
    return joining(move, move.others(), as_reinit);
}
REFUSES(successor_parameters, AnotherVersionThanTheReInits) {
    Move move;
    move.end({}, ProtocolVersion{2});
    return joining(move, move.others(), as_reinit);
}
REFUSES(successor_parameters, AnotherCipherSuiteThanTheReInits) {
    Move move;
    move.end({}, our_version, CipherSuite{1});
    return joining(move, move.others(), as_reinit);
}
REFUSES(successor_parameters, AnEpochBeforeTheReInit) {
    Move move;
    move.end();
    return joining(move, move.others(), {.id = "new", .usage = ResumptionUsage::reinit, .psk_epoch = Epoch{1}});
}
REFUSES(successor_parameters, ThoughNobodyReinitialized) {
    Move move;
    return joining(move, move.others(), as_reinit);
}
REFUSES(successor_parameters, ToReinitializeWithoutAReInit) { return why(Move().reinitialize()); }
REFUSES(version, ToReinitializeForOneWeDontHave) {
    Move move;
    move.end({}, ProtocolVersion{2});
    return why(move.reinitialize());
}
REFUSES(cipher_suite, ToReinitializeForOneWeDontHave) {
    Move move;
    move.end({}, our_version, CipherSuite{1});
    return why(move.reinitialize());
}
REFUSES(successor_members, AReinitializedGroupThatLeavesOneOut) {
    Move move;
    move.end();
    return joining(move, move.others(1, 2), as_reinit);
}
REFUSES(successor_members, ABranchWithAStranger) {
    Move move;
    auto adds = move.others(1, 2);
    adds.push_back(person("stranger", move.circle.random).public_part);
    return joining(move, adds, {});
}
REFUSES(successor_members, ToBranchWithAStranger) {
    Move move;
    const std::vector<KeyPackage> adds{person("stranger", move.circle.random).public_part};
    return why(move.circle[0].branch(as_bytes("aside"), {}, std::move(move.next[0]), adds, move.circle.random));
}

}  // namespace
}  // namespace veranda::mls
