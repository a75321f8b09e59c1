// Counts the zero bits that a hash begins with.
#include "server/relay/proof_of_work.hpp"

#include <bit>

#include "crypto/verify/hash.hpp"

namespace veranda::relay {
namespace {
constexpr std::string_view label = "Veranda 1 proof of work";
constexpr std::size_t proof_bytes = 8;
}  // namespace

bool proves_work(const Challenge& challenge, ByteView proof, unsigned bits) {
    if (bits == 0) return true;
    if (proof.size() != proof_bytes) return false;
    tls::Writer prefix;
    prefix.vector(as_bytes(label));
    const Hash hash = crypto::Sha256().add(prefix.bytes()).add(challenge).add(proof).finish();
    unsigned zeros = 0;
    for (const std::uint8_t byte : hash.bytes) {
        zeros += static_cast<unsigned>(std::countl_zero(byte));
        if (byte != 0) break;
    }
    return zeros >= bits;
}

}  // namespace veranda::relay
