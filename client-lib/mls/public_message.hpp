// PublicMessage (RFC 9420, 6.2): signed and authenticated content that is not encrypted. A room's Group neither sends
// nor accepts one; a FullGroup does both.
#pragma once

#include "client-lib/mls/framing.hpp"

namespace veranda::mls {

struct PublicMessage {
    static constexpr WireFormat wire_format = WireFormat::public_message;

    FramedContent content;
    ContentAuth auth;
    Bytes membership_tag;  // of a member's message

    void write(tls::Writer& writer) const;
    void read(tls::Reader& reader);
    friend bool operator==(const PublicMessage&, const PublicMessage&) = default;
};

// The tag by which a member shows that it knows the epoch (AuthenticatedContentTBM).
Hash membership_tag(const AuthenticatedContent& message, const Secret32& membership_key, ByteView group_context);

}  // namespace veranda::mls
