// The clear part of an MLS PrivateMessage (RFC 9420, 6.3): all that the relay reads of a message.
#pragma once

#include "protocol/identifiers.hpp"

namespace veranda {

enum class MlsContentType : std::uint8_t { application = 1, proposal = 2, commit = 3 };
inline bool is_known(MlsContentType type) {
    return type >= MlsContentType::application && type <= MlsContentType::commit;
}

struct MlsEnvelope {
    Bytes group_id;
    Epoch epoch;
    MlsContentType content_type{};
};

namespace faults {
inline constexpr Rule not_a_private_message{"not_a_private_message", "RFC 9420, 6"};
inline constexpr Rule authenticated_data_not_empty{"authenticated_data_not_empty", "docs/protocol.md, 9"};
}  // namespace faults

// Reads an MLSMessage that holds a PrivateMessage, to its last byte.
// Errors: not_a_private_message (another version or wire format), authenticated_data_not_empty, and those of
// tls::decode.
Result<MlsEnvelope> read_mls_envelope(ByteView message);

}  // namespace veranda
