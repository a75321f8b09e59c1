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

// false: not twice as many digits as bytes, or one that is none. Capitals are none: each text has exactly one reading.
inline bool from_hex(MutableByteView out, std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    if (text.size() != out.size() * 2) return false;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::size_t high = digits.find(text[2 * i]);
        const std::size_t low = digits.find(text[2 * i + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) return false;
        out[i] = static_cast<std::uint8_t>(high << 4 | low);
    }
    return true;
}

}  // namespace veranda
