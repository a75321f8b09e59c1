// The key schedule (RFC 9420, 8): from one epoch's init secret and a Commit's secret to all secrets of the next epoch.
#pragma once

#include "client-lib/mls/labels.hpp"

namespace veranda::mls {

// The secrets of one epoch. The encryption secret is handed to the secret tree at once and is zeros here afterwards.
struct EpochSecrets {
    Secret32 sender_data;
    Secret32 encryption;
    Secret32 exporter;
    Secret32 external;
    Secret32 confirmation;
    Secret32 membership;
    Secret32 resumption;
    Secret32 authenticator;
    Secret32 init;

    static EpochSecrets from(const Secret32& epoch_secret);
    static EpochSecrets from_joiner(const Secret32& joiner, const Secret32& psk, ByteView group_context);

    Hash confirmation_tag(ByteView confirmed_transcript_hash) const;  // 6.1
    // MLS-Exporter (8.5). Caller must: length <= crypto::hkdf_output_bytes_max.
    SecretBytes export_secret(std::string_view label, ByteView context, std::size_t length) const;
};

// Caller must, where there is no path or no PSK: a secret of zeros (8).
Secret32 joiner_secret(const Secret32& init, const Secret32& commit, ByteView group_context);

Secret32 welcome_secret(const Secret32& joiner, const Secret32& psk);

// What a GroupInfo in a Welcome is sealed with (12.4.3).
struct WelcomeKey {
    crypto::Secret<32> key;
    crypto::Secret<12> nonce;

    static WelcomeKey from_joiner(const Secret32& joiner, const Secret32& psk);
};

}  // namespace veranda::mls
