// The work that a relay under pressure asks of whoever greets it. Specification: docs/protocol.md, 4.2.
#pragma once

#include "protocol/identifiers.hpp"

namespace veranda::client {

// Eight bytes for a server's hello that asks for `bits` zero bits. Cost: 2^bits hashes.
Bytes solve_proof_of_work(const Challenge& challenge, std::uint8_t bits);

}  // namespace veranda::client
