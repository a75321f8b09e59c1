// Zeros that fill a plaintext to its size class: everything up to the end, as in a PrivateMessageContent (RFC
// 9420, 6.3.1).
#pragma once

#include "protocol/tls_syntax.hpp"

namespace veranda {

namespace faults {
inline constexpr Rule padding_not_zero{"padding_not_zero", "docs/protocol.md, 9"};
}

// Caller must: the last field of the outermost structure.
struct Padding {
    std::size_t count = 0;

    void write(tls::Writer& writer) const { writer.raw(Bytes(count)); }
    void read(tls::Reader& reader) {
        count = reader.remaining();
        for (const std::uint8_t byte : reader.raw(count))
            if (byte != 0) return reader.fault(faults::padding_not_zero);
    }
};

}  // namespace veranda
