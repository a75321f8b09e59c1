// A leaf of the ratchet tree (RFC 9420, 7.2 and 7.3): one member's keys, credential and capabilities, signed by itself.
//
// Not here: whether its lifetime is over. That is for who adds a member to judge, never for who joins (mls-traps 13).
#pragma once

#include "client-lib/mls/credential.hpp"
#include "client-lib/mls/labels.hpp"
#include "client-lib/mls/rules.hpp"

namespace veranda::mls {

// A place in the tree, from the left; it stays a member's own as long as the member stays.
using LeafIndex = Number<struct LeafIndexTag, std::uint32_t>;

struct Capabilities {
    std::vector<ProtocolVersion> versions;
    std::vector<CipherSuite> cipher_suites;
    std::vector<ExtensionType> extensions;
    std::vector<ProposalType> proposals;
    std::vector<CredentialType> credentials;
    VERANDA_FIELDS(versions, cipher_suites, extensions, proposals, credentials)
    friend bool operator==(const Capabilities&, const Capabilities&) = default;

    static Capabilities ours();
    bool supports(ExtensionType type) const;  // default types count as supported
    bool supports(ProposalType type) const;
    bool supports(CredentialType type) const;
};

struct Lifetime {
    UnixSeconds not_before;
    UnixSeconds not_after;
    VERANDA_FIELDS(not_before, not_after)
    friend bool operator==(const Lifetime&, const Lifetime&) = default;
};

enum class LeafNodeSource : std::uint8_t { key_package = 1, update = 2, commit = 3 };
constexpr bool is_known(LeafNodeSource source) {
    return source >= LeafNodeSource::key_package && source <= LeafNodeSource::commit;
}

struct LeafNode {
    Bytes encryption_key;
    Bytes signature_key;
    Credential credential;
    Capabilities capabilities;
    LeafNodeSource source = LeafNodeSource::key_package;
    Lifetime lifetime;  // of source key_package
    Bytes parent_hash;  // of source commit
    Extensions extensions;
    Bytes signature;

    void write(tls::Writer& writer) const;
    void read(tls::Reader& reader);
    friend bool operator==(const LeafNode&, const LeafNode&) = default;
};

// Where a leaf stands, which sources update and commit sign too.
struct LeafPlace {
    ByteView group_id;
    LeafIndex leaf;
};

void sign_leaf(LeafNode& node, const crypto::SigningKey& key, const LeafPlace& place);
bool leaf_signature_ok(const LeafNode& node, const LeafPlace& place);

// What 7.3 asks of a leaf by itself, its signature aside. Errors: leaf_keys, leaf_credential, leaf_capabilities,
// leaf_extensions.
Result<void> check_leaf(const LeafNode& node);

// What a group asks of a leaf. Errors: required_capabilities.
Result<void> check_leaf_meets(const LeafNode& node, const Extensions& group_extensions);

}  // namespace veranda::mls
