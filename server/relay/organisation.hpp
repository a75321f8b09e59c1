// The organisation whose staff this relay takes orders from, and the one question asked of it: is this staff?
#pragma once

#include "crypto/verify/staff_check.hpp"
#include "server/relay/verdict.hpp"

namespace veranda::relay {

// Caller must: have checked both with crypto::check_organisation and crypto::check_staff_list.
struct Organisation {
    Signed<veranda::Organisation> organisation;
    StaffList staff;

    const SignatureKey& root() const { return organisation.body.root; }
};

// Errors: staff_certificate, session_statement. Cost: two signature checks.
Verdict<crypto::StaffStanding> staff_standing(const StaffCredential& credential, const RoomId& room,
                                              const Organisation& organisation, UnixMillis now);

inline UnixSeconds seconds(UnixMillis time) { return UnixSeconds{time.value / 1'000}; }

}  // namespace veranda::relay
