// Tells faults of a certificate from faults of what it signed for one room.
#include "server/relay/organisation.hpp"

namespace veranda::relay {

Verdict<crypto::StaffStanding> staff_standing(const StaffCredential& credential, const RoomId& room,
                                              const Organisation& organisation, UnixMillis now) {
    auto standing = crypto::check_staff(credential, room, organisation.root(), organisation.staff, seconds(now));
    if (!standing) {
        const bool is_of_statement = standing.error().rule->name.starts_with("statement_");
        return refuse(is_of_statement ? Refusal::session_statement : Refusal::staff_certificate);
    }
    return *std::move(standing);
}

}  // namespace veranda::relay
