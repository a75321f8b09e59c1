// Encoding of what a Commit holds.
#include "client-lib/mls/commit.hpp"

namespace veranda::mls {
namespace {

enum class ProposalOrRefType : std::uint8_t { proposal = 1, reference = 2 };
constexpr bool is_known(ProposalOrRefType type) {
    return type == ProposalOrRefType::proposal || type == ProposalOrRefType::reference;
}

}  // namespace

void ProposalOrRef::write(tls::Writer& writer) const {
    tls::write(writer, static_cast<ProposalOrRefType>(content.index() + 1));
    std::visit([&writer](const auto& kind) { tls::write(writer, kind); }, content);
}

void ProposalOrRef::read(tls::Reader& reader) {
    ProposalOrRefType type{};
    tls::read(reader, type);
    if (type == ProposalOrRefType::reference) return tls::read(reader, content.emplace<Bytes>());
    tls::read(reader, content.emplace<Proposal>());
}

}  // namespace veranda::mls
