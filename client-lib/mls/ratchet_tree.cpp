// The tree as a structure: its nodes, resolutions, changes and encoding. Hashes and checks are ratchet_tree_hashes.cpp,
// its public keys ratchet_tree_keys.cpp.
#include "client-lib/mls/limits.hpp"
#include "client-lib/mls/ratchet_tree_node.hpp"

namespace veranda::mls {
namespace {

enum class NodeType : std::uint8_t { leaf = 1, parent = 2 };
constexpr std::size_t bytes_a_key = 80;  // a node's encoding, about; a leaf has two keys
constexpr bool is_known(NodeType type) { return type == NodeType::leaf || type == NodeType::parent; }

}  // namespace

// Node (7.8), as the extension carries it.
struct RatchetTree::WireNode {
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

RatchetTree::RatchetTree(LeafNode first) : width_(1), root_(std::make_shared<Node>()) {
    set_leaf({0}, std::make_shared<LeafNode>(std::move(first)));
}

Result<RatchetTree> RatchetTree::decode(ByteView bytes) {
    auto nodes = TRY(tls::decode<std::vector<std::optional<WireNode>>>(bytes));
    // The last node stands, and is a leaf: a parent there would have an empty right half, which truncation removes.
    if (nodes.empty() || !nodes.back() || !nodes.back()->leaf) return fail(rules::tree_shape);
    if (nodes.size() > tree_math::node_count(leaves_max)) return fail(rules::tree_too_large);
    for (std::uint32_t i = 0; i < nodes.size(); ++i)
        if (nodes[i] && tree_math::is_leaf({i}) != (nodes[i]->type == NodeType::leaf))
            return fail(rules::tree_shape, i);
    RatchetTree tree;
    tree.width_ = tree_math::width_for(static_cast<std::uint32_t>(nodes.size() / 2 + 1));
    tree.root_ = build(tree.root(), nodes);
    tree.list_keys();
    return tree;
}

// The subtree at an index; what lies beyond the nodes given is blank.
RatchetTree::Link RatchetTree::build(NodeIndex index, std::vector<std::optional<WireNode>>& nodes) {
    auto node = std::make_shared<Node>();
    if (index.value < nodes.size() && nodes[index.value]) {
        node->leaf = std::move(nodes[index.value]->leaf);
        node->parent = std::move(nodes[index.value]->parent);
    }
    if (tree_math::is_leaf(index)) {
        node->members = node->leaf ? 1 : 0;
        return node;
    }
    node->left = build(tree_math::left(index), nodes);
    node->right = build(tree_math::right(index), nodes);
    node->members = node->left->members + node->right->members;
    return node;
}

Bytes RatchetTree::encode() const {
    NodeIndex last{tree_math::node_count(width()) - 1};
    while (is_blank(last)) --last.value;
    tls::Writer out;
    out.reserve(keys_.size() * bytes_a_key);
    const std::size_t begin = out.begin_vector();
    at(root()).each([&out, last](const Place& place) {
        if (place.index > last) return;
        tls::write(out, !place.node->is_blank());
        if (place.node->is_blank()) return;
        tls::write(out, place.node->leaf ? NodeType::leaf : NodeType::parent);
        if (place.node->leaf) return tls::write(out, *place.node->leaf);
        tls::write(out, *place.node->parent);
    });
    out.end_vector(begin);
    return out.take();
}

RatchetTree::Place RatchetTree::at(NodeIndex index) const {
    Place place{root_.get(), root()};
    while (place.index != index) place = index < place.index ? place.left() : place.right();
    return place;
}

const LeafNode* RatchetTree::leaf(LeafIndex index) const {
    return index.value < width() ? at(tree_math::node_of(index)).node->leaf.get() : nullptr;
}

const ParentNode* RatchetTree::parent(NodeIndex index) const { return at(index).node->parent.get(); }

bool RatchetTree::is_blank(NodeIndex index) const { return encryption_key(index) == nullptr; }

const Bytes* RatchetTree::encryption_key(NodeIndex index) const {
    if (index.value >= tree_math::node_count(width())) return nullptr;
    const Node& node = *at(index).node;
    if (node.leaf) return &node.leaf->encryption_key;
    return node.parent ? &node.parent->encryption_key : nullptr;
}

std::vector<LeafIndex> RatchetTree::members() const {
    std::vector<LeafIndex> all;
    at(root()).each([&all](const Place& place) {
        if (place.node->leaf) all.push_back(tree_math::leaf_of(place.index));
    });
    return all;
}

std::vector<NodeIndex> RatchetTree::resolution(NodeIndex index) const {
    std::vector<NodeIndex> nodes;
    at(index).collect_resolution(nodes);
    return nodes;
}

void RatchetTree::Place::collect_resolution(std::vector<NodeIndex>& into) const {
    if (!node->is_blank()) {
        into.push_back(index);
        if (node->leaf) return;
        for (const LeafIndex unmerged : node->parent->unmerged_leaves) into.push_back(tree_math::node_of(unmerged));
    } else if (node->members > 0) {
        left().collect_resolution(into);
        right().collect_resolution(into);
    }
}

bool RatchetTree::is_empty(NodeIndex index) const { return at(index).node->members == 0; }

std::vector<NodeIndex> RatchetTree::filtered_direct_path(LeafIndex leaf) const {
    std::vector<NodeIndex> path;
    for (NodeIndex node = tree_math::node_of(leaf); node != root(); node = tree_math::parent(node))
        if (!is_empty(tree_math::sibling(node))) path.push_back(tree_math::parent(node));
    return path;
}

// Takes the leftmost blank leaf, or doubles the tree; the newcomer is unmerged everywhere above it (12.1.1).
Result<LeafIndex> RatchetTree::add(LeafNode node) {
    if (root_->members == leaves_max) return fail(rules::tree_too_large);
    if (root_->members == width()) widen();
    Place place = at(root());
    while (!tree_math::is_leaf(place.index)) place = place.left().is_full() ? place.right() : place.left();
    const LeafIndex index = tree_math::leaf_of(place.index);
    set_leaf(index, std::make_shared<LeafNode>(std::move(node)));
    for (NodeIndex above = tree_math::node_of(index); above != root();) {
        above = tree_math::parent(above);
        if (!parent(above)) continue;
        auto changed = std::make_shared<ParentNode>(*parent(above));
        auto& unmerged = changed->unmerged_leaves;
        unmerged.insert(std::lower_bound(unmerged.begin(), unmerged.end(), index), index);
        change(above).parent = std::move(changed);
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
}

void RatchetTree::truncate() {
    while (width() > 1 && is_empty(tree_math::right(root()))) {
        root_ = Link(root_->left);
        width_ /= 2;
        // Of a checked tree nothing is cut off that has a key.
        std::erase_if(keys_, [this](const Key& key) { return key.node.value >= tree_math::node_count(width()); });
    }
}

void RatchetTree::replace_leaf(LeafIndex index, LeafNode node) {
    set_leaf(index, std::make_shared<LeafNode>(std::move(node)));
}

void RatchetTree::blank_path(LeafIndex index) {
    for (NodeIndex node = tree_math::node_of(index); node != root();) {
        node = tree_math::parent(node);
        if (parent(node)) set_parent(node, nullptr);
    }
}

void RatchetTree::set_parent(NodeIndex index, std::shared_ptr<const ParentNode> node) {
    auto& place = change(index).parent;
    if (place) drop_key(KeyKind::encryption, index, place->encryption_key);
    place = std::move(node);
    if (place) add_key(KeyKind::encryption, index, place->encryption_key);
}

void RatchetTree::set_leaf(LeafIndex index, std::shared_ptr<const LeafNode> node) {
    const NodeIndex at = tree_math::node_of(index);
    const LeafNode* before = leaf(index);
    auto& place =
        change(at, static_cast<std::uint32_t>(node != nullptr) - static_cast<std::uint32_t>(before != nullptr)).leaf;
    if (place) {
        drop_key(KeyKind::encryption, at, place->encryption_key);
        drop_key(KeyKind::signature, at, place->signature_key);
    }
    place = std::move(node);
    if (!place) return;
    add_key(KeyKind::encryption, at, place->encryption_key);
    add_key(KeyKind::signature, at, place->signature_key);
}

// A node to be changed: whatever a copy of this tree also holds, from the root to it, is first made our own. Hashes on
// that way no longer hold.
RatchetTree::Node& RatchetTree::change(NodeIndex index, std::uint32_t members_more) {
    Link* link = &root_;
    for (NodeIndex here = root();;) {
        if (link->use_count() > 1) *link = std::make_shared<Node>(**link);
        Node& node = **link;
        node.hash.reset();
        node.members += members_more;
        if (here == index) return node;
        link = index < here ? &node.left : &node.right;
        here = index < here ? tree_math::left(here) : tree_math::right(here);
    }
}

void RatchetTree::widen() {
    std::vector<std::optional<WireNode>> nothing;
    auto top = std::make_shared<Node>();
    width_ *= 2;
    top->members = root_->members;
    top->left = std::move(root_);
    top->right = build(tree_math::right(root()), nothing);
    root_ = std::move(top);
}

}  // namespace veranda::mls
