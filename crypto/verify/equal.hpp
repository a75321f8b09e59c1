// Comparison whose time does not depend on where two values differ.
#pragma once

#include "protocol/bytes.hpp"

namespace veranda::crypto {

// True if both are of one length and equal. The length is not hidden.
bool equal(ByteView a, ByteView b);

}  // namespace veranda::crypto
