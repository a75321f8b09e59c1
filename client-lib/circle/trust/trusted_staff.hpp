// Whom a client believes: one organisation, known beforehand by file or fingerprint, and its staff list as far as seen.
//
// The relay brings the organisation's description and the list; neither counts without the root's signature, and a list
// never goes back or aside from one seen earlier.
#pragma once

#include <set>

#include "client-lib/circle/rules.hpp"
#include "crypto/verify/duty_check.hpp"

namespace veranda::circle {

// How the client knows its organisation: by the fingerprint in a link, or by a file. At least one is there.
struct TrustAnchor {
    std::optional<Hash> fingerprint;
    std::optional<Signed<Organisation>> organisation;
};

class TrustedStaff {
public:
    explicit TrustedStaff(TrustAnchor anchor) : anchor_(std::move(anchor)) {}

    // What a server's hello says. Errors: organisation_signature, other_organisation, fingerprint_differs,
    // staff_list_signature, staff_list_went_back, staff_list_forked.
    Result<void> accept_hello(const Signed<Organisation>& organisation, const Signed<StaffListHead>& head);
    // Errors: those of crypto::check_staff_list; no_staff_list, when the list is not the one the hello spoke of.
    Result<void> accept_list(const StaffList& list);

    // A list that was asked for while connected: the one we have, or a newer one. Errors: those of accept_hello and
    // accept_list.
    Result<void> accept_newer(const StaffList& list);
    // Is it our own list's head, or an earlier link of its chain?
    bool knows_head(const Hash& hash) const;

    bool needs_list() const { return !list_ || list_->head != head_; }
    bool says_to_the_unsafe() const { return anchor_.organisation && !anchor_.organisation->body.not_safe.empty(); }
    const Organisation& organisation() const { return anchor_.organisation->body; }
    const Hash& list_head() const { return head_.body.hash; }
    const StaffList& list() const { return *list_; }  // Caller must: have had it accepted

    // Errors: no_staff_list, and those of crypto::check_staff.
    Result<crypto::StaffStanding> check(const StaffCredential& credential, const RoomId& room, UnixSeconds now) const;
    // Errors: no_staff_list, and those of crypto::check_duty.
    Result<crypto::DutyStanding> check_duty(const Signed<DutyStatement>& statement, UnixSeconds now) const;
    // Of something that was signed at `at`: good then, by a list that has not run out now. Errors: no_staff_list,
    // staff_list_run_out, and those of crypto::check_certificate.
    Result<void> check_certificate(const Signed<Certificate>& certificate, UnixSeconds at, UnixSeconds now) const;

private:
    TrustAnchor anchor_;
    Signed<StaffListHead> head_;
    std::optional<StaffList> list_;
    std::set<Hash> links_;  // of list_'s chain
};

}  // namespace veranda::circle
