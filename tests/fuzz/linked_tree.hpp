// A changed tree made one that a joiner may take, as far as can be: parent hashes that link, and leaves signed. So what
// else is wrong with it is reached. Not Veranda's own hashes of parents: RFC 9420, 7.9, once more.
#pragma once

#include <algorithm>

#include "crypto/verify/hash.hpp"
#include "tests/unit/mls/forge.hpp"

namespace veranda::mls::tests {

class LinkedTree {
public:
    // Caller must: the nodes are those of the tree, which says only who stands where.
    LinkedTree(TreeNodes& nodes, const RatchetTree& tree) : nodes_(nodes), tree_(tree) {}

    // Every parent's hash in the one node that can carry it, from this node downwards.
    void link(NodeIndex node) {
        if (tree_math::is_leaf(node)) return;
        const NodeIndex left = tree_math::left(node), right = tree_math::right(node);
        if (!link_by(node, left, right) && !link_by(node, right, left)) {
            link(left);
            link(right);
        }
    }

private:
    const ParentNode* parent(NodeIndex node) const {
        return node.value < nodes_.size() && nodes_[node.value] ? &nodes_[node.value]->parent : nullptr;
    }

    // What the sibling holds goes into the parent's hash, so it is linked before; what is below the child, after.
    bool link_by(NodeIndex node, NodeIndex child, NodeIndex sibling) {
        const auto carrier = carrier_of(node, child);
        if (!carrier) return false;
        link(sibling);
        const auto hash = parent_hash(*parent(node), sibling);
        if (hash) carry(*nodes_[carrier->value], *hash);
        link(child);
        return true;
    }

    std::optional<NodeIndex> carrier_of(NodeIndex node, NodeIndex child) const {
        if (parent(node) == nullptr) return std::nullopt;
        const auto& unmerged = parent(node)->unmerged_leaves;
        std::vector<NodeIndex> found = tree_.resolution(child);
        std::erase_if(found, [&unmerged](NodeIndex each) {
            return tree_math::is_leaf(each) &&
                   std::find(unmerged.begin(), unmerged.end(), tree_math::leaf_of(each)) != unmerged.end();
        });
        return found.size() == 1 ? std::optional(found[0]) : std::nullopt;
    }

    // Nothing where the tree without the unmerged leaves has no encoding.
    std::optional<Bytes> parent_hash(const ParentNode& of, NodeIndex sibling) const {
        TreeNodes before = nodes_;
        for (const LeafIndex leaf : of.unmerged_leaves) {
            const NodeIndex node = tree_math::node_of(leaf);
            if (node.value < before.size()) before[node.value].reset();
            for (auto& each : before)
                if (each) std::erase(each->parent.unmerged_leaves, leaf);
        }
        const auto tree = RatchetTree::decode(tls::encode(before));
        if (!tree || sibling.value >= tree_math::node_count(tree->width())) return std::nullopt;
        tls::Writer input;
        input.vector(of.encryption_key);
        input.vector(of.parent_hash);
        input.vector(tree->tree_hash(sibling));
        return to_bytes(crypto::sha256(input.bytes()));
    }

    static void carry(TreeNode& node, const Bytes& hash) {
        if (node.type != 1) {
            node.parent.parent_hash = hash;
            return;
        }
        node.leaf.source = LeafNodeSource::commit;
        node.leaf.parent_hash = hash;
    }

    TreeNodes& nodes_;
    const RatchetTree& tree_;
};

// Caller must: sign leaves after it.
inline void link_parents(TreeNodes& nodes) {
    const auto tree = RatchetTree::decode(tls::encode(nodes));
    if (tree) LinkedTree(nodes, *tree).link(tree->root());
}

}  // namespace veranda::mls::tests
