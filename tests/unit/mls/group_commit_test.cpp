// Commits: what they do beyond the ordinary, and everything for which one is refused (RFC 9420, 12.2 and 12.4.2), each
// time with the Group as it was.
#include "client-lib/mls/limits.hpp"
#include "tests/unit/mls/forge.hpp"

namespace veranda::mls {
namespace {

using namespace tests;

void as_it_is(UpdatePath&) {}

// Four members; the first commits, the second judges.
struct Table {
    Circle circle{4};
    Forge forge{circle[0]};
    OwnKeyPackage iris = person("iris", circle.random);

    std::string_view judges(ByteView message) { return refused(circle[1], message); }
    std::string_view with(std::vector<Proposal> proposals) { return judges(forge.commit(std::move(proposals))); }
    // A Commit of nothing but a path.
    std::string_view with_path(const std::function<void(UpdatePath&)>& spoil) {
        return judges(forge.commit({}, forge.path({}, spoil)));
    }
    std::string_view adds(const std::function<void(KeyPackage&)>& spoil) {
        return with({addition(spoiled(iris, spoil))});
    }
};

TEST(GroupCommit, CostsNothingWhenTheRaceIsLost) {
    Circle circle(3);
    const Bytes before = snapshot(circle[0]);
    const auto lost = circle[0].commit({}, {}, circle.random);
    EXPECT_TRUE(snapshot(circle[0]) == before);
    circle.renew(1);
    circle.renew(0);
    circle.expect_agreement();
}

TEST(GroupCommit, TellsWhoCameAndWhoWent) {
    Circle circle(3);
    const auto iris = person("iris", circle.random);
    const LeafIndex gone{1};
    const auto made = circle[0].commit(std::span(&iris.public_part, 1), std::span(&gone, 1), circle.random);
    ASSERT_TRUE(made.has_value());
    const auto received = circle[2].open(made->message);
    ASSERT_TRUE(received.has_value());
    const auto& staged = std::get<StagedCommit>(*received);
    ASSERT_EQ(staged.added().size(), 1U);
    EXPECT_EQ(as_text(staged.added()[0].identity), "iris");
    EXPECT_EQ(staged.added()[0].leaf, gone);  // the leftmost free leaf, freed by the same Commit
    EXPECT_EQ(staged.added(), made->added);
    ASSERT_EQ(staged.removed().size(), 1U);
    EXPECT_EQ(as_text(staged.removed()[0].identity), "member 1");
    EXPECT_TRUE(staged.has_path());
}

TEST(GroupCommit, TellsARemovedMemberSoAndGivesHerNothing) {
    Circle circle(3);
    const LeafIndex gone{1};
    const auto made = circle[0].commit({}, std::span(&gone, 1), circle.random);
    auto received = circle[1].open(made->message);
    ASSERT_TRUE(received.has_value());
    EXPECT_TRUE(std::get<StagedCommit>(*received).removes_us());
}

// Whoever leaves and comes back in one Commit is another leaf with the same signature key.
TEST(GroupCommit, ReplacesALeafByANewOneOfTheSameSigner) {
    Circle circle(3);
    const auto again =
        make_key_package(as_bytes("member 1"), circle[1].state().signing_key.clone(), monday, friday, circle.random);
    const LeafIndex gone{1};
    const auto made = circle[0].commit(std::span(&again.public_part, 1), std::span(&gone, 1), circle.random);
    ASSERT_TRUE(made.has_value());
    EXPECT_EQ(why(circle[2].open(made->message)), "accepted");
    EXPECT_EQ(why(Group::join(made->welcome.whole(0), again)), "accepted");
}

TEST(GroupCommit, TruncatesByManyLevelsAtOnce) {
    Circle circle(17);
    std::vector<LeafIndex> gone;
    for (std::uint32_t leaf = 2; leaf < 17; ++leaf) gone.push_back({leaf});
    const auto made = circle[0].commit({}, gone, circle.random);
    ASSERT_TRUE(made.has_value());
    EXPECT_EQ(made->next.state().tree.width(), 2U);
    auto received = circle[1].open(made->message);
    ASSERT_TRUE(received.has_value());
    const Group next = circle[1].after(std::move(std::get<StagedCommit>(*received)));
    EXPECT_TRUE(same_bytes(next.epoch_authenticator(), made->next.epoch_authenticator()));
}

// A path's parents that a removed member knew are blank or new for everyone afterwards.
TEST(GroupCommit, LeavesARemovedMemberUnableToReadOn) {
    Circle circle(4);
    for (std::size_t by = 0; by < 4; ++by) circle.renew(by);
    Group outsider = std::move(circle.members[3]);
    circle.members.pop_back();
    const LeafIndex gone = outsider.own_leaf();
    auto made = circle[0].commit({}, std::span(&gone, 1), circle.random);
    EXPECT_EQ(refused(outsider, *made->next.seal(as_bytes("later"), circle.random)), "other_epoch");
    circle.deliver(0, *made);
    circle.members[0] = std::move(made->next);
    circle.expect_agreement();
}

// A committer may bring a new signing key in its path: the message is by the old one, all that follows by the new
// (mls-traps 9).
TEST(GroupCommit, FollowsASigningKeyThatRotates) {
    Circle circle(3);
    Forge forge(circle[0]);
    const auto new_key = crypto::SigningKey::generate(circle.random);
    Transition transition = begin_transition(circle[0].state());
    transition.next.signing_key = new_key.clone();
    const auto made = make_commit(circle[0].state(), transition, {}, PathPolicy::always, {}, circle.random);
    ASSERT_EQ(why(made), "accepted");
    auto received = circle[1].open(encode_message(forge.sealed(made->message)));
    ASSERT_EQ(why(received), "accepted");
    const Group after = circle[1].after(std::move(std::get<StagedCommit>(*received)));
    EXPECT_EQ(after.roster()[0].signature_key, new_key.public_key());
}

REFUSES(proposal_by_reference, Named) {
    Table table;
    Commit commit;
    commit.proposals.push_back({Bytes(32, 1)});
    return table.judges(table.forge.message(commit));
}
REFUSES(standalone_proposal, OfARemove) {
    Table table;
    return table.judges(table.forge.message(removal(2)));
}
REFUSES(proposal_kind, Update) {
    Table table;
    return table.with({{Update{table.iris.public_part.leaf}}});
}
REFUSES(proposal_kind, PreSharedKey) { return Table().with({{PreSharedKey{}}}); }
REFUSES(proposal_kind, ReInit) { return Table().with({{ReInit{}}}); }
REFUSES(proposal_kind, ExternalInit) { return Table().with({{ExternalInit{}}}); }
REFUSES(proposal_kind, GroupContextExtensions) { return Table().with({{GroupContextExtensions{}}}); }
REFUSES(remove_unknown, BeyondTheTree) { return Table().with({removal(4)}); }
REFUSES(remove_unknown, ABlankLeaf) {
    Circle circle(5);
    circle.remove(0, 2);
    Forge forge(circle[0]);
    return refused(circle[1], forge.commit({removal(2)}, forge.path({}, as_it_is)));
}
REFUSES(remove_twice, InOneCommit) { return Table().with({removal(2), removal(2)}); }
REFUSES(remove_committer, ByItself) { return Table().with({removal(0)}); }
REFUSES(add_twice, TheSame) {
    Table table;
    return table.with({addition(table.iris.public_part), addition(table.iris.public_part)});
}
REFUSES(add_twice, TheSameSigner) {
    Table table;
    const auto twin =
        make_key_package(as_bytes("twin"), table.iris.signing_key.clone(), monday, friday, table.circle.random);
    return table.with({addition(table.iris.public_part), addition(twin.public_part)});
}
REFUSES(add_present, AMemberThatStays) {
    Table table;
    const auto twin = make_key_package(as_bytes("twin"), table.circle[2].state().signing_key.clone(), monday, friday,
                                       table.circle.random);
    return table.with({addition(twin.public_part)});
}
REFUSES(duplicate_key, OfAnAddedLeafAndAMember) {
    Table table;
    return table.adds(
        [&table](KeyPackage& kp) { kp.leaf.encryption_key = table.circle[2].state().tree.leaf({2})->encryption_key; });
}
REFUSES(duplicate_key, OfTwoAddedLeaves) {
    Table table;
    auto twin = person("twin", table.circle.random);
    const auto same = spoiled(
        twin, [&table](KeyPackage& kp) { kp.leaf.encryption_key = table.iris.public_part.leaf.encryption_key; });
    return table.with({addition(table.iris.public_part), addition(same)});
}
REFUSES(duplicate_key, OfAPathAndAMember) {
    Table table;
    return table.with_path([&table](UpdatePath& path) {
        path.nodes.back().encryption_key = table.circle[1].state().tree.leaf({3})->encryption_key;
        RatchetTree tree = table.circle[0].state().tree;
        path.leaf.parent_hash = tree.set_path({0}, tree.filtered_direct_path({0}),
                                              {path.nodes[0].encryption_key, path.nodes[1].encryption_key});
    });
}
REFUSES(version, OfAnAdd) {
    return Table().adds([](KeyPackage& kp) { kp.version = ProtocolVersion{2}; });
}
REFUSES(leaf_capabilities, OfAnAdd) {
    return Table().adds([](KeyPackage& kp) { kp.leaf.capabilities.versions.clear(); });
}
REFUSES(leaf_signature, OfAnAdd) {
    Table table;
    table.iris.public_part.leaf.signature[0] ^= 1;
    sign_key_package(table.iris.public_part, table.iris.signing_key);
    return table.with({addition(table.iris.public_part)});
}
REFUSES(key_package_signature, OfAnAdd) {
    Table table;
    table.iris.public_part.signature[0] ^= 1;
    return table.with({addition(table.iris.public_part)});
}
REFUSES(required_capabilities, OfAnAdd) {
    const Table table;
    RatchetTree tree = table.circle.members[0].state().tree;
    return why(apply_proposals(tree, {{addition(table.iris.public_part)}}, {0}, {{ExtensionType{0x2a2a}, {}}},
                               KeyPackages::to_be_checked));
}
REFUSES(tree_too_large, AddedTo) {
    RepeatableRandom random;
    const LeafNode leaf = person("iris", random).public_part.leaf;
    RatchetTree tree(leaf);
    for (std::uint32_t i = 1; i < leaves_max; ++i) EXPECT_EQ(why(tree.add(leaf)), "accepted");
    return why(tree.add(leaf));
}
REFUSES(path_required, ByARemove) { return Table().with({removal(2)}); }
REFUSES(path_required, ByAnEmptyCommit) { return Table().with({}); }
REFUSES(path_shape, ANodeTooFew) {
    return Table().with_path([](UpdatePath& path) { path.nodes.pop_back(); });
}
REFUSES(path_shape, ANodeTooMany) {
    return Table().with_path([](UpdatePath& path) { path.nodes.push_back(path.nodes.back()); });
}
REFUSES(path_shape, ACiphertextTooFew) {
    return Table().with_path([](UpdatePath& path) { path.nodes[1].encrypted_path_secret.pop_back(); });
}
// A newcomer learns by Welcome; a ciphertext for her too is one too many.
REFUSES(path_shape, ACiphertextForANewcomer) {
    Table table;
    RatchetTree tree = table.forge.state.tree;
    (void)tree.add(table.iris.public_part.leaf);
    const OwnPath own = make_path(tree, {0}, table.forge.state.signing_key, as_bytes("group"), table.forge.random);
    auto path = seal_path(own, tree, {0}, {}, {}, table.forge.random);
    return table.judges(table.forge.commit({addition(table.iris.public_part)}, *path));
}
REFUSES(path_parent_hash, Changed) {
    return Table().with_path([](UpdatePath& path) { path.leaf.parent_hash[0] ^= 1; });
}
REFUSES(path_parent_hash, OfOtherKeys) {
    return Table().with_path([](UpdatePath& path) { path.nodes[0].encryption_key[0] ^= 1; });
}
REFUSES(path_keys, OfLowOrder) {
    return Table().with_path([](UpdatePath& path) { path.nodes[0].encryption_key = Bytes(32); });
}
REFUSES(path_keys, TheLeafsOldOne) {
    Table table;
    return table.with_path([&table](UpdatePath& path) {
        path.leaf.encryption_key = table.circle[1].state().tree.leaf({0})->encryption_key;
    });
}
REFUSES(path_credential, OfAnotherName) {
    return Table().with_path([](UpdatePath& path) { path.leaf.credential.identity = {1}; });
}
REFUSES(leaf_source, InAPath) {
    return Table().with_path([](UpdatePath& path) { path.leaf.source = LeafNodeSource::update; });
}
REFUSES(leaf_extensions, InAPath) {
    return Table().with_path([](UpdatePath& path) { path.leaf.extensions.push_back({ExtensionType{0x2a2a}, {}}); });
}
REFUSES(leaf_signature, InAPath) {
    Table table;
    UpdatePath path = table.forge.path({}, as_it_is);
    path.leaf.signature[0] ^= 1;
    return table.judges(table.forge.commit({}, path));
}
REFUSES(path_secret, Changed) {
    return Table().with_path([](UpdatePath& path) { path.nodes[0].encrypted_path_secret[0].ciphertext[0] ^= 1; });
}
REFUSES(path_secret, UnderAnotherContext) {
    Table table;
    RatchetTree tree = table.forge.state.tree;
    const OwnPath own = make_path(tree, {0}, table.forge.state.signing_key, as_bytes("group"), table.forge.random);
    auto path = seal_path(own, tree, {0}, table.forge.state.encoded_context, {}, table.forge.random);
    return table.judges(table.forge.commit({}, *path));
}
// The secret opens, but makes other keys than the path shows.
REFUSES(path_secret, OfOtherKeys) {
    Table table;
    const GroupState& state = table.forge.state;
    RatchetTree tree = state.tree;
    OwnPath own = make_path(tree, {0}, state.signing_key, as_bytes("group"), table.forge.random);
    own.secrets.secrets[0] = Secret32();
    auto path = seal_path(own, tree, {0}, tls::encode(provisional_context(state, tree)), {}, table.forge.random);
    return table.judges(table.forge.commit({}, *path));
}
REFUSES(confirmation_tag, OfAForgedCommit) { return Table().with_path(as_it_is); }
REFUSES(confirmation_tag, OfACommitWithoutAPath) {
    Table table;
    return table.with({addition(table.iris.public_part)});
}

// Our own Commits are held to the same rules before anyone sees them.
TEST(GroupCommit, RefusesToMakeWhatOthersWouldRefuse) {
    Circle circle(3);
    const auto iris = person("iris", circle.random);
    const std::vector<KeyPackage> twice{iris.public_part, iris.public_part};
    const LeafIndex self{0};
    const LeafIndex nobody{9};
    const std::vector<LeafIndex> same{{1}, {1}};
    const Bytes before = snapshot(circle[0]);
    EXPECT_EQ(why(circle[0].commit(twice, {}, circle.random)), "add_twice");
    EXPECT_EQ(why(circle[0].commit({}, std::span(&self, 1), circle.random)), "remove_committer");
    EXPECT_EQ(why(circle[0].commit({}, std::span(&nobody, 1), circle.random)), "remove_unknown");
    EXPECT_EQ(why(circle[0].commit({}, same, circle.random)), "remove_twice");
    EXPECT_TRUE(snapshot(circle[0]) == before);
}

}  // namespace
}  // namespace veranda::mls
