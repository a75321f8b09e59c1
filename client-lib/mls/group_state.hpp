// What a Group holds in one epoch. Included by the files that make Groups, and by tests that break a rule from inside.
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

// The secrets of the next epoch (8), and the tag that confirms them.
struct NextSecrets {
    Secret32 joiner;
    EpochSecrets epoch;
    Hash confirmation_tag;
};

// A group of one in epoch 0 (11). Caller must: the leaf meets the extensions.
std::unique_ptr<GroupState> begin_group(ByteView group_id, Extensions extensions, OwnKeyPackage&& own,
                                        crypto::RandomSource& random);

// The application message of a member (6.3). Errors: content_too_long, generations_used_up.
Result<Bytes> seal_application(GroupState& state, ByteView content, Bytes authenticated_data,
                               crypto::RandomSource& random);

// Everything that proves a PrivateMessage genuine. Nothing is consumed yet: that is for who finds its content good too.
struct OpenedMessage {
    AuthenticatedContent message;
    SecretTree::Use use;
};
Result<OpenedMessage> open_and_verify(const GroupState& state, const PrivateMessage& sealed);

// What a GroupInfo says of an epoch, checked by its tree (12.4.3.1), which is in its extension or comes from elsewhere.
// `own` is our leaf, if we have one in it. Errors: version, cipher_suite, group_info_extensions; ratchet_tree_missing,
// faults of the codec, and every rule under Trees; own_leaf_missing is the caller's.
Result<void> check_info(const GroupInfo& info);
Result<RatchetTree> open_tree(const GroupInfo& info, std::optional<ByteView> beside);
Result<void> check_signer(const GroupInfo& info, const RatchetTree& tree, std::optional<LeafIndex> own);
Result<void> check_tree(const RatchetTree& tree, const GroupContext& context);

// The epoch that a Welcome leads to, once its group secrets are open and their PSKs found.
Result<std::unique_ptr<GroupState>> join_epoch(const Welcome& welcome, const OwnKeyPackage& own,
                                               const GroupSecrets& group_secrets, const Secret32& psk,
                                               std::optional<ByteView> ratchet_tree);

}  // namespace veranda::mls
