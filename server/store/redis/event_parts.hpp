// How what comes on a channel is taken apart: part after part, in the encoding of the wire.
#pragma once

#include "protocol/tls_syntax.hpp"

namespace veranda::store::redis {

// Zero if it is not all there; the reader knows then.
template <class T>
T part(tls::Reader& reader) {
    T value{};
    tls::read(reader, value);
    return value;
}

inline Bytes remainder(tls::Reader& reader) { return to_bytes(reader.raw(reader.remaining())); }

}  // namespace veranda::store::redis
