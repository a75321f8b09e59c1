// From one epoch to the next (RFC 9420, 12.4.1 and 12.4.2): what every Commit comes to once its proposals are judged
// and applied, whoever made it and whatever they were.
//
// Not here: which proposals may be in it (proposal_rules.hpp, proposal_list.hpp), and framing.
#pragma once

#include "client-lib/mls/group_state.hpp"

namespace veranda::mls {

// The next epoch in the making. Everything in it is a copy, so that to give it up costs nothing.
struct Transition {
    EpochBasis next;  // the next epoch's number; tree, extensions and keys as the proposals leave them
    Changes changes;
    Secret32 init;                     // this epoch's, or what an ExternalInit brings in its place (8.3)
    Secret32 psk;                      // zeros without PSKs (8.4)
    std::vector<PreSharedKeyID> psks;  // whose secret that is
};
Transition begin_transition(const GroupState& state);

// Another's Commit, its signature checked: its path merged and opened, its confirmation tag held against ours.
// Caller must: the proposals are applied; an external committer's leaf is in the tree. Errors: path_required,
// leaf_source, those of check_leaf and check_leaf_meets, path_keys, path_credential, leaf_signature, path_shape,
// path_parent_hash, duplicate_key, path_secret, confirmation_tag.
struct AppliedCommit {
    Changes changes;
    std::unique_ptr<GroupState> next;  // null if the Commit removes us
};
Result<AppliedCommit> follow_commit(const GroupState& state, Transition&& transition, LeafIndex committer,
                                    const AuthenticatedContent& message);

// Who says a message, and how it will travel: both are signed (6.1).
struct Voice {
    Sender sender;
    WireFormat wire_format = WireFormat::private_message;
    Bytes authenticated_data;
};
AuthenticatedContent sign_as(const Voice& voice, const GroupState& state, Content content);

// Our own Commit, signed and with its confirmation tag, not yet framed. The transition's basis is then complete: it
// lacks nothing to begin_epoch() with. Caller must: as for follow_commit(). Errors: path_keys, duplicate_key.
struct MadeCommit {
    AuthenticatedContent message;
    std::optional<OwnPath> path;
    NextSecrets secrets;
};
Result<MadeCommit> make_commit(const GroupState& state, Transition& transition, std::vector<ProposalOrRef> proposals,
                               PathPolicy path_policy, const Voice& voice, crypto::RandomSource& random);

// The extensions of a GroupInfo with its tree behind them (12.4.3.3).
Extensions with_tree(Extensions more, const RatchetTree& tree);

// What the newcomers are told: the epoch, signed, sealed once for all; and to each the secrets that open it (12.4.3).
// Caller must: `adds` are those of the Commit, in its order. Errors: init_key.
Result<SplitWelcome> make_welcome(const Transition& transition, const MadeCommit& made,
                                  std::span<const KeyPackage> adds, Extensions info_extensions,
                                  crypto::RandomSource& random);

}  // namespace veranda::mls
