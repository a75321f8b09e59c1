// Judging and applying of lists: first each by itself, then all together, then in the order of 12.3.
#include "client-lib/mls/proposal_list.hpp"

namespace veranda::mls {
namespace {

struct LeafUpdate {
    LeafIndex leaf;
    const LeafNode* node;
};

// A list by kind; within a kind in its order.
struct Sorted {
    Sender sender;  // of the proposal that is being sorted in
    std::vector<LeafUpdate> updates;
    std::vector<LeafIndex> removes;
    std::vector<const KeyPackage*> adds;
    std::vector<PreSharedKeyID> psks;
    std::vector<const GroupContextExtensions*> extensions;
    std::vector<const ReInit*> reinits;
    std::vector<const ExternalInit*> external_inits;

    void operator()(const Add& add) { adds.push_back(&add.key_package); }
    void operator()(const Update& update) { updates.push_back({{sender.index}, &update.leaf}); }
    void operator()(const Remove& remove) { removes.push_back(remove.removed); }
    void operator()(const PreSharedKey& psk) { psks.push_back(psk.psk); }
    void operator()(const ReInit& reinit) { reinits.push_back(&reinit); }
    void operator()(const ExternalInit& init) { external_inits.push_back(&init); }
    void operator()(const GroupContextExtensions& proposal) { extensions.push_back(&proposal); }
};

Sorted sort_by_kind(const std::vector<ListedProposal>& proposals) {
    Sorted sorted;
    for (const ListedProposal& listed : proposals) {
        sorted.sender = listed.sender;
        std::visit(sorted, listed.proposal->body);
    }
    return sorted;
}

Result<void> check_updates(std::vector<LeafUpdate> updates, const std::vector<LeafIndex>& removes,
                           LeafIndex committer) {
    std::sort(updates.begin(), updates.end(), [](const LeafUpdate& a, const LeafUpdate& b) { return a.leaf < b.leaf; });
    for (std::size_t i = 0; i < updates.size(); ++i) {
        const LeafIndex leaf = updates[i].leaf;
        if (leaf == committer) return fail(rules::update_by_committer);
        if (i > 0 && updates[i - 1].leaf == leaf) return fail(rules::update_twice, leaf.value);
        if (std::find(removes.begin(), removes.end(), leaf) != removes.end())
            return fail(rules::update_and_remove, leaf.value);
    }
    return {};
}

Result<void> check_member_list(const RatchetTree& tree, const Sorted& sorted, LeafIndex committer, std::size_t count) {
    if (!sorted.reinits.empty() && count > 1) return fail(rules::reinit_not_alone);
    if (sorted.extensions.size() > 1) return fail(rules::group_extensions_twice);
    TRY(check_updates(sorted.updates, sorted.removes, committer));
    return check_removes(tree, sorted.removes, committer);
}

// Updates, Removes, Adds, in this order; only then is the tree truncated.
Result<void> apply_to_tree(Transition& transition, const Sorted& sorted) {
    RatchetTree& tree = transition.next.tree;
    const Extensions& extensions = transition.next.context.extensions;
    for (const LeafUpdate& update : sorted.updates) {
        TRY(check_leaf_meets(*update.node, extensions));
        tree.update(update.leaf, *update.node);
    }
    apply_removes(tree, sorted.removes, transition.changes);
    TRY(check_adds(tree, sorted.adds, extensions, KeyPackages::checked_before));
    TRY(apply_adds(tree, sorted.adds, transition.changes));
    tree.truncate();
    return {};
}

// New extensions bind everyone who stays; the committer is judged by the leaf that its path must bring.
Result<void> check_members_meet(const Transition& transition, LeafIndex committer) {
    const RatchetTree& tree = transition.next.tree;
    for (const LeafIndex leaf : tree.members())
        if (leaf != committer) TRY(check_leaf_meets(*tree.leaf(leaf), transition.next.context.extensions));
    return {};
}

// What the joiner leaves behind must be its own: it must be able to renew that leaf (12.2).
Result<void> check_resync(const RatchetTree& tree, LeafIndex old, const LeafNode& joiner) {
    const LeafNode* before = tree.leaf(old);
    if (before == nullptr) return fail(rules::remove_unknown, old.value);
    if (before->credential != joiner.credential) return fail(rules::path_credential);
    if (before->encryption_key == joiner.encryption_key) return fail(rules::path_keys);
    return {};
}

Result<void> check_external_list(const std::vector<ListedProposal>& proposals, const Sorted& sorted) {
    for (const ListedProposal& listed : proposals) {
        if (listed.by_reference) return fail(rules::external_commit_reference);
        const ProposalType type = listed.proposal->type();
        if (type != ProposalType::external_init && type != ProposalType::remove && type != ProposalType::psk)
            return fail(rules::external_commit_proposal, static_cast<std::uint64_t>(type));
    }
    if (sorted.external_inits.size() != 1) return fail(rules::external_init);
    if (sorted.removes.size() > 1) return fail(rules::external_commit_removes);
    return {};
}

}  // namespace

Result<ListEffects> apply_list(const GroupState& state, Transition& transition, LeafIndex committer,
                               const std::vector<ListedProposal>& proposals, PskUsages usages) {
    for (const ListedProposal& listed : proposals)
        if (!listed.by_reference) TRY(check_proposal(state, listed.sender, *listed.proposal, usages));
    Sorted sorted = sort_by_kind(proposals);
    TRY(check_member_list(state.tree, sorted, committer, proposals.size()));

    ListEffects effects;
    effects.extensions_changed = !sorted.extensions.empty();
    if (effects.extensions_changed) transition.next.context.extensions = sorted.extensions[0]->extensions;
    TRY(apply_to_tree(transition, sorted));
    if (effects.extensions_changed) TRY(check_members_meet(transition, committer));
    std::vector<NodeIndex> updated_nodes;
    for (const LeafUpdate& update : sorted.updates) {
        effects.updated.push_back(update.leaf);
        updated_nodes.push_back(tree_math::node_of(update.leaf));
    }
    TRY(transition.next.tree.check_new_keys(updated_nodes));
    if (!sorted.reinits.empty()) effects.reinit = *sorted.reinits[0];
    transition.psks = std::move(sorted.psks);
    transition.changes.path_required =
        proposals.empty() || effects.extensions_changed || !sorted.updates.empty() || !sorted.removes.empty();
    return effects;
}

Result<ExternalEffects> apply_external_list(const GroupState& state, Transition& transition,
                                            const std::vector<ListedProposal>& proposals, const LeafNode& joiner) {
    TRY(check_leaf(joiner));
    Sorted sorted = sort_by_kind(proposals);
    TRY(check_external_list(proposals, sorted));
    for (const PreSharedKeyID& psk : sorted.psks) TRY(check_psk_proposal(psk, PskUsages::application));
    RatchetTree& tree = transition.next.tree;
    for (const LeafIndex old : sorted.removes) TRY(check_resync(state.tree, old, joiner));
    apply_removes(tree, sorted.removes, transition.changes);
    tree.truncate();
    const LeafIndex leaf = TRY(tree.add(joiner));
    transition.changes.added.push_back(member_at(tree, leaf));
    transition.changes.path_required = true;
    transition.psks = std::move(sorted.psks);
    return ExternalEffects{leaf, sorted.external_inits[0]->kem_output};
}

}  // namespace veranda::mls
