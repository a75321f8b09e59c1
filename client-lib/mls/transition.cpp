// Commits followed and made, after their proposals.
#include "client-lib/mls/transition.hpp"

#include "client-lib/mls/transcript.hpp"
#include "crypto/verify/equal.hpp"

namespace veranda::mls {
namespace {

// The leaf that a path brings must be good, and where it renews a member's, still that member's (7.3, 12.4.2).
Result<void> check_path_leaf(const LeafNode& leaf, const LeafNode* before, const GroupContext& next,
                             LeafIndex committer) {
    if (leaf.source != LeafNodeSource::commit) return fail(rules::leaf_source);
    TRY(check_leaf(leaf));
    TRY(check_leaf_meets(leaf, next.extensions));
    if (before != nullptr && leaf.encryption_key == before->encryption_key) return fail(rules::path_keys);
    if (before != nullptr && leaf.credential != before->credential) return fail(rules::path_credential);
    if (!leaf_signature_ok(leaf, {next.group_id, committer})) return fail(rules::leaf_signature);
    return {};
}

// Every new key is unlike all others. Without a path `path_nodes` is null.
Result<void> check_changed_keys(const Transition& transition, LeafIndex committer,
                                const std::vector<NodeIndex>* path_nodes) {
    std::vector<NodeIndex> changed;
    for (const LeafIndex leaf : transition.changes.newcomers) changed.push_back(tree_math::node_of(leaf));
    if (path_nodes != nullptr) {
        changed.insert(changed.end(), path_nodes->begin(), path_nodes->end());
        changed.push_back(tree_math::node_of(committer));
    }
    return transition.next.tree.check_new_keys(changed);
}

// The public half of a Commit: its path, if it has one, in the tree. Returns the nodes of the path.
Result<std::vector<NodeIndex>> merge_commit(const GroupState& state, Transition& transition, LeafIndex committer,
                                            const AuthenticatedContent& message) {
    const Commit& commit = std::get<Commit>(message.content.content);
    if (transition.changes.path_required && !commit.path) return fail(rules::path_required);
    std::vector<NodeIndex> path_nodes;
    if (commit.path) {
        const bool is_member = message.content.sender.type == SenderType::member;
        TRY(check_path_leaf(commit.path->leaf, is_member ? state.tree.leaf(committer) : nullptr,
                            transition.next.context, committer));
        path_nodes = TRY(merge_path(transition.next.tree, committer, *commit.path, transition.changes.newcomers));
    }
    TRY(check_changed_keys(transition, committer, commit.path ? &path_nodes : nullptr));
    return path_nodes;
}

// The secrets of the next epoch (8). Completes its context by the Commit's transcript.
NextSecrets next_secrets(const GroupState& state, Transition& transition, const AuthenticatedContent& commit,
                         const Secret32& commit_secret) {
    GroupContext& next = transition.next.context;
    next.confirmed_transcript_hash = to_bytes(confirmed_transcript_hash(state.interim_transcript_hash, commit));
    const Bytes encoded = tls::encode(next);
    Secret32 joiner = joiner_secret(transition.init, commit_secret, encoded);
    EpochSecrets secrets = EpochSecrets::from_joiner(joiner, transition.psk, encoded);
    const Hash confirmation_tag = secrets.confirmation_tag(next.confirmed_transcript_hash);
    return {std::move(joiner), std::move(secrets), confirmation_tag};
}

// A path made for the Commit; what of it stays with us goes into `path`.
Result<UpdatePath> renew_path(Transition& transition, std::optional<OwnPath>& path, crypto::RandomSource& random) {
    EpochBasis& next = transition.next;
    path = make_path(next.tree, next.own, next.signing_key, next.context.group_id, random);
    next.context.tree_hash = to_bytes(next.tree.hash());
    return seal_path(*path, next.tree, next.own, tls::encode(next.context), transition.changes.newcomers, random);
}

void keep_path_keys(EpochBasis& next, OwnPath& path) {
    for (std::size_t i = 0; i < path.nodes.size(); ++i)
        next.path_keys.set(path.nodes[i], std::move(path.secrets.keys[i]));
    next.path_keys.set(tree_math::node_of(next.own), std::move(path.leaf_key));
}

}  // namespace

Transition begin_transition(const GroupState& state) {
    Transition transition{{state.context, state.tree, state.own, state.welcome_signer, state.signing_key.clone(),
                           state.path_keys.clone()},
                          {},
                          state.secrets.init.clone(),
                          {},
                          {}};
    transition.next.context.epoch = state.context.epoch.next();
    return transition;
}

Result<AppliedCommit> follow_commit(const GroupState& state, Transition&& transition, LeafIndex committer,
                                    const AuthenticatedContent& message) {
    EpochBasis& next = transition.next;
    const auto path_nodes = TRY(merge_commit(state, transition, committer, message));
    if (transition.changes.removes(state.own)) return AppliedCommit{std::move(transition.changes), nullptr};

    next.context.tree_hash = to_bytes(next.tree.hash());
    next.path_keys.keep_only_those_of(next.tree);
    Secret32 commit_secret;
    if (const auto& path = std::get<Commit>(message.content.content).path)
        commit_secret = TRY(open_path(next.path_keys, next.tree, committer, next.own, path_nodes, *path,
                                      tls::encode(next.context), transition.changes.newcomers));
    NextSecrets secrets = next_secrets(state, transition, message, commit_secret);
    if (!crypto::equal(message.auth.confirmation_tag, secrets.confirmation_tag)) return fail(rules::confirmation_tag);
    return AppliedCommit{std::move(transition.changes),
                         begin_epoch(std::move(next), std::move(secrets.epoch), secrets.confirmation_tag)};
}

AuthenticatedContent sign_as(const Voice& voice, const GroupState& state, Content content) {
    AuthenticatedContent message{
        voice.wire_format,
        {state.context.group_id, state.context.epoch, voice.sender, voice.authenticated_data, std::move(content)},
        {}};
    sign_content(message, state.signing_key, state.encoded_context);
    return message;
}

Result<MadeCommit> make_commit(const GroupState& state, Transition& transition, std::vector<ProposalOrRef> proposals,
                               PathPolicy path_policy, const Voice& voice, crypto::RandomSource& random) {
    Commit commit{std::move(proposals), std::nullopt};
    std::optional<OwnPath> path;
    if (transition.changes.path_required || path_policy == PathPolicy::always)
        commit.path = TRY(renew_path(transition, path, random));
    TRY(check_changed_keys(transition, transition.next.own, path ? &path->nodes : nullptr));
    transition.next.context.tree_hash = to_bytes(transition.next.tree.hash());

    AuthenticatedContent message = sign_as(voice, state, std::move(commit));
    const Secret32 no_path_secret;
    NextSecrets secrets = next_secrets(state, transition, message, path ? path->secrets.commit_secret : no_path_secret);
    message.auth.confirmation_tag = to_bytes(secrets.confirmation_tag);
    if (path) keep_path_keys(transition.next, *path);
    return MadeCommit{std::move(message), std::move(path), std::move(secrets)};
}

Extensions with_tree(Extensions more, const RatchetTree& tree) {
    more.push_back({ExtensionType::ratchet_tree, tree.encode()});
    return more;
}

Result<SplitWelcome> make_welcome(const Transition& transition, const MadeCommit& made,
                                  std::span<const KeyPackage> adds, Extensions info_extensions,
                                  crypto::RandomSource& random) {
    const EpochBasis& next = transition.next;
    GroupInfo info{next.context, std::move(info_extensions), to_bytes(made.secrets.confirmation_tag), next.own, {}};
    const Secret32& joiner = made.secrets.joiner;
    const Bytes sealed_info =
        seal_group_info(sign_group_info(info, next.signing_key), WelcomeKey::from_joiner(joiner, transition.psk));
    const crypto::HpkeInfo context = welcome_context(sealed_info);
    SplitWelcome split{{}, welcome_tail(sealed_info)};
    for (std::size_t i = 0; i < adds.size(); ++i) {
        GroupSecrets secrets{joiner.clone(), std::nullopt, transition.psks};
        if (made.path) secrets.path = made.path->secret_for(transition.changes.added[i].leaf).clone();
        split.heads.push_back(TRY(welcome_head(adds[i], secrets, context, random)));
    }
    return split;
}

}  // namespace veranda::mls
