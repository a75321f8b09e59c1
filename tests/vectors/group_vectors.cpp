// Runners for whole groups: a Welcome opened, and a client that follows a group it says nothing in.
#include "client-lib/mls/full_group.hpp"
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

}  // namespace

void welcome(const Json& one) {
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

void passive_client(const Json& one) {
    const OwnKeyPackage own = own_of(one);
    PskStore psks;
    for (const Json& psk : one["external_psks"])
        psks.hold(bytes_of(psk["psk_id"]), SecretBytes::copy_of(bytes_of(psk["psk"])));
    JoinWith with;
    with.psks = &psks;
    Bytes tree;
    if (!one["ratchet_tree"].is_null()) with.ratchet_tree = tree = bytes_of(one["ratchet_tree"]);
    FullGroup group = must(FullGroup::join(bytes_of(one["welcome"]), own, with));
    EXPECT_BYTES(group.epoch_authenticator(), one["initial_epoch_authenticator"]);
    for (const Json& epoch : one["epochs"]) {
        SCOPED_TRACE("epoch " + std::to_string(group.epoch().value));
        for (const Json& proposal : epoch["proposals"])
            EXPECT_TRUE(std::holds_alternative<PendingProposal>(must(group.open(bytes_of(proposal)))));
        FullReceived received = must(group.open(bytes_of(epoch["commit"])));
        ASSERT_TRUE(std::holds_alternative<FullStagedCommit>(received));
        group = group.after(std::get<FullStagedCommit>(std::move(received)));
        EXPECT_BYTES(group.epoch_authenticator(), epoch["epoch_authenticator"]);
    }
}

}  // namespace veranda::mls::vectors
