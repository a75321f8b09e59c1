// Opening of what other members sent (RFC 9420, 6.3.2), and applying of their Commits to copies (12.4.2).
#include "client-lib/mls/group_state.hpp"
#include "crypto/verify/equal.hpp"

namespace veranda::mls {
namespace {

struct Opened {
    AuthenticatedContent message;
    SecretTree::Use use;
};

// Everything that proves a message genuine. Nothing is consumed yet.
Result<Opened> open_and_verify(const GroupState& state, const PrivateMessage& sealed) {
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
    return Opened{std::move(message), std::move(use)};
}

// The leaf that a path brings must be the committer's own, renewed (7.3, 12.4.2).
Result<void> check_path_leaf(const GroupState& state, LeafIndex sender, const LeafNode& leaf) {
    const LeafNode& before = *state.tree.leaf(sender);
    if (leaf.source != LeafNodeSource::commit) return fail(rules::leaf_source);
    TRY(check_leaf(leaf));
    TRY(check_leaf_meets(leaf, state.context.extensions));
    if (leaf.encryption_key == before.encryption_key) return fail(rules::path_keys);
    if (leaf.credential != before.credential) return fail(rules::path_credential);
    if (!leaf_signature_ok(leaf, {state.context.group_id, sender})) return fail(rules::leaf_signature);
    return {};
}

// The public half of a Commit: its path, if it has one, in the tree, and every new key unlike all others. Returns the
// nodes of the path.
Result<std::vector<NodeIndex>> merge_commit(const GroupState& state, RatchetTree& tree, LeafIndex sender,
                                            const Commit& commit, const Changes& changes) {
    if (changes.path_required && !commit.path) return fail(rules::path_required);
    std::vector<NodeIndex> path_nodes;
    std::vector<NodeIndex> changed;
    for (const LeafIndex leaf : changes.newcomers) changed.push_back(tree_math::node_of(leaf));
    if (commit.path) {
        TRY(check_path_leaf(state, sender, commit.path->leaf));
        path_nodes = TRY(merge_path(tree, sender, *commit.path, changes.newcomers));
        changed.insert(changed.end(), path_nodes.begin(), path_nodes.end());
        changed.push_back(tree_math::node_of(sender));
    }
    TRY(tree.check_new_keys(std::move(changed)));
    return path_nodes;
}

}  // namespace

Result<Received> Group::open(ByteView message) {
    const auto sealed = TRY(decode_message<PrivateMessage>(message));
    Opened opened = TRY(open_and_verify(*state_, sealed));
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

Result<AppliedCommit> apply_commit(const GroupState& state, const AuthenticatedContent& message) {
    const LeafIndex sender{message.content.sender.index};
    const Commit& commit = std::get<Commit>(message.content.content);
    RatchetTree tree = state.tree;
    Changes changes =
        TRY(apply_proposals(tree, commit.proposals, sender, state.context.extensions, KeyPackages::to_be_checked));
    const std::vector<NodeIndex> path_nodes = TRY(merge_commit(state, tree, sender, commit, changes));
    if (changes.removes(state.own)) return AppliedCommit{std::move(changes), nullptr};

    GroupContext context = provisional_context(state, tree);
    PathKeys keys = state.path_keys.clone();
    keys.keep_only_those_of(tree);
    Secret32 commit_secret;
    if (commit.path)
        commit_secret = TRY(open_path(keys, tree, sender, state.own, path_nodes, *commit.path, tls::encode(context),
                                      changes.newcomers));
    NextSecrets next = next_secrets(state, context, message, commit_secret);
    if (!crypto::equal(message.auth.confirmation_tag, next.confirmation_tag)) return fail(rules::confirmation_tag);
    EpochBasis basis{std::move(context),   std::move(tree),           state.own,
                     state.welcome_signer, state.signing_key.clone(), std::move(keys)};
    return AppliedCommit{std::move(changes),
                         begin_epoch(std::move(basis), std::move(next.epoch), next.confirmation_tag)};
}

}  // namespace veranda::mls
