// What a Group holds. Included by the group_*.cpp files, and by tests that break a rule from inside.
#pragma once

#include "client-lib/mls/group.hpp"
#include "client-lib/mls/private_message.hpp"

namespace veranda::mls {

// One owner, the Group. The signing key and path keys stand in the states of both epochs while a Commit is undecided,
// each its own clone; a state's destruction wipes its own.
struct GroupState {
    GroupContext context;
    Bytes encoded_context;
    RatchetTree tree;
    LeafIndex own;
    LeafIndex welcome_signer;
    crypto::SigningKey signing_key;
    PathKeys path_keys;
    EpochSecrets secrets;
    SecretTree secret_tree;
    Bytes interim_transcript_hash;
};

// The parts of an epoch that a Commit or Welcome settles before its secrets.
struct EpochBasis {
    GroupContext context;
    RatchetTree tree;
    LeafIndex own;
    LeafIndex welcome_signer;
    crypto::SigningKey signing_key;
    PathKeys path_keys;
};

// Takes the encryption secret for the secret tree, and computes what follows from the confirmation tag.
std::unique_ptr<GroupState> begin_epoch(EpochBasis&& basis, EpochSecrets&& secrets, ByteView confirmation_tag);

// The context under which a path's secrets are sealed: the next epoch's, its transcript not yet (12.4.1).
GroupContext provisional_context(const GroupState& state, const RatchetTree& tree);

// Content of this member's, signed as a PrivateMessage of this epoch.
AuthenticatedContent sign_as_member(const GroupState& state, Content content);

// The secrets of the next epoch (8). Completes its context, which must have its tree hash, by the Commit's transcript.
struct NextSecrets {
    Secret32 joiner;
    EpochSecrets epoch;
    Hash confirmation_tag;
};
NextSecrets next_secrets(const GroupState& state, GroupContext& next, const AuthenticatedContent& commit,
                         const Secret32& commit_secret);

// What a joiner may have from elsewhere. Group::join() has none of it.
struct JoinInputs {
    std::optional<ByteView> ratchet_tree;  // beside the Welcome, in place of the extension
    std::span<const ExternalPsk> psks;
};
Result<std::unique_ptr<GroupState>> join_group(ByteView welcome_message, const OwnKeyPackage& own,
                                               const JoinInputs& inputs);

// A Commit of another member, its signature checked, applied to copies. Without `next` if it removes us.
struct AppliedCommit {
    Changes changes;
    std::unique_ptr<GroupState> next;
};
Result<AppliedCommit> apply_commit(const GroupState& state, const AuthenticatedContent& message);

}  // namespace veranda::mls
