// Encodings and signatures of framed content.
#include "client-lib/mls/framing.hpp"

namespace veranda::mls {

void Sender::write(tls::Writer& writer) const {
    tls::write(writer, type);
    if (type == SenderType::member || type == SenderType::external) tls::write(writer, index);
}

void Sender::read(tls::Reader& reader) {
    tls::read(reader, type);
    if (type == SenderType::member || type == SenderType::external) tls::read(reader, index);
}

void write_content(tls::Writer& writer, const Content& content) {
    std::visit([&writer](const auto& kind) { tls::write(writer, kind); }, content);
}

void read_content(tls::Reader& reader, ContentType type, Content& content) {
    switch (type) {
        case ContentType::application: return tls::read(reader, content.emplace<Bytes>());
        case ContentType::proposal: return tls::read(reader, content.emplace<Proposal>());
        case ContentType::commit: return tls::read(reader, content.emplace<Commit>());
    }
}

void FramedContent::write(tls::Writer& writer) const {
    tls::write(writer, group_id);
    tls::write(writer, epoch);
    tls::write(writer, sender);
    tls::write(writer, authenticated_data);
    tls::write(writer, type_of(content));
    write_content(writer, content);
}

void FramedContent::read(tls::Reader& reader) {
    ContentType type{};
    tls::read(reader, group_id);
    tls::read(reader, epoch);
    tls::read(reader, sender);
    tls::read(reader, authenticated_data);
    tls::read(reader, type);
    read_content(reader, type, content);
}

void ContentAuth::write(tls::Writer& writer, ContentType type) const {
    tls::write(writer, signature);
    if (type == ContentType::commit) tls::write(writer, confirmation_tag);
}

void ContentAuth::read(tls::Reader& reader, ContentType type) {
    tls::read(reader, signature);
    if (type == ContentType::commit) tls::read(reader, confirmation_tag);
}

void AuthenticatedContent::write(tls::Writer& writer) const {
    tls::write(writer, wire_format);
    tls::write(writer, content);
    auth.write(writer, type_of(content.content));
}

void AuthenticatedContent::read(tls::Reader& reader) {
    tls::read(reader, wire_format);
    tls::read(reader, content);
    auth.read(reader, type_of(content.content));
}

Bytes content_to_be_signed(WireFormat wire_format, const FramedContent& content, ByteView group_context) {
    tls::Writer writer;
    tls::write(writer, our_version);
    tls::write(writer, wire_format);
    tls::write(writer, content);
    const SenderType from = content.sender.type;
    if (from == SenderType::member || from == SenderType::new_member_commit) writer.raw(group_context);
    return writer.take();
}

void sign_content(AuthenticatedContent& message, const crypto::SigningKey& key, ByteView group_context) {
    const Bytes signed_bytes = content_to_be_signed(message.wire_format, message.content, group_context);
    message.auth.signature = sign_with_label(key, "FramedContentTBS", signed_bytes);
}

bool content_signature_ok(const AuthenticatedContent& message, ByteView key, ByteView group_context) {
    const Bytes signed_bytes = content_to_be_signed(message.wire_format, message.content, group_context);
    return verify_with_label(key, "FramedContentTBS", signed_bytes, message.auth.signature);
}

}  // namespace veranda::mls
