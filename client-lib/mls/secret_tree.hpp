// The secret tree (RFC 9420, 9): one key for every message of an epoch, each erased as it is used.
//
// Looking at a key changes nothing; only consume(), once a message has proved genuine, moves a ratchet on. So a forged
// message costs hashing and nothing else.
#pragma once

#include <map>

#include "client-lib/mls/labels.hpp"
#include "client-lib/mls/rules.hpp"
#include "client-lib/mls/tree_math.hpp"

namespace veranda::mls {

namespace tests {
struct Inspector;  // reads the private halves, so that tests can say a state is unchanged
}

enum class RatchetKind : std::uint8_t { handshake, application };

struct MessageKey {
    crypto::Secret<32> key;
    crypto::Secret<12> nonce;
    [[nodiscard]] MessageKey clone() const { return {key.clone(), nonce.clone()}; }
};

class SecretTree {
public:
    SecretTree() = default;
    SecretTree(Secret32&& encryption_secret, std::uint32_t leaves);  // leaves: the tree's width

    // A key found, and what using it does to the ratchet.
    class Use;

    // The key of a sender's next message of ours. Errors: generations_used_up.
    Result<Use> next(LeafIndex leaf, RatchetKind kind) const;
    // The key of a message received. Caller must: the leaf is within the tree. Errors: generation_gone,
    // generation_too_far.
    Result<Use> find(LeafIndex leaf, RatchetKind kind, std::uint32_t generation) const;
    // Moves the ratchet on and erases the key. Caller must: nothing of this leaf was consumed since the Use was made.
    void consume(Use&& use);

private:
    friend struct tests::Inspector;
    struct Ratchet {
        Secret32 secret;  // of generation `next`
        std::uint64_t next = 0;
        std::map<std::uint32_t, MessageKey> skipped;  // overtaken; the oldest go first
    };
    struct LeafRatchets {
        Ratchet handshake;
        Ratchet application;
        Ratchet& of(RatchetKind kind) { return kind == RatchetKind::handshake ? handshake : application; }
    };

    // Secrets from a subtree nobody was heard of yet down to a leaf.
    using Way = std::vector<std::pair<NodeIndex, Secret32>>;

    const Ratchet* known_ratchet(LeafIndex leaf, RatchetKind kind) const;
    Way way_to(LeafIndex leaf) const;
    void open_leaf(const Way& way, RatchetKind kind);

    NodeIndex root_;
    std::map<NodeIndex, Secret32> nodes_;  // subtrees nobody was heard of yet; a node is erased once its children stand
    std::map<LeafIndex, LeafRatchets> leaves_;
};

class SecretTree::Use {
public:
    const MessageKey& key() const { return key_; }
    std::uint32_t generation() const { return generation_; }

private:
    friend class SecretTree;
    LeafIndex leaf_;
    RatchetKind kind_{};
    std::uint32_t generation_ = 0;
    MessageKey key_;
    bool was_skipped_ = false;
    Secret32 next_secret_;                             // of generation_ + 1, unless it was skipped
    std::map<std::uint32_t, MessageKey> skipped_now_;  // overtaken by this one
    Way way_;                                          // of a leaf's first message, so that it is hashed once
};

}  // namespace veranda::mls
