// GroupInfo (RFC 9420, 12.4.3): an epoch as one member vouches for it, with the tree inside as an extension.
#pragma once

#include "client-lib/mls/framing.hpp"
#include "client-lib/mls/group_context.hpp"

namespace veranda::mls {

struct GroupInfo {
    static constexpr WireFormat wire_format = WireFormat::group_info;

    GroupContext context;
    Extensions extensions;
    Bytes confirmation_tag;
    LeafIndex signer;
    Bytes signature;
    VERANDA_FIELDS(context, extensions, confirmation_tag, signer, signature)
    friend bool operator==(const GroupInfo&, const GroupInfo&) = default;
};

// Returns its encoding, which goes on where that of the part to be signed ends: it may be as large as the tree.
Bytes sign_group_info(GroupInfo& info, const crypto::SigningKey& key);
bool group_info_signature_ok(const GroupInfo& info, ByteView key);

}  // namespace veranda::mls
