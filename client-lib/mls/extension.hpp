// Versions, cipher suites and extensions (RFC 9420, 13): values that pass through when we don't know them, since GREASE
// (13.5) puts unknown ones everywhere. What is not acceptable is said where it matters, by a rule.
#pragma once

#include "protocol/tls_syntax.hpp"

namespace veranda::mls {

enum class ProtocolVersion : std::uint16_t { mls10 = 1 };
enum class CipherSuite : std::uint16_t { x25519_chacha20poly1305_sha256_ed25519 = 3 };
enum class ExtensionType : std::uint16_t {
    application_id = 1,
    ratchet_tree = 2,
    required_capabilities = 3,
    external_pub = 4,
    external_senders = 5,
};
enum class ProposalType : std::uint16_t {
    add = 1,
    update = 2,
    remove = 3,
    psk = 4,
    reinit = 5,
    external_init = 6,
    group_context_extensions = 7,
};
enum class CredentialType : std::uint16_t { basic = 1, x509 = 2 };

constexpr bool is_known(ProtocolVersion) { return true; }
constexpr bool is_known(CipherSuite) { return true; }
constexpr bool is_known(ExtensionType) { return true; }
constexpr bool is_known(ProposalType) { return true; }
constexpr bool is_known(CredentialType) { return true; }

inline constexpr ProtocolVersion our_version = ProtocolVersion::mls10;
inline constexpr CipherSuite our_suite = CipherSuite::x25519_chacha20poly1305_sha256_ed25519;

// Types that every implementation has, and that capabilities do not list (7.2).
constexpr bool is_default(ExtensionType type) {
    return type >= ExtensionType::application_id && type <= ExtensionType::external_senders;
}
constexpr bool is_default(ProposalType type) {
    return type >= ProposalType::add && type <= ProposalType::group_context_extensions;
}

struct Extension {
    ExtensionType type{};
    Bytes data;
    VERANDA_FIELDS(type, data)
    friend bool operator==(const Extension&, const Extension&) = default;
};
using Extensions = std::vector<Extension>;

inline const Extension* find_extension(const Extensions& extensions, ExtensionType type) {
    for (const Extension& extension : extensions)
        if (extension.type == type) return &extension;
    return nullptr;
}

// At most one extension of a type may stand in a list (13.4).
inline bool has_duplicates(const Extensions& extensions) {
    for (auto a = extensions.begin(); a != extensions.end(); ++a)
        for (auto b = extensions.begin(); b != a; ++b)
            if (a->type == b->type) return true;
    return false;
}

// required_capabilities (11.1): what every member must be able to do.
struct RequiredCapabilities {
    std::vector<ExtensionType> extensions;
    std::vector<ProposalType> proposals;
    std::vector<CredentialType> credentials;
    VERANDA_FIELDS(extensions, proposals, credentials)
};

}  // namespace veranda::mls
