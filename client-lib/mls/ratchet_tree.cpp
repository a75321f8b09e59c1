// The tree as a structure: its nodes, resolutions, changes and encoding. Hashes and checks are ratchet_tree_hashes.cpp.
#include "client-lib/mls/ratchet_tree.hpp"

#include "client-lib/mls/limits.hpp"

namespace veranda::mls {
namespace {

enum class NodeType : std::uint8_t { leaf = 1, parent = 2 };
constexpr bool is_known(NodeType type) { return type == NodeType::leaf || type == NodeType::parent; }

// Node (7.8), as the extension carries it.
struct WireNode {
    NodeType type = NodeType::leaf;
    std::shared_ptr<LeafNode> leaf;
    std::shared_ptr<ParentNode> parent;

    void read(tls::Reader& reader) {
        tls::read(reader, type);
        if (type == NodeType::leaf) return tls::read(reader, *(leaf = std::make_shared<LeafNode>()));
        tls::read(reader, *(parent = std::make_shared<ParentNode>()));
    }
    void write(tls::Writer&) const {}
};

}  // namespace

RatchetTree::RatchetTree(LeafNode first) {
    resize(1);
    set_leaf({0}, std::make_shared<LeafNode>(std::move(first)));
}

Result<RatchetTree> RatchetTree::decode(ByteView bytes) {
    auto nodes = TRY(tls::decode<std::vector<std::optional<WireNode>>>(bytes));
    // The last node stands, and is a leaf: a parent there would have an empty right half, which truncation removes.
    if (nodes.empty() || !nodes.back() || !nodes.back()->leaf) return fail(rules::tree_shape);
    if (nodes.size() > tree_math::node_count(leaves_max)) return fail(rules::tree_too_large);
    RatchetTree tree;
    tree.resize(tree_math::width_for(static_cast<std::uint32_t>(nodes.size() / 2 + 1)));
    for (std::uint32_t i = 0; i < nodes.size(); ++i) {
        if (!nodes[i]) continue;
        if (tree_math::is_leaf({i}) != (nodes[i]->type == NodeType::leaf)) return fail(rules::tree_shape, i);
        if (nodes[i]->leaf) tree.leaves_[i / 2] = std::move(nodes[i]->leaf);
        if (nodes[i]->parent) tree.parents_[i / 2] = std::move(nodes[i]->parent);
    }
    return tree;
}

Bytes RatchetTree::encode() const {
    tls::Writer nodes;
    std::uint32_t count = tree_math::node_count(width());
    while (is_blank({count - 1})) --count;
    for (NodeIndex node{0}; node.value < count; node = node.next()) {
        tls::write(nodes, !is_blank(node));
        if (is_blank(node)) continue;
        tls::write(nodes, tree_math::is_leaf(node) ? NodeType::leaf : NodeType::parent);
        if (tree_math::is_leaf(node)) tls::write(nodes, *leaf(tree_math::leaf_of(node)));
        if (!tree_math::is_leaf(node)) tls::write(nodes, *parent(node));
    }
    tls::Writer out;
    out.vector(nodes.bytes());
    return out.take();
}

const LeafNode* RatchetTree::leaf(LeafIndex index) const {
    return index.value < leaves_.size() ? leaves_[index.value].get() : nullptr;
}

const ParentNode* RatchetTree::parent(NodeIndex index) const { return parents_[index.value / 2].get(); }

bool RatchetTree::is_blank(NodeIndex index) const { return encryption_key(index) == nullptr; }

const Bytes* RatchetTree::encryption_key(NodeIndex index) const {
    if (tree_math::is_leaf(index)) {
        const LeafNode* node = leaf(tree_math::leaf_of(index));
        return node ? &node->encryption_key : nullptr;
    }
    const ParentNode* node = parent(index);
    return node ? &node->encryption_key : nullptr;
}

std::vector<LeafIndex> RatchetTree::members() const {
    std::vector<LeafIndex> all;
    for (LeafIndex i{0}; i.value < width(); i = i.next())
        if (leaf(i)) all.push_back(i);
    return all;
}

std::optional<LeafIndex> RatchetTree::find(const LeafNode& wanted) const {
    for (LeafIndex i{0}; i.value < width(); i = i.next())
        if (leaf(i) && *leaf(i) == wanted) return i;
    return std::nullopt;
}

std::optional<LeafIndex> RatchetTree::find_signer(ByteView signature_key) const {
    for (LeafIndex i{0}; i.value < width(); i = i.next())
        if (leaf(i) && same_bytes(leaf(i)->signature_key, signature_key)) return i;
    return std::nullopt;
}

std::vector<NodeIndex> RatchetTree::resolution(NodeIndex index) const {
    std::vector<NodeIndex> nodes;
    collect_resolution(index, nodes);
    return nodes;
}

void RatchetTree::collect_resolution(NodeIndex index, std::vector<NodeIndex>& into) const {
    if (!is_blank(index)) {
        into.push_back(index);
        if (tree_math::is_leaf(index)) return;
        for (const LeafIndex unmerged : parent(index)->unmerged_leaves) into.push_back(tree_math::node_of(unmerged));
    } else if (!tree_math::is_leaf(index)) {
        collect_resolution(tree_math::left(index), into);
        collect_resolution(tree_math::right(index), into);
    }
}

bool RatchetTree::is_empty(NodeIndex index) const {
    if (!is_blank(index)) return false;
    return tree_math::is_leaf(index) || (is_empty(tree_math::left(index)) && is_empty(tree_math::right(index)));
}

std::vector<NodeIndex> RatchetTree::filtered_direct_path(LeafIndex leaf) const {
    std::vector<NodeIndex> path;
    for (NodeIndex node = tree_math::node_of(leaf); node != root(); node = tree_math::parent(node))
        if (!is_empty(tree_math::sibling(node))) path.push_back(tree_math::parent(node));
    return path;
}

// Takes the leftmost blank leaf, or doubles the tree; the newcomer is unmerged everywhere above it (12.1.1).
Result<LeafIndex> RatchetTree::add(LeafNode node) {
    LeafIndex index{first_blank_hint_};
    while (index.value < width() && leaf(index)) index = index.next();
    if (index.value >= leaves_max) return fail(rules::tree_too_large);
    if (index.value == width()) resize(width() * 2);
    set_leaf(index, std::make_shared<LeafNode>(std::move(node)));
    first_blank_hint_ = index.value + 1;
    for (NodeIndex above = tree_math::node_of(index); above != root();) {
        above = tree_math::parent(above);
        if (!parent(above)) continue;
        auto changed = std::make_shared<ParentNode>(*parent(above));
        auto& unmerged = changed->unmerged_leaves;
        unmerged.insert(std::lower_bound(unmerged.begin(), unmerged.end(), index), index);
        set_parent(above, std::move(changed));
    }
    return index;
}

void RatchetTree::update(LeafIndex index, LeafNode node) {
    replace_leaf(index, std::move(node));
    blank_path(index);
}

void RatchetTree::remove(LeafIndex index) {
    set_leaf(index, nullptr);
    blank_path(index);
    first_blank_hint_ = std::min(first_blank_hint_, index.value);
}

void RatchetTree::truncate() {
    while (width() > 1 && is_empty(tree_math::right(root()))) resize(width() / 2);
}

void RatchetTree::replace_leaf(LeafIndex index, LeafNode node) {
    set_leaf(index, std::make_shared<LeafNode>(std::move(node)));
}

void RatchetTree::blank_path(LeafIndex index) {
    for (NodeIndex node = tree_math::node_of(index); node != root();) {
        node = tree_math::parent(node);
        set_parent(node, nullptr);
    }
}

void RatchetTree::set_parent(NodeIndex index, std::shared_ptr<const ParentNode> node) {
    parents_[index.value / 2] = std::move(node);
    forget_hashes_above(index);
}

void RatchetTree::set_leaf(LeafIndex index, std::shared_ptr<const LeafNode> node) {
    leaves_[index.value] = std::move(node);
    forget_hashes_above(tree_math::node_of(index));
}

void RatchetTree::forget_hashes_above(NodeIndex index) {
    hashes_[index.value].reset();
    while (index != root()) {
        index = tree_math::parent(index);
        if (!hashes_[index.value]) return;  // then nothing above it is known either
        hashes_[index.value].reset();
    }
}

void RatchetTree::resize(std::uint32_t new_width) {
    leaves_.resize(new_width);
    parents_.resize(new_width - 1);
    hashes_.resize(tree_math::node_count(new_width));
}

}  // namespace veranda::mls
