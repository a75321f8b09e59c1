// Opening of everything that a group's members and outsiders send (RFC 9420, 6, 12.1 and 12.4.2).
#include "client-lib/mls/full_state.hpp"

namespace veranda::mls {
namespace {

// Where an Update of ours is committed, its private half comes into use.
void adopt_own_update(const FullState& state, EpochBasis& next) {
    const LeafNode* own = next.tree.leaf(next.own);
    if (own == nullptr) return;  // removed
    for (const OwnUpdate& update : state.own_updates) {
        if (!same_bytes(update.leaf_key.public_key, own->encryption_key)) continue;
        next.path_keys.set(tree_math::node_of(next.own), update.leaf_key.clone());
        if (update.signing_key) next.signing_key = update.signing_key->clone();
    }
}

struct Judged {
    LeafIndex committer;
    ListEffects effects;
};

Result<Judged> judge_list(const FullState& state, Transition& transition, const FramedContent& content) {
    const GroupState& epoch = *state.epoch;
    const Commit& commit = std::get<Commit>(content.content);
    const auto proposals = TRY(resolve(state, commit.proposals, content.sender));
    if (content.sender.type == SenderType::new_member_commit) {
        const ExternalEffects external = TRY(apply_external_list(epoch, transition, proposals, commit.path->leaf));
        transition.init = TRY(open_external_init(epoch.secrets, external.kem_output));
        return Judged{external.joiner, {}};
    }
    const LeafIndex committer{content.sender.index};
    ListEffects effects = TRY(apply_list(epoch, transition, committer, proposals, PskUsages::application));
    adopt_own_update(state, transition.next);
    return Judged{committer, std::move(effects)};
}

}  // namespace

Result<std::vector<ListedProposal>> resolve(const FullState& state, const std::vector<ProposalOrRef>& entries,
                                            const Sender& committer) {
    std::vector<ListedProposal> listed;
    for (const ProposalOrRef& entry : entries) {
        if (const auto* proposal = std::get_if<Proposal>(&entry.content)) {
            listed.push_back({proposal, committer, false});
            continue;
        }
        const Bytes& reference = std::get<Bytes>(entry.content);
        const auto found = std::find_if(
            state.pending.begin(), state.pending.end(),
            [&reference](const PendingProposal& pending) { return same_bytes(pending.reference, reference); });
        if (found == state.pending.end()) return fail(rules::proposal_unknown);
        listed.push_back({&found->proposal, found->sender, true});
    }
    return listed;
}

Result<FullReceived> FullGroup::open(ByteView message) {
    FullState& state = *state_;
    TRY(check_alive(state));
    OpenedEither opened = TRY(open_either(*state.epoch, message));
    FullReceived received = TRY(judge(opened.message));
    if (opened.use) state.epoch->secret_tree.consume(*std::move(opened.use));
    if (const auto* pending = std::get_if<PendingProposal>(&received)) keep_pending(state, *pending);
    return received;
}

Result<FullReceived> FullGroup::judge(AuthenticatedContent& message) const {
    FramedContent& content = message.content;
    if (auto* application = std::get_if<Bytes>(&content.content))
        return FullReceived(
            Plaintext{{content.sender.index}, std::move(*application), std::move(content.authenticated_data)});
    if (std::holds_alternative<Proposal>(content.content)) return FullReceived(TRY(check_standalone(*state_, message)));
    return FullReceived(TRY(stage(message)));
}

Result<FullStagedCommit> FullGroup::stage(const AuthenticatedContent& message) const {
    const FullState& state = *state_;
    Transition transition = begin_transition(*state.epoch);
    Judged judged = TRY(judge_list(state, transition, message.content));
    FullStagedCommit staged;
    staged.psks_ = transition.psks;
    transition.psk = TRY(psk_secret_of(transition.psks, {&state.psks}));
    AppliedCommit applied = TRY(follow_commit(*state.epoch, std::move(transition), judged.committer, message));
    staged.sender_ = judged.committer;
    staged.is_external_ = message.content.sender.type == SenderType::new_member_commit;
    staged.has_path_ = std::get<Commit>(message.content.content).path.has_value();
    staged.authenticated_data_ = message.content.authenticated_data;
    staged.changes_ = std::move(applied.changes);
    if (applied.next) staged.next_ = begin_full(std::move(applied.next), state.psks.clone(), judged.effects.reinit);
    staged.effects_ = std::move(judged.effects);
    return staged;
}

}  // namespace veranda::mls
