// What a client has to find when a relay is under pressure. Specification: docs/protocol.md, 4.2.
#include "client-lib/client/proof_of_work.hpp"
#include "crypto/verify/hash.hpp"

namespace veranda::client {

Bytes solve_proof_of_work(const Challenge& challenge, std::uint8_t bits) {
    tls::Writer label;
    label.vector(as_bytes("Veranda 1 proof of work"));
    const crypto::Sha256 begun = crypto::Sha256().add(label.bytes()).add(challenge);
    for (std::uint64_t nonce = 0;; ++nonce) {
        tls::Writer work;
        work.number(nonce, 8);
        const Hash hash = crypto::Sha256(begun).add(work.bytes()).finish();
        std::size_t zeros = 0;
        while (zeros < bits && (hash.bytes[zeros / 8] >> (7 - zeros % 8) & 1) == 0) ++zeros;
        if (zeros == bits) return work.take();
    }
}

}  // namespace veranda::client
