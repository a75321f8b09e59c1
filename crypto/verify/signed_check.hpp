// Does a signature hold? One question, for every signed body of the protocol.
#pragma once

#include "crypto/verify/hash.hpp"
#include "crypto/verify/signature_check.hpp"
#include "protocol/signed/signed.hpp"

namespace veranda::crypto {

// `key` is the 32 bytes of the Ed25519 public key that has to have signed. Cost: one signature check.
template <class Body>
bool signature_holds(const Signed<Body>& signed_thing, ByteView key) {
    return signature_ok(key, signed_bytes(signed_thing.body), signed_thing.signature);
}

// The hash by which other signed things name this one.
template <class Body>
Hash hash_of(const Signed<Body>& signed_thing) {
    return sha256(tls::encode(signed_thing));
}

}  // namespace veranda::crypto
