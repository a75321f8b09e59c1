// Runners for whole groups: a Welcome opened, and a client that follows a group it says nothing in.
#include "client-lib/mls/group_state.hpp"
#include "client-lib/mls/public_message.hpp"
#include "crypto/verify/mac.hpp"
#include "tests/vectors/vectors.hpp"

namespace veranda::mls::vectors {
namespace {

KeyPackage key_package_of(const Json& message) {
    const Bytes bytes = bytes_of(message);
    if (bytes.size() < 4) give_up("no key package");
    return must(tls::decode<KeyPackage>(std::span(bytes).subspan(4)));
}

OwnKeyPackage own_of(const Json& one) {
    OwnKeyPackage own{key_package_of(one["key_package"]), crypto::KemKeyPair::from_private(secret_of(one["init_priv"])),
                      crypto::KemKeyPair::from_private(secret_of(one["encryption_priv"])),
                      crypto::SigningKey::from_seed(secret_of(one["signature_priv"]))};
    EXPECT_EQ(to_hex(own.init_key.public_key), to_hex(own.public_part.init_key));
    EXPECT_EQ(to_hex(own.encryption_key.public_key), to_hex(own.public_part.leaf.encryption_key));
    EXPECT_EQ(to_hex(own.signing_key.public_key()), to_hex(own.public_part.leaf.signature_key));
    return own;
}

// The vectors' Commits are PublicMessages, which Group::open() refuses. Here one is verified as 6.2 says, and then
// takes the same way as any other.
AuthenticatedContent verified(const GroupState& state, const PublicMessage& message) {
    AuthenticatedContent content{WireFormat::public_message, message.content, message.auth};
    EXPECT_EQ(message.content.epoch, state.context.epoch);
    EXPECT_EQ(to_hex(membership_tag(content, state.secrets.membership, state.encoded_context)),
              to_hex(message.membership_tag));
    const LeafNode* sender = state.tree.leaf({message.content.sender.index});
    if (sender == nullptr) give_up("a Commit of nobody");
    EXPECT_TRUE(content_signature_ok(content, sender->signature_key, state.encoded_context));
    return content;
}

// Why we cannot follow such a Commit yet; empty if we can.
std::string beyond_us(const Commit& commit) {
    for (const ProposalOrRef& entry : commit.proposals) {
        const auto* proposal = std::get_if<Proposal>(&entry.content);
        if (proposal == nullptr) return "needs proposals by reference";
        if (proposal->type() != ProposalType::add && proposal->type() != ProposalType::remove)
            return "needs proposals of kind " + std::to_string(static_cast<int>(proposal->type()));
    }
    return {};
}

}  // namespace

void welcome(const Json& one, Tally&) {
    const auto message = must(decode_message<Welcome>(bytes_of(one["welcome"])));
    const OwnKeyPackage own{key_package_of(one["key_package"]),
                            crypto::KemKeyPair::from_private(secret_of(one["init_priv"])),
                            {},
                            crypto::SigningKey::from_seed({})};
    must(check_key_package(own.public_part));
    const GroupSecrets secrets = must(open_group_secrets(message, own));
    ASSERT_TRUE(secrets.psks.empty());
    const Secret32 no_psk;
    const GroupInfo info =
        must(open_group_info(message.encrypted_group_info, WelcomeKey::from_joiner(secrets.joiner, no_psk)));
    EXPECT_TRUE(group_info_signature_ok(info, bytes_of(one["signer_pub"])));
    const EpochSecrets epoch = EpochSecrets::from_joiner(secrets.joiner, no_psk, tls::encode(info.context));
    EXPECT_EQ(to_hex(epoch.confirmation_tag(info.context.confirmed_transcript_hash)), to_hex(info.confirmation_tag));
}

void passive_client(const Json& one, Tally& tally) {
    const OwnKeyPackage own = own_of(one);
    std::vector<ExternalPsk> psks;
    for (const Json& psk : one["external_psks"])
        psks.push_back({bytes_of(psk["psk_id"]), SecretBytes::copy_of(bytes_of(psk["psk"]))});
    JoinInputs inputs;
    inputs.psks = psks;
    Bytes tree;
    if (!one["ratchet_tree"].is_null()) inputs.ratchet_tree = tree = bytes_of(one["ratchet_tree"]);
    Group group(must(join_group(bytes_of(one["welcome"]), own, inputs)));
    EXPECT_BYTES(group.epoch_authenticator(), one["initial_epoch_authenticator"]);
    for (const Json& epoch : one["epochs"]) {
        SCOPED_TRACE("epoch " + std::to_string(group.epoch().value));
        const auto commit = verified(group.state(), must(decode_message<PublicMessage>(bytes_of(epoch["commit"]))));
        const std::string reason = beyond_us(std::get<Commit>(commit.content.content));
        if (!reason.empty()) return tally.left_out(reason);
        AppliedCommit applied = must(apply_commit(group.state(), commit));
        ASSERT_NE(applied.next, nullptr);
        group = Group(std::move(applied.next));
        EXPECT_BYTES(group.epoch_authenticator(), epoch["epoch_authenticator"]);
    }
}

}  // namespace veranda::mls::vectors
