// The Commit (RFC 9420, 12.4): the proposals that make the next epoch, and the path of new keys that it may carry.
#pragma once

#include "client-lib/mls/proposal.hpp"
#include "client-lib/mls/tree_kem.hpp"

namespace veranda::mls {

// A proposal by value, or the ProposalRef (5.2) of one sent before.
struct ProposalOrRef {
    std::variant<Proposal, Bytes> content;

    void write(tls::Writer& writer) const;
    void read(tls::Reader& reader);
    friend bool operator==(const ProposalOrRef&, const ProposalOrRef&) = default;
};

struct Commit {
    std::vector<ProposalOrRef> proposals;
    std::optional<UpdatePath> path;
    VERANDA_FIELDS(proposals, path)
    friend bool operator==(const Commit&, const Commit&) = default;
};

}  // namespace veranda::mls
