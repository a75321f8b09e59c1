// The rules of each kind of proposal.
#include "client-lib/mls/proposal_check.hpp"

#include "client-lib/mls/external_senders.hpp"
#include "client-lib/mls/limits.hpp"

namespace veranda::mls {
namespace {

struct Check {
    const GroupState& state;
    const Sender& sender;
    PskUsages usages;

    Result<void> operator()(const Add& add) const { return check_key_package(add.key_package); }

    Result<void> operator()(const Update& update) const {
        VERANDA_ASSERT(sender.type == SenderType::member);  // an outsider may not make one
        const LeafNode& before = *state.tree.leaf({sender.index});
        if (update.leaf.source != LeafNodeSource::update) return fail(rules::leaf_source);
        TRY(check_leaf(update.leaf));
        if (update.leaf.encryption_key == before.encryption_key) return fail(rules::update_key);
        if (update.leaf.credential != before.credential) return fail(rules::update_credential);
        if (!leaf_signature_ok(update.leaf, {state.context.group_id, {sender.index}}))
            return fail(rules::leaf_signature);
        return {};
    }

    Result<void> operator()(const Remove& remove) const {
        if (state.tree.leaf(remove.removed) == nullptr) return fail(rules::remove_unknown, remove.removed.value);
        return {};
    }

    Result<void> operator()(const PreSharedKey& proposal) const { return check_psk_proposal(proposal.psk, usages); }

    Result<void> operator()(const ReInit& reinit) const {
        if (reinit.version < state.context.version) return fail(rules::reinit_version);
        return check_group_extensions(reinit.extensions);
    }

    Result<void> operator()(const ExternalInit&) const { return fail(rules::external_init_by_member); }

    Result<void> operator()(const GroupContextExtensions& proposal) const {
        return check_group_extensions(proposal.extensions);
    }
};

template <class Contents>
bool is_well_formed(const Extensions& extensions, ExtensionType type) {
    const Extension* extension = find_extension(extensions, type);
    return extension == nullptr || tls::decode<Contents>(extension->data).has_value();
}

}  // namespace

Result<void> check_proposal(const GroupState& state, const Sender& sender, const Proposal& proposal, PskUsages usages) {
    return std::visit(Check{state, sender, usages}, proposal.body);
}

Result<void> check_psk_proposal(const PreSharedKeyID& psk, PskUsages usages) {
    if (psk.psk_nonce.size() != hash_bytes) return fail(rules::psk_nonce);
    if (psk.type == PskType::resumption && psk.usage != ResumptionUsage::application && usages != PskUsages::successor)
        return fail(rules::psk_usage);
    return {};
}

Result<void> check_group_extensions(const Extensions& extensions) {
    if (has_duplicates(extensions) ||
        !is_well_formed<RequiredCapabilities>(extensions, ExtensionType::required_capabilities) ||
        !is_well_formed<ExternalSenders>(extensions, ExtensionType::external_senders))
        return fail(rules::group_extensions);
    return {};
}

Result<void> check_outsiders_proposal(SenderType sender, const Proposal& proposal) {
    const ProposalType type = proposal.type();
    if (sender == SenderType::new_member_proposal && type != ProposalType::add) return fail(rules::sender_content);
    if (type == ProposalType::update || type == ProposalType::external_init)
        return fail(rules::external_proposal_kind, static_cast<std::uint64_t>(type));
    return {};
}

}  // namespace veranda::mls
