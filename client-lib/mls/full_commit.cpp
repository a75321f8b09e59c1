// Our own Commits of any proposals (RFC 9420, 12.4.1), and the Welcomes that go with their Adds (12.4.3).
#include "client-lib/mls/full_state.hpp"

namespace veranda::mls {
namespace {

std::vector<ProposalOrRef> list_entries(CommitWith& with) {
    std::vector<ProposalOrRef> entries;
    for (const Hash& reference : with.by_reference) entries.push_back({to_bytes(reference)});
    for (Proposal& proposal : with.by_value) entries.push_back({std::move(proposal)});
    return entries;
}

std::vector<KeyPackage> added_key_packages(const std::vector<ListedProposal>& proposals) {
    std::vector<KeyPackage> adds;
    for (const ListedProposal& listed : proposals)
        if (const auto* add = std::get_if<Add>(&listed.proposal->body)) adds.push_back(add->key_package);
    return adds;
}

}  // namespace

Result<OwnFullCommit> commit_full(const FullState& state, CommitWith&& with, PskUsages usages, const PskStore* parent,
                                  crypto::RandomSource& random) {
    TRY(check_alive(state));
    const GroupState& epoch = *state.epoch;
    const Voice voice{{SenderType::member, epoch.own.value}, with.wire_format, std::move(with.authenticated_data)};
    std::vector<ProposalOrRef> entries = list_entries(with);
    const auto proposals = TRY(resolve(state, entries, voice.sender));
    const std::vector<KeyPackage> adds = added_key_packages(proposals);
    Transition transition = begin_transition(epoch);
    ListEffects effects = TRY(apply_list(epoch, transition, epoch.own, proposals, usages));
    transition.psk = TRY(psk_secret_of(transition.psks, {&state.psks, parent}));
    if (with.new_signing_key) {
        transition.next.signing_key = *std::move(with.new_signing_key);
        with.path = PathPolicy::always;
    }

    MadeCommit made = TRY(make_commit(epoch, transition, std::move(entries), with.path, voice, random));
    SplitWelcome welcome;
    if (!adds.empty()) {
        Extensions extensions = std::move(with.info_extensions);
        if (with.tree == TreePlace::inside) extensions = with_tree(std::move(extensions), transition.next.tree);
        welcome = TRY(make_welcome(transition, made, adds, std::move(extensions), random));
    }
    Framed framed = TRY(frame(epoch, made.message, random));
    std::unique_ptr<GroupState> next =
        begin_epoch(std::move(transition.next), std::move(made.secrets.epoch), made.secrets.confirmation_tag);
    std::optional<ReInit> reinit = effects.reinit;
    return OwnFullCommit{std::move(framed.bytes),
                         std::move(welcome),
                         std::move(transition.changes.added),
                         std::move(transition.changes.removed),
                         std::move(effects),
                         FullGroup(begin_full(std::move(next), state.psks.clone(), std::move(reinit)))};
}

Result<OwnFullCommit> FullGroup::commit(CommitWith with, crypto::RandomSource& random) const {
    return commit_full(*state_, std::move(with), PskUsages::application, nullptr, random);
}

}  // namespace veranda::mls
