// Runners for whole groups: a Welcome opened, and a client that follows a group it says nothing in.
#include "client-lib/mls/group_state.hpp"
#include "client-lib/mls/public_message.hpp"
#include "crypto/verify/mac.hpp"
#include "tests/vectors/vectors.hpp"

namespace veranda::mls::vectors {
namespace {

KeyPackage key_package_of(const Json& message) {
    const Bytes bytes = bytes_of(message);
    if (bytes.size() < 4) throw std::invalid_argument("no key package");
    return must(tls::decode<KeyPackage>(std::span(bytes).subspan(4)));
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

void passive_client(const Json&, Tally& tally) { tally.left_out("not yet"); }

}  // namespace veranda::mls::vectors
