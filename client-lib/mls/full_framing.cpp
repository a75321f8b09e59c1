// Both framings (RFC 9420, 6): who may send what in which, whose key signs it, and the tag of members' PublicMessages.
#include "client-lib/mls/full_state.hpp"
#include "crypto/verify/equal.hpp"

namespace veranda::mls {
namespace {

Result<ByteView> member_key(const GroupState& state, LeafIndex sender) {
    const LeafNode* leaf = state.tree.leaf(sender);
    if (leaf == nullptr) return fail(rules::sender_unknown, sender.value);
    if (sender == state.own) return fail(rules::own_message);
    return ByteView(leaf->signature_key);
}

// The extension was decoded when it came into the context; its key is copied, as nothing else of it is needed.
Result<Bytes> external_sender_key(const GroupState& state, std::uint32_t index) {
    const Extension* extension = find_extension(state.context.extensions, ExtensionType::external_senders);
    if (extension == nullptr) return fail(rules::external_sender_unknown, index);
    const auto senders = TRY(tls::decode<ExternalSenders>(extension->data));
    if (index >= senders.size()) return fail(rules::external_sender_unknown, index);
    return senders[index].signature_key;
}

Result<Bytes> proposer_key(const GroupState& state, const FramedContent& content) {
    const auto* proposal = std::get_if<Proposal>(&content.content);
    if (proposal == nullptr) return fail(rules::sender_content);
    TRY(check_outsiders_proposal(content.sender.type, *proposal));
    if (content.sender.type == SenderType::external) return external_sender_key(state, content.sender.index);
    return std::get<Add>(proposal->body).key_package.leaf.signature_key;
}

Result<Bytes> joiner_key(const FramedContent& content) {
    const auto* commit = std::get_if<Commit>(&content.content);
    if (commit == nullptr) return fail(rules::sender_content);
    if (!commit->path) return fail(rules::path_required);
    return commit->path->leaf.signature_key;
}

// The key that a PublicMessage must be signed by (6.1).
Result<Bytes> signer_key(const GroupState& state, const FramedContent& content) {
    switch (content.sender.type) {
        case SenderType::member: return to_bytes(TRY(member_key(state, {content.sender.index})));
        case SenderType::external:
        case SenderType::new_member_proposal: return proposer_key(state, content);
        case SenderType::new_member_commit: return joiner_key(content);
    }
    return fail(rules::sender_content);
}

// The tag first: it is cheap, and who fails it is no member.
Result<AuthenticatedContent> open_public(const GroupState& state, PublicMessage&& message) {
    if (message.content.group_id != state.context.group_id) return fail(rules::other_group);
    if (message.content.epoch != state.context.epoch) return fail(rules::other_epoch, state.context.epoch.value);
    if (std::holds_alternative<Bytes>(message.content.content)) return fail(rules::application_in_public);
    const Bytes key = TRY(signer_key(state, message.content));
    AuthenticatedContent opened{WireFormat::public_message, std::move(message.content), std::move(message.auth)};
    if (opened.content.sender.type == SenderType::member &&
        !crypto::equal(message.membership_tag, membership_tag(opened, state.secrets.membership, state.encoded_context)))
        return fail(rules::membership_tag);
    if (!content_signature_ok(opened, key, state.encoded_context)) return fail(rules::message_signature);
    return opened;
}

bool is_public(ByteView message) {
    tls::Reader reader(message);
    reader.number(sizeof(ProtocolVersion));
    WireFormat format{};
    tls::read(reader, format);
    return format == WireFormat::public_message;
}

Bytes sign_outside(FramedContent&& content, const crypto::SigningKey& key) {
    AuthenticatedContent message{WireFormat::public_message, std::move(content), {}};
    sign_content(message, key, {});  // an outsider's proposal does not sign the context, which she need not know
    return encode_message(PublicMessage{std::move(message.content), std::move(message.auth), {}});
}

}  // namespace

Result<OpenedEither> open_either(const GroupState& state, ByteView message) {
    if (is_public(message)) {
        auto decoded = TRY(decode_message<PublicMessage>(message));
        return OpenedEither{TRY(open_public(state, std::move(decoded))), std::nullopt};
    }
    OpenedMessage opened = TRY(open_and_verify(state, TRY(decode_message<PrivateMessage>(message))));
    return OpenedEither{std::move(opened.message), std::move(opened.use)};
}

Result<Framed> frame(const GroupState& state, const AuthenticatedContent& message, crypto::RandomSource& random) {
    if (message.wire_format == WireFormat::public_message) {
        PublicMessage out{message.content, message.auth, {}};
        if (message.content.sender.type == SenderType::member)
            out.membership_tag = to_bytes(membership_tag(message, state.secrets.membership, state.encoded_context));
        return Framed{encode_message(out), std::nullopt};
    }
    SecretTree::Use use = TRY(state.secret_tree.next(state.own, ratchet_of(type_of(message.content.content))));
    Bytes sealed = encode_message(seal_private_message(message, use, state.secrets.sender_data, random));
    return Framed{std::move(sealed), std::move(use)};
}

Bytes propose_from_outside(ByteView group_id, Epoch epoch, std::uint32_t sender_index, const crypto::SigningKey& key,
                           Proposal proposal) {
    return sign_outside({to_bytes(group_id), epoch, {SenderType::external, sender_index}, {}, std::move(proposal)},
                        key);
}

Bytes propose_oneself(ByteView group_id, Epoch epoch, const OwnKeyPackage& own) {
    return sign_outside(
        {to_bytes(group_id), epoch, {SenderType::new_member_proposal, 0}, {}, Proposal{Add{own.public_part}}},
        own.signing_key);
}

}  // namespace veranda::mls
