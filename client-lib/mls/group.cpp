// Creation, what can be asked of a Group, and how an epoch begins.
#include "client-lib/mls/group.hpp"

#include "client-lib/mls/group_state.hpp"
#include "client-lib/mls/transcript.hpp"
#include "crypto/sealed/hkdf.hpp"

namespace veranda::mls {

Group Group::create(ByteView group_id, OwnKeyPackage&& own, crypto::RandomSource& random) {
    return Group(begin_group(group_id, {}, std::move(own), random));
}

Group Group::after(StagedCommit&& commit) const {
    VERANDA_ASSERT(!commit.removes_us());
    VERANDA_ASSERT(commit.next_->context.epoch == epoch().next());
    VERANDA_ASSERT(same_bytes(commit.next_->context.group_id, group_id()));
    return Group(std::move(commit.next_));
}

ByteView Group::group_id() const { return state_->context.group_id; }
Epoch Group::epoch() const { return state_->context.epoch; }
LeafIndex Group::own_leaf() const { return state_->own; }
LeafIndex Group::welcome_signer() const { return state_->welcome_signer; }
ByteView Group::epoch_authenticator() const { return state_->secrets.authenticator.view(); }

std::vector<Member> Group::roster() const {
    std::vector<Member> roster;
    for (const LeafIndex leaf : state_->tree.members()) roster.push_back(member_at(state_->tree, leaf));
    return roster;
}

Result<SecretBytes> Group::export_secret(std::string_view label, ByteView context, std::size_t length) const {
    if (length > crypto::hkdf_output_bytes_max) return fail(rules::export_too_long, crypto::hkdf_output_bytes_max);
    return state_->secrets.export_secret(label, context, length);
}

Group::Group(std::unique_ptr<GroupState> state) : state_(std::move(state)) {}
Group::Group(Group&&) noexcept = default;
Group& Group::operator=(Group&&) noexcept = default;
Group::~Group() = default;

StagedCommit::StagedCommit(LeafIndex sender, Changes&& changes, bool has_path, std::unique_ptr<GroupState> next)
    : sender_(sender), changes_(std::move(changes)), has_path_(has_path), next_(std::move(next)) {}
StagedCommit::StagedCommit(StagedCommit&&) noexcept = default;
StagedCommit& StagedCommit::operator=(StagedCommit&&) noexcept = default;
StagedCommit::~StagedCommit() = default;

std::unique_ptr<GroupState> begin_epoch(EpochBasis&& basis, EpochSecrets&& secrets, ByteView confirmation_tag) {
    SecretTree secret_tree(std::move(secrets.encryption), basis.tree.width());
    basis.path_keys.keep_only_those_of(basis.tree);
    const Hash interim = interim_transcript_hash(basis.context.confirmed_transcript_hash, confirmation_tag);
    Bytes encoded = tls::encode(basis.context);
    return std::make_unique<GroupState>(GroupState{std::move(basis.context), std::move(encoded), std::move(basis.tree),
                                                   basis.own, basis.welcome_signer, std::move(basis.signing_key),
                                                   std::move(basis.path_keys), std::move(secrets),
                                                   std::move(secret_tree), to_bytes(interim)});
}

std::unique_ptr<GroupState> begin_group(ByteView group_id, Extensions extensions, OwnKeyPackage&& own,
                                        crypto::RandomSource& random) {
    EpochBasis basis{{}, RatchetTree(std::move(own.public_part.leaf)), {}, {}, std::move(own.signing_key), {}};
    basis.path_keys.set({0}, std::move(own.encryption_key));
    basis.context.group_id = to_bytes(group_id);
    basis.context.tree_hash = to_bytes(basis.tree.hash());
    basis.context.extensions = std::move(extensions);
    EpochSecrets secrets = EpochSecrets::from(crypto::random_secret<32>(random));
    const Hash confirmation_tag = secrets.confirmation_tag({});
    return begin_epoch(std::move(basis), std::move(secrets), confirmation_tag);
}

}  // namespace veranda::mls
