// Which lists of proposals a Commit may hold (RFC 9420, 12.2), and what they do to the tree (12.3).
//
// Accepted here: Add and Remove by value. What else the RFC knows is decoded and refused by name; proposal_list.hpp
// accepts it.
#pragma once

#include "client-lib/mls/commit.hpp"
#include "client-lib/mls/group_context.hpp"

namespace veranda::mls {

struct Member {
    LeafIndex leaf;
    Bytes identity;
    SignatureKey signature_key;
    friend bool operator==(const Member&, const Member&) = default;
};
// Caller must: the leaf stands and passed check_leaf.
Member member_at(const RatchetTree& tree, LeafIndex leaf);

// What a list of proposals did.
struct Changes {
    std::vector<Member> added;
    std::vector<Member> removed;
    std::vector<LeafIndex> newcomers;  // the leaves of `added`, ascending
    bool path_required = false;        // 12.4

    bool removes(LeafIndex leaf) const;
};

// Whether the key packages of Adds are checked by themselves; our own Commits hold only what was checked before.
enum class KeyPackages { to_be_checked, checked_before };

// Applies them to the tree. That new keys are unlike all others is checked with those of the path, by
// RatchetTree::check_new_keys. Errors: proposal_by_reference, proposal_kind, remove_unknown, remove_twice,
// remove_committer, add_twice, add_present, required_capabilities, tree_too_large, those of check_key_package.
Result<Changes> apply_proposals(RatchetTree& tree, const std::vector<ProposalOrRef>& proposals, LeafIndex committer,
                                const Extensions& group_extensions, KeyPackages key_packages);

// Its parts, for whoever accepts other kinds beside them.
//
// Errors: remove_twice, remove_committer, remove_unknown.
Result<void> check_removes(const RatchetTree& tree, std::vector<LeafIndex> removes, LeafIndex committer);
// Caller must: the tree is as it is after the Removes. Errors: add_twice, add_present, required_capabilities, those of
// check_key_package.
Result<void> check_adds(const RatchetTree& tree, const std::vector<const KeyPackage*>& adds,
                        const Extensions& group_extensions, KeyPackages key_packages);
void apply_removes(RatchetTree& tree, const std::vector<LeafIndex>& removes, Changes& changes);
// Errors: tree_too_large.
Result<void> apply_adds(RatchetTree& tree, const std::vector<const KeyPackage*>& adds, Changes& changes);

}  // namespace veranda::mls
