// Ed25519 (RFC 8032), the checking half. Making signatures is crypto/sealed/signing.hpp.
#pragma once

#include "protocol/bytes.hpp"

namespace veranda::crypto {

// True if `signature` over `message` is the key's. False for anything else: wrong lengths, a key or R of low order, a
// key or S that is not in canonical form. So one signature has one encoding.
bool signature_ok(ByteView key, ByteView message, ByteView signature);

}  // namespace veranda::crypto
