// Whether a proposal is valid by itself (RFC 9420, 12.1), whatever stands beside it.
#pragma once

#include "client-lib/mls/group_state.hpp"

namespace veranda::mls {

// Resumption PSKs of usage reinit and branch are for the first Commit of a successor alone (11.2, 11.3).
enum class PskUsages { application, successor };

// Caller must: the sender may make such a proposal, and, if a member, stands in the tree. What the group's extensions
// ask of a leaf is not judged: they may change in the same Commit. Errors: those of check_key_package; leaf_source,
// update_key, update_credential, leaf_signature and those of check_leaf; remove_unknown; psk_nonce, psk_usage;
// reinit_version; group_extensions; external_init_by_member.
Result<void> check_proposal(const GroupState& state, const Sender& sender, const Proposal& proposal, PskUsages usages);

// Errors: psk_nonce, psk_usage.
Result<void> check_psk_proposal(const PreSharedKeyID& psk, PskUsages usages);

// Extensions that may stand in a GroupContext. Errors: group_extensions, if one stands there twice, or if one that we
// know is not what its type says.
Result<void> check_group_extensions(const Extensions& extensions);

// What a sender outside the group may propose (12.1.8, 17.4). Errors: sender_content, external_proposal_kind.
Result<void> check_outsiders_proposal(SenderType sender, const Proposal& proposal);

}  // namespace veranda::mls
