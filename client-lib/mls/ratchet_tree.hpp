// The ratchet tree (RFC 9420, 7): who is in the group, and the public keys by which any of them can be reached. All of
// it is public; the private halves are tree_kem.hpp's.
//
// A value whose nodes are shared between copies: a copy costs one reference and a list of keys, a change only the nodes
// from its place to the root, and tree hashes that still hold are known to both. Not for two threads at once: copies
// fill in each other's hashes.
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

    std::uint32_t width() const { return width_; }  // leaves, blank ones included
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
    Result<void> check_new_keys(const std::vector<NodeIndex>& changed) const;

private:
    struct Node;
    using Link = std::shared_ptr<Node>;
    struct Place;  // a node and where it is
    struct WireNode;

    // Every public key in the tree, in order, so that a duplicate is found without looking at all of them. The key
    // itself stands in its node; here is its beginning, which decides most comparisons.
    enum class KeyKind : std::uint8_t { encryption, signature };
    struct Key {
        KeyKind kind{};
        std::uint32_t beginning = 0;
        NodeIndex node;
    };

    static Link build(NodeIndex index, std::vector<std::optional<WireNode>>& nodes);
    Place at(NodeIndex index) const;
    Node& change(NodeIndex index, std::uint32_t members_more = 0);
    void set_parent(NodeIndex index, std::shared_ptr<const ParentNode> node);
    void set_leaf(LeafIndex index, std::shared_ptr<const LeafNode> node);
    void blank_path(LeafIndex leaf);
    void widen();
    bool is_empty(NodeIndex index) const;  // an empty resolution
    static const Hash& hash_of(const Place& place);
    static Hash original_hash(const Place& place, const std::vector<LeafIndex>& without);
    Hash parent_hash(NodeIndex parent, NodeIndex sibling) const;
    bool parent_hash_links(NodeIndex parent, NodeIndex child, NodeIndex sibling) const;
    Result<void> check_unmerged(NodeIndex index) const;

    const Bytes& key_of(const Key& key) const;
    bool is_before(const Key& key, KeyKind kind, ByteView wanted) const;
    std::vector<Key>::const_iterator find_key(KeyKind kind, ByteView wanted) const;
    bool is_unlike_others(KeyKind kind, ByteView wanted) const;
    void add_key(KeyKind kind, NodeIndex node, ByteView key);
    void drop_key(KeyKind kind, NodeIndex node, ByteView key);
    void list_keys();

    std::uint32_t width_ = 0;
    Link root_;
    std::vector<Key> keys_;  // ascending
};

}  // namespace veranda::mls
