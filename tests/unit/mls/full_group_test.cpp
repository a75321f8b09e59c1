// The life of a group that uses everything of RFC 9420: proposals alone and committed by others, PSKs, extensions, both
// framings, joiners from outside; and all agree in every epoch.
#include "client-lib/mls/limits.hpp"
#include "tests/unit/mls/full_people.hpp"

namespace veranda::mls {
namespace {

using namespace tests;

TEST(FullGroup, CommitsProposalsByReferenceAndByValueTogether) {
    FullCircle circle(5);
    circle.propose_update(1);
    circle.propose(2, removal(4), WireFormat::public_message);
    const auto iris = person("iris", circle.random);
    circle.propose(3, addition(iris.public_part));
    CommitWith with = holding({{PreSharedKey{psk_named("tea")}}});
    with.by_reference = circle[0].pending_references();
    const auto made = circle.commit(0, std::move(with));
    EXPECT_EQ(made.effects.updated, (std::vector<LeafIndex>{{1}}));
    ASSERT_EQ(made.removed.size(), 1U);
    PskStore psks;
    psks.hold(to_bytes(as_bytes("tea")), SecretBytes(32));
    JoinWith join;
    join.psks = &psks;
    circle.members.push_back(*FullGroup::join(made.welcome.whole(0), iris, join));
    EXPECT_EQ(circle.members.back().own_leaf(), LeafIndex{4});  // freed by the same Commit
    circle.expect_agreement();
}

// An Update's private half waits with its maker: once somebody commits it, she reads on with it.
TEST(FullGroup, TakesItsOwnUpdateIntoUse) {
    FullCircle circle(4);
    for (std::size_t by = 0; by < 4; ++by) circle.commit(by, {});
    circle.propose_update(2);
    const auto before = circle[2].state().epoch->tree.leaf({2})->encryption_key;
    circle.commit_pending(0);
    EXPECT_NE(circle[2].state().epoch->tree.leaf({2})->encryption_key, before);
    circle.commit(1, {});
    circle.commit(2, {});
    circle.expect_agreement();
}

TEST(FullGroup, ForgetsAnUpdateThatNobodyCommitted) {
    FullCircle circle(3);
    circle.propose_update(2);
    EXPECT_EQ(circle[2].state().own_updates.size(), 1U);
    circle.commit(0, {});
    EXPECT_TRUE(circle[2].state().own_updates.empty());
    EXPECT_TRUE(circle[2].pending().empty());
    circle.commit(1, {});
    circle.expect_agreement();
}

TEST(FullGroup, ChangesASigningKeyByUpdateAndByPath) {
    FullCircle circle(3);
    auto message = circle[1].propose_update(circle.random, WireFormat::public_message,
                                            crypto::SigningKey::generate(circle.random));
    circle.hear(1, *message);
    circle.commit_pending(0);
    circle.expect_agreement();
    CommitWith with;
    with.new_signing_key = crypto::SigningKey::generate(circle.random);
    const SignatureKey key = with.new_signing_key->public_key();
    circle.commit(2, std::move(with));
    EXPECT_EQ(circle[0].roster()[2].signature_key, key);
    circle.expect_agreement();
}

TEST(FullGroup, ChangesItsExtensions) {
    FullCircle circle(3);
    const auto made = circle.commit(0, holding({{GroupContextExtensions{requiring(odd_extension)}}}));
    EXPECT_TRUE(made.effects.extensions_changed);
    EXPECT_EQ(circle[2].extensions(), requiring(odd_extension));
    circle.add(1, 2);
    circle.expect_agreement();
    circle.commit(1, holding({{GroupContextExtensions{}}}));
    EXPECT_TRUE(circle[2].extensions().empty());
    circle.expect_agreement();
}

TEST(FullGroup, MixesInPastEpochsAndForgetsTheOldest) {
    FullCircle circle(2);
    const auto of_epoch = [&](std::uint64_t epoch) {
        return holding({{PreSharedKey{resumption_psk(as_bytes("group"), {epoch}, circle.random)}}});
    };
    circle.commit(0, of_epoch(1));
    circle.commit(1, of_epoch(2));
    for (std::size_t i = 0; i < resumption_secrets_max - 2; ++i) circle.commit(0, {});
    EXPECT_EQ(why(circle[0].commit(of_epoch(1), circle.random)), "psk_unknown");
    circle.commit(0, of_epoch(2));
    circle.expect_agreement();
}

// That alone does not make the group the successor of another.
TEST(FullGroup, WelcomesSomebodyWhoRemembersAPastEpoch) {
    FullCircle circle(2);
    const GroupState& past = *circle[0].state().epoch;
    const Epoch epoch = past.context.epoch;
    PskStore psks;
    psks.remember(as_bytes("group"), epoch, past.secrets.resumption);
    const auto iris = person("iris", circle.random);
    PreSharedKey psk{resumption_psk(as_bytes("group"), epoch, circle.random)};
    const auto made = circle.commit(0, holding({addition(iris.public_part), {psk}}));
    JoinWith with;
    with.psks = &psks;
    auto joined = FullGroup::join(made.welcome.whole(0), iris, with);
    ASSERT_EQ(why(joined), "accepted");
    circle.members.push_back(*std::move(joined));
    circle.expect_agreement();
}

TEST(FullGroup, ForgetsAnExternalPskWhenTold) {
    FullCircle circle(2);
    circle[0].forget_psk(as_bytes("tea"));
    EXPECT_EQ(why(circle[0].commit(holding({{PreSharedKey{psk_named("tea")}}}), circle.random)), "psk_unknown");
}

TEST(FullGroup, WelcomesWithTheTreeBesideAndGreaseInside) {
    FullCircle circle(2);
    const auto iris = person("iris", circle.random);
    CommitWith with = holding({addition(iris.public_part)});
    with.tree = TreePlace::beside;
    with.info_extensions = {{ExtensionType{0x7a7a}, {1, 2, 3}}};
    const auto made = circle.commit(0, std::move(with));
    EXPECT_EQ(why(FullGroup::join(made.welcome.whole(0), iris, {})), "ratchet_tree_missing");
    const Bytes tree = circle[0].ratchet_tree();
    JoinWith join;
    join.ratchet_tree = tree;
    circle.members.push_back(*FullGroup::join(made.welcome.whole(0), iris, join));
    circle.expect_agreement();
}

// 12.2 says what a committer prefers where proposals cannot go together.
TEST(FullGroup, ChoosesProposalsThatGoTogether) {
    FullCircle circle(5);
    const auto iris = person("iris", circle.random);
    circle.propose_update(1);
    circle.propose_update(1);  // the most recent counts
    circle.propose_update(0);  // the committer's own: its path does that
    circle.propose_update(3);
    circle.propose(1, removal(3));  // rather than her Update
    circle.propose(2, removal(3));
    circle.propose(2, removal(0));  // nobody removes herself
    circle.propose(1, addition(iris.public_part));
    circle.propose(2, addition(iris.public_part));
    circle.propose(1, {PreSharedKey{psk_named("tea")}});
    circle.propose(2, {PreSharedKey{psk_named("tea")}});
    circle.propose(2, {PreSharedKey{psk_named("coffee")}});  // held by nobody
    circle.propose(1, {GroupContextExtensions{}});
    circle.propose(2, {GroupContextExtensions{{{odd_extension, {}}}}});
    circle.propose(4, {ReInit{{1}, our_version, our_suite, {}}});
    const auto all = circle[0].pending_references();
    const std::vector<Hash> chosen{all[1], all[4], all[7], all[9], all[13]};
    EXPECT_EQ(circle[0].committable(), chosen);
    CommitWith with;
    with.by_reference = chosen;
    EXPECT_EQ(why(circle[0].commit(std::move(with), circle.random)), "required_capabilities");  // iris lacks them
    with.by_reference = {all[1], all[4], all[9], all[13]};
    circle.commit(0, std::move(with));
    EXPECT_EQ(circle.members.size(), 4U);
    circle.expect_agreement();
}

// Her key stays in the tree, so an Add of it would be a second.
TEST(FullGroup, ChoosesAnAddOfAMemberOnlyWhereSheIsRemoved) {
    FullCircle circle(3);
    const auto again = [&](std::size_t i) {
        const GroupState& state = *circle[i].state().epoch;
        return make_key_package(as_bytes("again"), state.signing_key.clone(), monday, friday, circle.random);
    };
    circle.propose(1, addition(again(0).public_part));
    circle.propose(1, removal(0));  // which the committer cannot commit
    circle.propose(1, addition(again(2).public_part));
    EXPECT_TRUE(circle[0].committable().empty());
    circle.propose(1, removal(2));
    const auto all = circle[0].pending_references();
    EXPECT_EQ(circle[0].committable(), (std::vector<Hash>{all[2], all[3]}));
    CommitWith with;
    with.by_reference = circle[0].committable();
    EXPECT_EQ(why(circle[0].commit(std::move(with), circle.random)), "accepted");
}

TEST(FullGroup, ChoosesAReInitWhereNothingElseIsPending) {
    FullCircle circle(2);
    circle.propose_update(0);  // our own Update does not count
    circle.propose(1, {ReInit{{1}, our_version, our_suite, {}}});
    circle.propose(1, {ReInit{{2}, our_version, our_suite, {}}});
    EXPECT_EQ(circle[0].committable(), (std::vector<Hash>{circle[0].pending_references()[2]}));
}

TEST(FullGroup, IsAsItWasWhenWhatItWouldSendIsRefused) {
    FullCircle circle(2);
    circle.propose_update(0);
    const Bytes before = snapshot(circle[0]);
    EXPECT_EQ(why(circle[0].propose(removal(9), circle.random)), "remove_unknown");
    EXPECT_EQ(why(circle[0].seal(as_bytes("hello"), circle.random)), "proposals_pending");
    EXPECT_EQ(why(circle[0].commit(holding({removal(0)}), circle.random)), "remove_committer");
    EXPECT_TRUE(snapshot(circle[0]) == before);
}

// Losing the race costs nothing: another's Commit is followed as if ours had never been made.
TEST(FullGroup, FollowsAnothersCommitWhileItsOwnIsUndecided) {
    FullCircle circle(3);
    circle.propose_update(2);
    const Bytes before = snapshot(circle[0]);
    CommitWith with;
    with.by_reference = circle[0].pending_references();
    const auto lost = circle[0].commit(std::move(with), circle.random);
    ASSERT_EQ(why(lost), "accepted");
    EXPECT_TRUE(snapshot(circle[0]) == before);
    circle.commit_pending(1);
    EXPECT_EQ(refused(circle[2], lost->message), "other_epoch");
    circle.expect_agreement();
}

TEST(FullGroup, CommitsWithAuthenticatedData) {
    FullCircle circle(2);
    CommitWith with;
    with.authenticated_data = {1, 2, 3};
    const auto made = circle[0].commit(std::move(with), circle.random);
    const auto received = circle[1].open(made->message);
    EXPECT_EQ(std::get<FullStagedCommit>(*received).authenticated_data(), (Bytes{1, 2, 3}));
}

TEST(FullGroup, ReadsKeyPackagesInMessages) {
    RepeatableRandom random;
    const auto iris = person("iris", random);
    Bytes message = encode_message(KeyPackageMessage{iris.public_part});
    const auto decoded = decode_message<KeyPackageMessage>(message);
    ASSERT_EQ(why(decoded), "accepted");
    EXPECT_EQ(decoded->key_package, iris.public_part);
    message[3] = 4;
    EXPECT_EQ(why(decode_message<KeyPackageMessage>(message)), "wire_format");
}

TEST(FullGroup, ExportsTheSameSecretToAll) {
    FullCircle circle(2);
    EXPECT_TRUE(*circle[0].export_secret("label", {}, 16) == *circle[1].export_secret("label", {}, 16));
    EXPECT_EQ(why(circle[0].export_secret("label", {}, 1 << 20)), "export_too_long");
}

REFUSES(required_capabilities, OfACreator) {
    RepeatableRandom random;
    return why(FullGroup::create(as_bytes("group"), requiring(odd_extension), person("plain", random), random));
}
REFUSES(key_package_signature, OfACreator) {
    RepeatableRandom random;
    auto own = person("amara", random);
    own.public_part.signature[0] ^= 1;
    return why(FullGroup::create(as_bytes("group"), {}, std::move(own), random));
}
REFUSES(group_extensions, OfACreator) {
    RepeatableRandom random;
    return why(FullGroup::create(as_bytes("group"), {{ExtensionType::external_senders, {1}}}, person("plain", random),
                                 random));
}

// Everything at random, from a seed that is said.
struct Evening {
    FullCircle circle;
    std::mt19937_64 choice;
    int joined = 0;

    explicit Evening(std::uint64_t seed) : circle(3, {}, seed), choice(seed) {}

    std::size_t any() { return choice() % circle.members.size(); }
    WireFormat framing() { return choice() % 2 ? WireFormat::public_message : WireFormat::private_message; }

    // What two members propose is committed by a third, who is in neither.
    void propose_and_commit() {
        const std::size_t by = any();
        const std::size_t who = any();
        const std::size_t whom = any();
        if (who != by) circle.propose_update(who, framing());
        if (whom != by && whom != who && circle.members.size() > 3)
            circle.propose(by, removal(circle[whom].own_leaf().value), framing());
        circle.commit_pending(by, framing());
    }
    void join_from_outside() {
        const auto own = versatile_person("guest " + std::to_string(joined++), circle.random);
        auto made = FullGroup::join_externally(circle[any()].group_info(), own, {}, circle.random);
        ASSERT_EQ(why(made), "accepted");
        made->next.hold_psk(to_bytes(as_bytes("tea")), SecretBytes(32));
        circle.let_in(*std::move(made));
    }
    void step() {
        const std::size_t by = any();
        switch (choice() % 6) {
            case 0: return circle.add(by, 1 + choice() % 2);
            case 1: return join_from_outside();
            case 2: circle.commit(by, holding({{PreSharedKey{psk_named("tea")}}})); return;
            case 3: circle.commit(by, holding({{GroupContextExtensions{requiring(odd_extension)}}})); return;
            default: return propose_and_commit();
        }
    }
};

TEST(FullGroup, LivesThroughAnEveningOfEverything) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        Evening evening(seed);
        for (int i = 0; i < 20; ++i) {
            evening.step();
            ASSERT_FALSE(testing::Test::HasFailure()) << "seed " << seed << ", step " << i;
        }
        evening.circle.expect_agreement();
    }
}

}  // namespace
}  // namespace veranda::mls
