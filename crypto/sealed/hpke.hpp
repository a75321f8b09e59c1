// HPKE (RFC 9180), base mode, one message or one exported secret a context:
// DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305.
#pragma once

#include "crypto/sealed/kem.hpp"

namespace veranda::crypto {

struct HpkeSealed {
    SealingKey encapsulation;
    Bytes ciphertext;
    VERANDA_FIELDS(encapsulation, ciphertext)
};

// The `info` of an HPKE context, hashed once for as many seals as share it (a Commit seals one path secret to many).
class HpkeInfo {
public:
    explicit HpkeInfo(ByteView info);
    ByteView hash() const { return hash_.view(); }

private:
    Secret<32> hash_;
};

// Errors: key_length, weak_public_key.
Result<HpkeSealed> hpke_seal(ByteView public_key, const HpkeInfo& info, ByteView associated, ByteView plaintext,
                             RandomSource& random);

// Errors: key_length, weak_public_key, decryption.
Result<SecretBytes> hpke_open(const KemKeyPair& own, ByteView encapsulation, const HpkeInfo& info, ByteView associated,
                              ByteView ciphertext);

// A secret that both ends of a context come to without a message (RFC 9180, 5.3): the sender sends the encapsulation
// alone. Errors: key_length, weak_public_key.
struct HpkeExported {
    SealingKey encapsulation;
    Secret<32> secret;
};
Result<HpkeExported> hpke_send_export(ByteView public_key, const HpkeInfo& info, ByteView exporter_context,
                                      RandomSource& random);
Result<Secret<32>> hpke_receive_export(const KemKeyPair& own, ByteView encapsulation, const HpkeInfo& info,
                                       ByteView exporter_context);

// With a chosen encapsulation, for known answers.
HpkeSealed hpke_seal_with(const Encapsulated& encapsulated, const HpkeInfo& info, ByteView associated,
                          ByteView plaintext);

}  // namespace veranda::crypto
