// Proposals (RFC 9420, 12.1): all kinds are decoded; which are accepted, proposal_rules.hpp says.
#pragma once

#include "client-lib/mls/key_package.hpp"
#include "client-lib/mls/psk.hpp"

namespace veranda::mls {

struct Add {
    KeyPackage key_package;
    VERANDA_FIELDS(key_package)
    friend bool operator==(const Add&, const Add&) = default;
};
struct Update {
    LeafNode leaf;
    VERANDA_FIELDS(leaf)
    friend bool operator==(const Update&, const Update&) = default;
};
struct Remove {
    LeafIndex removed;
    VERANDA_FIELDS(removed)
    friend bool operator==(const Remove&, const Remove&) = default;
};
struct PreSharedKey {
    PreSharedKeyID psk;
    VERANDA_FIELDS(psk)
    friend bool operator==(const PreSharedKey&, const PreSharedKey&) = default;
};
struct ReInit {
    Bytes group_id;
    ProtocolVersion version{};
    CipherSuite cipher_suite{};
    Extensions extensions;
    VERANDA_FIELDS(group_id, version, cipher_suite, extensions)
    friend bool operator==(const ReInit&, const ReInit&) = default;
};
struct ExternalInit {
    Bytes kem_output;
    VERANDA_FIELDS(kem_output)
    friend bool operator==(const ExternalInit&, const ExternalInit&) = default;
};
struct GroupContextExtensions {
    Extensions extensions;
    VERANDA_FIELDS(extensions)
    friend bool operator==(const GroupContextExtensions&, const GroupContextExtensions&) = default;
};

struct Proposal {
    // In the order of their types, 1 to 7.
    std::variant<Add, Update, Remove, PreSharedKey, ReInit, ExternalInit, GroupContextExtensions> body;

    ProposalType type() const { return static_cast<ProposalType>(body.index() + 1); }
    void write(tls::Writer& writer) const;
    void read(tls::Reader& reader);
    friend bool operator==(const Proposal&, const Proposal&) = default;
};

}  // namespace veranda::mls
