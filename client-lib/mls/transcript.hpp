// The transcript hashes (RFC 9420, 8.2): every epoch's keys depend on every Commit before it.
#pragma once

#include "client-lib/mls/framing.hpp"

namespace veranda::mls {

// Caller must: the message is a Commit. Its confirmation tag is not part of this one.
Hash confirmed_transcript_hash(ByteView interim_before, const AuthenticatedContent& commit);
Hash interim_transcript_hash(ByteView confirmed, ByteView confirmation_tag);

}  // namespace veranda::mls
