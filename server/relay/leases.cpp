// Claiming, renewing and releasing are one frame.
#include "server/relay/leases.hpp"

namespace veranda::relay {

// lease_held (ms left). A released lease is answered with nothing left.
void claim_lease(House& house, Peer& peer, RequestId request, const ClaimLease& claim) {
    const RoomId room = peer.seat->room->id;
    const MemberId self = peer.seat->member;
    if (claim.release)
        return house.store.release_lease(
            room, claim.kind, self,
            house.then_for<store::Nothing>(peer, request,
                                           [request, kind = claim.kind](House& again, Peer& found, store::Nothing) {
                                               again.answer(found, request, Lease{kind, 0});
                                           }));
    house.store.claim_lease(
        room, claim.kind, self, store::milliseconds(limits::lease_ms),
        house.then_for<store::LeaseState>(
            peer, request,
            [request, kind = claim.kind, self](House& again, Peer& found, const store::LeaseState& state) {
                const auto left = static_cast<std::uint32_t>(std::max<std::int64_t>(0, state.left.count()));
                if (state.holder != self) return again.refuse(found, request, Refusal::lease_held, left);
                again.answer(found, request, Lease{kind, left});
            }));
}

}  // namespace veranda::relay
