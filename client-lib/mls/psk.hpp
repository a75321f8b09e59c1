// Pre-shared keys (RFC 9420, 8.4): their ids, and how several become one secret. Who holds them is
// psk_store.hpp's; no session of ours does.
#pragma once

#include "client-lib/mls/labels.hpp"
#include "client-lib/mls/rules.hpp"

namespace veranda::mls {

enum class PskType : std::uint8_t { external = 1, resumption = 2 };
constexpr bool is_known(PskType type) { return type == PskType::external || type == PskType::resumption; }
enum class ResumptionUsage : std::uint8_t { application = 1, reinit = 2, branch = 3 };
constexpr bool is_known(ResumptionUsage usage) {
    return usage >= ResumptionUsage::application && usage <= ResumptionUsage::branch;
}

struct PreSharedKeyID {
    PskType type = PskType::external;
    Bytes psk_id;  // of an external one
    ResumptionUsage usage = ResumptionUsage::application;
    Bytes psk_group_id;  // of a resumption one, as is its epoch
    Epoch psk_epoch;
    Bytes psk_nonce;

    void write(tls::Writer& writer) const;
    void read(tls::Reader& reader);
    friend bool operator==(const PreSharedKeyID&, const PreSharedKeyID&) = default;
};

struct Psk {
    PreSharedKeyID id;
    SecretBytes secret;
};

// Zeros where there is none.
Secret32 psk_secret(std::span<const Psk> psks);

}  // namespace veranda::mls
