// Armour: how bytes stand in a text file that people copy, like PEM (RFC 7468) and stricter.
//
//     -----BEGIN VERANDA ORGANISATION-----
//     base64, 64 columns, the last line shorter
//     -----END VERANDA ORGANISATION-----
//
// Exactly one text stands for given bytes: lines end in LF, padding is there, nothing comes before or after.
#pragma once

#include "protocol/bytes.hpp"
#include "protocol/result.hpp"

namespace veranda {

namespace armour_titles {
inline constexpr std::string_view organisation = "VERANDA ORGANISATION";            // Signed<Organisation>
inline constexpr std::string_view staff_list = "VERANDA STAFF LIST";                // StaffList
inline constexpr std::string_view staff_request = "VERANDA STAFF REQUEST";          // Signed<CertificateRequest>
inline constexpr std::string_view staff_certificate = "VERANDA STAFF CERTIFICATE";  // Signed<Certificate>
inline constexpr std::string_view sealed_keys = "VERANDA SEALED KEYS";              // SealedKeys
inline constexpr std::string_view group_book = "VERANDA GROUP BOOK";                // GroupBookFile
}  // namespace armour_titles

namespace faults {  // detail: the line, from 1
inline constexpr Rule armour_begin{"armour_begin", "docs/protocol.md, 6"};
inline constexpr Rule armour_line{"armour_line", "docs/protocol.md, 6"};
inline constexpr Rule armour_end{"armour_end", "docs/protocol.md, 6"};
inline constexpr Rule armour_too_long{"armour_too_long", "docs/protocol.md, 6"};
}  // namespace faults

inline constexpr std::size_t armoured_bytes_max = std::size_t{1} << 20;  // a staff list of 4,096 entries fits, twice

std::string armour(std::string_view title, ByteView bytes);

// A text as mail programs and editors leave it, with armour's own line ends again.
std::string with_armour_line_ends(std::string text);

// Errors: every armour rule of `faults`.
Result<Bytes> unarmour(std::string_view title, std::string_view text);

}  // namespace veranda
