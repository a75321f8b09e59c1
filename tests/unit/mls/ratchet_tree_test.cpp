// Copies of a ratchet tree share their nodes: what is done to one must not be seen in another, and whatever a copy
// remembers (hashes, keys, who is where) must be what a tree read anew would find.
#include "client-lib/mls/ratchet_tree.hpp"

#include "tests/unit/mls/people.hpp"

namespace veranda::mls::tests {
namespace {

LeafNode leaf_of(std::uint32_t number, crypto::RandomSource& random) {
    return person("member " + std::to_string(number), random).public_part.leaf;
}

RatchetTree tree_of(std::uint32_t members, crypto::RandomSource& random) {
    RatchetTree tree(leaf_of(0, random));
    for (std::uint32_t i = 1; i < members; ++i) EXPECT_TRUE(tree.add(leaf_of(i, random)).has_value());
    return tree;
}

void give_path(RatchetTree& tree, LeafIndex sender, crypto::RandomSource& random) {
    const auto path = tree.filtered_direct_path(sender);
    std::vector<Bytes> keys;
    for (std::size_t i = 0; i < path.size(); ++i)
        keys.push_back(to_bytes(crypto::KemKeyPair::generate(random).public_key));
    LeafNode leaf = *tree.leaf(sender);
    leaf.source = LeafNodeSource::commit;
    leaf.parent_hash = tree.set_path(sender, path, keys);
    tree.replace_leaf(sender, leaf);
}

void expect_as_if_read_anew(const RatchetTree& tree) {
    auto anew = RatchetTree::decode(tree.encode());
    ASSERT_TRUE(anew.has_value());
    EXPECT_EQ(tree.width(), anew->width());
    EXPECT_EQ(tree.members(), anew->members());
    EXPECT_TRUE(tree.check_keys().has_value());
    EXPECT_TRUE(tree.check_parents().has_value());
    EXPECT_TRUE(tree.check_parent_hashes().has_value());
    for (NodeIndex node{0}; node.value < tree_math::node_count(tree.width()); node = node.next()) {
        EXPECT_EQ(tree.tree_hash(node), anew->tree_hash(node)) << node.value;
        EXPECT_EQ(tree.resolution(node), anew->resolution(node)) << node.value;
    }
    for (const LeafIndex leaf : tree.members()) {
        EXPECT_EQ(tree.find_signer(tree.leaf(leaf)->signature_key), leaf);
        EXPECT_EQ(tree.find(*tree.leaf(leaf)), leaf);
    }
}

// One of the changes that Commits make; leaf 0 stays.
void change_at_random(RatchetTree& tree, std::uint32_t number, crypto::RandomSource& random) {
    const auto members = tree.members();
    const LeafIndex one = members[random.array<1>()[0] % members.size()];
    const std::uint8_t kind = random.array<1>()[0] % 3;
    if (kind == 0) {
        EXPECT_TRUE(tree.add(leaf_of(number, random)).has_value());
    } else if (kind == 1 && one.value != 0) {
        tree.remove(one);
        tree.truncate();
    } else {
        give_path(tree, one, random);
    }
}

TEST(RatchetTree, AChangeOfACopyIsNotSeenInTheOther) {
    RepeatableRandom random;
    RatchetTree tree = tree_of(9, random);
    give_path(tree, {0}, random);
    const Bytes before = tree.encode();
    const Hash hash = tree.hash();
    const Bytes removed_signer = tree.leaf({5})->signature_key;
    RatchetTree copy = tree;
    copy.remove({5});
    copy.remove({8});
    copy.truncate();
    give_path(copy, {3}, random);
    ASSERT_TRUE(copy.add(leaf_of(20, random)).has_value());
    EXPECT_EQ(tree.encode(), before);
    EXPECT_EQ(tree.hash(), hash);
    EXPECT_TRUE(tree.find_signer(removed_signer).has_value());
    EXPECT_FALSE(copy.find_signer(removed_signer).has_value());
    expect_as_if_read_anew(tree);
    expect_as_if_read_anew(copy);
}

TEST(RatchetTree, WhatItRemembersIsWhatATreeReadAnewFinds) {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        RepeatableRandom random(seed);
        std::vector<RatchetTree> epochs{tree_of(7, random)};
        for (std::uint32_t i = 0; i < 40; ++i) {
            RatchetTree next = epochs.back();
            change_at_random(next, 100 + i, random);
            expect_as_if_read_anew(next);
            epochs.push_back(std::move(next));
        }
        for (const RatchetTree& epoch : epochs) expect_as_if_read_anew(epoch);
    }
}

TEST(RatchetTree, FindsAKeyThatTwoNodesHave) {
    RepeatableRandom random;
    RatchetTree tree = tree_of(6, random);
    LeafNode twin = leaf_of(9, random);
    twin.encryption_key = tree.leaf({2})->encryption_key;
    const auto index = tree.add(twin);
    ASSERT_TRUE(index.has_value());
    EXPECT_TRUE(tree.check_new_keys({tree_math::node_of({0})}).has_value());
    EXPECT_EQ(why(tree.check_new_keys({tree_math::node_of(*index)})), "duplicate_key");
    EXPECT_EQ(why(tree.check_keys()), "duplicate_key");
    tree.remove(*index);
    EXPECT_TRUE(tree.check_keys().has_value());
    EXPECT_EQ(tree.find_signer(tree.leaf({2})->signature_key), LeafIndex{2});
}

TEST(RatchetTree, TellsKeysApartThatBeginAlike) {
    RepeatableRandom random;
    RatchetTree tree = tree_of(1, random);
    for (std::uint8_t last = 1; last <= 40; ++last) {
        LeafNode leaf = leaf_of(last, random);
        leaf.signature_key.assign(31, 7);
        leaf.signature_key.push_back(static_cast<std::uint8_t>(last * 37));
        leaf.encryption_key = leaf.signature_key;
        ASSERT_TRUE(tree.add(leaf).has_value());
    }
    EXPECT_TRUE(tree.check_keys().has_value());
    for (const LeafIndex leaf : tree.members()) EXPECT_EQ(tree.find_signer(tree.leaf(leaf)->signature_key), leaf);
    tree.remove({17});
    EXPECT_TRUE(tree.check_new_keys({tree_math::node_of({18})}).has_value());
}

}  // namespace
}  // namespace veranda::mls::tests
