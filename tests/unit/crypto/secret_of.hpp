// A secret of a known answer.
#pragma once

#include "crypto/sealed/secret.hpp"
#include "tests/unit/crypto/hex.hpp"

namespace veranda::crypto::tests {

inline Secret<32> secret(std::string_view hexadecimal) {
    const Bytes bytes = unhex(hexadecimal);
    return Secret<32>::copy_of(std::span(bytes).first<32>());
}

}  // namespace veranda::crypto::tests
