// Sealing and opening of the two ciphertexts of a PrivateMessage.
#include "client-lib/mls/private_message.hpp"

#include "client-lib/mls/limits.hpp"
#include "crypto/sealed/aead.hpp"

namespace veranda::mls {
namespace {

// SenderDataAAD (6.3.2)
Bytes sender_data_context(const PrivateMessage& message) {
    tls::Writer writer;
    tls::write(writer, message.group_id);
    tls::write(writer, message.epoch);
    tls::write(writer, message.content_type);
    return writer.take();
}

// PrivateContentAAD (6.3.1)
Bytes content_context(const PrivateMessage& message) {
    tls::Writer writer;
    writer.raw(sender_data_context(message));
    tls::write(writer, message.authenticated_data);
    return writer.take();
}

// The guard makes a nonce new even if a client that was restored from a copy uses a generation twice (6.3.1).
crypto::AeadNonce guarded(const MessageKey& key, const ByteArray<4>& reuse_guard) {
    crypto::AeadNonce nonce = key.nonce.clone();
    for (std::size_t i = 0; i < reuse_guard.size(); ++i) nonce.writable()[i] ^= reuse_guard[i];
    return nonce;
}

// PrivateMessageContent (6.3.1), without padding. Application content is not copied more often than need be.
SecretBytes plaintext_of(const AuthenticatedContent& message) {
    tls::Writer content;
    tls::Writer auth;
    message.auth.write(auth, type_of(message.content.content));
    if (const auto* application = std::get_if<Bytes>(&message.content.content)) {
        content.length(application->size());
        return SecretBytes::joined({content.bytes(), *application, auth.bytes()});
    }
    write_content(content, message.content.content);
    return SecretBytes::joined({content.bytes(), auth.bytes()});
}

}  // namespace

PrivateMessage seal_private_message(const AuthenticatedContent& message, const SecretTree::Use& use,
                                    const Secret32& sender_data_secret, crypto::RandomSource& random) {
    const FramedContent& content = message.content;
    PrivateMessage sealed{
        content.group_id, content.epoch, type_of(content.content), content.authenticated_data, {}, {}};
    const SenderData sender{{content.sender.index}, use.generation(), random.array<4>()};
    sealed.ciphertext = crypto::aead_seal(use.key().key, guarded(use.key(), sender.reuse_guard),
                                          content_context(sealed), plaintext_of(message).view());
    const MessageKey key = sender_data_key(sender_data_secret, sealed.ciphertext);
    sealed.encrypted_sender_data =
        crypto::aead_seal(key.key, key.nonce, sender_data_context(sealed), tls::encode(sender));
    return sealed;
}

MessageKey sender_data_key(const Secret32& sender_data_secret, ByteView ciphertext) {
    const ByteView sample = ciphertext.first(std::min(ciphertext.size(), hash_bytes));
    return {expand_with_label<32>(sender_data_secret, "key", sample),
            expand_with_label<12>(sender_data_secret, "nonce", sample)};
}

Result<SenderData> open_sender_data(const PrivateMessage& message, const Secret32& sender_data_secret) {
    const MessageKey key = sender_data_key(sender_data_secret, message.ciphertext);
    const auto opened =
        crypto::aead_open(key.key, key.nonce, sender_data_context(message), message.encrypted_sender_data);
    if (!opened) return fail(rules::sender_data);
    const auto sender = tls::decode<SenderData>(opened->view());
    if (!sender) return fail(rules::sender_data);
    return *sender;
}

Result<AuthenticatedContent> open_content(const PrivateMessage& message, const SenderData& sender,
                                          const MessageKey& key) {
    const auto opened =
        crypto::aead_open(key.key, guarded(key, sender.reuse_guard), content_context(message), message.ciphertext);
    if (!opened) return fail(rules::decryption);
    AuthenticatedContent out{
        WireFormat::private_message,
        {message.group_id, message.epoch, {SenderType::member, sender.leaf.value}, message.authenticated_data, {}},
        {}};
    tls::Reader reader(opened->view());
    read_content(reader, message.content_type, out.content.content);
    out.auth.read(reader, message.content_type);
    const ByteView padding = reader.raw(reader.remaining());
    TRY(reader.finish());
    if (std::any_of(padding.begin(), padding.end(), [](std::uint8_t byte) { return byte != 0; }))
        return fail(rules::padding);
    return out;
}

}  // namespace veranda::mls
