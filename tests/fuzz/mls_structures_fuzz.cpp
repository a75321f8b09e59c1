// Fuzzes every decoder of client-lib/mls: none crashes, and what one accepts has exactly that one encoding. A tree is
// also changed node by node, since a node in another's place is well formed and is not found by changing bytes.
//
// Input: which structure (a byte), then its bytes; one behind the last of them: a real tree, then the changes
// (edits.hpp).
#include "tests/fuzz/edits.hpp"
#include "tests/fuzz/receiver.hpp"
#include "tests/unit/mls/stage.hpp"
#include "tests/unit/mls/structures.hpp"

namespace veranda::mls::tests {
namespace {

constexpr int changes_max = 8;

void decodes(const DecodedStructure& structure, ByteView bytes) {
    const auto again = structure.encode_again(bytes);
    if (!again || same_bytes(*again, bytes)) return;
    std::fprintf(stderr, "%s: ", structure.name);
    found("encoded again, it is another");
}

// Leaves at even places, parents at odd ones, and nothing else (RFC 9420, 12.4.3.3).
void expect_nodes_in_their_places(const RatchetTree& tree) {
    for (NodeIndex node{0}; node.value < tree_math::node_count(tree.width()); ++node.value) {
        const bool stands =
            tree_math::is_leaf(node) ? tree.leaf(tree_math::leaf_of(node)) != nullptr : tree.parent(node) != nullptr;
        if (stands == tree.is_blank(node)) found("a leaf in a parent's place, or a parent in a leaf's");
    }
}

void decodes_tree(ByteView bytes) {
    const auto tree = RatchetTree::decode(bytes);
    if (!tree) return;
    expect_nodes_in_their_places(*tree);
    if (!same_bytes(tree->encode(), bytes)) found("a tree that is encoded again as another");
}

Bytes changed_tree(Edits& edits) {
    static const Bytes real = Stage().forger().state().tree.encode();
    TreeNodes nodes = *tls::decode<TreeNodes>(real);
    for (int i = 0; i < changes_max && !edits.done(); ++i) edits.change(nodes);
    return tls::encode(nodes);
}

void run(ByteView input) {
    static const bool ready = (crypto::initialise(), true);
    const auto structures = decoded_structures();
    if (!ready || input.empty() || input[0] > structures.size()) return;
    Edits edits(input.subspan(1));
    if (input[0] == structures.size()) return decodes_tree(changed_tree(edits));
    decodes(structures[input[0]], edits.rest());
}

}  // namespace
}  // namespace veranda::mls::tests

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    veranda::mls::tests::run({data, size});
    return 0;
}
