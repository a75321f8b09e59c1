// Base64 (RFC 4648, 4) between two dashed lines.
#include "protocol/armour.hpp"

#include <algorithm>

namespace veranda {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t line_bytes = 48;  // 64 columns of base64

std::string begin_line(std::string_view title) { return "-----BEGIN " + std::string(title) + "-----\n"; }
std::string end_line(std::string_view title) { return "-----END " + std::string(title) + "-----\n"; }

// At most three bytes as four columns.
void encode_group(std::string& out, ByteView group) {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i) bits = bits << 8 | (i < group.size() ? group[i] : 0U);
    for (std::size_t i = 0; i < 4; ++i) out.push_back(i <= group.size() ? alphabet[bits >> (18 - 6 * i) & 0x3f] : '=');
}

// Four columns back to bytes; false unless they are the one encoding of those bytes. Only a text's last group is
// padded.
bool decode_group(Bytes& out, std::string_view columns, bool last) {
    const std::size_t padding = columns[3] != '=' ? 0 : columns[2] != '=' ? 1 : 2;
    if (padding > 0 && !last) return false;
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const std::size_t value = i < 4 - padding ? alphabet.find(columns[i]) : 0;
        if (value == std::string_view::npos) return false;
        bits = bits << 6 | static_cast<std::uint32_t>(value);
    }
    for (std::size_t i = 0; i < 3 - padding; ++i) out.push_back(static_cast<std::uint8_t>(bits >> (16 - 8 * i)));
    const std::uint32_t left_over = bits & ((1U << (8 * padding)) - 1);
    return left_over == 0;
}

bool decode_line(Bytes& out, std::string_view line, bool last) {
    if (line.empty() || line.size() % 4 != 0 || line.size() > 64) return false;
    if (!last && line.size() != 64) return false;
    for (std::size_t at = 0; at < line.size(); at += 4)
        if (!decode_group(out, line.substr(at, 4), last && at + 4 == line.size())) return false;
    return true;
}

}  // namespace

std::string armour(std::string_view title, ByteView bytes) {
    std::string out = begin_line(title);
    for (std::size_t at = 0; at < bytes.size(); at += line_bytes) {
        const ByteView line = bytes.subspan(at, std::min(line_bytes, bytes.size() - at));
        for (std::size_t i = 0; i < line.size(); i += 3)
            encode_group(out, line.subspan(i, std::min<std::size_t>(3, line.size() - i)));
        out.push_back('\n');
    }
    return out + end_line(title);
}

std::string with_armour_line_ends(std::string text) {
    std::erase(text, '\r');
    while (text.ends_with("\n\n")) text.pop_back();
    if (!text.ends_with('\n')) text += '\n';
    return text;
}

Result<Bytes> unarmour(std::string_view title, std::string_view text) {
    if (text.size() > armoured_bytes_max * 3 / 2) return fail(faults::armour_too_long, 1);
    const std::string begin = begin_line(title);
    const std::string end = end_line(title);
    if (!text.starts_with(begin)) return fail(faults::armour_begin, 1);
    text.remove_prefix(begin.size());

    Bytes out;
    for (std::uint64_t number = 2;; ++number) {
        if (text == end) break;
        const std::size_t stop = text.find('\n');
        if (stop == std::string_view::npos || text.starts_with("-----")) return fail(faults::armour_end, number);
        const bool last = text.substr(stop + 1).starts_with("-----");
        if (!decode_line(out, text.substr(0, stop), last)) return fail(faults::armour_line, number);
        text.remove_prefix(stop + 1);
    }
    if (out.size() > armoured_bytes_max) return fail(faults::armour_too_long, 1);
    return out;
}

}  // namespace veranda
