// Making and checking of key packages.
#include "client-lib/mls/key_package.hpp"

namespace veranda::mls {
namespace {

Bytes to_be_signed(const KeyPackage& key_package) {
    tls::Writer writer;
    tls::write(writer, key_package.version);
    tls::write(writer, key_package.cipher_suite);
    tls::write(writer, key_package.init_key);
    tls::write(writer, key_package.leaf);
    tls::write(writer, key_package.extensions);
    return writer.take();
}

}  // namespace

Hash KeyPackage::reference() const { return ref_hash("MLS 1.0 KeyPackage Reference", tls::encode(*this)); }

OwnKeyPackage make_key_package(ByteView identity, crypto::SigningKey signing_key, UnixSeconds not_before,
                               UnixSeconds not_after, crypto::RandomSource& random) {
    OwnKeyPackage own{
        {}, crypto::KemKeyPair::generate(random), crypto::KemKeyPair::generate(random), std::move(signing_key)};
    own.public_part.init_key = to_bytes(own.init_key.public_key);
    LeafNode& leaf = own.public_part.leaf;
    leaf.encryption_key = to_bytes(own.encryption_key.public_key);
    leaf.signature_key = to_bytes(own.signing_key.public_key());
    leaf.credential.identity = to_bytes(identity);
    leaf.capabilities = Capabilities::ours();
    leaf.source = LeafNodeSource::key_package;
    leaf.lifetime = {not_before, not_after};
    sign_leaf(leaf, own.signing_key, {});
    sign_key_package(own.public_part, own.signing_key);
    return own;
}

Result<KeyPackage> decode_and_check_key_package(ByteView bytes) {
    KeyPackage key_package = TRY(tls::decode<KeyPackage>(bytes));
    TRY(check_key_package(key_package));
    return key_package;
}

Result<void> check_key_package(const KeyPackage& key_package) {
    const LeafNode& leaf = key_package.leaf;
    if (key_package.version != our_version) return fail(rules::version);
    if (key_package.cipher_suite != our_suite) return fail(rules::cipher_suite);
    if (!crypto::kem_key_ok(key_package.init_key) || key_package.init_key == leaf.encryption_key)
        return fail(rules::init_key);
    if (leaf.source != LeafNodeSource::key_package) return fail(rules::leaf_source);
    TRY(check_leaf(leaf));
    if (!leaf_signature_ok(leaf, {})) return fail(rules::leaf_signature);
    if (has_duplicates(key_package.extensions)) return fail(rules::key_package_extensions);
    if (!verify_with_label(leaf.signature_key, "KeyPackageTBS", to_be_signed(key_package), key_package.signature))
        return fail(rules::key_package_signature);
    return {};
}

void sign_key_package(KeyPackage& key_package, const crypto::SigningKey& key) {
    key_package.signature = sign_with_label(key, "KeyPackageTBS", to_be_signed(key_package));
}

}  // namespace veranda::mls
