// PrivateMessage (RFC 9420, 6.3): content encrypted under a key of the secret tree, its sender encrypted beside it.
#pragma once

#include "client-lib/mls/framing.hpp"
#include "client-lib/mls/secret_tree.hpp"

namespace veranda::mls {

struct PrivateMessage {
    static constexpr WireFormat wire_format = WireFormat::private_message;

    Bytes group_id;
    Epoch epoch;
    ContentType content_type = ContentType::application;
    Bytes authenticated_data;
    Bytes encrypted_sender_data;
    Bytes ciphertext;
    VERANDA_FIELDS(group_id, epoch, content_type, authenticated_data, encrypted_sender_data, ciphertext)
    friend bool operator==(const PrivateMessage&, const PrivateMessage&) = default;
};

struct SenderData {
    LeafIndex leaf;
    std::uint32_t generation = 0;
    ByteArray<4> reuse_guard{};
    VERANDA_FIELDS(leaf, generation, reuse_guard)
};

inline RatchetKind ratchet_of(ContentType type) {
    return type == ContentType::application ? RatchetKind::application : RatchetKind::handshake;
}

// Seals a signed message with a key of its sender's ratchet. The reuse guard is drawn afresh.
PrivateMessage seal_private_message(const AuthenticatedContent& message, const SecretTree::Use& use,
                                    const Secret32& sender_data_secret, crypto::RandomSource& random);

// The key of the sender data, which depends on the ciphertext beside it (6.3.2).
MessageKey sender_data_key(const Secret32& sender_data_secret, ByteView ciphertext);

// Who sent it, by the key that all members of the epoch share: not yet proved. Errors: sender_data.
Result<SenderData> open_sender_data(const PrivateMessage& message, const Secret32& sender_data_secret);

// The content; its signature is not yet checked. Errors: decryption, padding, faults of the codec.
Result<AuthenticatedContent> open_content(const PrivateMessage& message, const SenderData& sender,
                                          const MessageKey& key);

}  // namespace veranda::mls
