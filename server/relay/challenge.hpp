// The access proof: does this connection hold the access key that it names, here and now?
#pragma once

#include <string>

#include "protocol/signed/room.hpp"
#include "server/relay/verdict.hpp"

namespace veranda::relay {

// The proof must be over this connection's challenge and one of our own origins, so that neither an older connection's
// nor one made for another server is good here. Errors: access_signature. Cost: one signature check, done last.
Verdict<void> check_access(const Signed<AccessProof>& proof, const Challenge& challenge,
                           const std::vector<std::string>& origins);

}  // namespace veranda::relay
