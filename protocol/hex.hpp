// Bytes as people compare them and as events name messages: hexadecimal, lower case.
#pragma once

#include "protocol/bytes.hpp"

namespace veranda {

inline std::string to_hex(ByteView bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t byte : bytes) text += digits[byte >> 4], text += digits[byte & 15];
    return text;
}

}  // namespace veranda
