// What all members of an epoch agree on (RFC 9420, 8.1); every key and signature of the epoch depends on it.
#pragma once

#include "client-lib/mls/extension.hpp"
#include "protocol/identifiers.hpp"

namespace veranda::mls {

struct GroupContext {
    ProtocolVersion version = our_version;
    CipherSuite cipher_suite = our_suite;
    Bytes group_id;
    Epoch epoch;
    Bytes tree_hash;
    Bytes confirmed_transcript_hash;
    Extensions extensions;
    VERANDA_FIELDS(version, cipher_suite, group_id, epoch, tree_hash, confirmed_transcript_hash, extensions)
    friend bool operator==(const GroupContext&, const GroupContext&) = default;
};

}  // namespace veranda::mls
