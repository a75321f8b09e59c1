// Our own Commits (RFC 9420, 12.4.1): Adds and Removes by value.
#include "client-lib/mls/transition.hpp"

namespace veranda::mls {
namespace {

std::vector<ProposalOrRef> list_proposals(std::span<const KeyPackage> adds, std::span<const LeafIndex> removes) {
    std::vector<ProposalOrRef> proposals;
    for (const LeafIndex leaf : removes) proposals.push_back({Proposal{Remove{leaf}}});
    for (const KeyPackage& add : adds) proposals.push_back({Proposal{Add{add}}});
    return proposals;
}

}  // namespace

Result<OwnCommit> Group::commit(std::span<const KeyPackage> adds, std::span<const LeafIndex> removes,
                                crypto::RandomSource& random, PathPolicy path_policy) const {
    const GroupState& state = *state_;
    const SecretTree::Use use = TRY(state.secret_tree.next(state.own, RatchetKind::handshake));
    std::vector<ProposalOrRef> proposals = list_proposals(adds, removes);
    Transition transition = begin_transition(state);
    transition.changes = TRY(apply_proposals(transition.next.tree, proposals, state.own, state.context.extensions,
                                             KeyPackages::checked_before));
    MadeCommit made =
        TRY(make_commit(state, transition, std::move(proposals), path_policy,
                        {{SenderType::member, state.own.value}, WireFormat::private_message, {}}, random));
    SplitWelcome welcome;
    if (!adds.empty()) welcome = TRY(make_welcome(transition, made, adds, with_tree({}, transition.next.tree), random));
    Bytes sealed = encode_message(seal_private_message(made.message, use, state.secrets.sender_data, random));
    return OwnCommit{
        std::move(sealed), std::move(welcome), std::move(transition.changes.added),
        Group(begin_epoch(std::move(transition.next), std::move(made.secrets.epoch), made.secrets.confirmation_tag))};
}

}  // namespace veranda::mls
