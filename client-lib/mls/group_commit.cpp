// Our own Commits (RFC 9420, 12.4.1), and the Welcomes that go with their Adds (12.4.3).
#include "client-lib/mls/group_state.hpp"

namespace veranda::mls {
namespace {

std::vector<ProposalOrRef> list_proposals(std::span<const KeyPackage> adds, std::span<const LeafIndex> removes) {
    std::vector<ProposalOrRef> proposals;
    for (const LeafIndex leaf : removes) proposals.push_back({Proposal{Remove{leaf}}});
    for (const KeyPackage& add : adds) proposals.push_back({Proposal{Add{add}}});
    return proposals;
}

// A path made and sealed, and what stays with us of it.
struct RenewedPath {
    UpdatePath sealed;
    OwnPath own;
};

Result<RenewedPath> renew_path(const GroupState& state, EpochBasis& next, const Changes& changes,
                               crypto::RandomSource& random) {
    OwnPath path = make_path(next.tree, state.own, state.signing_key, state.context.group_id, random);
    next.context = provisional_context(state, next.tree);
    UpdatePath sealed =
        TRY(seal_path(path, next.tree, state.own, tls::encode(next.context), changes.newcomers, random));
    return RenewedPath{std::move(sealed), std::move(path)};
}

Result<void> check_changed_keys(const EpochBasis& next, const Changes& changes, const RenewedPath* path) {
    std::vector<NodeIndex> changed;
    for (const LeafIndex leaf : changes.newcomers) changed.push_back(tree_math::node_of(leaf));
    if (path != nullptr) {
        changed.insert(changed.end(), path->own.nodes.begin(), path->own.nodes.end());
        changed.push_back(tree_math::node_of(next.own));
    }
    return next.tree.check_new_keys(std::move(changed));
}

// What newcomers are told: the epoch, signed, sealed once for all; and to each the secrets that open it.
Result<SplitWelcome> welcome(const EpochBasis& next, std::span<const KeyPackage> adds, const Changes& changes,
                             const RenewedPath* path, const NextSecrets& epoch, crypto::RandomSource& random) {
    GroupInfo info{next.context,
                   {{ExtensionType::ratchet_tree, next.tree.encode()}},
                   to_bytes(epoch.confirmation_tag),
                   next.own,
                   {}};
    sign_group_info(info, next.signing_key);
    const Bytes sealed_info = seal_group_info(info, WelcomeKey::from_joiner(epoch.joiner, psk_secret({})));
    const crypto::HpkeInfo context = welcome_context(sealed_info);
    SplitWelcome split{{}, welcome_tail(sealed_info)};
    for (std::size_t i = 0; i < adds.size(); ++i) {
        GroupSecrets secrets{epoch.joiner.clone(), std::nullopt, {}};
        if (path != nullptr) secrets.path = path->own.secret_for(changes.added[i].leaf).clone();
        split.heads.push_back(TRY(welcome_head(adds[i], secrets, context, random)));
    }
    return split;
}

void keep_path_keys(EpochBasis& next, OwnPath& path) {
    for (std::size_t i = 0; i < path.nodes.size(); ++i)
        next.path_keys.set(path.nodes[i], std::move(path.secrets.keys[i]));
    next.path_keys.set(tree_math::node_of(next.own), std::move(path.leaf_key));
}

// A Commit before it is signed: the next epoch's parts, and what they came from.
struct Draft {
    EpochBasis next;
    Commit commit;
    Changes changes;
    std::optional<RenewedPath> path;

    const RenewedPath* path_if_any() const { return path ? &*path : nullptr; }
};

Result<Draft> draft_commit(const GroupState& state, std::vector<ProposalOrRef> proposals, crypto::RandomSource& random,
                           PathPolicy path_policy) {
    Draft draft{{{}, state.tree, state.own, state.welcome_signer, state.signing_key.clone(), state.path_keys.clone()},
                {std::move(proposals), std::nullopt},
                {},
                std::nullopt};
    draft.changes = TRY(apply_proposals(draft.next.tree, draft.commit.proposals, state.own, state.context.extensions,
                                        KeyPackages::checked_before));
    if (draft.changes.path_required || path_policy == PathPolicy::always) {
        draft.path = TRY(renew_path(state, draft.next, draft.changes, random));
        draft.commit.path = draft.path->sealed;
    }
    TRY(check_changed_keys(draft.next, draft.changes, draft.path_if_any()));
    draft.next.context = provisional_context(state, draft.next.tree);
    return draft;
}

}  // namespace

Result<OwnCommit> Group::commit(std::span<const KeyPackage> adds, std::span<const LeafIndex> removes,
                                crypto::RandomSource& random, PathPolicy path_policy) const {
    const GroupState& state = *state_;
    const SecretTree::Use use = TRY(state.secret_tree.next(state.own, RatchetKind::handshake));
    Draft draft = TRY(draft_commit(state, list_proposals(adds, removes), random, path_policy));
    AuthenticatedContent message = sign_as_member(state, std::move(draft.commit));
    const Secret32 no_path_secret;
    NextSecrets secrets = next_secrets(state, draft.next.context, message,
                                       draft.path ? draft.path->own.secrets.commit_secret : no_path_secret);
    message.auth.confirmation_tag = to_bytes(secrets.confirmation_tag);

    SplitWelcome split;
    if (!adds.empty()) split = TRY(welcome(draft.next, adds, draft.changes, draft.path_if_any(), secrets, random));
    if (draft.path) keep_path_keys(draft.next, draft.path->own);
    Bytes sealed = encode_message(seal_private_message(message, use, state.secrets.sender_data, random));
    return OwnCommit{std::move(sealed), std::move(split), std::move(draft.changes.added),
                     Group(begin_epoch(std::move(draft.next), std::move(secrets.epoch), secrets.confirmation_tag))};
}

}  // namespace veranda::mls
