// For libsodium's sake, whose functions may not be given a null pointer, not even for no bytes.
#pragma once

#include "protocol/bytes.hpp"

namespace veranda::crypto {

inline const std::uint8_t* never_null(ByteView bytes) {
    static constexpr std::uint8_t nothing = 0;
    return bytes.data() != nullptr ? bytes.data() : &nothing;
}

}  // namespace veranda::crypto
