// Reads the clear part of a PrivateMessage and steps over the rest.
#include "protocol/mls_envelope.hpp"

namespace veranda {
namespace {
constexpr std::uint64_t version_mls10 = 1;
constexpr std::uint64_t wire_format_private_message = 2;
}  // namespace

Result<MlsEnvelope> read_mls_envelope(ByteView message) {
    tls::Reader reader(message);
    const auto version = reader.number(2);
    const auto wire_format = reader.number(2);
    if (!reader.ok() || version != version_mls10 || wire_format != wire_format_private_message)
        return fail(faults::not_a_private_message);
    MlsEnvelope envelope;
    tls::read(reader, envelope.group_id);
    tls::read(reader, envelope.epoch);
    tls::read(reader, envelope.content_type);
    const bool has_authenticated_data = !reader.vector().empty();
    reader.vector();  // encrypted_sender_data
    reader.vector();  // ciphertext
    TRY(reader.finish());
    if (has_authenticated_data) return fail(faults::authenticated_data_not_empty);
    return envelope;
}

}  // namespace veranda
