// Where other implementations fell, and no other test of ours has the name: docs/others-holes.md says which trap each
// is.
#include "tests/unit/mls/full_people.hpp"

namespace veranda::mls {
namespace {

using namespace tests;

constexpr NodeIndex right_half{11};  // of a tree of eight leaves: above leaves 4 to 7

// Eight leaves; the last came after the right half had a key, and is unmerged there.
struct UnmergedLast {
    FullCircle circle{7};

    UnmergedLast() {
        circle.commit(4, {});
        circle.add(5, 1);
        EXPECT_EQ(unmerged(right_half), (std::vector<LeafIndex>{{7}}));
    }
    const RatchetTree& tree() { return circle[0].state().epoch->tree; }
    std::vector<LeafIndex> unmerged(NodeIndex node) { return tree().parent(node)->unmerged_leaves; }
};

// Trap 2: she holds no key of the parent that covers her, and must find the ciphertext for her own leaf.
TEST(MlsTraps, AnUnmergedReceiverOpensTheCiphertextForHerOwnLeaf) {
    UnmergedLast group;
    EXPECT_EQ(group.circle[7].state().epoch->path_keys.find(right_half), nullptr);
    group.circle.commit(0, {});
    group.circle.expect_agreement();
}

// Trap 3: a leaf may be unmerged in a lower parent and merged in a higher one. A joiner who demands the same list
// everywhere refuses a good tree.
TEST(MlsTraps, UnmergedLeavesDifferAtDifferentHeights) {
    UnmergedLast group;
    group.circle.commit(0, {});
    EXPECT_EQ(group.unmerged(right_half), (std::vector<LeafIndex>{{7}}));
    EXPECT_TRUE(group.unmerged(group.tree().root()).empty());
    group.circle.add(1, 1);
    group.circle.expect_agreement();
}

// Trap 5: where the whole left half is blank, a path leaves the root out, and the parent hashes must still hold for a
// joiner.
TEST(MlsTraps, ParentHashesHoldWhereTheLeftHalfIsBlank) {
    FullCircle circle(4);
    for (std::size_t by = 0; by < 4; ++by) circle.commit(by, {});
    circle.commit(3, holding({removal(0), removal(1)}));
    circle.commit(0, {});
    circle.add(1, 1);
    EXPECT_EQ(circle.members.back().own_leaf(), LeafIndex{0});
    circle.expect_agreement();
}

// Trap 6: a Remove at the right edge and an Add in one Commit. The newcomer takes the freed leaf, and the tree,
// truncated after all proposals, keeps its width.
TEST(MlsTraps, TheTreeIsTruncatedAfterAllProposals) {
    FullCircle circle(5);
    circle.commit(4, {});
    const auto iris = person("iris", circle.random);
    const auto made = circle.commit(0, holding({removal(4), addition(iris.public_part)}));
    circle.members.push_back(*FullGroup::join(made.welcome.whole(0), iris, {}));
    EXPECT_EQ(circle.members.back().own_leaf(), LeafIndex{4});
    EXPECT_EQ(circle[0].state().epoch->tree.width(), 8U);
    circle.expect_agreement();
}

// Trap 9: the Commit is signed by the old key, and the GroupInfo that goes with it by the new one.
TEST(MlsTraps, ARotatedKeySignsTheWelcomesGroupInfo) {
    FullCircle circle(2);
    const auto iris = person("iris", circle.random);
    CommitWith with = holding({addition(iris.public_part)});
    with.new_signing_key = crypto::SigningKey::generate(circle.random);
    const auto made = circle.commit(0, std::move(with));
    circle.members.push_back(*FullGroup::join(made.welcome.whole(0), iris, {}));
    circle.expect_agreement();
}

// Trap 12: who is removed by a Commit need not support what the same Commit asks for.
TEST(MlsTraps, ARemovedMemberNeedNotMeetNewExtensions) {
    FullCircle circle(2);
    const auto plain = person("plain", circle.random);
    const auto added = circle.commit(0, holding({addition(plain.public_part)}));
    circle.members.push_back(*FullGroup::join(added.welcome.whole(0), plain, {}));
    const Proposal extensions{GroupContextExtensions{requiring(odd_extension)}};
    EXPECT_EQ(why(circle[0].commit(holding({extensions}), circle.random)), "required_capabilities");
    circle.commit(0, holding({extensions, removal(2)}));
    circle.expect_agreement();
}

// Trap 12: GREASE may stand wherever capabilities and extensions are listed.
TEST(MlsTraps, GreaseIsPassedOver) {
    FullCircle circle(2);
    OwnKeyPackage iris = person("iris", circle.random);
    iris.public_part = spoiled(iris, [](KeyPackage& kp) {
        Capabilities& capabilities = kp.leaf.capabilities;
        capabilities.versions.push_back(ProtocolVersion{0x1a1a});
        capabilities.cipher_suites.push_back(CipherSuite{0x2a2a});
        capabilities.extensions.push_back(ExtensionType{0x3a3a});
        capabilities.proposals.push_back(ProposalType{0x4a4a});
        capabilities.credentials.push_back(CredentialType{0x5a5a});
        kp.leaf.extensions.push_back({ExtensionType{0x3a3a}, {1, 2}});
        kp.extensions.push_back({ExtensionType{0x3a3a}, {}});
    });
    const auto made = circle.commit(0, holding({addition(iris.public_part)}));
    circle.members.push_back(*FullGroup::join(made.welcome.whole(0), iris, {}));
    circle.commit(2, {});
    circle.expect_agreement();
}

// Trap 15: a Commit that removes us arrives while ours is undecided.
TEST(MlsTraps, ACommitThatRemovesUsWinsOverOurs) {
    FullCircle circle(3);
    const auto ours = circle[2].commit({}, circle.random);
    ASSERT_EQ(why(ours), "accepted");
    const auto theirs = circle[0].commit(holding({removal(2)}), circle.random);
    const auto received = circle[2].open(theirs->message);
    EXPECT_TRUE(std::get<FullStagedCommit>(*received).removes_us());
    EXPECT_EQ(refused(circle[2], theirs->message), "generation_gone");
}

// Trap 17: a path's secrets are sealed under the next epoch's context, and its new extensions are part of that.
TEST(MlsTraps, PathSecretsAreSealedUnderTheNewExtensions) {
    FullCircle circle(3);
    const GroupState& state = *circle[0].state().epoch;
    Transition transition = begin_transition(state);
    const Proposal proposal{GroupContextExtensions{requiring(odd_extension)}};
    transition.changes.path_required = true;  // the proposal is listed, its extensions not put into the context
    const auto made = make_commit(state, transition, {{proposal}}, PathPolicy::always, {}, circle.random);
    EXPECT_EQ(refused(circle[1], encode_message(Forge(state).sealed(made->message))), "path_secret");
}

// Trap 16: node 3 has the number that leaf 1 has among leaves. Whoever leaves newcomers out by that number leaves out a
// parent, and everybody below it.
TEST(MlsTraps, AParentWithANewcomersNumberIsStillReached) {
    Circle circle(8);
    circle.remove(2, 1);
    circle.renew(0);
    ASSERT_NE(circle[0].state().tree.parent({3}), nullptr);
    circle.add(4, 1, PathPolicy::always);
    EXPECT_EQ(circle.members.back().own_leaf(), LeafIndex{1});
    EXPECT_EQ(circle[0].state().tree.parent({3})->unmerged_leaves, (std::vector<LeafIndex>{{1}}));
    circle.expect_agreement();
}

}  // namespace
}  // namespace veranda::mls
