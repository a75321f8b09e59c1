// Extensions that let outsiders reach a group: who may propose (RFC 9420, 12.1.8.1), and the key by which anyone may
// join (12.4.3.2).
#pragma once

#include "client-lib/mls/credential.hpp"

namespace veranda::mls {

// external_senders, in a GroupContext.
struct ExternalSender {
    Bytes signature_key;
    Credential credential;
    VERANDA_FIELDS(signature_key, credential)
    friend bool operator==(const ExternalSender&, const ExternalSender&) = default;
};
using ExternalSenders = std::vector<ExternalSender>;

// external_pub, in a GroupInfo. The key has a length of its own inside the extension's.
struct ExternalPub {
    Bytes external_pub;
    VERANDA_FIELDS(external_pub)
};

}  // namespace veranda::mls
