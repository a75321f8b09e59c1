// Joining by Welcome with PSKs (RFC 9420, 12.4.3.1), and groups that follow upon another: reinitialized (11.2) or
// branched off (11.3).
#include "client-lib/mls/full_state.hpp"

namespace veranda::mls {
namespace {

bool links_groups(const PreSharedKeyID& psk) {
    return psk.type == PskType::resumption && psk.usage != ResumptionUsage::application;
}

// The PSK that makes a group the successor of another, if there is one. Errors: psk_usage.
Result<const PreSharedKeyID*> successor_psk(const std::vector<PreSharedKeyID>& psks) {
    const auto count = std::count_if(psks.begin(), psks.end(), links_groups);
    if (count > 1) return fail(rules::psk_usage);
    const auto found = std::find_if(psks.begin(), psks.end(), links_groups);
    return found == psks.end() ? nullptr : &*found;
}

// Whether everybody of these is among those, by credential.
bool are_among(const RatchetTree& these, const RatchetTree& those) {
    const std::vector<LeafIndex> others = those.members();
    const auto has = [&](const Credential& credential) {
        return std::any_of(others.begin(), others.end(),
                           [&](LeafIndex leaf) { return those.leaf(leaf)->credential == credential; });
    };
    const std::vector<LeafIndex> members = these.members();
    return std::all_of(members.begin(), members.end(),
                       [&](LeafIndex leaf) { return has(these.leaf(leaf)->credential); });
}

Result<void> check_members(const RatchetTree& successor, const RatchetTree& parent, ResumptionUsage usage) {
    if (!are_among(successor, parent)) return fail(rules::successor_members);
    if (usage == ResumptionUsage::reinit && !are_among(parent, successor)) return fail(rules::successor_members);
    return {};
}

Result<void> check_reinitialized(const GroupContext& successor, const FullState& parent, Epoch psk_epoch) {
    const std::optional<ReInit>& reinit = parent.reinit;
    if (!reinit || psk_epoch != parent.epoch->context.epoch || successor.group_id != reinit->group_id ||
        successor.version != reinit->version || successor.cipher_suite != reinit->cipher_suite ||
        successor.extensions != reinit->extensions)
        return fail(rules::successor_parameters);
    return {};
}

// Version and cipher suite of a branch are its parent's: there is but one of each here.
Result<void> check_successor(const GroupState& successor, const FullState& parent, const PreSharedKeyID& psk) {
    if (successor.context.epoch != Epoch{1}) return fail(rules::successor_epoch, successor.context.epoch.value);
    if (psk.usage == ResumptionUsage::reinit) TRY(check_reinitialized(successor.context, parent, psk.psk_epoch));
    return check_members(successor.tree, parent.epoch->tree, psk.usage);
}

// The first Commit of a group that follows upon another: its members, and the PSK by which they are known to be the
// other's.
Result<OwnFullCommit> begin_successor(const FullState& parent, ResumptionUsage usage, const FullGroup& alone,
                                      std::span<const KeyPackage> others, crypto::RandomSource& random) {
    const GroupContext& context = parent.epoch->context;
    PreSharedKeyID psk = resumption_psk(context.group_id, context.epoch, random);
    psk.usage = usage;
    CommitWith with;
    for (const KeyPackage& other : others) with.by_value.push_back({Add{other}});
    with.by_value.push_back({PreSharedKey{std::move(psk)}});
    OwnFullCommit commit = TRY(commit_full(alone.state(), std::move(with), PskUsages::successor, &parent.psks, random));
    TRY(check_members(commit.next.state().epoch->tree, parent.epoch->tree, usage));
    return commit;
}

}  // namespace

Result<FullGroup> FullGroup::join(ByteView welcome_message, const OwnKeyPackage& own, const JoinWith& with) {
    const auto welcome = TRY(decode_message<Welcome>(welcome_message));
    const GroupSecrets secrets = TRY(open_group_secrets(welcome, own));
    const PreSharedKeyID* link = TRY(successor_psk(secrets.psks));
    if (link != nullptr && (with.parent == nullptr || !same_bytes(link->psk_group_id, with.parent->group_id())))
        return fail(rules::successor_parent);
    const FullState* parent = link != nullptr ? with.parent->state_.get() : nullptr;
    const Secret32 psk = TRY(psk_secret_of(secrets.psks, {with.psks, parent ? &parent->psks : nullptr}));
    std::unique_ptr<GroupState> epoch = TRY(join_epoch(welcome, own, secrets, psk, with.ratchet_tree));
    if (link != nullptr) TRY(check_successor(*epoch, *parent, *link));
    return FullGroup(begin_full(std::move(epoch), with.psks ? with.psks->clone() : PskStore(), {}));
}

Result<OwnFullCommit> FullGroup::reinitialize(OwnKeyPackage&& own, std::span<const KeyPackage> others,
                                              crypto::RandomSource& random) const {
    const std::optional<ReInit>& reinit = state_->reinit;
    if (!reinit) return fail(rules::successor_parameters);
    if (reinit->version != our_version) return fail(rules::version);
    if (reinit->cipher_suite != our_suite) return fail(rules::cipher_suite);
    const FullGroup alone = TRY(create(reinit->group_id, reinit->extensions, std::move(own), random));
    return begin_successor(*state_, ResumptionUsage::reinit, alone, others, random);
}

Result<OwnFullCommit> FullGroup::branch(ByteView group_id, Extensions extensions, OwnKeyPackage&& own,
                                        std::span<const KeyPackage> others, crypto::RandomSource& random) const {
    const FullGroup alone = TRY(create(group_id, std::move(extensions), std::move(own), random));
    return begin_successor(*state_, ResumptionUsage::branch, alone, others, random);
}

}  // namespace veranda::mls
