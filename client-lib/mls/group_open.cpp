// Opening of what other members sent (RFC 9420, 6.3.2), and applying of their Commits to copies (12.4.2).
#include "client-lib/mls/group_state.hpp"
#include "client-lib/mls/transcript.hpp"
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
    EpochBasis next{
        {}, state.tree, state.own, state.welcome_signer, state.signing_key.clone(), state.path_keys.clone()};
    AppliedCommit applied{
        TRY(apply_proposals(next.tree, commit.proposals, sender, state.context.extensions, KeyPackages::to_be_checked)),
        nullptr};
    const Changes& changes = applied.changes;
    if (changes.path_required && !commit.path) return fail(rules::path_required);

    std::vector<NodeIndex> path_nodes;
    std::vector<NodeIndex> changed;
    for (const LeafIndex leaf : changes.newcomers) changed.push_back(tree_math::node_of(leaf));
    if (commit.path) {
        TRY(check_path_leaf(state, sender, commit.path->leaf));
        path_nodes = TRY(merge_path(next.tree, sender, *commit.path, changes.newcomers));
        changed.insert(changed.end(), path_nodes.begin(), path_nodes.end());
        changed.push_back(tree_math::node_of(sender));
    }
    TRY(next.tree.check_new_keys(std::move(changed)));
    if (changes.removes(state.own)) return applied;

    next.context = provisional_context(state, next.tree);
    next.path_keys.keep_only_those_of(next.tree);
    Secret32 commit_secret;
    if (commit.path)
        commit_secret = TRY(open_path(next.path_keys, next.tree, sender, state.own, path_nodes, *commit.path,
                                      tls::encode(next.context), changes.newcomers));
    next.context.confirmed_transcript_hash =
        to_bytes(confirmed_transcript_hash(state.interim_transcript_hash, message));
    const Bytes encoded = tls::encode(next.context);
    const Secret32 joiner = joiner_secret(state.secrets.init, commit_secret, encoded);
    EpochSecrets secrets = EpochSecrets::from_joiner(joiner, psk_secret({}), encoded);
    const Hash expected = secrets.confirmation_tag(next.context.confirmed_transcript_hash);
    if (!crypto::equal(message.auth.confirmation_tag, expected)) return fail(rules::confirmation_tag);
    applied.next = begin_epoch(std::move(next), std::move(secrets), expected);
    return applied;
}

}  // namespace veranda::mls
