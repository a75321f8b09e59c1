// Messages that no honest member would send: signed and sealed as they must be, and wrong in one thing.
#pragma once

#include <functional>

#include "client-lib/mls/transition.hpp"
#include "tests/unit/mls/people.hpp"

namespace veranda::mls::tests {

// Everything a Group holds, secrets included, as bytes.
Bytes snapshot(const GroupState& state);
inline Bytes snapshot(const Group& group) { return snapshot(group.state()); }

void set_next_generation(SecretTree& tree, LeafIndex leaf, std::uint64_t next);  // of its application ratchet

// Why a message is refused; the Group must be as it was.
std::string_view refused(Group& group, ByteView message);

// A Group that holds a Commit of `by`, for its parts to be spoiled.
struct Forge {
    const GroupState& state;
    RepeatableRandom random{99};

    explicit Forge(const Group& by) : state(by.state()) {}
    explicit Forge(const GroupState& of) : state(of) {}

    AuthenticatedContent signed_content(Content content) const;
    PrivateMessage sealed(const AuthenticatedContent& message);
    PrivateMessage sealed_as_it_is(ByteView content, ByteView sender_data);  // both plaintexts
    PrivateMessage sealed_padded(const AuthenticatedContent& message, ByteView padding);
    Bytes message(Content content) { return encode_message(sealed(signed_content(std::move(content)))); }
    Bytes commit(std::vector<Proposal> proposals, std::optional<UpdatePath> path = std::nullopt);

    // A good path for Removes alone, then spoiled; the leaf is signed anew.
    UpdatePath path(const std::vector<LeafIndex>& removes, const std::function<void(UpdatePath&)>& spoil);
};

// The context under which a path's secrets are sealed: the next epoch's, its transcript not yet (12.4.1).
GroupContext provisional_context(const GroupState& state, const RatchetTree& tree);

inline Proposal removal(std::uint32_t leaf) { return {Remove{{leaf}}}; }
inline Proposal addition(const KeyPackage& key_package) { return {Add{key_package}}; }

// A key package spoiled in one thing and signed anew.
KeyPackage spoiled(OwnKeyPackage& own, const std::function<void(KeyPackage&)>& spoil);

// The tree as its nodes, to be changed at will.
struct TreeNode {
    std::uint8_t type = 1;
    LeafNode leaf;
    ParentNode parent;

    void write(tls::Writer& writer) const {
        tls::write(writer, type);
        type == 1 ? tls::write(writer, leaf) : tls::write(writer, parent);
    }
    void read(tls::Reader& reader) {
        tls::read(reader, type);
        type == 1 ? tls::read(reader, leaf) : tls::read(reader, parent);
    }
};
using TreeNodes = std::vector<std::optional<TreeNode>>;

// A Welcome taken apart, spoiled, and put together again with its hashes and signatures.
struct WelcomeParts {
    GroupInfo info;
    TreeNodes tree;
    GroupSecrets secrets;
    bool keep_tree_hash = false;  // then the hash is not made to fit the tree
    bool wrong_key = false;       // then the GroupInfo is sealed under another key
    bool keep_signature = false;
    bool renew_tag = false;  // the confirmation tag is made to fit what was changed of the context
};
Bytes spoiled_welcome(ByteView welcome, const OwnKeyPackage& own, const Group& signer,
                      const std::function<void(WelcomeParts&)>& spoil);

}  // namespace veranda::mls::tests
