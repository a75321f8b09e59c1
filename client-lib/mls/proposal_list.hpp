// Proposals of every kind, by value and by reference: which lists of them a Commit may hold (RFC 9420, 12.2), and what
// a list does (12.3).
//
// Not here: the secrets of PSKs (psk_store.hpp), and whether a member was allowed to propose something.
#pragma once

#include "client-lib/mls/proposal_check.hpp"
#include "client-lib/mls/transition.hpp"

namespace veranda::mls {

// A proposal in a Commit, with who made it: by value the committer, by reference who sent it before.
struct ListedProposal {
    const Proposal* proposal;
    Sender sender;
    bool by_reference = false;  // then it was checked alone when it came
};

// What a list does beside adding, removing and naming PSKs, which the transition has.
struct ListEffects {
    std::vector<LeafIndex> updated;
    bool extensions_changed = false;
    std::optional<ReInit> reinit;
};

// Judges a member's list and applies it. Errors: those of check_proposal for proposals by value, update_by_committer,
// update_twice, update_and_remove, remove_twice, remove_committer, remove_unknown, add_twice, add_present,
// group_extensions_twice, reinit_not_alone, required_capabilities, tree_too_large, duplicate_key.
Result<ListEffects> apply_list(const GroupState& state, Transition& transition, LeafIndex committer,
                               const std::vector<ListedProposal>& proposals, PskUsages usages);

// The same for an external Commit, whose joiner gets a leaf. Errors: those of check_leaf for the joiner,
// external_commit_reference, external_commit_proposal, external_init, external_commit_removes, remove_unknown,
// path_credential, path_keys, psk_nonce, psk_usage, tree_too_large.
struct ExternalEffects {
    LeafIndex joiner;
    ByteView kem_output;  // of the ExternalInit, in the list
};
Result<ExternalEffects> apply_external_list(const GroupState& state, Transition& transition,
                                            const std::vector<ListedProposal>& proposals, const LeafNode& joiner);

}  // namespace veranda::mls
