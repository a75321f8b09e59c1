// The public keys of a tree, in order: who has a key, and that no two nodes have the same (RFC 9420, 7.3).
#include "client-lib/mls/ratchet_tree_node.hpp"

namespace veranda::mls {
namespace {

// Shorter keys, which only an unchecked tree has, count as if zeros followed; the whole key decides.
std::uint32_t beginning_of(ByteView key) {
    std::uint32_t beginning = 0;
    for (std::size_t i = 0; i < 4; ++i) beginning = beginning << 8 | (i < key.size() ? key[i] : 0U);
    return beginning;
}

bool is_less(ByteView a, ByteView b) { return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end()); }

}  // namespace

const Bytes& RatchetTree::key_of(const Key& key) const {
    return key.kind == KeyKind::signature ? leaf(tree_math::leaf_of(key.node))->signature_key
                                          : *encryption_key(key.node);
}

bool RatchetTree::is_before(const Key& key, KeyKind kind, ByteView wanted) const {
    if (key.kind != kind) return key.kind < kind;
    const std::uint32_t beginning = beginning_of(wanted);
    return key.beginning != beginning ? key.beginning < beginning : is_less(key_of(key), wanted);
}

// The first that is not before it.
std::vector<RatchetTree::Key>::const_iterator RatchetTree::find_key(KeyKind kind, ByteView wanted) const {
    return std::lower_bound(keys_.begin(), keys_.end(), wanted,
                            [&](const Key& key, ByteView of) { return is_before(key, kind, of); });
}

void RatchetTree::add_key(KeyKind kind, NodeIndex node, ByteView key) {
    keys_.insert(find_key(kind, key), {kind, beginning_of(key), node});
}

// Caller must: the key still stands in its node.
void RatchetTree::drop_key(KeyKind kind, NodeIndex node, ByteView key) {
    auto found = find_key(kind, key);
    while (found->node != node) ++found;  // past others of the same key, which a later check refuses
    keys_.erase(found);
}

// One by one, not sorted at last: std::sort would be four kilobytes of a member's module, and a join at a thousand
// members takes no longer.
void RatchetTree::list_keys() {
    at(root()).each([this](const Place& place) {
        const LeafNode* leaf_node = place.node->leaf.get();
        if (place.node->is_blank()) return;
        add_key(KeyKind::encryption, place.index, *encryption_key(place.index));
        if (leaf_node) add_key(KeyKind::signature, place.index, leaf_node->signature_key);
    });
}

std::optional<LeafIndex> RatchetTree::find_signer(ByteView signature_key) const {
    const auto found = find_key(KeyKind::signature, signature_key);
    if (found == keys_.end() || !same_bytes(key_of(*found), signature_key)) return std::nullopt;
    return tree_math::leaf_of(found->node);
}

std::optional<LeafIndex> RatchetTree::find(const LeafNode& wanted) const {
    const auto index = find_signer(wanted.signature_key);
    if (!index || *leaf(*index) != wanted) return std::nullopt;
    return index;
}

Result<void> RatchetTree::check_keys() const {
    for (std::size_t i = 1; i < keys_.size(); ++i)
        if (keys_[i].kind == keys_[i - 1].kind && same_bytes(key_of(keys_[i]), key_of(keys_[i - 1])))
            return fail(rules::duplicate_key, keys_[i].node.value);
    return {};
}

// Caller must: the key is in the tree.
bool RatchetTree::is_unlike_others(KeyKind kind, ByteView wanted) const {
    const auto next = std::next(find_key(kind, wanted));
    return next == keys_.end() || next->kind != kind || !same_bytes(key_of(*next), wanted);
}

Result<void> RatchetTree::check_new_keys(const std::vector<NodeIndex>& changed) const {
    for (const NodeIndex node : changed) {
        const LeafNode* leaf_node = at(node).node->leaf.get();
        if (!is_unlike_others(KeyKind::encryption, *encryption_key(node)) ||
            (leaf_node && !is_unlike_others(KeyKind::signature, leaf_node->signature_key)))
            return fail(rules::duplicate_key, node.value);
    }
    return {};
}

}  // namespace veranda::mls
