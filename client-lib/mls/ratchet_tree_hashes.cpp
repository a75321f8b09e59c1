// Tree hashes, parent hashes and what a joiner checks of a tree (RFC 9420, 7.8, 7.9 and 12.4.3.1).
#include "client-lib/mls/ratchet_tree_node.hpp"
#include "crypto/verify/hash.hpp"

namespace veranda::mls {
namespace {

// TreeHashInput (7.8)
Hash leaf_hash(LeafIndex index, const LeafNode* leaf) {
    tls::Writer input;
    input.number(1, 1);
    tls::write(input, index);
    tls::write(input, leaf != nullptr);
    if (leaf) tls::write(input, *leaf);
    return crypto::sha256(input.bytes());
}

Hash parent_node_hash(const ParentNode* parent, const Hash& left, const Hash& right) {
    tls::Writer input;
    input.number(2, 1);
    tls::write(input, parent != nullptr);
    if (parent) tls::write(input, *parent);
    input.vector(left);
    input.vector(right);
    return crypto::sha256(input.bytes());
}

}  // namespace

const Hash& RatchetTree::tree_hash(NodeIndex index) const { return hash_of(at(index)); }

const Hash& RatchetTree::hash_of(const Place& place) {
    Node& node = *place.node;
    if (!node.hash && tree_math::is_leaf(place.index)) {
        node.hash = leaf_hash(tree_math::leaf_of(place.index), node.leaf.get());
    } else if (!node.hash) {
        node.hash = parent_node_hash(node.parent.get(), hash_of(place.left()), hash_of(place.right()));
    }
    return *node.hash;
}

// The tree hash as it was before the leaves named were added: they are blank, and unmerged nowhere (7.9).
Hash RatchetTree::original_hash(const Place& place, const std::vector<LeafIndex>& without) {
    const auto first = std::lower_bound(without.begin(), without.end(), tree_math::first_leaf(place.index));
    if (first == without.end() || *first > tree_math::last_leaf(place.index)) return hash_of(place);
    if (tree_math::is_leaf(place.index)) return leaf_hash(tree_math::leaf_of(place.index), nullptr);
    const Hash left = original_hash(place.left(), without);
    const Hash right = original_hash(place.right(), without);
    if (!place.node->parent) return parent_node_hash(nullptr, left, right);
    ParentNode node = *place.node->parent;
    std::erase_if(node.unmerged_leaves,
                  [&without](LeafIndex leaf) { return std::binary_search(without.begin(), without.end(), leaf); });
    return parent_node_hash(&node, left, right);
}

// ParentHashInput (7.9). Caller must: the parent is not blank.
Hash RatchetTree::parent_hash(NodeIndex index, NodeIndex sibling) const {
    const ParentNode& node = *parent(index);
    tls::Writer input;
    input.vector(node.encryption_key);
    input.vector(node.parent_hash);
    input.vector(original_hash(at(sibling), node.unmerged_leaves));
    return crypto::sha256(input.bytes());
}

Bytes RatchetTree::set_path(LeafIndex sender, const std::vector<NodeIndex>& path, const std::vector<Bytes>& keys) {
    VERANDA_ASSERT(path.size() == keys.size());
    blank_path(sender);
    Bytes hash_above;  // the root's is empty
    for (std::size_t i = path.size(); i-- > 0;) {
        set_parent(path[i], std::make_shared<ParentNode>(ParentNode{keys[i], hash_above, {}}));
        const bool from_left = sender <= tree_math::last_leaf(tree_math::left(path[i]));
        hash_above = to_bytes(parent_hash(path[i], from_left ? tree_math::right(path[i]) : tree_math::left(path[i])));
    }
    return hash_above;
}

Result<void> RatchetTree::check_parents() const {
    for (NodeIndex node{1}; node.value < tree_math::node_count(width()); node.value += 2) {
        if (!parent(node)) continue;
        if (!crypto::kem_key_ok(parent(node)->encryption_key)) return fail(rules::parent_key, node.value);
        TRY(check_unmerged(node));
    }
    return {};
}

// Each is a member below the node, unmerged in every parent in between, and they ascend.
Result<void> RatchetTree::check_unmerged(NodeIndex index) const {
    const auto& unmerged = parent(index)->unmerged_leaves;
    if (std::adjacent_find(unmerged.begin(), unmerged.end(), std::greater_equal<>()) != unmerged.end())
        return fail(rules::unmerged_leaves, index.value);
    for (const LeafIndex leaf_index : unmerged) {
        if (!tree_math::is_below(leaf_index, index) || !leaf(leaf_index))
            return fail(rules::unmerged_leaves, index.value);
        NodeIndex node = tree_math::parent(tree_math::node_of(leaf_index));
        for (; node != index; node = tree_math::parent(node)) {
            if (!parent(node)) continue;
            const auto& below = parent(node)->unmerged_leaves;
            if (std::find(below.begin(), below.end(), leaf_index) == below.end())
                return fail(rules::unmerged_leaves, index.value);
        }
    }
    return {};
}

// Every parent that stands must have been set by an UpdatePath of somebody below it (7.9.2).
Result<void> RatchetTree::check_parent_hashes() const {
    for (NodeIndex node{1}; node.value < tree_math::node_count(width()); node.value += 2) {
        if (!parent(node)) continue;
        const NodeIndex left = tree_math::left(node);
        const NodeIndex right = tree_math::right(node);
        if (!parent_hash_links(node, left, right) && !parent_hash_links(node, right, left))
            return fail(rules::parent_hash, node.value);
    }
    return {};
}

// Whether the one node of the child's resolution that is not unmerged in the parent carries the parent's hash.
bool RatchetTree::parent_hash_links(NodeIndex index, NodeIndex child, NodeIndex sibling) const {
    const auto& unmerged = parent(index)->unmerged_leaves;
    std::vector<NodeIndex> linked = resolution(child);
    const auto is_unmerged = [&unmerged](NodeIndex node) {
        return tree_math::is_leaf(node) &&
               std::binary_search(unmerged.begin(), unmerged.end(), tree_math::leaf_of(node));
    };
    std::erase_if(linked, is_unmerged);
    if (linked.size() != 1) return false;
    if (!tree_math::is_leaf(linked[0])) return same_bytes(parent(linked[0])->parent_hash, parent_hash(index, sibling));
    const LeafNode& leaf_node = *leaf(tree_math::leaf_of(linked[0]));
    return leaf_node.source == LeafNodeSource::commit && same_bytes(leaf_node.parent_hash, parent_hash(index, sibling));
}

}  // namespace veranda::mls
