// Proposals that travel alone (RFC 9420, 12.1): ours made and sent, all of them kept until their epoch ends.
#include "client-lib/mls/full_state.hpp"
#include "client-lib/mls/limits.hpp"

namespace veranda::mls {
namespace {

bool is_from_outside(const PendingProposal& pending) { return pending.sender.type != SenderType::member; }

// Room for one more of this sender's kind. Errors: proposals_too_many.
Result<void> check_room(const std::vector<PendingProposal>& pending, const PendingProposal& one) {
    const auto outside = static_cast<std::size_t>(std::count_if(pending.begin(), pending.end(), is_from_outside));
    const std::size_t taken = is_from_outside(one) ? outside : pending.size() - outside;
    const std::size_t limit = is_from_outside(one) ? pending_from_outside_max : pending_proposals_max;
    if (taken >= limit) return fail(rules::proposals_too_many, limit);
    return {};
}

}  // namespace

Result<PendingProposal> check_standalone(const FullState& state, const AuthenticatedContent& message) {
    PendingProposal pending{ref_hash("MLS 1.0 Proposal Reference", tls::encode(message)), message.content.sender,
                            std::get<Proposal>(message.content.content)};
    TRY(check_proposal(*state.epoch, pending.sender, pending.proposal, PskUsages::application));
    TRY(check_room(state.pending, pending));
    return pending;
}

void keep_pending(FullState& state, PendingProposal pending) {
    for (const PendingProposal& kept : state.pending)
        if (kept.reference == pending.reference) return;
    state.pending.push_back(std::move(pending));
}

namespace {

Result<Bytes> send_proposal(FullState& state, Proposal proposal, crypto::RandomSource& random, WireFormat wire_format) {
    GroupState& epoch = *state.epoch;
    const Voice voice{{SenderType::member, epoch.own.value}, wire_format, {}};
    const AuthenticatedContent message = sign_as(voice, epoch, std::move(proposal));
    PendingProposal pending = TRY(check_standalone(state, message));
    Framed framed = TRY(frame(epoch, message, random));
    if (framed.use) epoch.secret_tree.consume(*std::move(framed.use));
    keep_pending(state, std::move(pending));
    return std::move(framed.bytes);
}

}  // namespace

Result<Bytes> FullGroup::propose(Proposal proposal, crypto::RandomSource& random, WireFormat wire_format) {
    TRY(check_alive(*state_));
    if (proposal.type() == ProposalType::update) return fail(rules::sender_content);
    return send_proposal(*state_, std::move(proposal), random, wire_format);
}

Result<Bytes> FullGroup::propose_update(crypto::RandomSource& random, WireFormat wire_format,
                                        std::optional<crypto::SigningKey> new_signing_key) {
    TRY(check_alive(*state_));
    const GroupState& epoch = *state_->epoch;
    const crypto::SigningKey& signing_key = new_signing_key ? *new_signing_key : epoch.signing_key;
    OwnUpdate update{crypto::KemKeyPair::generate(random), std::nullopt};
    LeafNode leaf = *epoch.tree.leaf(epoch.own);
    leaf.source = LeafNodeSource::update;
    leaf.lifetime = {};
    leaf.parent_hash = {};
    leaf.encryption_key = to_bytes(update.leaf_key.public_key);
    leaf.signature_key = to_bytes(signing_key.public_key());
    sign_leaf(leaf, signing_key, {epoch.context.group_id, epoch.own});
    Bytes message = TRY(send_proposal(*state_, {Update{std::move(leaf)}}, random, wire_format));
    update.signing_key = std::move(new_signing_key);
    state_->own_updates.push_back(std::move(update));
    return message;
}

}  // namespace veranda::mls
