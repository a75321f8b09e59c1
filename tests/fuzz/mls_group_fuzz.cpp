// Fuzzes a live Group with messages: raw ones; a real one changed as it lies on the wire; and ones whose content was
// changed before it was signed and sealed by a member. A refused message leaves the Group byte for byte as it was.
//
// Input: how (a byte), which message and what to put right again (a byte each), then the changes (edits.hpp).
#include <cstdlib>

#include "tests/fuzz/edits.hpp"
#include "tests/unit/mls/stage.hpp"

namespace veranda::mls::tests {
namespace {

enum How : std::uint8_t { raw, on_the_wire, inside };

// What is put right after the changes, as bits.
enum PutRight : std::uint8_t { leaf = 1, tag = 2, signature = 4, joined_receives = 8, added = 16 };

constexpr int changes_max = 8;

[[noreturn]] void found(const char* what) {
    std::fprintf(stderr, "found: %s\n", what);
    std::abort();
}

// A Group and how it looks; made anew whenever a message has changed it.
class Receiver {
public:
    explicit Receiver(std::function<Group()> make)
        : make_(std::move(make)), group_(make_()), before_(snapshot(group_)) {}

    const GroupState& state() const { return group_.state(); }

    void receives(ByteView message) {
        auto received = group_.open(message);
        if (!received) {
            if (snapshot(group_) != before_) found("a refused message changed the group");
            return;
        }
        if (auto* staged = std::get_if<StagedCommit>(&*received)) goes_on(std::move(*staged));
        group_ = make_();
        if (snapshot(group_) != before_) found("the group made anew is another");
    }

private:
    void goes_on(StagedCommit&& staged) {
        if (staged.removes_us()) return;
        Group next = group_.after(std::move(staged));
        RepeatableRandom random;
        const Bytes tree = next.state().tree.encode();
        const auto again = RatchetTree::decode(tree);
        if (!again || again->encode() != tree || again->hash() != next.state().tree.hash())
            found("a tree unlike itself");
        if (!again->check_parents() || !again->check_keys() || !again->check_parent_hashes())
            found("a Commit was accepted that leads to a tree which nobody may join");
        if (!next.commit({}, {}, random)) found("a group that cannot go on");
    }

    std::function<Group()> make_;
    Group group_;
    Bytes before_;
};

struct Table {
    Stage stage;
    Receiver committer{[this] { return stage.committer(); }};
    Receiver joined{[this] { return stage.joined(); }};
};

Bytes changed_on_the_wire(const Stage::Base& base, Edits& edits) {
    PrivateMessage message = *decode_message<PrivateMessage>(base.message);
    for (int i = 0; i < changes_max && !edits.done(); ++i) edits.change(message);
    return encode_message(message);
}

Bytes changed_inside(const Table& table, const Stage::Base& base, std::uint8_t put_right, const Receiver& receiver,
                     Edits& edits) {
    const GroupState& state = table.stage.forger().state();
    AuthenticatedContent message = base.content;
    for (int i = 0; i < changes_max && !edits.done(); ++i) edits.change(message);
    auto* commit = std::get_if<Commit>(&message.content.content);
    if (commit != nullptr && (put_right & added) != 0) table.stage.sign_added(*commit);
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
    Receiver& receiver = (put_right & joined_receives) != 0 ? table.joined : table.committer;
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
