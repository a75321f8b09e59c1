// Deriving leaves from the root, and message keys from leaves.
#include "client-lib/mls/secret_tree.hpp"

#include <limits>

#include "client-lib/mls/limits.hpp"

namespace veranda::mls {
namespace {

Secret32 child_secret(const Secret32& parent, std::string_view side) {
    return expand_with_label<32>(parent, "tree", as_bytes(side));
}

MessageKey message_key(const Secret32& secret, std::uint32_t generation) {
    MessageKey key;
    derive_tree_secret(key.key.writable(), secret, "key", generation);
    derive_tree_secret(key.nonce.writable(), secret, "nonce", generation);
    return key;
}

Secret32 secret_after(const Secret32& secret, std::uint32_t generation) {
    Secret32 next;
    derive_tree_secret(next.writable(), secret, "secret", generation);
    return next;
}

std::string_view label_of(RatchetKind kind) { return kind == RatchetKind::handshake ? "handshake" : "application"; }

Secret32 first_secret(const Secret32& leaf, RatchetKind kind) {
    return expand_with_label<32>(leaf, label_of(kind), {});
}

}  // namespace

SecretTree::SecretTree(Secret32&& encryption_secret, std::uint32_t leaves) : root_(tree_math::root(leaves)) {
    nodes_.emplace(root_, std::move(encryption_secret));
}

Result<SecretTree::Use> SecretTree::next(LeafIndex leaf, RatchetKind kind) const {
    const Ratchet* ratchet = known_ratchet(leaf, kind);
    const std::uint64_t generation = ratchet ? ratchet->next : 0;
    if (generation > std::numeric_limits<std::uint32_t>::max()) return fail(rules::generations_used_up);
    return find(leaf, kind, static_cast<std::uint32_t>(generation));
}

Result<SecretTree::Use> SecretTree::find(LeafIndex leaf, RatchetKind kind, std::uint32_t generation) const {
    const Ratchet* ratchet = known_ratchet(leaf, kind);
    const std::uint64_t head = ratchet ? ratchet->next : 0;
    Use use;
    use.leaf_ = leaf;
    use.kind_ = kind;
    use.generation_ = generation;
    if (generation < head) {
        const auto skipped = ratchet->skipped.find(generation);
        if (skipped == ratchet->skipped.end()) return fail(rules::generation_gone, generation);
        use.key_ = skipped->second.clone();
        use.was_skipped_ = true;
        return use;
    }
    if (generation - head > skipped_generations_max) return fail(rules::generation_too_far, generation - head);
    Secret32 secret = ratchet ? ratchet->secret.clone() : first_secret(leaf_secret(leaf, nullptr), kind);
    for (auto step = static_cast<std::uint32_t>(head); step < generation; ++step) {
        use.skipped_now_.emplace(step, message_key(secret, step));
        secret = secret_after(secret, step);
    }
    use.key_ = message_key(secret, generation);
    use.next_secret_ = secret_after(secret, generation);
    return use;
}

void SecretTree::consume(Use&& use) {
    if (!leaves_.contains(use.leaf_)) open_leaf(use.leaf_);
    Ratchet& ratchet = leaves_.at(use.leaf_).of(use.kind_);
    if (use.was_skipped_) {
        ratchet.skipped.erase(use.generation_);
        return;
    }
    ratchet.secret = std::move(use.next_secret_);
    ratchet.next = std::uint64_t{use.generation_} + 1;
    ratchet.skipped.merge(use.skipped_now_);
    while (ratchet.skipped.size() > skipped_generations_max) ratchet.skipped.erase(ratchet.skipped.begin());
}

const SecretTree::Ratchet* SecretTree::known_ratchet(LeafIndex leaf, RatchetKind kind) const {
    const auto found = leaves_.find(leaf);
    if (found == leaves_.end()) return nullptr;
    return kind == RatchetKind::handshake ? &found->second.handshake : &found->second.application;
}

// Turns a subtree's secret into two ratchets and the secrets beside the way down; what it came from is erased (9.2).
void SecretTree::open_leaf(LeafIndex leaf) {
    std::map<NodeIndex, Secret32> siblings;
    const Secret32 secret = leaf_secret(leaf, &siblings);
    LeafRatchets ratchets;
    ratchets.handshake.secret = first_secret(secret, RatchetKind::handshake);
    ratchets.application.secret = first_secret(secret, RatchetKind::application);
    leaves_.emplace(leaf, std::move(ratchets));  // from here on nothing asks for memory
    for (NodeIndex node = tree_math::node_of(leaf); nodes_.erase(node) == 0; node = tree_math::parent(node)) {
    }
    nodes_.merge(siblings);
}

// Walks down from the lowest ancestor whose secret stands.
Secret32 SecretTree::leaf_secret(LeafIndex leaf, std::map<NodeIndex, Secret32>* siblings) const {
    NodeIndex node = tree_math::node_of(leaf);
    while (!nodes_.contains(node)) {
        VERANDA_ASSERT(node != root_);
        node = tree_math::parent(node);
    }
    Secret32 secret = nodes_.at(node).clone();
    while (!tree_math::is_leaf(node)) {
        const bool goes_left = tree_math::is_below(leaf, tree_math::left(node));
        if (siblings != nullptr) {
            const NodeIndex beside = goes_left ? tree_math::right(node) : tree_math::left(node);
            siblings->emplace(beside, child_secret(secret, goes_left ? "right" : "left"));
        }
        secret = child_secret(secret, goes_left ? "left" : "right");
        node = goes_left ? tree_math::left(node) : tree_math::right(node);
    }
    return secret;
}

}  // namespace veranda::mls
