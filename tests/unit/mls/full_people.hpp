// Groups of everything for tests: members who follow each other's messages, whatever their framing.
#pragma once

#include "client-lib/mls/full_state.hpp"
#include "tests/unit/mls/forge.hpp"

namespace veranda::mls::tests {

Bytes snapshot(const FullGroup& group);

// Why a message is refused; the FullGroup must be as it was.
std::string_view refused(FullGroup& group, ByteView message);

inline constexpr ExtensionType odd_extension{0xff01};  // one that nobody knows, for capabilities to list

// A person whose capabilities list such an extension.
OwnKeyPackage versatile_person(std::string_view name, crypto::RandomSource& random);

PreSharedKeyID psk_named(std::string_view id);
Extensions external_senders_of(const std::vector<const crypto::SigningKey*>& keys);
Extensions requiring(ExtensionType type);

// All members of one group, in the order they came. Everybody holds the PSK "tea".
struct FullCircle {
    RepeatableRandom random;
    std::vector<FullGroup> members;

    explicit FullCircle(std::size_t size, Extensions extensions = {}, std::uint64_t seed = 1);
    FullGroup& operator[](std::size_t i) { return members[i]; }

    // Everyone but the sender takes it.
    void hear(std::size_t by, ByteView message);
    void propose(std::size_t by, Proposal proposal, WireFormat format = WireFormat::private_message);
    void propose_update(std::size_t by, WireFormat format = WireFormat::private_message);

    // Commits, and everyone follows; who is removed leaves. Newcomers are not welcomed here.
    OwnFullCommit commit(std::size_t by, CommitWith with);
    OwnFullCommit commit_pending(std::size_t by, WireFormat format = WireFormat::private_message);
    // An external Commit: everyone follows, and the joiner is one of them.
    void let_in(OwnFullCommit&& made);
    void follow(std::size_t by, ByteView message);
    void add(std::size_t by, std::size_t count);

    void expect_agreement();
};

inline CommitWith holding(std::vector<Proposal> proposals) {
    CommitWith with;
    with.by_value = std::move(proposals);
    return with;
}

}  // namespace veranda::mls::tests
