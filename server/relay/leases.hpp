// Leases: which of several facilitators' clients admits, or makes the room anew. One holder at a time, by the store.
#pragma once

#include "server/relay/house.hpp"

namespace veranda::relay {

void claim_lease(House& house, Peer& peer, RequestId request, const ClaimLease& claim);

}  // namespace veranda::relay
