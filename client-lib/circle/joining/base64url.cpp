// Three bytes are four characters, and back.
#include "client-lib/circle/joining/base64url.hpp"

namespace veranda::circle {
namespace {

constexpr std::string_view base64url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

}  // namespace

std::string to_base64url(ByteView bytes) {
    std::string text;
    text.reserve(bytes.size() / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::uint32_t bits =
            std::uint32_t{bytes[i]} << 16 | std::uint32_t{bytes[i + 1]} << 8 | std::uint32_t{bytes[i + 2]};
        for (const unsigned shift : {18U, 12U, 6U, 0U}) text += base64url[bits >> shift & 0x3f];
    }
    return text;
}

bool from_base64url(MutableByteView out, std::string_view text) {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::size_t value = base64url.find(text[i]);
        if (value == std::string_view::npos) return false;
        bits = bits << 6 | static_cast<std::uint32_t>(value);
        if (i % 4 != 3) continue;
        for (std::size_t j = 0; j < 3; ++j) out[i / 4 * 3 + j] = static_cast<std::uint8_t>(bits >> (16 - 8 * j));
    }
    return true;
}

}  // namespace veranda::circle
