// Encoding, signing and judging of a leaf node.
#include "client-lib/mls/leaf_node.hpp"

#include "client-lib/mls/limits.hpp"

namespace veranda::mls {
namespace {

template <class T>
bool contains(const std::vector<T>& list, T value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

void write_unsigned(tls::Writer& writer, const LeafNode& node) {
    tls::write(writer, node.encryption_key);
    tls::write(writer, node.signature_key);
    tls::write(writer, node.credential);
    tls::write(writer, node.capabilities);
    tls::write(writer, node.source);
    if (node.source == LeafNodeSource::key_package) tls::write(writer, node.lifetime);
    if (node.source == LeafNodeSource::commit) tls::write(writer, node.parent_hash);
    tls::write(writer, node.extensions);
}

Bytes to_be_signed(const LeafNode& node, const LeafPlace& place) {
    tls::Writer writer;
    write_unsigned(writer, node);
    if (node.source != LeafNodeSource::key_package) {
        writer.vector(place.group_id);
        tls::write(writer, place.leaf);
    }
    return writer.take();
}

}  // namespace

Capabilities Capabilities::ours() { return {{our_version}, {our_suite}, {}, {}, {CredentialType::basic}}; }

bool Capabilities::supports(ExtensionType type) const { return is_default(type) || contains(extensions, type); }
bool Capabilities::supports(ProposalType type) const { return is_default(type) || contains(proposals, type); }
bool Capabilities::supports(CredentialType type) const { return contains(credentials, type); }

void LeafNode::write(tls::Writer& writer) const {
    write_unsigned(writer, *this);
    tls::write(writer, signature);
}

void LeafNode::read(tls::Reader& reader) {
    tls::read(reader, encryption_key);
    tls::read(reader, signature_key);
    tls::read(reader, credential);
    tls::read(reader, capabilities);
    tls::read(reader, source);
    if (source == LeafNodeSource::key_package) tls::read(reader, lifetime);
    if (source == LeafNodeSource::commit) tls::read(reader, parent_hash);
    tls::read(reader, extensions);
    tls::read(reader, signature);
}

void sign_leaf(LeafNode& node, const crypto::SigningKey& key, const LeafPlace& place) {
    node.signature = sign_with_label(key, "LeafNodeTBS", to_be_signed(node, place));
}

bool leaf_signature_ok(const LeafNode& node, const LeafPlace& place) {
    return verify_with_label(node.signature_key, "LeafNodeTBS", to_be_signed(node, place), node.signature);
}

Result<void> check_leaf(const LeafNode& node) {
    if (!crypto::kem_key_ok(node.encryption_key) || node.signature_key.size() != public_key_bytes)
        return fail(rules::leaf_keys);
    if (node.credential.type != CredentialType::basic || !node.capabilities.supports(node.credential.type))
        return fail(rules::leaf_credential);
    if (!contains(node.capabilities.versions, our_version) || !contains(node.capabilities.cipher_suites, our_suite))
        return fail(rules::leaf_capabilities);
    if (has_duplicates(node.extensions)) return fail(rules::leaf_extensions);
    for (const Extension& extension : node.extensions)
        if (!node.capabilities.supports(extension.type)) return fail(rules::leaf_extensions);
    return {};
}

Result<void> check_leaf_meets(const LeafNode& node, const Extensions& group_extensions) {
    for (const Extension& extension : group_extensions)
        if (!node.capabilities.supports(extension.type)) return fail(rules::required_capabilities);
    const Extension* required = find_extension(group_extensions, ExtensionType::required_capabilities);
    if (required == nullptr) return {};
    const auto wanted = TRY(tls::decode<RequiredCapabilities>(required->data));
    const auto has = [&node](auto type) { return node.capabilities.supports(type); };
    if (!std::all_of(wanted.extensions.begin(), wanted.extensions.end(), has) ||
        !std::all_of(wanted.proposals.begin(), wanted.proposals.end(), has) ||
        !std::all_of(wanted.credentials.begin(), wanted.credentials.end(), has))
        return fail(rules::required_capabilities);
    return {};
}

}  // namespace veranda::mls
