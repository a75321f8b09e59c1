// TreeKEM (RFC 9420, 7.4 to 7.7): a committer gives the nodes above itself new keys, and sends each part of the tree
// the secret that it needs to follow.
#pragma once

#include <map>

#include "client-lib/mls/ratchet_tree.hpp"

namespace veranda::mls {

namespace tests {
struct Inspector;
}

struct UpdatePathNode {
    Bytes encryption_key;
    std::vector<HPKECiphertext> encrypted_path_secret;
    VERANDA_FIELDS(encryption_key, encrypted_path_secret)
    friend bool operator==(const UpdatePathNode&, const UpdatePathNode&) = default;
};

struct UpdatePath {
    LeafNode leaf;
    std::vector<UpdatePathNode> nodes;
    VERANDA_FIELDS(leaf, nodes)
    friend bool operator==(const UpdatePath&, const UpdatePath&) = default;
};

// The private keys one member holds: its leaf's, and those above it that it has learnt. Every epoch's Group owns a set;
// a key is wiped with the last Group whose tree had it.
class PathKeys {
public:
    void set(NodeIndex node, crypto::KemKeyPair&& key) { keys_.insert_or_assign(node, std::move(key)); }
    const crypto::KemKeyPair* find(NodeIndex node) const;
    void keep_only_those_of(const RatchetTree& tree);  // wipes keys of nodes that are blank or have another key now
    [[nodiscard]] PathKeys clone() const;

private:
    friend struct tests::Inspector;
    std::map<NodeIndex, crypto::KemKeyPair> keys_;
};

// The secrets from one node of a path to the root (7.4): its first is given, each next is derived from it.
struct PathSecrets {
    std::vector<Secret32> secrets;
    std::vector<crypto::KemKeyPair> keys;
    Secret32 commit_secret;

    static PathSecrets derive(const Secret32& first, std::size_t count);
};

// A committer's half. make_path() changes the tree; its hash then goes into the context that seal_path() encrypts
// under.
struct OwnPath {
    LeafNode leaf;
    crypto::KemKeyPair leaf_key;
    std::vector<NodeIndex> nodes;
    PathSecrets secrets;

    // The secret of the lowest node that is above both leaves, for a Welcome. Caller must: `other` is in the tree.
    const Secret32& secret_for(LeafIndex other) const;
};
OwnPath make_path(RatchetTree& tree, LeafIndex own, const crypto::SigningKey& key, ByteView group_id,
                  crypto::RandomSource& random);

// Newcomers get theirs by Welcome and are left out (7.5). Caller must: `newcomers` ascend. Errors: path_keys, if a
// member has a key that nothing can be sealed to.
Result<UpdatePath> seal_path(const OwnPath& path, const RatchetTree& tree, LeafIndex own, ByteView group_context,
                             const std::vector<LeafIndex>& newcomers, crypto::RandomSource& random);

// A receiver's half: the public part, checked and put into the tree. Errors: path_shape, path_keys, path_parent_hash.
// Whether the leaf itself is good (signature, credential) the Commit's rules say. Returns the nodes that were set.
Result<std::vector<NodeIndex>> merge_path(RatchetTree& tree, LeafIndex sender, const UpdatePath& path,
                                          const std::vector<LeafIndex>& newcomers);

// And the private part: our keys for the nodes that are ours too go into `keys`, the commit secret is returned.
// Caller must: the tree is merge_path()'s. Errors: path_secret.
Result<Secret32> open_path(PathKeys& keys, const RatchetTree& tree, LeafIndex sender, LeafIndex own,
                           const std::vector<NodeIndex>& nodes, const UpdatePath& path, ByteView group_context,
                           const std::vector<LeafIndex>& newcomers);

// What a Welcome's path secret tells: keys from the lowest common node of signer and joiner up. Errors:
// welcome_path_secret.
Result<void> adopt_path_secret(PathKeys& keys, const RatchetTree& tree, LeafIndex signer, LeafIndex own,
                               const Secret32& path_secret);

}  // namespace veranda::mls
