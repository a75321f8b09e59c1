// HMAC-SHA-256 (RFC 2104) with keys of any length. Derivation of keys from it is crypto/sealed/hkdf.hpp.
#pragma once

#include "protocol/identifiers.hpp"

namespace veranda::crypto {

Hash mac(ByteView key, ByteView message);

// The same into memory of the caller's, for outputs that are secrets. Caller must: out.size() == 32.
void mac_into(MutableByteView out, ByteView key, std::initializer_list<ByteView> message_parts);

// Compares in constant time.
bool mac_ok(ByteView key, ByteView message, ByteView tag);

}  // namespace veranda::crypto
