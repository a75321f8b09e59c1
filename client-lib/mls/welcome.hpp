// Welcome (RFC 9420, 12.4.3.1): how a newcomer learns an epoch's secrets. What it opens to is judged by group_join.cpp.
#pragma once

#include "client-lib/mls/group_info.hpp"
#include "client-lib/mls/key_schedule.hpp"

namespace veranda::mls {

struct EncryptedGroupSecrets {
    Bytes new_member;  // KeyPackageRef
    HPKECiphertext encrypted_group_secrets;
    VERANDA_FIELDS(new_member, encrypted_group_secrets)
    friend bool operator==(const EncryptedGroupSecrets&, const EncryptedGroupSecrets&) = default;
};

struct Welcome {
    static constexpr WireFormat wire_format = WireFormat::welcome;

    CipherSuite cipher_suite = our_suite;
    std::vector<EncryptedGroupSecrets> secrets;
    Bytes encrypted_group_info;
    VERANDA_FIELDS(cipher_suite, secrets, encrypted_group_info)
    friend bool operator==(const Welcome&, const Welcome&) = default;
};

// A Welcome for several, cut so that each gets her own secrets and all share the rest: heads[i] then tail is the whole
// MLSMessage(Welcome) of the i-th Add.
struct SplitWelcome {
    std::vector<Bytes> heads;
    Bytes tail;

    Bytes whole(std::size_t i) const;
};

struct GroupSecrets {
    Secret32 joiner;
    std::optional<Secret32> path;
    std::vector<PreSharedKeyID> psks;

    SecretBytes encode() const;
    static Result<GroupSecrets> decode(ByteView bytes);  // Errors: welcome_secrets
};

// One newcomer's half; the context, a hash over the whole GroupInfo, is shared by all. Errors: init_key, if hers is one
// that nothing can be sealed to.
crypto::HpkeInfo welcome_context(ByteView encrypted_group_info);
Result<Bytes> welcome_head(const KeyPackage& joiner, const GroupSecrets& secrets, const crypto::HpkeInfo& context,
                           crypto::RandomSource& random);
Bytes welcome_tail(ByteView encrypted_group_info);

// Errors: cipher_suite, welcome_not_for_us, welcome_secrets.
Result<GroupSecrets> open_group_secrets(const Welcome& welcome, const OwnKeyPackage& own);

Bytes seal_group_info(ByteView encoded, const WelcomeKey& key);
Result<GroupInfo> open_group_info(ByteView sealed, const WelcomeKey& key);  // Errors: group_info, faults of the codec

}  // namespace veranda::mls
