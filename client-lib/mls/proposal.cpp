// Encoding of proposals.
#include "client-lib/mls/proposal.hpp"

namespace veranda::mls {

void Proposal::write(tls::Writer& writer) const {
    tls::write(writer, type());
    std::visit([&writer](const auto& kind) { tls::write(writer, kind); }, body);
}

void Proposal::read(tls::Reader& reader) {
    ProposalType kind{};
    tls::read(reader, kind);
    switch (kind) {
        case ProposalType::add: return tls::read(reader, body.emplace<Add>());
        case ProposalType::update: return tls::read(reader, body.emplace<Update>());
        case ProposalType::remove: return tls::read(reader, body.emplace<Remove>());
        case ProposalType::psk: return tls::read(reader, body.emplace<PreSharedKey>());
        case ProposalType::reinit: return tls::read(reader, body.emplace<ReInit>());
        case ProposalType::external_init: return tls::read(reader, body.emplace<ExternalInit>());
        case ProposalType::group_context_extensions: return tls::read(reader, body.emplace<GroupContextExtensions>());
    }
    reader.fault(tls::faults::unknown_value);
}

}  // namespace veranda::mls
