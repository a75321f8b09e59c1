// Joining without a Welcome (RFC 9420, 12.4.3.2 and 8.3): a member publishes a GroupInfo, and whoever has it commits
// herself into the group.
#include "client-lib/mls/full_state.hpp"
#include "client-lib/mls/transcript.hpp"

namespace veranda::mls {
namespace {

constexpr std::string_view export_label = "MLS 1.0 external init secret";

const crypto::HpkeInfo& no_info() {
    static const crypto::HpkeInfo info({});
    return info;
}

Result<Bytes> external_pub(const GroupInfo& info) {
    const Extension* extension = find_extension(info.extensions, ExtensionType::external_pub);
    if (extension == nullptr) return fail(rules::external_pub);
    const auto contents = tls::decode<ExternalPub>(extension->data);
    if (!contents || !crypto::kem_key_ok(contents->external_pub)) return fail(rules::external_pub);
    return contents->external_pub;
}

// The epoch as someone sees it who is not in it: all that is public, and no secret. Her own leaf comes with the Commit.
struct OutsideView {
    std::unique_ptr<GroupState> epoch;
    Bytes external_pub;
};
Result<OutsideView> view_from_outside(ByteView group_info_message, std::optional<ByteView> ratchet_tree,
                                      const crypto::SigningKey& own_key) {
    GroupInfo info = TRY(decode_message<GroupInfo>(group_info_message));
    TRY(check_info(info));
    RatchetTree tree = TRY(open_tree(info, ratchet_tree));
    TRY(check_signer(info, tree, std::nullopt));
    TRY(check_tree(tree, info.context));
    Bytes key = TRY(external_pub(info));
    EpochBasis basis{std::move(info.context), std::move(tree), {}, {}, own_key.clone(), {}};
    return OutsideView{begin_epoch(std::move(basis), {}, info.confirmation_tag), std::move(key)};
}

std::vector<ProposalOrRef> external_list(Bytes kem_output, const ExternalJoinWith& with) {
    std::vector<ProposalOrRef> entries{{Proposal{ExternalInit{std::move(kem_output)}}}};
    if (with.resync) entries.push_back({Proposal{Remove{*with.resync}}});
    for (const PreSharedKeyID& psk : with.psk_ids) entries.push_back({Proposal{PreSharedKey{psk}}});
    return entries;
}

std::vector<ListedProposal> listed(const std::vector<ProposalOrRef>& entries, const Sender& joiner) {
    std::vector<ListedProposal> proposals;
    proposals.reserve(entries.size());
    for (const ProposalOrRef& entry : entries) proposals.push_back({&std::get<Proposal>(entry.content), joiner, false});
    return proposals;
}

}  // namespace

crypto::KemKeyPair external_key(const EpochSecrets& secrets) { return crypto::KemKeyPair::derive(secrets.external); }

Result<Secret32> open_external_init(const EpochSecrets& secrets, ByteView kem_output) {
    auto secret = crypto::hpke_receive_export(external_key(secrets), kem_output, no_info(), as_bytes(export_label));
    if (!secret) return fail(rules::external_init);
    return *std::move(secret);
}

GroupInfo make_group_info(const GroupState& epoch, Extensions extensions) {
    const Hash tag = epoch.secrets.confirmation_tag(epoch.context.confirmed_transcript_hash);
    GroupInfo info{epoch.context, std::move(extensions), to_bytes(tag), epoch.own, {}};
    sign_group_info(info, epoch.signing_key);
    return info;
}

Bytes FullGroup::group_info(TreePlace tree, Extensions more) const {
    const GroupState& epoch = *state_->epoch;
    const ExternalPub key{to_bytes(external_key(epoch.secrets).public_key)};
    more.push_back({ExtensionType::external_pub, tls::encode(key)});
    if (tree == TreePlace::inside) more = with_tree(std::move(more), epoch.tree);
    return encode_message(make_group_info(epoch, std::move(more)));
}

Result<OwnFullCommit> FullGroup::join_externally(ByteView group_info_message, const OwnKeyPackage& own,
                                                 const ExternalJoinWith& with, crypto::RandomSource& random) {
    const OutsideView view = TRY(view_from_outside(group_info_message, with.ratchet_tree, own.signing_key));
    const GroupState& epoch = *view.epoch;
    auto agreed = TRY(crypto::hpke_send_export(view.external_pub, no_info(), as_bytes(export_label), random));
    const Voice voice{{SenderType::new_member_commit, 0}, WireFormat::public_message, with.authenticated_data};
    std::vector<ProposalOrRef> entries = external_list(to_bytes(agreed.encapsulation), with);
    Transition transition = begin_transition(epoch);
    const LeafNode& leaf = own.public_part.leaf;
    TRY(check_leaf_meets(leaf, epoch.context.extensions));
    const ExternalEffects effects = TRY(apply_external_list(epoch, transition, listed(entries, voice.sender), leaf));
    transition.next.own = transition.next.welcome_signer = effects.joiner;
    transition.init = std::move(agreed.secret);
    transition.psk = TRY(psk_secret_of(transition.psks, {with.psks}));
    MadeCommit made = TRY(make_commit(epoch, transition, std::move(entries), PathPolicy::always, voice, random));
    Framed framed = TRY(frame(epoch, made.message, random));
    std::unique_ptr<GroupState> next =
        begin_epoch(std::move(transition.next), std::move(made.secrets.epoch), made.secrets.confirmation_tag);
    return OwnFullCommit{std::move(framed.bytes),
                         {},
                         std::move(transition.changes.added),
                         std::move(transition.changes.removed),
                         {},
                         FullGroup(begin_full(std::move(next), with.psks ? with.psks->clone() : PskStore(), {}))};
}

}  // namespace veranda::mls
