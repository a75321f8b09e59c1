// Fuzzes joining: a Welcome as raw bytes, changed as it lies on the wire, or changed in what it seals (GroupInfo, tree,
// secrets) and put together again with its hashes and signatures. What is accepted is a group that can go on.
//
// Input: how (a byte), what to leave wrong (a byte), then the changes (edits.hpp).
#include "tests/fuzz/edits.hpp"
#include "tests/fuzz/linked_tree.hpp"
#include "tests/fuzz/receiver.hpp"
#include "tests/unit/mls/stage.hpp"

namespace veranda::mls::tests {
namespace {

enum How : std::uint8_t { raw, on_the_wire, inside };

enum Leave : std::uint8_t { tree_hash = 1, info_signature = 2, leaf_signatures = 4, parent_hashes = 8, tag = 16 };

constexpr int changes_max = 8;

void sign_leaves(const Stage& stage, WelcomeParts& parts) {
    for (std::uint32_t node = 0; node < parts.tree.size(); node += 2) {
        const crypto::SigningKey* key = stage.key_of({node / 2});
        if (key == nullptr || !parts.tree[node]) continue;
        sign_leaf(parts.tree[node]->leaf, *key, {parts.info.context.group_id, {node / 2}});
    }
}

void change(WelcomeParts& parts, Edits& edits) {
    switch (edits.below(4)) {
        case 0: return edits.change(parts.info);
        case 1: return edits.change(parts.secrets.psks);
        default: return edits.change(parts.tree);
    }
}

Bytes changed_inside(const Stage& stage, const Group& signer, std::uint8_t leave, Edits& edits) {
    return spoiled_welcome(stage.welcome, stage.newcomer, signer, [&](WelcomeParts& parts) {
        for (int i = 0; i < changes_max && !edits.done(); ++i) change(parts, edits);
        parts.keep_tree_hash = (leave & tree_hash) != 0;
        parts.keep_signature = (leave & info_signature) != 0;
        parts.renew_tag = (leave & tag) == 0;
        if ((leave & parent_hashes) == 0) link_parents(parts.tree);
        if ((leave & leaf_signatures) == 0) sign_leaves(stage, parts);
    });
}

Bytes changed_on_the_wire(const Stage& stage, Edits& edits) {
    Welcome welcome = *decode_message<Welcome>(stage.welcome);
    for (int i = 0; i < changes_max && !edits.done(); ++i) edits.change(welcome);
    return encode_message(welcome);
}

void joins(const Stage& stage, ByteView welcome) {
    auto group = Group::join(welcome, stage.newcomer);
    if (!group) return;
    RepeatableRandom random;
    const GroupState& state = group->state();
    if (state.tree.leaf(group->own_leaf()) == nullptr || state.tree.leaf(group->welcome_signer()) == nullptr)
        found("a group whose own leaf or signer is blank");
    expect_sound_tree(state.tree, state.context.tree_hash);
    if (!group->commit({}, {}, random)) found("a group that cannot go on");
}

void run(ByteView input) {
    static const Stage stage;
    static const Group signer = stage.committer();
    Edits edits(input);
    const std::uint8_t how = edits.byte();
    const std::uint8_t leave = edits.byte();
    switch (how) {
        case raw: return joins(stage, edits.rest());
        case on_the_wire: return joins(stage, changed_on_the_wire(stage, edits));
        case inside: return joins(stage, changed_inside(stage, signer, leave, edits));
        default: return;
    }
}

}  // namespace
}  // namespace veranda::mls::tests

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    veranda::mls::tests::run({data, size});
    return 0;
}
