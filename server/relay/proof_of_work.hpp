// A price in hashes for a connection, asked when the server is under pressure.
#pragma once

#include "protocol/identifiers.hpp"

namespace veranda::relay {

// True if SHA-256(label as opaque<V>, challenge, proof) begins with `bits` zero bits and the proof has eight bytes; for
// zero bits whatever the proof is. Cost: one hash.
bool proves_work(const Challenge& challenge, ByteView proof, unsigned bits);

}  // namespace veranda::relay
