// Cheap comparisons first, the signature last.
#include "server/relay/challenge.hpp"

#include <algorithm>

#include "crypto/verify/signed_check.hpp"

namespace veranda::relay {

Verdict<void> check_access(const Signed<AccessProof>& proof, const Challenge& challenge,
                           const std::vector<std::string>& origins) {
    const bool is_ours = proof.body.challenge == challenge &&
                         std::find(origins.begin(), origins.end(), proof.body.origin) != origins.end();
    if (!is_ours || !crypto::signature_holds(proof, proof.body.key)) return refuse(Refusal::access_signature);
    return {};
}

}  // namespace veranda::relay
