// How such groups come about, in much less time than if each member were there.
#include "tests/bench/mls_groups.hpp"

#include <bit>
#include <string>

namespace veranda::mls::tests {

struct Inspector {
    static SecretTree::Ratchet clone(const SecretTree::Ratchet& ratchet) {
        SecretTree::Ratchet copy{ratchet.secret.clone(), ratchet.next, {}};
        for (const auto& [generation, key] : ratchet.skipped) copy.skipped.emplace(generation, key.clone());
        return copy;
    }
    static SecretTree clone(const SecretTree& tree) {
        SecretTree copy;
        copy.root_ = tree.root_;
        for (const auto& [node, secret] : tree.nodes_) copy.nodes_.emplace(node, secret.clone());
        for (const auto& [leaf, ratchets] : tree.leaves_)
            copy.leaves_.emplace(leaf,
                                 SecretTree::LeafRatchets{clone(ratchets.handshake), clone(ratchets.application)});
        return copy;
    }
};

}  // namespace veranda::mls::tests

namespace veranda::bench {
namespace {

using mls::Group;
using mls::GroupState;
using mls::OwnKeyPackage;

constexpr UnixSeconds long_ago{1'700'000'000};
constexpr UnixSeconds far_off{4'000'000'000};

mls::EpochSecrets clone(const mls::EpochSecrets& of) {
    return {of.sender_data.clone(), of.encryption.clone(),    of.exporter.clone(),
            of.external.clone(),    of.confirmation.clone(),  of.membership.clone(),
            of.resumption.clone(),  of.authenticator.clone(), of.init.clone()};
}

std::unique_ptr<GroupState> state_of(const GroupState& state, mls::LeafIndex own, const crypto::SigningKey& signer,
                                     mls::PathKeys&& keys) {
    return std::make_unique<GroupState>(GroupState{
        state.context, state.encoded_context, state.tree, own, state.welcome_signer, signer.clone(), std::move(keys),
        clone(state.secrets), mls::tests::Inspector::clone(state.secret_tree), state.interim_transcript_hash});
}

// The group as a member has it who followed so far, as far as she needs it in order to commit: her own leaf's keys.
Group as_seen_by(const Group& group, std::uint32_t leaf, const OwnKeyPackage& her) {
    mls::PathKeys keys;
    keys.set(mls::tree_math::node_of({leaf}), her.encryption_key.clone());
    return Group(state_of(group.state(), {leaf}, her.signing_key, std::move(keys)));
}

template <class T>
T must(Result<T>&& result) {
    VERANDA_ASSERT(result.has_value());
    return *std::move(result);
}

struct Crowd {
    std::vector<OwnKeyPackage> people;
    Trio trio;
};

Crowd gather(std::uint32_t members, crypto::RandomSource& random) {
    std::vector<OwnKeyPackage> people;
    std::vector<mls::KeyPackage> adds;
    for (std::uint32_t i = 0; i < members; ++i) people.push_back(person(i, random));
    for (std::uint32_t i = 1; i < members; ++i) adds.push_back(people[i].public_part);
    OwnKeyPackage first{people[0].public_part, people[0].init_key.clone(), people[0].encryption_key.clone(),
                        people[0].signing_key.clone()};
    const Group alone = Group::create(as_bytes("a group, as large as wanted"), std::move(first), random);
    auto made = must(alone.commit(adds, {}, random));
    auto near = must(Group::join(made.welcome.whole(0), people[1]));
    auto far = must(Group::join(made.welcome.whole(members - 2), people[members - 1]));
    const Shape shape{members, false, tls::encode(people[0].public_part.leaf).size(),
                      made.next.state().encoded_context.size()};
    return {std::move(people), {shape, std::move(made.next), std::move(near), std::move(far)}};
}

std::uint32_t reversed(std::uint32_t value, std::uint32_t bits) {
    std::uint32_t out = 0;
    for (std::uint32_t i = 0; i < bits; ++i) out |= ((value >> i) & 1U) << (bits - 1 - i);
    return out;
}

}  // namespace

Group twin(const Group& group) {
    const GroupState& state = group.state();
    return Group(state_of(state, state.own, state.signing_key, state.path_keys.clone()));
}

OwnKeyPackage person(std::uint32_t number, crypto::RandomSource& random) {
    const std::string digits = std::to_string(10'000 + number);
    return mls::make_key_package(as_bytes("member " + digits), crypto::SigningKey::generate(random), long_ago, far_off,
                                 random);
}

Group follow(Group& member, ByteView commit) {
    auto received = must(member.open(commit));
    return member.after(std::move(std::get<mls::StagedCommit>(received)));
}

Trio fresh_group(std::uint32_t members, crypto::RandomSource& random) {
    return std::move(gather(members, random).trio);
}

// From wide to narrow, so that few have to be sealed to one by one; leaf 0 comes last.
Trio populated_group(std::uint32_t members, crypto::RandomSource& random) {
    Crowd crowd = gather(members, random);
    Trio& trio = crowd.trio;
    const std::uint32_t width = std::bit_ceil(members);
    for (std::uint32_t turn = 1; turn <= width; ++turn) {
        const std::uint32_t leaf = reversed(turn % width, trio.shape.depth());
        if (leaf % 2 != 0 || leaf >= members) continue;
        auto made = must(as_seen_by(trio.committer, leaf, crowd.people[leaf]).commit({}, {}, random));
        trio.near = follow(trio.near, made.message);
        trio.far = follow(trio.far, made.message);
        trio.committer = std::move(made.next);
    }
    trio.shape.populated = true;
    return std::move(crowd.trio);
}

std::size_t group_info_bytes(const mls::OwnCommit& commit) {
    return must(tls::decode<Bytes>(commit.welcome.tail)).size() - 16;
}

}  // namespace veranda::bench
