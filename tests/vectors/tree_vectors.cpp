// Runners for the ratchet tree: its arithmetic, changes, hashes and update paths.
#include "client-lib/mls/group_context.hpp"
#include "client-lib/mls/proposal.hpp"
#include "client-lib/mls/tree_kem.hpp"
#include "tests/vectors/vectors.hpp"

namespace veranda::mls::vectors {
namespace {

void expect_node(const Json& expected, NodeIndex node, bool exists, NodeIndex (*relation)(NodeIndex)) {
    EXPECT_EQ(expected.is_null(), !exists);
    if (exists && !expected.is_null()) {
        EXPECT_EQ(relation(node).value, expected.get<std::uint32_t>());
    }
}

struct TreeKemCase {
    RatchetTree tree;
    GroupContext context;
    std::map<LeafIndex, PathKeys> keys;
    std::map<LeafIndex, crypto::SigningKey> signers;
};

void expect_key(const RatchetTree& tree, NodeIndex node, const crypto::KemKeyPair& key) {
    ASSERT_NE(tree.encryption_key(node), nullptr);
    EXPECT_EQ(to_hex(key.public_key), to_hex(*tree.encryption_key(node)));
}

TreeKemCase load_treekem(const Json& one) {
    TreeKemCase loaded;
    loaded.tree = must(RatchetTree::decode(bytes_of(one["ratchet_tree"])));
    loaded.context.group_id = bytes_of(one["group_id"]);
    loaded.context.epoch = {one["epoch"].get<std::uint64_t>()};
    loaded.context.confirmed_transcript_hash = bytes_of(one["confirmed_transcript_hash"]);
    for (const Json& leaf : one["leaves_private"]) {
        const LeafIndex index{leaf["index"].get<std::uint32_t>()};
        auto own = crypto::KemKeyPair::from_private(secret_of(leaf["encryption_priv"]));
        expect_key(loaded.tree, tree_math::node_of(index), own);
        PathKeys keys;
        keys.set(tree_math::node_of(index), std::move(own));
        for (const Json& path : leaf["path_secrets"]) {
            const NodeIndex node{path["node"].get<std::uint32_t>()};
            auto key = crypto::KemKeyPair::derive(derive_secret(secret_of(path["path_secret"]), "node"));
            expect_key(loaded.tree, node, key);
            keys.set(node, std::move(key));
        }
        loaded.keys.emplace(index, std::move(keys));
        loaded.signers.emplace(index, crypto::SigningKey::from_seed(secret_of(leaf["signature_priv"])));
    }
    return loaded;
}

// Every other leaf opens the path and comes to one commit secret.
void expect_all_follow(const TreeKemCase& loaded, const RatchetTree& after, LeafIndex sender,
                       const std::vector<NodeIndex>& nodes, const UpdatePath& path, const std::string& commit_secret) {
    GroupContext context = loaded.context;
    context.tree_hash = to_bytes(after.hash());
    for (const auto& [leaf, keys] : loaded.keys) {
        if (leaf == sender) continue;
        SCOPED_TRACE("receiver " + std::to_string(leaf.value));
        PathKeys own = keys.clone();
        own.keep_only_those_of(after);
        const auto secret = must(open_path(own, after, sender, leaf, nodes, path, tls::encode(context), {}));
        EXPECT_EQ(to_hex(secret.view()), commit_secret);
    }
}

void expect_update_path(const TreeKemCase& loaded, const Json& update) {
    const LeafIndex sender{update["sender"].get<std::uint32_t>()};
    SCOPED_TRACE("sender " + std::to_string(sender.value));
    const auto path = must(tls::decode<UpdatePath>(bytes_of(update["update_path"])));
    EXPECT_TRUE(leaf_signature_ok(path.leaf, {loaded.context.group_id, sender}));
    RatchetTree after = loaded.tree;
    const auto nodes = must(merge_path(after, sender, path, {}));
    EXPECT_BYTES(after.hash(), update["tree_hash_after"]);
    must(after.check_parent_hashes());
    expect_all_follow(loaded, after, sender, nodes, path, update["commit_secret"].get<std::string>());
    for (std::uint32_t leaf = 0; leaf < update["path_secrets"].size(); ++leaf) {
        const Json& secret = update["path_secrets"][leaf];
        if (secret.is_null()) continue;
        const auto shared = std::find_if(nodes.begin(), nodes.end(),
                                         [leaf](NodeIndex node) { return tree_math::is_below({leaf}, node); });
        ASSERT_NE(shared, nodes.end());
        expect_key(after, *shared, crypto::KemKeyPair::derive(derive_secret(secret_of(secret), "node")));
    }
}

// And a path of our own making, from the same leaf.
void expect_own_path(const TreeKemCase& loaded, LeafIndex sender) {
    SCOPED_TRACE("own path of " + std::to_string(sender.value));
    crypto::SystemRandom random;
    RatchetTree made = loaded.tree;
    const OwnPath own = make_path(made, sender, loaded.signers.at(sender), loaded.context.group_id, random);
    GroupContext context = loaded.context;
    context.tree_hash = to_bytes(made.hash());
    const UpdatePath path = must(seal_path(own, made, sender, tls::encode(context), {}, random));
    RatchetTree after = loaded.tree;
    const auto nodes = must(merge_path(after, sender, path, {}));
    EXPECT_EQ(after.hash(), made.hash());
    expect_all_follow(loaded, after, sender, nodes, path, to_hex(own.secrets.commit_secret.view()));
}

}  // namespace

void tree_mathematics(const Json& one) {
    const auto leaves = one["n_leaves"].get<std::uint32_t>();
    ASSERT_EQ(tree_math::node_count(leaves), one["n_nodes"].get<std::uint32_t>());
    const NodeIndex root = tree_math::root(leaves);
    EXPECT_EQ(root.value, one["root"].get<std::uint32_t>());
    for (NodeIndex node{0}; node.value < tree_math::node_count(leaves); node = node.next()) {
        SCOPED_TRACE("node " + std::to_string(node.value));
        expect_node(one["left"][node.value], node, !tree_math::is_leaf(node), tree_math::left);
        expect_node(one["right"][node.value], node, !tree_math::is_leaf(node), tree_math::right);
        expect_node(one["parent"][node.value], node, node != root, tree_math::parent);
        expect_node(one["sibling"][node.value], node, node != root, tree_math::sibling);
    }
}

void tree_operations(const Json& one) {
    const Bytes before = bytes_of(one["tree_before"]);
    RatchetTree tree = must(RatchetTree::decode(before));
    EXPECT_EQ(to_hex(tree.encode()), to_hex(before));
    EXPECT_BYTES(tree.hash(), one["tree_hash_before"]);
    const auto proposal = must(tls::decode<Proposal>(bytes_of(one["proposal"])));
    if (const auto* add = std::get_if<Add>(&proposal.body)) must(tree.add(add->key_package.leaf));
    if (const auto* update = std::get_if<Update>(&proposal.body))
        tree.update({one["proposal_sender"].get<std::uint32_t>()}, update->leaf);
    if (const auto* remove = std::get_if<Remove>(&proposal.body)) tree.remove(remove->removed);
    tree.truncate();
    EXPECT_BYTES(tree.encode(), one["tree_after"]);
    EXPECT_BYTES(tree.hash(), one["tree_hash_after"]);
}

void tree_validation(const Json& one) {
    const Bytes encoded = bytes_of(one["tree"]);
    const RatchetTree tree = must(RatchetTree::decode(encoded));
    EXPECT_EQ(to_hex(tree.encode()), to_hex(encoded));
    ASSERT_EQ(one["tree_hashes"].size(), tree_math::node_count(tree.width()));
    for (NodeIndex node{0}; node.value < tree_math::node_count(tree.width()); node = node.next()) {
        SCOPED_TRACE("node " + std::to_string(node.value));
        EXPECT_BYTES(tree.tree_hash(node), one["tree_hashes"][node.value]);
        std::vector<std::uint32_t> resolution;
        for (const NodeIndex resolved : tree.resolution(node)) resolution.push_back(resolved.value);
        EXPECT_EQ(Json(resolution), one["resolutions"][node.value]);
    }
    must(tree.check_parents());
    must(tree.check_parent_hashes());
    must(tree.check_keys());
    const Bytes group_id = bytes_of(one["group_id"]);
    for (const LeafIndex leaf : tree.members()) {
        SCOPED_TRACE("leaf " + std::to_string(leaf.value));
        must(check_leaf(*tree.leaf(leaf)));
        EXPECT_TRUE(leaf_signature_ok(*tree.leaf(leaf), {group_id, leaf}));
    }
}

void tree_kem(const Json& one) {
    const TreeKemCase loaded = load_treekem(one);
    must(loaded.tree.check_parents());
    must(loaded.tree.check_parent_hashes());
    for (const Json& update : one["update_paths"]) {
        expect_update_path(loaded, update);
        expect_own_path(loaded, {update["sender"].get<std::uint32_t>()});
    }
}

}  // namespace veranda::mls::vectors
