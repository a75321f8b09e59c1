// base64url without padding (RFC 4648, 5), for whole groups of three bytes only: each text has exactly one reading.
#pragma once

#include <string>
#include <string_view>

#include "protocol/bytes.hpp"

namespace veranda::circle {

// Caller must: bytes.size() % 3 == 0.
std::string to_base64url(ByteView bytes);

// false: a character that is none of the alphabet. Caller must: out.size() == text.size() / 4 * 3.
bool from_base64url(MutableByteView out, std::string_view text);

}  // namespace veranda::circle
