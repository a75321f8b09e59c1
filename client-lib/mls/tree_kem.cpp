// The paths: made, sealed, merged, opened.
#include "client-lib/mls/tree_kem.hpp"

#include "client-lib/mls/limits.hpp"

namespace veranda::mls {
namespace {

constexpr std::string_view path_label = "UpdatePathNode";

// The child of a path node that is not on the path.
NodeIndex copath_child(NodeIndex node, LeafIndex leaf) {
    const NodeIndex left = tree_math::left(node);
    return tree_math::is_below(leaf, left) ? tree_math::right(node) : left;
}

// Who must be reached below a copath node: its resolution, newcomers left out by their place, not by their number.
std::vector<NodeIndex> recipients(const RatchetTree& tree, NodeIndex copath, const std::vector<LeafIndex>& newcomers) {
    std::vector<NodeIndex> nodes = tree.resolution(copath);
    std::erase_if(nodes, [&newcomers](NodeIndex node) {
        return tree_math::is_leaf(node) &&
               std::binary_search(newcomers.begin(), newcomers.end(), tree_math::leaf_of(node));
    });
    return nodes;
}

// Where in the path the nodes begin that are above the other leaf too.
std::size_t first_shared(const std::vector<NodeIndex>& path, LeafIndex other) {
    std::size_t i = 0;
    while (i < path.size() && !tree_math::is_below(other, path[i])) ++i;
    return i;
}

Result<void> adopt(PathKeys& keys, const RatchetTree& tree, const std::vector<NodeIndex>& nodes, std::size_t from,
                   PathSecrets& secrets, const Rule& rule) {
    for (std::size_t i = from; i < nodes.size(); ++i) {
        crypto::KemKeyPair& key = secrets.keys[i - from];
        const Bytes* expected = tree.encryption_key(nodes[i]);
        if (expected == nullptr || !same_bytes(*expected, key.public_key)) return fail(rule, nodes[i].value);
        keys.set(nodes[i], std::move(key));
    }
    return {};
}

}  // namespace

const crypto::KemKeyPair* PathKeys::find(NodeIndex node) const {
    const auto found = keys_.find(node);
    return found == keys_.end() ? nullptr : &found->second;
}

void PathKeys::keep_only_those_of(const RatchetTree& tree) {
    std::erase_if(keys_, [&tree](const auto& entry) {
        if (entry.first.value >= tree_math::node_count(tree.width())) return true;
        const Bytes* current = tree.encryption_key(entry.first);
        return current == nullptr || !same_bytes(*current, entry.second.public_key);
    });
}

PathKeys PathKeys::clone() const {
    PathKeys copy;
    for (const auto& [node, key] : keys_) copy.keys_.emplace(node, key.clone());
    return copy;
}

PathSecrets PathSecrets::derive(const Secret32& first, std::size_t count) {
    PathSecrets path;
    path.secrets.reserve(count);
    path.keys.reserve(count);
    Secret32 secret = first.clone();
    for (std::size_t i = 0; i < count; ++i) {
        path.keys.push_back(crypto::KemKeyPair::derive(derive_secret(secret, "node")));
        Secret32 next = derive_secret(secret, "path");
        path.secrets.push_back(std::move(secret));
        secret = std::move(next);
    }
    path.commit_secret = std::move(secret);
    return path;
}

const Secret32& OwnPath::secret_for(LeafIndex other) const {
    const std::size_t shared = first_shared(nodes, other);
    VERANDA_ASSERT(shared < secrets.secrets.size());
    return secrets.secrets[shared];
}

OwnPath make_path(RatchetTree& tree, LeafIndex own, const crypto::SigningKey& key, ByteView group_id,
                  crypto::RandomSource& random) {
    std::vector<NodeIndex> nodes = tree.filtered_direct_path(own);
    OwnPath path{*tree.leaf(own), crypto::KemKeyPair::generate(random), std::move(nodes), {}};
    path.secrets = PathSecrets::derive(crypto::random_secret<32>(random), path.nodes.size());
    std::vector<Bytes> public_keys;
    for (const crypto::KemKeyPair& pair : path.secrets.keys) public_keys.push_back(to_bytes(pair.public_key));
    path.leaf.source = LeafNodeSource::commit;
    path.leaf.lifetime = {};
    path.leaf.encryption_key = to_bytes(path.leaf_key.public_key);
    path.leaf.signature_key = to_bytes(key.public_key());
    path.leaf.parent_hash = tree.set_path(own, path.nodes, public_keys);
    sign_leaf(path.leaf, key, {group_id, own});
    tree.replace_leaf(own, path.leaf);
    return path;
}

Result<UpdatePath> seal_path(const OwnPath& path, const RatchetTree& tree, LeafIndex own, ByteView group_context,
                             const std::vector<LeafIndex>& newcomers, crypto::RandomSource& random) {
    const crypto::HpkeInfo context = encrypt_context(path_label, group_context);
    UpdatePath sealed{path.leaf, {}};
    for (std::size_t i = 0; i < path.nodes.size(); ++i) {
        UpdatePathNode node{to_bytes(path.secrets.keys[i].public_key), {}};
        for (const NodeIndex to : recipients(tree, copath_child(path.nodes[i], own), newcomers)) {
            auto ciphertext = encrypt_with(context, *tree.encryption_key(to), path.secrets.secrets[i].view(), random);
            if (!ciphertext) return fail(rules::path_keys, to.value);
            node.encrypted_path_secret.push_back(*std::move(ciphertext));
        }
        sealed.nodes.push_back(std::move(node));
    }
    return sealed;
}

Result<std::vector<NodeIndex>> merge_path(RatchetTree& tree, LeafIndex sender, const UpdatePath& path,
                                          const std::vector<LeafIndex>& newcomers) {
    std::vector<NodeIndex> nodes = tree.filtered_direct_path(sender);
    if (nodes.size() != path.nodes.size()) return fail(rules::path_shape);
    std::vector<Bytes> keys;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const UpdatePathNode& node = path.nodes[i];
        if (!crypto::kem_key_ok(node.encryption_key)) return fail(rules::path_keys, nodes[i].value);
        if (node.encrypted_path_secret.size() != recipients(tree, copath_child(nodes[i], sender), newcomers).size())
            return fail(rules::path_shape, nodes[i].value);
        keys.push_back(node.encryption_key);
    }
    const Bytes parent_hash = tree.set_path(sender, nodes, keys);
    if (path.leaf.parent_hash != parent_hash) return fail(rules::path_parent_hash);
    tree.replace_leaf(sender, path.leaf);
    return nodes;
}

Result<Secret32> open_path(PathKeys& keys, const RatchetTree& tree, LeafIndex sender, LeafIndex own,
                           const std::vector<NodeIndex>& nodes, const UpdatePath& path, ByteView group_context,
                           const std::vector<LeafIndex>& newcomers) {
    const std::size_t shared = first_shared(nodes, own);
    VERANDA_ASSERT(shared < nodes.size());
    const std::vector<NodeIndex> to = recipients(tree, copath_child(nodes[shared], sender), newcomers);
    // Ours is the entry we hold the key of: a parent's, or, where we are unmerged below that parent, our own leaf's.
    const auto ours = std::find_if(to.begin(), to.end(), [&](NodeIndex node) {
        return tree_math::is_below(own, node) && keys.find(node) != nullptr;
    });
    if (ours == to.end()) return fail(rules::path_secret);
    const auto& ciphertexts = path.nodes[shared].encrypted_path_secret;
    const auto opened = decrypt_with(encrypt_context(path_label, group_context), *keys.find(*ours),
                                     ciphertexts[static_cast<std::size_t>(ours - to.begin())]);
    if (!opened || opened->size() != hash_bytes) return fail(rules::path_secret);
    const auto first = Secret32::copy_of(opened->view().first<hash_bytes>());
    PathSecrets secrets = PathSecrets::derive(first, nodes.size() - shared);
    TRY(adopt(keys, tree, nodes, shared, secrets, rules::path_secret));
    return std::move(secrets.commit_secret);
}

Result<void> adopt_path_secret(PathKeys& keys, const RatchetTree& tree, LeafIndex signer, LeafIndex own,
                               const Secret32& path_secret) {
    const std::vector<NodeIndex> nodes = tree.filtered_direct_path(signer);
    const std::size_t shared = first_shared(nodes, own);
    PathSecrets secrets = PathSecrets::derive(path_secret, nodes.size() - shared);
    return adopt(keys, tree, nodes, shared, secrets, rules::welcome_path_secret);
}

}  // namespace veranda::mls
