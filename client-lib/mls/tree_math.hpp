// The arithmetic of a full binary tree in an array (RFC 9420, Appendix C): leaves at even places, parents at odd ones.
//
//                 7
//           .-----'-----.
//           3           11
//        .--'--.     .--'--.
//        1     5     9     13
//       .'.   .'.   .'.   .'.
//       0 2   4 6   8 10 12 14     node
//       0 1   2 3   4 5   6 7      leaf
#pragma once

#include <bit>
#include <optional>

#include "client-lib/mls/leaf_node.hpp"

namespace veranda::mls {

using NodeIndex = Number<struct NodeIndexTag, std::uint32_t>;

}  // namespace veranda::mls

namespace veranda::mls::tree_math {

// A leaf has level 0, its parent 1, and so on up.
constexpr std::uint32_t level(NodeIndex node) { return static_cast<std::uint32_t>(std::countr_one(node.value)); }

constexpr bool is_leaf(NodeIndex node) { return (node.value & 1) == 0; }
constexpr NodeIndex node_of(LeafIndex leaf) { return {2 * leaf.value}; }
constexpr LeafIndex leaf_of(NodeIndex node) { return {node.value / 2}; }

// Caller must, from here on: leaves is a power of two.
constexpr std::uint32_t node_count(std::uint32_t leaves) { return 2 * leaves - 1; }
constexpr NodeIndex root(std::uint32_t leaves) { return {leaves - 1}; }

// Caller must: the node is a parent.
constexpr NodeIndex left(NodeIndex node) { return {node.value ^ (1U << (level(node) - 1))}; }
constexpr NodeIndex right(NodeIndex node) { return {node.value ^ (3U << (level(node) - 1))}; }

// Caller must: the node is not the root.
constexpr NodeIndex parent(NodeIndex node) {
    const std::uint32_t up = level(node);
    return {(node.value | (1U << up)) & ~(2U << up)};
}
constexpr NodeIndex sibling(NodeIndex node) {
    const NodeIndex above = parent(node);
    return node < above ? right(above) : left(above);
}

// The leaves below a node are first to last.
constexpr LeafIndex first_leaf(NodeIndex node) { return {(node.value + 1 - (1U << level(node))) / 2}; }
constexpr LeafIndex last_leaf(NodeIndex node) { return {(node.value - 1 + (1U << level(node))) / 2}; }
constexpr bool is_below(LeafIndex leaf, NodeIndex node) { return leaf >= first_leaf(node) && leaf <= last_leaf(node); }

// The smallest full tree that has room for so many leaves.
constexpr std::uint32_t width_for(std::uint32_t leaves) { return std::bit_ceil(leaves); }

}  // namespace veranda::mls::tree_math
