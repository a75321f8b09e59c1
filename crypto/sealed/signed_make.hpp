// Makes a signed thing: the body, signed under its own label.
#pragma once

#include "crypto/sealed/signing.hpp"
#include "protocol/signed/signed.hpp"

namespace veranda::crypto {

// Cost: one signature.
template <class Body>
Signed<Body> sign(Body body, const SigningKey& key) {
    const Signature signature = key.sign(signed_bytes(body));
    return {std::move(body), signature};
}

}  // namespace veranda::crypto
