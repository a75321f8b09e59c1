// What every message has in common (RFC 9420, 6): its sender, its content, and the signature over both.
#pragma once

#include "client-lib/mls/commit.hpp"

namespace veranda::mls {

enum class WireFormat : std::uint16_t {
    public_message = 1,
    private_message = 2,
    welcome = 3,
    group_info = 4,
    key_package = 5,
};
constexpr bool is_known(WireFormat) { return true; }  // which are accepted, decode_message says

enum class ContentType : std::uint8_t { application = 1, proposal = 2, commit = 3 };
constexpr bool is_known(ContentType type) { return type >= ContentType::application && type <= ContentType::commit; }

enum class SenderType : std::uint8_t { member = 1, external = 2, new_member_proposal = 3, new_member_commit = 4 };
constexpr bool is_known(SenderType type) { return type >= SenderType::member && type <= SenderType::new_member_commit; }

struct Sender {
    SenderType type = SenderType::member;
    std::uint32_t index = 0;  // a member's leaf, or an external sender's place in its extension

    void write(tls::Writer& writer) const;
    void read(tls::Reader& reader);
    friend bool operator==(const Sender&, const Sender&) = default;
};

// In the order of their types, 1 to 3.
using Content = std::variant<Bytes, Proposal, Commit>;
inline ContentType type_of(const Content& content) { return static_cast<ContentType>(content.index() + 1); }
void write_content(tls::Writer& writer, const Content& content);
void read_content(tls::Reader& reader, ContentType type, Content& content);

struct FramedContent {
    Bytes group_id;
    Epoch epoch;
    Sender sender;
    Bytes authenticated_data;
    Content content;

    void write(tls::Writer& writer) const;
    void read(tls::Reader& reader);
    friend bool operator==(const FramedContent&, const FramedContent&) = default;
};

// FramedContentAuthData (6.1). A Commit, and nothing else, has a confirmation tag.
struct ContentAuth {
    Bytes signature;
    Bytes confirmation_tag;

    void write(tls::Writer& writer, ContentType type) const;
    void read(tls::Reader& reader, ContentType type);
    friend bool operator==(const ContentAuth&, const ContentAuth&) = default;
};

struct AuthenticatedContent {
    WireFormat wire_format = WireFormat::private_message;
    FramedContent content;
    ContentAuth auth;

    void write(tls::Writer& writer) const;
    void read(tls::Reader& reader);
};

// FramedContentTBS (6.1). Caller must: `group_context` is the encoded context of the message's epoch.
Bytes content_to_be_signed(WireFormat wire_format, const FramedContent& content, ByteView group_context);
void sign_content(AuthenticatedContent& message, const crypto::SigningKey& key, ByteView group_context);
bool content_signature_ok(const AuthenticatedContent& message, ByteView key, ByteView group_context);

// MLSMessage (6): a version and a wire format in front. Each kind of message says its own.
template <class Message>
Bytes encode_message(const Message& message) {
    tls::Writer writer;
    tls::write(writer, our_version);
    tls::write(writer, Message::wire_format);
    tls::write(writer, message);
    return writer.take();
}

// Errors: faults of the codec, version, wire_format.
template <class Message>
Result<Message> decode_message(ByteView bytes) {
    tls::Reader reader(bytes);
    ProtocolVersion version{};
    WireFormat format{};
    tls::read(reader, version);
    tls::read(reader, format);
    if (reader.ok() && version != our_version) return fail(rules::version);
    if (reader.ok() && format != Message::wire_format) return fail(rules::wire_format);
    Message message{};
    tls::read(reader, message);
    TRY(reader.finish());
    return message;
}

}  // namespace veranda::mls
