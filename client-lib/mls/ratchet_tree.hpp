// The ratchet tree (RFC 9420, 7): who is in the group, and the public keys by which any of them can be reached. All of
// it is public; the private halves are tree_kem.hpp's.
//
// A value whose nodes are shared: a copy costs one reference a node, and tree hashes that still hold come along.
#pragma once

#include <memory>

#include "client-lib/mls/tree_math.hpp"

namespace veranda::mls {

struct ParentNode {
    Bytes encryption_key;
    Bytes parent_hash;
    std::vector<LeafIndex> unmerged_leaves;  // ascending
    VERANDA_FIELDS(encryption_key, parent_hash, unmerged_leaves)
    friend bool operator==(const ParentNode&, const ParentNode&) = default;
};

class RatchetTree {
public:
    RatchetTree() = default;
    explicit RatchetTree(LeafNode first);

    // The ratchet_tree extension (12.4.3.3). Errors: faults of the codec, tree_shape, tree_too_large.
    static Result<RatchetTree> decode(ByteView bytes);
    Bytes encode() const;

    std::uint32_t width() const { return static_cast<std::uint32_t>(leaves_.size()); }  // leaves, blank ones included
    NodeIndex root() const { return tree_math::root(width()); }
    const LeafNode* leaf(LeafIndex index) const;      // null if blank or beyond the tree
    const ParentNode* parent(NodeIndex index) const;  // null if blank. Caller must: a parent's index, within the tree
    bool is_blank(NodeIndex index) const;
    const Bytes* encryption_key(NodeIndex index) const;  // null if blank
    std::vector<LeafIndex> members() const;              // non-blank leaves, ascending
    std::optional<LeafIndex> find(const LeafNode& leaf) const;
    std::optional<LeafIndex> find_signer(ByteView signature_key) const;

    std::vector<NodeIndex> resolution(NodeIndex index) const;           // 4.1.1
    std::vector<NodeIndex> filtered_direct_path(LeafIndex leaf) const;  // 4.1.2, from the leaf upwards

    // Proposals applied (12.1). truncate() follows once all of them are. Errors: tree_too_large.
    Result<LeafIndex> add(LeafNode leaf);
    void update(LeafIndex index, LeafNode leaf);
    void remove(LeafIndex index);
    void truncate();

    // An UpdatePath applied (7.5): the direct path blanked, the filtered path given new keys, parent hashes computed
    // down to the one that the leaf must carry, which is returned. Caller must: as many keys as the filtered path has
    // nodes.
    Bytes set_path(LeafIndex sender, const std::vector<NodeIndex>& path, const std::vector<Bytes>& keys);
    void replace_leaf(LeafIndex index, LeafNode leaf);  // its path untouched

    const Hash& hash() const { return tree_hash(root()); }
    const Hash& tree_hash(NodeIndex index) const;  // 7.8; cached

    // What a joiner checks (12.4.3.1). Errors: parent_key, unmerged_leaves, parent_hash, duplicate_key.
    Result<void> check_parents() const;
    Result<void> check_parent_hashes() const;
    Result<void> check_keys() const;
    // The last of them after a change: only the nodes named are new. Errors: duplicate_key.
    Result<void> check_new_keys(std::vector<NodeIndex> changed) const;

private:
    void blank_path(LeafIndex leaf);
    void set_parent(NodeIndex index, std::shared_ptr<const ParentNode> node);
    void set_leaf(LeafIndex index, std::shared_ptr<const LeafNode> node);
    void forget_hashes_above(NodeIndex index);
    void resize(std::uint32_t width);
    bool is_empty(NodeIndex index) const;  // an empty resolution
    void collect_resolution(NodeIndex index, std::vector<NodeIndex>& into) const;
    Hash parent_hash(NodeIndex parent, NodeIndex sibling) const;
    Hash original_hash(NodeIndex index, const std::vector<LeafIndex>& without) const;
    bool parent_hash_links(NodeIndex parent, NodeIndex child, NodeIndex sibling) const;
    Result<void> check_unmerged(NodeIndex index) const;

    std::vector<std::shared_ptr<const LeafNode>> leaves_;
    std::vector<std::shared_ptr<const ParentNode>> parents_;  // parents_[i] is node 2i + 1
    std::uint32_t first_blank_hint_ = 0;                      // no leaf before it is blank
    mutable std::vector<std::optional<Hash>> hashes_;         // by node; computed when asked for
};

}  // namespace veranda::mls
