// Fuzzes a live Group with messages: raw ones; a real one changed as it lies on the wire; and ones whose content was
// changed before it was signed and sealed by a member. A refused message leaves the Group byte for byte as it was.
//
// Input: how (a byte), which message and what to put right again (a byte each), then the changes (edits.hpp).
#include "tests/fuzz/edits.hpp"
#include "tests/fuzz/receiver.hpp"
#include "tests/unit/mls/stage.hpp"

namespace veranda::mls::tests {
namespace {

enum How : std::uint8_t { raw, on_the_wire, inside };

// What is put right after the changes, as bits.
enum PutRight : std::uint8_t { leaf = 1, tag = 2, signature = 4, joined_receives = 8, added = 16 };

constexpr int changes_max = 8;

void expect_sound(const Group& next) {
    expect_sound_tree(next.state().tree, next.state().context.tree_hash);
    RepeatableRandom random;
    if (!next.commit({}, {}, random)) found("a group that cannot go on");
}

using GroupReceiver = Receiver<Group, StagedCommit>;

struct Table {
    Stage stage;
    GroupReceiver committer{[this] { return stage.committer(); }, expect_sound};
    GroupReceiver joined{[this] { return stage.joined(); }, expect_sound};
};

Bytes changed_on_the_wire(const Stage::Base& base, Edits& edits) {
    PrivateMessage message = *decode_message<PrivateMessage>(base.message);
    for (int i = 0; i < changes_max && !edits.done(); ++i) edits.change(message);
    return encode_message(message);
}

Bytes changed_inside(const Table& table, const Stage::Base& base, std::uint8_t put_right, const GroupReceiver& receiver,
                     Edits& edits) {
    const GroupState& state = table.stage.forger().state();
    AuthenticatedContent message = base.content;
    for (int i = 0; i < changes_max && !edits.done(); ++i) edits.change(message);
    auto* commit = std::get_if<Commit>(&message.content.content);
    if (commit != nullptr && (put_right & added) != 0) sign_added(*commit, table.stage.another.signing_key);
    if (commit != nullptr && (put_right & leaf) != 0) renew_path_leaf(state, *commit);
    if ((put_right & signature) != 0) sign_content(message, state.signing_key, state.encoded_context);
    if ((put_right & tag) != 0) set_confirmation_tag(receiver.state(), message);
    return encode_message(Forge(table.stage.forger()).sealed(message));
}

void run(ByteView input) {
    static Table table;
    Edits edits(input);
    const std::uint8_t how = edits.byte();
    const Stage::Base& base = table.stage.bases[edits.below(table.stage.bases.size())];
    const std::uint8_t put_right = edits.byte();
    GroupReceiver& receiver = (put_right & joined_receives) != 0 ? table.joined : table.committer;
    switch (how) {
        case raw: return receiver.receives(edits.rest());
        case on_the_wire: return receiver.receives(changed_on_the_wire(base, edits));
        case inside: return receiver.receives(changed_inside(table, base, put_right, receiver, edits));
        default: return;
    }
}

}  // namespace
}  // namespace veranda::mls::tests

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    veranda::mls::tests::run({data, size});
    return 0;
}
