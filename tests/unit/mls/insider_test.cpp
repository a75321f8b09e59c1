// What only a member who forges with care can send, or a caller who did not check: each is signed, hashed and sealed as
// it must be, but for one thing. Deleting the check behind it turns the test red.
#include "client-lib/mls/limits.hpp"
#include "crypto/sealed/aead.hpp"
#include "tests/unit/mls/forge.hpp"

namespace veranda::mls {
namespace {

using namespace tests;

struct InsidersTable {
    Circle circle{4};
    Forge forge{circle[0]};
    const GroupState& state = circle[0].state();

    std::string_view judges(ByteView message) { return refused(circle[1], message); }

    // A Commit of the first member's whose path carries this signing key.
    std::string_view with_signing_key(const crypto::SigningKey& key, std::vector<Proposal> proposals = {}) {
        RatchetTree tree = state.tree;
        Commit commit;
        std::vector<LeafIndex> newcomers;
        for (Proposal& proposal : proposals) {
            newcomers.push_back(*tree.add(std::get<Add>(proposal.body).key_package.leaf));
            commit.proposals.push_back({std::move(proposal)});
        }
        const OwnPath own = make_path(tree, {0}, key, state.context.group_id, circle.random);
        const Bytes context = tls::encode(provisional_context(state, tree));
        commit.path = *seal_path(own, tree, {0}, context, newcomers, circle.random);
        return judges(forge.message(std::move(commit)));
    }
};

REFUSES(duplicate_key, ASigningKeyOfAnotherInAPath) {
    InsidersTable table;
    return table.with_signing_key(table.circle[2].state().signing_key);
}
REFUSES(duplicate_key, ASigningKeyOfANewcomerInThePathThatLetsHerIn) {
    InsidersTable table;
    const auto iris = person("iris", table.circle.random);
    return table.with_signing_key(iris.signing_key, {addition(iris.public_part)});
}
REFUSES(duplicate_key, AnEncryptionKeyThatWeAddOurselves) {
    InsidersTable table;
    auto iris = person("iris", table.circle.random);
    const KeyPackage twin = spoiled(iris, [&](KeyPackage& key_package) {
        key_package.leaf.encryption_key = table.state.tree.leaf({2})->encryption_key;
    });
    return why(table.circle[0].commit(std::span(&twin, 1), {}, table.circle.random));
}

// A path secret of 31 bytes, sealed to everyone whom it must reach.
REFUSES(path_secret, OfAnotherLength) {
    InsidersTable table;
    const GroupState& state = table.state;
    RatchetTree tree = state.tree;
    const OwnPath own = make_path(tree, {0}, state.signing_key, state.context.group_id, table.circle.random);
    const Bytes context = tls::encode(provisional_context(state, tree));
    Commit commit;
    commit.path = *seal_path(own, tree, {0}, context, {}, table.circle.random);
    commit.path->nodes[0].encrypted_path_secret[0] = *encrypt_with(
        encrypt_context("UpdatePathNode", context), tree.leaf({1})->encryption_key, Bytes(31), table.circle.random);
    return table.judges(table.forge.message(std::move(commit)));
}
REFUSES(path_secret, ForWhomWeHoldNoKey) {
    InsidersTable table;
    RatchetTree tree = table.state.tree;
    RepeatableRandom random;
    const OwnPath own = make_path(tree, {0}, table.state.signing_key, table.state.context.group_id, random);
    const UpdatePath path = *seal_path(own, tree, {0}, {}, {}, random);
    PathKeys none;
    return why(open_path(none, tree, {0}, {1}, own.nodes, path, {}, {}));
}
REFUSES(path_keys, OfAMemberToWhomNothingCanBeSealed) {
    InsidersTable table;
    RatchetTree tree = table.state.tree;
    LeafNode weak = *tree.leaf({1});
    weak.encryption_key = Bytes(32);
    tree.replace_leaf({1}, weak);
    RepeatableRandom random;
    const OwnPath own = make_path(tree, {0}, table.state.signing_key, table.state.context.group_id, random);
    return why(seal_path(own, tree, {0}, {}, {}, random));
}

REFUSES(sender_data, OfAnotherLength) {
    InsidersTable table;
    Bytes sender_data = tls::encode(SenderData{{0}, 0, {}});
    sender_data.push_back(0);
    return table.judges(encode_message(table.forge.sealed_as_it_is(Bytes(80), sender_data)));
}
TEST(Insider, IsRefusedByTheCodecWhereHerContentIsCut) {
    InsidersTable table;
    const Bytes sender_data = tls::encode(SenderData{{0}, 0, {}});
    EXPECT_EQ(table.judges(encode_message(table.forge.sealed_as_it_is(Bytes{5, 1, 2}, sender_data))), "truncated");
}

REFUSES(leaf_credential, OfX509InItsOwnCapabilities) {
    RepeatableRandom random;
    auto own = person("iris", random);
    return why(check_key_package(spoiled(own, [](KeyPackage& key_package) {
        key_package.leaf.credential = {{}, CredentialType::x509, {{1}}};
        key_package.leaf.capabilities.credentials.push_back(CredentialType::x509);
    })));
}

// A Welcome's path secret, where the signer's parents are blank.
REFUSES(welcome_path_secret, OfParentsThatAreBlank) {
    Circle circle(3);
    const auto iris = person("iris", circle.random);
    const auto made = circle[0].commit(std::span(&iris.public_part, 1), {}, circle.random);
    return why(Group::join(spoiled_welcome(made->welcome.whole(0), iris, made->next,
                                           [](WelcomeParts& parts) { parts.secrets.path = Secret32(); }),
                           iris));
}
REFUSES(welcome_secrets, WithAPathSecretOfAnotherLength) {
    Bytes secrets{32};
    append(secrets, Bytes(32));
    append(secrets, Bytes{1, 2, 9, 9, 0});
    return why(GroupSecrets::decode(secrets));
}
REFUSES(init_key, ToWhichNoWelcomeCanBeSealed) {
    RepeatableRandom random;
    KeyPackage weak = person("iris", random).public_part;
    weak.init_key = Bytes(32);
    return why(welcome_head(weak, GroupSecrets{}, welcome_context({}), random));
}

// A parent whose left half has two members, of whom one set it and the other is not said to be unmerged (7.9.2).
REFUSES(parent_hash, OfAParentThatSkipsAMember) {
    RepeatableRandom random;
    RatchetTree tree(person("0", random).public_part.leaf);
    for (const char* name : {"1", "2", "3"}) EXPECT_TRUE(tree.add(person(name, random).public_part.leaf));
    const LeafNode skipped = *tree.leaf({1});
    tree.remove({1});
    LeafNode committer = *tree.leaf({0});
    committer.source = LeafNodeSource::commit;
    committer.parent_hash =
        tree.set_path({0}, {tree.root()}, {to_bytes(crypto::KemKeyPair::generate(random).public_key)});
    tree.replace_leaf({0}, committer);
    EXPECT_EQ(why(tree.check_parent_hashes()), "accepted");
    tree.replace_leaf({1}, skipped);
    return why(tree.check_parent_hashes());
}

// Two who joined by one Welcome into a group that asks for an extension; one renews her leaf and no longer has it.
constexpr ExtensionType wanted{0x2a2a};

OwnKeyPackage capable(std::string_view name, crypto::RandomSource& random) {
    OwnKeyPackage own = person(name, random);
    own.public_part =
        spoiled(own, [](KeyPackage& key_package) { key_package.leaf.capabilities.extensions = {wanted}; });
    return own;
}
void ask_for_it(WelcomeParts& parts) {
    parts.info.context.extensions = {{wanted, {}}};
    const auto epoch = EpochSecrets::from_joiner(parts.secrets.joiner, psk_secret({}), tls::encode(parts.info.context));
    parts.info.confirmation_tag = to_bytes(epoch.confirmation_tag(parts.info.context.confirmed_transcript_hash));
}
REFUSES(required_capabilities, OfALeafThatIsRenewed) {
    RepeatableRandom random;
    const Group first = Group::create(as_bytes("group"), capable("amara", random), random);
    const OwnKeyPackage iris = capable("iris", random);
    const OwnKeyPackage juno = capable("juno", random);
    const std::vector<KeyPackage> adds{iris.public_part, juno.public_part};
    const auto made = first.commit(adds, {}, random);
    const auto joins = [&](std::size_t i, const OwnKeyPackage& own) {
        return *Group::join(spoiled_welcome(made->welcome.whole(i), own, made->next, ask_for_it), own);
    };
    const Group renews = joins(0, iris);
    Group judges = joins(1, juno);
    Forge forge(renews);
    const UpdatePath path = forge.path({}, [](UpdatePath& spoilt) { spoilt.leaf.capabilities.extensions.clear(); });
    return refused(judges, forge.commit({}, path));
}

}  // namespace
}  // namespace veranda::mls
