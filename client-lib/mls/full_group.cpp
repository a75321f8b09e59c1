// Creation, what can be asked of a FullGroup, and how its epochs begin.
#include "client-lib/mls/full_group.hpp"

#include "client-lib/mls/full_state.hpp"
#include "client-lib/mls/limits.hpp"
#include "crypto/sealed/hkdf.hpp"

namespace veranda::mls {
namespace {

PreSharedKeyID with_fresh_nonce(PreSharedKeyID id, crypto::RandomSource& random) {
    id.psk_nonce.resize(hash_bytes);
    random.fill(id.psk_nonce);
    return id;
}

// Whether the group must hear about it before anyone speaks: not if anybody could have sent it.
bool holds_speech_back(const PendingProposal& pending) {
    return pending.sender.type != SenderType::new_member_proposal;
}

}  // namespace

Result<FullGroup> FullGroup::create(ByteView group_id, Extensions extensions, OwnKeyPackage&& own,
                                    crypto::RandomSource& random) {
    TRY(check_group_extensions(extensions));
    TRY(check_key_package(own.public_part));
    TRY(check_leaf_meets(own.public_part.leaf, extensions));
    return FullGroup(begin_full(begin_group(group_id, std::move(extensions), std::move(own), random), {}, {}));
}

Result<Bytes> FullGroup::seal(ByteView content, crypto::RandomSource& random, Bytes authenticated_data) {
    TRY(check_alive(*state_));
    if (std::any_of(state_->pending.begin(), state_->pending.end(), holds_speech_back))
        return fail(rules::proposals_pending);
    return seal_application(*state_->epoch, content, std::move(authenticated_data), random);
}

FullGroup FullGroup::after(FullStagedCommit&& commit) const {
    VERANDA_ASSERT(!commit.removes_us());
    VERANDA_ASSERT(commit.next_->epoch->context.epoch == epoch().next());
    VERANDA_ASSERT(same_bytes(commit.next_->epoch->context.group_id, group_id()));
    return FullGroup(std::move(commit.next_));
}

const std::vector<PendingProposal>& FullGroup::pending() const { return state_->pending; }

std::vector<Hash> FullGroup::pending_references() const {
    std::vector<Hash> references;
    for (const PendingProposal& pending : state_->pending) references.push_back(pending.reference);
    return references;
}

bool FullGroup::discard(const Hash& reference) {
    return std::erase_if(state_->pending,
                         [&](const PendingProposal& pending) { return pending.reference == reference; }) > 0;
}

void FullGroup::hold_psk(Bytes id, SecretBytes secret) { state_->psks.hold(std::move(id), std::move(secret)); }
void FullGroup::forget_psk(ByteView id) { state_->psks.forget(id); }

Bytes FullGroup::ratchet_tree() const { return state_->epoch->tree.encode(); }
ByteView FullGroup::group_id() const { return state_->epoch->context.group_id; }
Epoch FullGroup::epoch() const { return state_->epoch->context.epoch; }
LeafIndex FullGroup::own_leaf() const { return state_->epoch->own; }
const Extensions& FullGroup::extensions() const { return state_->epoch->context.extensions; }
ByteView FullGroup::epoch_authenticator() const { return state_->epoch->secrets.authenticator.view(); }
const std::optional<ReInit>& FullGroup::reinit() const { return state_->reinit; }

std::vector<Member> FullGroup::roster() const {
    std::vector<Member> roster;
    for (const LeafIndex leaf : state_->epoch->tree.members()) roster.push_back(member_at(state_->epoch->tree, leaf));
    return roster;
}

Result<SecretBytes> FullGroup::export_secret(std::string_view label, ByteView context, std::size_t length) const {
    if (length > crypto::hkdf_output_bytes_max) return fail(rules::export_too_long, crypto::hkdf_output_bytes_max);
    return state_->epoch->secrets.export_secret(label, context, length);
}

FullGroup::FullGroup(std::unique_ptr<FullState> state) : state_(std::move(state)) {}
FullGroup::FullGroup(FullGroup&&) noexcept = default;
FullGroup& FullGroup::operator=(FullGroup&&) noexcept = default;
FullGroup::~FullGroup() = default;

FullStagedCommit::FullStagedCommit(FullStagedCommit&&) noexcept = default;
FullStagedCommit& FullStagedCommit::operator=(FullStagedCommit&&) noexcept = default;
FullStagedCommit::~FullStagedCommit() = default;

PreSharedKeyID external_psk(Bytes id, crypto::RandomSource& random) {
    PreSharedKeyID psk;
    psk.psk_id = std::move(id);
    return with_fresh_nonce(std::move(psk), random);
}

PreSharedKeyID resumption_psk(ByteView group_id, Epoch epoch, crypto::RandomSource& random) {
    PreSharedKeyID psk;
    psk.type = PskType::resumption;
    psk.psk_group_id = to_bytes(group_id);
    psk.psk_epoch = epoch;
    return with_fresh_nonce(std::move(psk), random);
}

std::unique_ptr<FullState> begin_full(std::unique_ptr<GroupState> epoch, PskStore psks, std::optional<ReInit> reinit) {
    psks.remember(epoch->context.group_id, epoch->context.epoch, epoch->secrets.resumption);
    return std::make_unique<FullState>(FullState{std::move(epoch), std::move(psks), std::move(reinit), {}, {}});
}

Result<void> check_alive(const FullState& state) {
    if (state.reinit) return fail(rules::reinit_done);
    return {};
}

}  // namespace veranda::mls
