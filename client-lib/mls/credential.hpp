// Who a member says it is (RFC 9420, 5.3). We use the basic credential only: bytes that circle/ gives a meaning.
#pragma once

#include "client-lib/mls/extension.hpp"

namespace veranda::mls {

struct Credential {
    Bytes identity;
    CredentialType type = CredentialType::basic;
    std::vector<Bytes> certificates;  // of an x509 credential: decoded, never accepted

    void write(tls::Writer& writer) const {
        tls::write(writer, type);
        type == CredentialType::x509 ? tls::write(writer, certificates) : tls::write(writer, identity);
    }
    void read(tls::Reader& reader) {
        tls::read(reader, type);
        if (type == CredentialType::basic) return tls::read(reader, identity);
        if (type == CredentialType::x509) return tls::read(reader, certificates);
        reader.fault(tls::faults::unknown_value);  // its length is not known, so nothing after it can be read
    }
    friend bool operator==(const Credential&, const Credential&) = default;
};

}  // namespace veranda::mls
