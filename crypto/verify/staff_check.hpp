// What makes a member of staff good: a chain from the organisation's root over the staff list and the certificate to
// the session statement. Relay and clients ask here, so that both mean the same. Specification: docs/protocol.md, 6.1
// to 6.4.
#pragma once

#include "crypto/verify/signed_check.hpp"
#include "protocol/signed/staff.hpp"

namespace veranda::crypto {

namespace faults {
inline constexpr Rule organisation_signature{"organisation_signature", "docs/protocol.md, 6.1"};
inline constexpr Rule organisation_texts{"organisation_texts", "docs/protocol.md, 6.1"};  // too many, too long, twice
inline constexpr Rule other_organisation{"other_organisation", "docs/protocol.md, 6.1"};
inline constexpr Rule request_signature{"request_signature", "docs/protocol.md, 6.2"};
inline constexpr Rule staff_list_signature{"staff_list_signature", "docs/protocol.md, 6.3"};
inline constexpr Rule staff_list_chain{"staff_list_chain", "docs/protocol.md, 6.3"};      // detail: the entry's number
inline constexpr Rule staff_list_run_out{"staff_list_run_out", "docs/protocol.md, 6.3"};  // detail: good until
inline constexpr Rule certificate_root{"certificate_root", "docs/protocol.md, 6.2"};
inline constexpr Rule certificate_signature{"certificate_signature", "docs/protocol.md, 6.2"};
inline constexpr Rule certificate_lifetime{"certificate_lifetime", "docs/protocol.md, 6.2"};
inline constexpr Rule certificate_not_listed{"certificate_not_listed", "docs/protocol.md, 6.3"};
inline constexpr Rule certificate_revoked{"certificate_revoked", "docs/protocol.md, 6.3"};
inline constexpr Rule statement_signature{"statement_signature", "docs/protocol.md, 6.4"};
inline constexpr Rule statement_other_certificate{"statement_other_certificate", "docs/protocol.md, 6.4"};
inline constexpr Rule statement_other_room{"statement_other_room", "docs/protocol.md, 6.4"};
inline constexpr Rule statement_role{"statement_role", "docs/protocol.md, 6.4"};
inline constexpr Rule statement_lifetime{"statement_lifetime", "docs/protocol.md, 6.4"};
}  // namespace faults

// The name of an organisation's root in links and on paper: SHA-256 of the 32 bytes of its key.
Hash fingerprint(const SignatureKey& root);

// Errors: organisation_signature, organisation_texts.
Result<void> check_organisation(const Signed<Organisation>& organisation);

// Errors: request_signature.
Result<void> check_request(const Signed<CertificateRequest>& request);

// The whole list: numbers without gaps, the chain of hashes, the head's signature. Not its age.
// Errors: staff_list_chain, staff_list_signature.
Result<void> check_staff_list(const StaffList& list, const SignatureKey& root);

// The hash after `entry`, given the one before it.
Hash next_staff_list_hash(const Hash& before, const StaffListEntry& entry);

// A certificate, by itself. Limit: limits::certificate_seconds_max between its two times.
// Errors: certificate_root, certificate_signature, certificate_lifetime, certificate_not_listed, certificate_revoked,
// staff_list_run_out.
Result<void> check_certificate(const Signed<Certificate>& certificate, const SignatureKey& root, const StaffList& list,
                               UnixSeconds now);

// Success as a type that only this check can make: who this is, and what she signs with in this room.
class StaffStanding {
public:
    const std::string& name() const { return name_; }
    Role role() const { return role_; }
    RoomKind kind() const { return kind_; }
    const SignatureKey& session_key() const { return session_key_; }
    const SealingKey& lane_key() const { return lane_key_; }
    const Hash& certificate() const { return certificate_; }
    bool commits() const { return veranda::commits(role_, kind_); }

private:
    friend Result<StaffStanding> check_staff(const StaffCredential&, const RoomId&, const SignatureKey&,
                                             const StaffList&, UnixSeconds);
    StaffStanding() = default;
    std::string name_;
    Role role_{};
    RoomKind kind_{};
    SignatureKey session_key_;
    SealingKey lane_key_;
    Hash certificate_;
};

// Caller must: have checked the list itself with check_staff_list. Cost: two signature checks.
// Errors: those of check_certificate and every statement_ rule.
Result<StaffStanding> check_staff(const StaffCredential& credential, const RoomId& room, const SignatureKey& root,
                                  const StaffList& list, UnixSeconds now);

}  // namespace veranda::crypto
