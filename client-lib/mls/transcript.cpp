// ConfirmedTranscriptHashInput and InterimTranscriptHashInput.
#include "client-lib/mls/transcript.hpp"

#include "crypto/verify/hash.hpp"

namespace veranda::mls {

Hash confirmed_transcript_hash(ByteView interim_before, const AuthenticatedContent& commit) {
    tls::Writer input;
    tls::write(input, commit.wire_format);
    tls::write(input, commit.content);
    tls::write(input, commit.auth.signature);
    return crypto::Sha256().add(interim_before).add(input.bytes()).finish();
}

Hash interim_transcript_hash(ByteView confirmed, ByteView confirmation_tag) {
    tls::Writer input;
    input.vector(confirmation_tag);
    return crypto::Sha256().add(confirmed).add(input.bytes()).finish();
}

}  // namespace veranda::mls
