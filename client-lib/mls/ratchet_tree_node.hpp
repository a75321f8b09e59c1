// What a ratchet tree is made of. Included by ratchet_tree*.cpp alone.
#pragma once

#include "client-lib/mls/ratchet_tree.hpp"

namespace veranda::mls {

// Shared between copies of a tree; changed only by change(), which sees to it that nobody else holds it. A subtree that
// is blank has all its nodes too, so that it knows its hash.
struct RatchetTree::Node {
    std::shared_ptr<const LeafNode> leaf;      // of a leaf that is not blank
    std::shared_ptr<const ParentNode> parent;  // of a parent that is not blank
    Link left, right;                          // of a parent
    std::uint32_t members = 0;                 // leaves below, or itself, that are not blank
    std::optional<Hash> hash;                  // the tree hash, once asked for

    bool is_blank() const { return !leaf && !parent; }
};

struct RatchetTree::Place {
    Node* node;  // only its hash is ever written through this
    NodeIndex index;

    Place left() const { return {node->left.get(), tree_math::left(index)}; }
    Place right() const { return {node->right.get(), tree_math::right(index)}; }
    bool is_full() const { return node->members == 1U << tree_math::level(index); }
    void collect_resolution(std::vector<NodeIndex>& into) const;

    // Every node below and itself, by ascending index.
    template <class Do>
    void each(const Do& what) const {
        if (!tree_math::is_leaf(index)) left().each(what);
        what(*this);
        if (!tree_math::is_leaf(index)) right().each(what);
    }
};

}  // namespace veranda::mls
