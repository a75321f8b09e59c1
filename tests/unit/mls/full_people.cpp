// The members of a FullCircle, and the snapshot of a FullGroup.
#include "tests/unit/mls/full_people.hpp"

namespace veranda::mls::tests {

std::string_view refused(FullGroup& group, ByteView message) {
    const Bytes before = snapshot(group);
    const std::string_view reason = why(group.open(message));
    EXPECT_TRUE(snapshot(group) == before) << "the state changed";
    return reason;
}

OwnKeyPackage versatile_person(std::string_view name, crypto::RandomSource& random) {
    OwnKeyPackage own = person(name, random);
    own.public_part = spoiled(own, [](KeyPackage& kp) { kp.leaf.capabilities.extensions = {odd_extension}; });
    return own;
}

PreSharedKeyID psk_named(std::string_view id) {
    PreSharedKeyID psk;
    psk.psk_id = to_bytes(as_bytes(id));
    psk.psk_nonce = Bytes(32, 5);
    return psk;
}

Extensions external_senders_of(const std::vector<const crypto::SigningKey*>& keys) {
    ExternalSenders senders;
    for (const crypto::SigningKey* key : keys)
        senders.push_back({to_bytes(key->public_key()), {to_bytes(as_bytes("outside")), CredentialType::basic, {}}});
    return {{ExtensionType::external_senders, tls::encode(senders)}};
}

Extensions requiring(ExtensionType type) {
    return {{ExtensionType::required_capabilities, tls::encode(RequiredCapabilities{{type}, {}, {}})}};
}

FullCircle::FullCircle(std::size_t size, Extensions extensions, std::uint64_t seed) : random(seed) {
    members.push_back(
        *FullGroup::create(as_bytes("group"), std::move(extensions), versatile_person("member 0", random), random));
    members[0].hold_psk(to_bytes(as_bytes("tea")), SecretBytes(32));
    if (size > 1) add(0, size - 1);
}

void FullCircle::hear(std::size_t by, ByteView message) {
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (i == by) continue;
        ASSERT_EQ(why(members[i].open(message)), "accepted") << "at member " << i;
    }
}

void FullCircle::propose(std::size_t by, Proposal proposal, WireFormat format) {
    const auto message = members[by].propose(std::move(proposal), random, format);
    ASSERT_EQ(why(message), "accepted");
    hear(by, *message);
}

void FullCircle::propose_update(std::size_t by, WireFormat format) {
    const auto message = members[by].propose_update(random, format);
    ASSERT_EQ(why(message), "accepted");
    hear(by, *message);
}

void FullCircle::follow(std::size_t by, ByteView message) {
    std::vector<FullGroup> staying;
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (i == by) {
            staying.push_back(std::move(members[i]));
            continue;
        }
        auto received = members[i].open(message);
        ASSERT_EQ(why(received), "accepted") << "at member " << i;
        auto& staged = std::get<FullStagedCommit>(*received);
        if (!staged.removes_us()) staying.push_back(members[i].after(std::move(staged)));
    }
    members = std::move(staying);
}

OwnFullCommit FullCircle::commit(std::size_t by, CommitWith with) {
    const LeafIndex committer = members[by].own_leaf();
    auto made = members[by].commit(std::move(with), random);
    EXPECT_EQ(why(made), "accepted");
    follow(by, made->message);
    for (FullGroup& member : members) {
        if (member.own_leaf() == committer) std::swap(member, made->next);
    }
    return *std::move(made);
}

OwnFullCommit FullCircle::commit_pending(std::size_t by, WireFormat format) {
    CommitWith with;
    with.by_reference = members[by].pending_references();
    with.wire_format = format;
    return commit(by, std::move(with));
}

void FullCircle::let_in(OwnFullCommit&& made) {
    follow(members.size(), made.message);
    members.push_back(std::move(made.next));
}

void FullCircle::add(std::size_t by, std::size_t count) {
    std::vector<OwnKeyPackage> own;
    CommitWith with;
    for (std::size_t i = 0; i < count; ++i) {
        own.push_back(versatile_person("member " + std::to_string(members.size() + i), random));
        with.by_value.push_back(addition(own.back().public_part));
    }
    const OwnFullCommit made = commit(by, std::move(with));
    PskStore psks;
    psks.hold(to_bytes(as_bytes("tea")), SecretBytes(32));
    JoinWith join;
    join.psks = &psks;
    for (std::size_t i = 0; i < count; ++i) {
        auto joined = FullGroup::join(made.welcome.whole(i), own[i], join);
        ASSERT_EQ(why(joined), "accepted");
        members.push_back(*std::move(joined));
    }
}

void FullCircle::expect_agreement() {
    for (FullGroup& member : members) {
        EXPECT_EQ(member.epoch(), members[0].epoch());
        EXPECT_TRUE(same_bytes(member.epoch_authenticator(), members[0].epoch_authenticator()));
        EXPECT_EQ(member.roster(), members[0].roster());
        EXPECT_EQ(member.roster().size(), members.size());
        const auto sealed = member.seal(as_bytes("hello"), random);
        ASSERT_EQ(why(sealed), "accepted");
        for (FullGroup& reader : members) {
            if (&reader == &member) continue;
            const auto opened = reader.open(*sealed);
            ASSERT_EQ(why(opened), "accepted");
            EXPECT_EQ(as_text(std::get<Plaintext>(*opened).content), "hello");
        }
    }
}

}  // namespace veranda::mls::tests
