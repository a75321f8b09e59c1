// The rules that input to the sealing half of crypto/ can break.
#pragma once

#include "protocol/result.hpp"

namespace veranda::crypto::faults {

inline constexpr Rule decryption{"decryption", "RFC 8439, 2.8"};  // wrong key, nonce, associated data or bytes
inline constexpr Rule weak_public_key{"weak_public_key", "RFC 9180, 7.1.4"};  // the shared secret would be all zeros
inline constexpr Rule key_length{"key_length", "RFC 9180, 7.1"};              // a key or encapsulation is not 32 bytes
inline constexpr Rule sealed_blob{"sealed_blob", "docs/protocol.md"};         // not something password_seal made
inline constexpr Rule password_cost{"password_cost", "RFC 9106, 4"};  // it asks for more memory or time than we give

}  // namespace veranda::crypto::faults
