// Key packages: what a good one is, and everything for which one is refused (RFC 9420, 7.3 and 10.1).
#include "client-lib/mls/key_package.hpp"

#include "tests/unit/mls/forge.hpp"

namespace veranda::mls {
namespace {

using namespace tests;

OwnKeyPackage iris() {
    RepeatableRandom random(5);
    return person("iris", random);
}

std::string_view with(const std::function<void(KeyPackage&)>& spoil) {
    OwnKeyPackage own = iris();
    return why(decode_and_check_key_package(tls::encode(spoiled(own, spoil))));
}

const Bytes zeros(32);

TEST(KeyPackage, IsAcceptedAsItWasMade) {
    const OwnKeyPackage own = iris();
    const auto checked = decode_and_check_key_package(tls::encode(own.public_part));
    ASSERT_TRUE(checked.has_value());
    EXPECT_EQ(*checked, own.public_part);
    EXPECT_EQ(as_text(checked->leaf.credential.identity), "iris");
    EXPECT_EQ(checked->leaf.lifetime, (Lifetime{monday, friday}));
}

TEST(KeyPackage, PassesThroughGreaseInItsCapabilities) {
    EXPECT_EQ(with([](KeyPackage& kp) {
                  auto& can = kp.leaf.capabilities;
                  can.versions.push_back(ProtocolVersion{0x0a0a});
                  can.cipher_suites.push_back(CipherSuite{0x1a1a});
                  can.extensions.push_back(ExtensionType{0x2a2a});
                  can.proposals.push_back(ProposalType{0x3a3a});
                  can.credentials.push_back(CredentialType{0x4a4a});
                  kp.leaf.extensions.push_back({ExtensionType{0x2a2a}, {1, 2, 3}});
                  kp.extensions.push_back({ExtensionType{0x5a5a}, {}});
              }),
              "accepted");
}

TEST(KeyPackage, RefusesAByteMoreOrLess) {
    Bytes bytes = tls::encode(iris().public_part);
    bytes.push_back(0);
    EXPECT_EQ(why(decode_and_check_key_package(bytes)), "trailing_bytes");
    bytes.resize(bytes.size() - 2);
    EXPECT_EQ(why(decode_and_check_key_package(bytes)), "truncated");
}

REFUSES(version, OfAKeyPackage) {
    return with([](KeyPackage& kp) { kp.version = ProtocolVersion{2}; });
}
REFUSES(cipher_suite, OfAKeyPackage) {
    return with([](KeyPackage& kp) { kp.cipher_suite = CipherSuite{1}; });
}
REFUSES(init_key, ThatIsTheEncryptionKey) {
    return with([](KeyPackage& kp) { kp.init_key = kp.leaf.encryption_key; });
}
REFUSES(init_key, OfWrongLength) {
    return with([](KeyPackage& kp) { kp.init_key.pop_back(); });
}
REFUSES(init_key, OfLowOrder) {
    return with([](KeyPackage& kp) { kp.init_key = zeros; });
}
REFUSES(leaf_source, OfAnUpdate) {
    return with([](KeyPackage& kp) { kp.leaf.source = LeafNodeSource::update; });
}
REFUSES(leaf_keys, EncryptionKeyTooShort) {
    return with([](KeyPackage& kp) { kp.leaf.encryption_key.pop_back(); });
}
REFUSES(leaf_keys, EncryptionKeyOfLowOrder) {
    return with([](KeyPackage& kp) { kp.leaf.encryption_key = zeros; });
}
REFUSES(leaf_keys, SignatureKeyTooLong) {
    return with([](KeyPackage& kp) { kp.leaf.signature_key.push_back(0); });
}
REFUSES(leaf_credential, ThatIsACertificate) {
    return with([](KeyPackage& kp) { kp.leaf.credential = {{}, CredentialType::x509, {{1}}}; });
}
REFUSES(leaf_credential, NotInItsCapabilities) {
    return with([](KeyPackage& kp) { kp.leaf.capabilities.credentials = {CredentialType::x509}; });
}
REFUSES(leaf_capabilities, WithoutOurSuite) {
    return with([](KeyPackage& kp) { kp.leaf.capabilities.cipher_suites = {CipherSuite{1}}; });
}
REFUSES(leaf_capabilities, WithoutOurVersion) {
    return with([](KeyPackage& kp) { kp.leaf.capabilities.versions.clear(); });
}
REFUSES(leaf_extensions, NotInItsCapabilities) {
    return with([](KeyPackage& kp) { kp.leaf.extensions.push_back({ExtensionType{0x2a2a}, {}}); });
}
REFUSES(leaf_extensions, Twice) {
    return with([](KeyPackage& kp) { kp.leaf.extensions.assign(2, {ExtensionType::application_id, {}}); });
}
REFUSES(leaf_signature, OfAnother) {
    OwnKeyPackage own = iris();
    own.public_part.leaf.signature[0] ^= 1;
    sign_key_package(own.public_part, own.signing_key);
    return why(decode_and_check_key_package(tls::encode(own.public_part)));
}
REFUSES(key_package_extensions, Twice) {
    return with([](KeyPackage& kp) { kp.extensions.assign(2, {ExtensionType{0x5a5a}, {}}); });
}
REFUSES(key_package_signature, OfAnother) {
    OwnKeyPackage own = iris();
    own.public_part.signature[0] ^= 1;
    return why(decode_and_check_key_package(tls::encode(own.public_part)));
}

const auto required = [](RequiredCapabilities wanted) {
    return Extensions{{ExtensionType::required_capabilities, tls::encode(wanted)}};
};
REFUSES(required_capabilities, AnExtension) {
    return why(check_leaf_meets(iris().public_part.leaf, required({{ExtensionType{0x2a2a}}, {}, {}})));
}
REFUSES(required_capabilities, AProposal) {
    return why(check_leaf_meets(iris().public_part.leaf, required({{}, {ProposalType{0x2a2a}}, {}})));
}
REFUSES(required_capabilities, ACredential) {
    return why(check_leaf_meets(iris().public_part.leaf, required({{}, {}, {CredentialType::x509}})));
}
REFUSES(required_capabilities, AnExtensionOfTheGroup) {
    return why(check_leaf_meets(iris().public_part.leaf, {{ExtensionType{0x2a2a}, {}}}));
}

TEST(KeyPackage, MeetsWhatIsDefaultWithoutListingIt) {
    EXPECT_EQ(why(check_leaf_meets(
                  iris().public_part.leaf,
                  required({{ExtensionType::external_senders}, {ProposalType::reinit}, {CredentialType::basic}}))),
              "accepted");
}

}  // namespace
}  // namespace veranda::mls
