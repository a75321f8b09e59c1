// Opening of what other members sent (RFC 9420, 6.3.2).
#include "client-lib/mls/transition.hpp"

namespace veranda::mls {
namespace {

// A Commit, its signature checked, applied to copies: Adds and Removes by value.
Result<AppliedCommit> apply_commit(const GroupState& state, const AuthenticatedContent& message) {
    const LeafIndex committer{message.content.sender.index};
    Transition transition = begin_transition(state);
    transition.changes = TRY(apply_proposals(transition.next.tree, std::get<Commit>(message.content.content).proposals,
                                             committer, state.context.extensions, KeyPackages::to_be_checked));
    return follow_commit(state, std::move(transition), committer, message);
}

}  // namespace

Result<OpenedMessage> open_and_verify(const GroupState& state, const PrivateMessage& sealed) {
    if (sealed.group_id != state.context.group_id) return fail(rules::other_group);
    if (sealed.epoch != state.context.epoch) return fail(rules::other_epoch, state.context.epoch.value);
    const SenderData sender = TRY(open_sender_data(sealed, state.secrets.sender_data));
    const LeafNode* leaf = state.tree.leaf(sender.leaf);
    if (leaf == nullptr) return fail(rules::sender_unknown, sender.leaf.value);
    if (sender.leaf == state.own) return fail(rules::own_message);
    SecretTree::Use use = TRY(state.secret_tree.find(sender.leaf, ratchet_of(sealed.content_type), sender.generation));
    AuthenticatedContent message = TRY(open_content(sealed, sender, use.key()));
    if (!content_signature_ok(message, leaf->signature_key, state.encoded_context))
        return fail(rules::message_signature);
    return OpenedMessage{std::move(message), std::move(use)};
}

Result<Received> Group::open(ByteView message) {
    const auto sealed = TRY(decode_message<PrivateMessage>(message));
    OpenedMessage opened = TRY(open_and_verify(*state_, sealed));
    const LeafIndex sender{opened.message.content.sender.index};
    Content& content = opened.message.content.content;
    if (std::holds_alternative<Proposal>(content)) return fail(rules::standalone_proposal);
    if (auto* application = std::get_if<Bytes>(&content)) {
        state_->secret_tree.consume(std::move(opened.use));
        return Received(
            Plaintext{sender, std::move(*application), std::move(opened.message.content.authenticated_data)});
    }
    AppliedCommit applied = TRY(apply_commit(*state_, opened.message));
    state_->secret_tree.consume(std::move(opened.use));
    const bool has_path = std::get<Commit>(content).path.has_value();
    return Received(StagedCommit(sender, std::move(applied.changes), has_path, std::move(applied.next)));
}

}  // namespace veranda::mls
