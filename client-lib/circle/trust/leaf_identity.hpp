// The identity in an MLS BasicCredential: a pseudonym, or a member of staff; never both, never neither.
#pragma once

#include "client-lib/circle/rules.hpp"
#include "protocol/signed/staff.hpp"

namespace veranda::circle {

inline Bytes member_identity(std::string_view pseudonym) {
    return tls::encode(LeafIdentity{std::string(pseudonym), std::nullopt});
}

inline Bytes staff_identity(const StaffCredential& credential) {
    return tls::encode(LeafIdentity{std::nullopt, credential});
}

// Errors: leaf_identity.
inline Result<LeafIdentity> read_identity(ByteView identity) {
    auto read = tls::decode<LeafIdentity>(identity);
    if (!read || read->pseudonym.has_value() == read->staff.has_value()) return fail(faults::leaf_identity);
    return *std::move(read);
}

}  // namespace veranda::circle
