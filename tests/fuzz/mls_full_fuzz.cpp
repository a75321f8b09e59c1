// Fuzzes a live FullGroup: raw messages; proposals, Commits by value and by reference, and external Commits whose
// content was changed before it was signed, tagged and framed again; GroupInfos by which somebody joins externally; and
// Welcomes that name PSKs. A refused message leaves the FullGroup byte for byte as it was.
//
// Input: how (a byte), which message and what to put right again (a byte each), then the changes (edits.hpp).
#include "tests/fuzz/edits.hpp"
#include "tests/fuzz/full_stage.hpp"
#include "tests/fuzz/receiver.hpp"
#include "tests/unit/mls/stage.hpp"

namespace veranda::mls::tests {
namespace {

enum How : std::uint8_t { raw, inside, info, welcome };

// What is put right after the changes, as bits.
enum PutRight : std::uint8_t {
    leaf = 1,
    tag = 2,
    signature = 4,
    joined_receives = 8,
    added = 16,
    membership = 32,
    sealed = 64,
    tree_hash = 128,
};

constexpr int changes_max = 8;

void expect_sound(const FullGroup& group) {
    expect_sound_tree(group.state().epoch->tree, group.state().epoch->context.tree_hash);
    RepeatableRandom random;
    if (group.commit({}, random).has_value() == group.reinit().has_value()) found("a group that cannot go on");
}

using FullReceiver = Receiver<FullGroup, FullStagedCommit>;

struct Table {
    FullStage stage;
    FullReceiver committer{[this] { return stage.committer(); }, expect_sound};
    FullReceiver joined{[this] { return stage.joined(); }, expect_sound};
};

template <class T>
void change(T& value, Edits& edits) {
    for (int i = 0; i < changes_max && !edits.done(); ++i) edits.change(value);
}

Bytes framed(const FullStage& stage, const FullReceiver& receiver, const AuthenticatedContent& message,
             std::uint8_t put_right) {
    if ((put_right & sealed) != 0) return encode_message(Forge(*stage.forger_state().epoch).sealed(message));
    PublicMessage out{message.content, message.auth, {}};
    const GroupState& epoch = *receiver.state().epoch;
    if ((put_right & membership) != 0)
        out.membership_tag = to_bytes(membership_tag(message, epoch.secrets.membership, epoch.encoded_context));
    return encode_message(out);
}

Bytes changed_inside(const FullStage& stage, std::uint8_t which, std::uint8_t put_right, const FullReceiver& receiver,
                     Edits& edits) {
    const FullStage::Base& base = stage.bases[which % stage.bases.size()];
    AuthenticatedContent message = base.content;
    if ((put_right & sealed) != 0) message.wire_format = WireFormat::private_message;
    change(message, edits);
    auto* commit = std::get_if<Commit>(&message.content.content);
    if (commit != nullptr && (put_right & added) != 0) sign_added(*commit, stage.another.signing_key);
    if ((put_right & leaf) != 0) renew_full_leaf(stage.forger_state(), *base.signer, message);
    if ((put_right & signature) != 0) sign_content(message, *base.signer, stage.forger_state().epoch->encoded_context);
    if ((put_right & tag) != 0) set_full_tag(receiver.state(), message);
    return framed(stage, receiver, message, put_right);
}

// Changes a GroupInfo or the tree in it; then its hash and signature are those of a member who says so.
void change_info(GroupInfo& told, const GroupState& signer, std::uint8_t put_right, Edits& edits) {
    Extension* extension = nullptr;
    for (Extension& each : told.extensions)
        if (each.type == ExtensionType::ratchet_tree) extension = &each;
    if (edits.below(2) == 0 || extension == nullptr) {
        change(told, edits);
    } else {
        auto nodes = *tls::decode<TreeNodes>(extension->data);
        change(nodes, edits);
        extension->data = tls::encode(nodes);
        const auto tree = RatchetTree::decode(extension->data);
        if (tree && (put_right & tree_hash) != 0) told.context.tree_hash = to_bytes(tree->hash());
    }
    if ((put_right & signature) != 0) sign_group_info(told, signer.signing_key);
}

void joins_externally(const FullStage& stage, std::uint8_t put_right, FullReceiver& receiver, Edits& edits) {
    auto told = *decode_message<GroupInfo>(stage.forger().group_info());
    change_info(told, *stage.forger_state().epoch, put_right, edits);
    RepeatableRandom random;
    ExternalJoinWith with;
    with.psks = &stage.psks;
    const auto made = FullGroup::join_externally(encode_message(told), stage.iris, with, random);
    if (!made) return;
    expect_sound(made->next);
    receiver.receives(made->message);
}

void joins(const FullStage& stage, std::uint8_t put_right, Edits& edits) {
    RepeatableRandom random;
    const auto opened = decode_message<Welcome>(stage.welcome);
    auto secrets = open_group_secrets(*opened, stage.newcomer);
    auto psk = psk_secret_of(secrets->psks, {&stage.psks});
    auto told = *open_group_info(opened->encrypted_group_info, WelcomeKey::from_joiner(secrets->joiner, *psk));
    if (edits.below(2) == 0) {
        change(secrets->psks, edits);
        if (auto other = psk_secret_of(secrets->psks, {&stage.psks})) psk = std::move(other);
    } else {
        change_info(told, *stage.circle.members[0].state().epoch, put_right, edits);
    }
    if ((put_right & tag) != 0) {
        const auto epoch = EpochSecrets::from_joiner(secrets->joiner, *psk, tls::encode(told.context));
        told.confirmation_tag = to_bytes(epoch.confirmation_tag(told.context.confirmed_transcript_hash));
        sign_group_info(told, stage.circle.members[0].state().epoch->signing_key);
    }
    const Bytes sealed_info = seal_group_info(tls::encode(told), WelcomeKey::from_joiner(secrets->joiner, *psk));
    Bytes message = *welcome_head(stage.newcomer.public_part, *secrets, welcome_context(sealed_info), random);
    append(message, welcome_tail(sealed_info));
    JoinWith with;
    with.psks = &stage.psks;
    const auto group = FullGroup::join(message, stage.newcomer, with);
    if (group) expect_sound(*group);
}

void run(ByteView input) {
    static Table table;
    Edits edits(input);
    const std::uint8_t how = edits.byte();
    const std::uint8_t which = edits.byte();
    const std::uint8_t put_right = edits.byte();
    FullReceiver& receiver = (put_right & joined_receives) != 0 ? table.joined : table.committer;
    switch (how) {
        case raw: return receiver.receives(edits.rest());
        case inside: return receiver.receives(changed_inside(table.stage, which, put_right, receiver, edits));
        case info: return joins_externally(table.stage, put_right, receiver, edits);
        case welcome: return joins(table.stage, put_right, edits);
        default: return;
    }
}

}  // namespace
}  // namespace veranda::mls::tests

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    veranda::mls::tests::run({data, size});
    return 0;
}
