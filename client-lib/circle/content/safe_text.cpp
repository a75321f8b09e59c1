// Walks over a text one code point at a time and replaces what could deceive.
#include "client-lib/circle/content/safe_text.hpp"

#include "protocol/tls_syntax.hpp"

namespace veranda::circle {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

struct CodePoint {
    std::uint32_t value = 0;
    std::size_t bytes = 1;
    bool valid = false;
};

std::size_t length_by_lead(std::uint8_t lead) { return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4; }

CodePoint next_code_point(std::string_view text) {
    const auto lead = static_cast<std::uint8_t>(text[0]);
    const std::size_t length = length_by_lead(lead);
    if (length > text.size() || !tls::is_utf8(as_bytes(text.substr(0, length)))) return {};
    std::uint32_t value = length == 1 ? lead : lead & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) value = value << 6 | (static_cast<std::uint8_t>(text[i]) & 0x3fU);
    return {value, length, true};
}

bool is_dangerous(std::uint32_t code) {
    const bool control = code < 0x20 || (code >= 0x7f && code < 0xa0);
    const bool direction = code == 0x061c || code == 0x200e || code == 0x200f || (code >= 0x202a && code <= 0x202e) ||
                           (code >= 0x2066 && code <= 0x2069);
    const bool line = code == 0x2028 || code == 0x2029;
    const bool invisible = code == 0xfeff || code == 0x2060 || code == 0x200b || (code >= 0xfff9 && code <= 0xfffb) ||
                           (code >= 0xe0000 && code <= 0xe007f);
    const bool noncharacter = (code & 0xfffe) == 0xfffe || (code >= 0xfdd0 && code <= 0xfdef);
    return control || direction || line || invisible || noncharacter;
}

}  // namespace

std::string safe_text(std::string_view text, bool keep_lines) {
    std::string safe;
    safe.reserve(text.size());
    while (!text.empty()) {
        const CodePoint point = next_code_point(text);
        if (point.valid && (point.value == '\n' || point.value == '\t')) {
            safe += keep_lines ? text[0] : ' ';
        } else if (!point.valid || is_dangerous(point.value)) {
            safe += replacement;
        } else {
            safe += text.substr(0, point.bytes);
        }
        text.remove_prefix(point.bytes);
    }
    return safe;
}

bool is_safe_text(std::string_view text) { return safe_text(text) == text; }

std::string_view beginning_of(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) return text;
    while (bytes_max > 0 && (static_cast<unsigned char>(text[bytes_max]) & 0xc0U) == 0x80U) --bytes_max;
    return text.substr(0, bytes_max);
}

std::size_t code_points(std::string_view text) {
    std::size_t count = 0;
    for (; !text.empty(); ++count) text.remove_prefix(next_code_point(text).bytes);
    return count;
}

}  // namespace veranda::circle
