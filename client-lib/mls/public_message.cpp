// Encoding and membership tag of a PublicMessage.
#include "client-lib/mls/public_message.hpp"

#include "crypto/verify/mac.hpp"

namespace veranda::mls {

void PublicMessage::write(tls::Writer& writer) const {
    tls::write(writer, content);
    auth.write(writer, type_of(content.content));
    if (content.sender.type == SenderType::member) tls::write(writer, membership_tag);
}

void PublicMessage::read(tls::Reader& reader) {
    tls::read(reader, content);
    auth.read(reader, type_of(content.content));
    if (content.sender.type == SenderType::member) tls::read(reader, membership_tag);
}

Hash membership_tag(const AuthenticatedContent& message, const Secret32& membership_key, ByteView group_context) {
    tls::Writer input;
    input.raw(content_to_be_signed(message.wire_format, message.content, group_context));
    message.auth.write(input, type_of(message.content.content));
    return crypto::mac(membership_key.view(), input.bytes());
}

}  // namespace veranda::mls
