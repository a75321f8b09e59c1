// The arithmetic of the TLS presentation language: big-endian numbers, variable-length prefixes, UTF-8.
#include "protocol/tls_syntax.hpp"

namespace veranda::tls {
namespace {
constexpr std::size_t small_bytes = 64;  // most structures begin with a number and end before this
}

void Writer::number(std::uint64_t value, std::size_t bytes) {
    ByteArray<8> digits;
    for (std::size_t i = 8; i > 0; --i, value >>= 8) digits[i - 1] = static_cast<std::uint8_t>(value);
    if (out_.capacity() == 0) out_.reserve(small_bytes);
    raw(ByteView(digits).last(bytes));
}

void Writer::length(std::size_t value) {
    VERANDA_ASSERT(value <= vector_bytes_max);
    if (value < 0x40) {
        number(value, 1);
    } else if (value < 0x4000) {
        number(0x4000 | value, 2);
    } else {
        number(0x80000000 | value, 4);
    }
}

std::size_t Writer::begin_vector() {
    number(0, 1);
    return out_.size();
}

void Writer::end_vector(std::size_t begin) {
    const std::size_t value = out_.size() - begin;
    if (value < 0x40) {
        out_[begin - 1] = static_cast<std::uint8_t>(value);
        return;
    }
    Writer prefix;
    prefix.length(value);
    const auto first = out_.begin() + static_cast<std::ptrdiff_t>(begin);
    out_.insert(first, prefix.out_.begin() + 1, prefix.out_.end());
    out_[begin - 1] = prefix.out_[0];
}

std::uint64_t Reader::number(std::size_t bytes) {
    std::uint64_t value = 0;
    for (const std::uint8_t byte : raw(bytes)) value = value << 8 | byte;
    return value;
}

std::size_t Reader::length() {
    const std::uint64_t first = number(1);
    const std::uint64_t form = first >> 6;
    if (form == 3) {
        fault(faults::length_too_long);
        return 0;
    }
    const std::size_t more = (std::size_t{1} << form) - 1;
    const std::uint64_t value = (first & 0x3f) << (8 * more) | number(more);
    const std::uint64_t shortest_from[] = {0, 0x40, 0x4000};
    if (ok() && value < shortest_from[form]) fault(faults::length_not_shortest);
    if (ok() && value > remaining()) fault(faults::truncated);
    return ok() ? static_cast<std::size_t>(value) : 0;
}

ByteView Reader::raw(std::size_t count) {
    if (ok() && count > remaining()) fault(faults::truncated);
    if (!ok()) return {};
    const ByteView bytes = input_.subspan(offset_, count);
    offset_ += count;
    return bytes;
}

void Reader::fault(const Rule& rule) {
    if (!ok()) return;
    fault_ = &rule;
    fault_offset_ = offset_;
}

Result<void> Reader::finish() {
    if (ok() && remaining() > 0) fault(faults::trailing_bytes);
    if (!ok()) return fail(*fault_, fault_offset_);
    return {};
}

bool is_utf8(ByteView bytes) {
    std::size_t i = 0;
    while (i < bytes.size()) {
        const std::uint32_t lead = bytes[i];
        std::size_t more = 0;
        std::uint32_t code = lead;
        if (lead >= 0xf0 && lead <= 0xf4) {
            more = 3, code = lead & 0x07;
        } else if (lead >= 0xe0 && lead < 0xf0) {
            more = 2, code = lead & 0x0f;
        } else if (lead >= 0xc2 && lead < 0xe0) {
            more = 1, code = lead & 0x1f;
        } else if (lead >= 0x80) {
            return false;
        }
        if (bytes.size() - i <= more) return false;
        for (std::size_t k = 1; k <= more; ++k) {
            if ((bytes[i + k] & 0xc0) != 0x80) return false;
            code = code << 6 | (bytes[i + k] & 0x3fU);
        }
        const bool overlong = (more == 2 && code < 0x800) || (more == 3 && code < 0x10000);
        const bool surrogate = code >= 0xd800 && code <= 0xdfff;
        if (overlong || surrogate || code > 0x10ffff) return false;
        i += more + 1;
    }
    return true;
}

}  // namespace veranda::tls
