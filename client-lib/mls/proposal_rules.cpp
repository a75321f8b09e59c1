// Judging, then applying: Removes first, then Adds in their order, then truncation.
#include "client-lib/mls/proposal_rules.hpp"

#include <algorithm>

namespace veranda::mls {
namespace {

struct AddsAndRemoves {
    std::vector<const KeyPackage*> adds;
    std::vector<LeafIndex> removes;
};

Result<AddsAndRemoves> sort_by_kind(const std::vector<ProposalOrRef>& proposals) {
    AddsAndRemoves sorted;
    for (const ProposalOrRef& entry : proposals) {
        const auto* proposal = std::get_if<Proposal>(&entry.content);
        if (proposal == nullptr) return fail(rules::proposal_by_reference);
        if (const auto* add = std::get_if<Add>(&proposal->body)) {
            sorted.adds.push_back(&add->key_package);
        } else if (const auto* remove = std::get_if<Remove>(&proposal->body)) {
            sorted.removes.push_back(remove->removed);
        } else {
            return fail(rules::proposal_kind, static_cast<std::uint64_t>(proposal->type()));
        }
    }
    return sorted;
}

bool are_distinct(std::vector<ByteView> keys) {
    std::sort(keys.begin(), keys.end(), [](ByteView a, ByteView b) {
        return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
    });
    return std::adjacent_find(keys.begin(), keys.end(), same_bytes) == keys.end();
}

}  // namespace

Member member_at(const RatchetTree& tree, LeafIndex index) {
    const LeafNode& leaf = *tree.leaf(index);
    VERANDA_ASSERT(leaf.signature_key.size() == SignatureKey::size);
    Member member{index, leaf.credential.identity, {}};
    std::copy(leaf.signature_key.begin(), leaf.signature_key.end(), member.signature_key.bytes.begin());
    return member;
}

bool Changes::removes(LeafIndex leaf) const {
    return std::any_of(removed.begin(), removed.end(), [leaf](const Member& member) { return member.leaf == leaf; });
}

Result<void> check_removes(const RatchetTree& tree, std::vector<LeafIndex> removes, LeafIndex committer) {
    std::sort(removes.begin(), removes.end());
    if (std::adjacent_find(removes.begin(), removes.end()) != removes.end()) return fail(rules::remove_twice);
    for (const LeafIndex leaf : removes) {
        if (leaf == committer) return fail(rules::remove_committer);
        if (tree.leaf(leaf) == nullptr) return fail(rules::remove_unknown, leaf.value);
    }
    return {};
}

Result<void> check_adds(const RatchetTree& tree, const std::vector<const KeyPackage*>& adds,
                        const Extensions& group_extensions, KeyPackages key_packages) {
    std::vector<ByteView> signers;
    for (const KeyPackage* add : adds) {
        if (key_packages == KeyPackages::to_be_checked) TRY(check_key_package(*add));
        TRY(check_leaf_meets(add->leaf, group_extensions));
        signers.push_back(add->leaf.signature_key);
    }
    if (!are_distinct(std::move(signers))) return fail(rules::add_twice);
    for (const KeyPackage* add : adds)
        if (const auto present = tree.find_signer(add->leaf.signature_key))
            return fail(rules::add_present, present->value);
    return {};
}

void apply_removes(RatchetTree& tree, const std::vector<LeafIndex>& removes, Changes& changes) {
    for (const LeafIndex leaf : removes) {
        changes.removed.push_back(member_at(tree, leaf));
        tree.remove(leaf);
    }
}

Result<void> apply_adds(RatchetTree& tree, const std::vector<const KeyPackage*>& adds, Changes& changes) {
    for (const KeyPackage* add : adds) {
        const LeafIndex leaf = TRY(tree.add(add->leaf));
        changes.newcomers.push_back(leaf);
        changes.added.push_back(member_at(tree, leaf));
    }
    std::sort(changes.newcomers.begin(), changes.newcomers.end());
    return {};
}

Result<Changes> apply_proposals(RatchetTree& tree, const std::vector<ProposalOrRef>& proposals, LeafIndex committer,
                                const Extensions& group_extensions, KeyPackages key_packages) {
    const AddsAndRemoves sorted = TRY(sort_by_kind(proposals));
    TRY(check_removes(tree, sorted.removes, committer));
    Changes changes;
    changes.path_required = proposals.empty() || !sorted.removes.empty();
    apply_removes(tree, sorted.removes, changes);
    TRY(check_adds(tree, sorted.adds, group_extensions, key_packages));
    TRY(apply_adds(tree, sorted.adds, changes));
    tree.truncate();
    return changes;
}

}  // namespace veranda::mls
