// How a thing is signed: a body, and an Ed25519 signature over a label of its own and the body's one encoding.
//
// Each body is a structure with a `label`. Where it belongs to a room, its first field is the room id.
// docs/protocol.md, 6 has one row for each: who signs, what it binds, how a replay is recognised. Here are bytes only;
// who checks them is crypto/verify/signed_check.hpp.
#pragma once

#include "protocol/identifiers.hpp"

namespace veranda {

template <class Body>
struct Signed {
    Body body;
    Signature signature;

    friend bool operator==(const Signed&, const Signed&) = default;
    VERANDA_FIELDS(body, signature)
};

// What the signature covers: `opaque label<V>; Body body;`.
template <class Body>
Bytes signed_bytes(const Body& body) {
    tls::Writer writer;
    writer.vector(as_bytes(Body::label));
    tls::write(writer, body);
    return writer.take();
}

}  // namespace veranda
