// Lists of proposals of every kind: each rule of RFC 9420, 12.1 and 12.2, broken by one message, the FullGroup as it
// was.
#include "client-lib/mls/limits.hpp"
#include "tests/unit/mls/full_people.hpp"

namespace veranda::mls {
namespace {

using namespace tests;

// Four members; the first commits, the second judges.
struct FullTable {
    FullCircle circle{4};
    Forge forge{*circle[0].state().epoch};

    std::string_view judges(ByteView message) { return refused(circle[1], message); }
    std::string_view with(std::vector<Proposal> proposals) { return judges(forge.commit(std::move(proposals))); }

    // A Commit of proposals sent before, in the order they came, and of others by value.
    std::string_view with_pending(std::vector<Proposal> more = {}) {
        Commit commit;
        for (const Hash& reference : circle[1].pending_references()) commit.proposals.push_back({to_bytes(reference)});
        for (Proposal& proposal : more) commit.proposals.push_back({std::move(proposal)});
        return judges(forge.message(std::move(commit)));
    }
    // A proposal alone, by the first.
    std::string_view alone(Proposal proposal) { return judges(forge.message(std::move(proposal))); }

    // An Update of the third's, spoiled and signed anew.
    std::string_view update(const std::function<void(LeafNode&)>& spoil) {
        const GroupState& state = *circle[2].state().epoch;
        LeafNode leaf = *state.tree.leaf(state.own);
        leaf.source = LeafNodeSource::update;
        leaf.encryption_key = to_bytes(crypto::KemKeyPair::generate(circle.random).public_key);
        spoil(leaf);
        sign_leaf(leaf, state.signing_key, {state.context.group_id, state.own});
        return judges(Forge(state).message(Proposal{Update{std::move(leaf)}}));
    }
};

Proposal reinit_to(ProtocolVersion version, Extensions extensions = {}) {
    return {ReInit{to_bytes(as_bytes("new")), version, our_suite, std::move(extensions)}};
}
Proposal extensions(Extensions extensions) { return {GroupContextExtensions{std::move(extensions)}}; }
Proposal psk(PreSharedKeyID id) { return {PreSharedKey{std::move(id)}}; }

REFUSES(proposal_unknown, OfNobody) {
    FullTable table;
    Commit commit;
    commit.proposals.push_back({Bytes(32, 1)});
    return table.judges(table.forge.message(commit));
}
// An epoch's proposals end with it.
REFUSES(proposal_unknown, OfAPastEpoch) {
    FullTable table;
    table.circle.propose(2, removal(3));
    const Hash reference = table.circle[0].pending_references()[0];
    table.circle.commit(2, {});
    CommitWith with;
    with.by_reference = {reference};
    return why(table.circle[0].commit(std::move(with), table.circle.random));
}
REFUSES(proposals_too_many, OfMembers) {
    FullTable table;
    for (std::size_t i = 0; i < pending_proposals_max; ++i) {
        const auto message = table.circle[0].propose({PreSharedKey{psk_named(std::to_string(i))}}, table.circle.random);
        EXPECT_EQ(why(table.circle[1].open(*message)), "accepted");
    }
    EXPECT_EQ(why(table.circle[0].propose(removal(2), table.circle.random)), "proposals_too_many");
    return table.judges(Forge(*table.circle[2].state().epoch).message(removal(3)));
}
// Strangers fill their own places and none of the members'.
REFUSES(proposals_too_many, OfStrangers) {
    FullTable table;
    const auto stranger = [&] {
        return propose_oneself(as_bytes("group"), table.circle[1].epoch(), person("stranger", table.circle.random));
    };
    for (std::size_t i = 0; i < pending_from_outside_max; ++i)
        EXPECT_EQ(why(table.circle[1].open(stranger())), "accepted");
    const auto reason = table.judges(stranger());
    EXPECT_EQ(why(table.circle[1].open(table.forge.message(removal(2)))), "accepted");
    return reason;
}
REFUSES(proposals_pending, BeforeAnyoneSpeaks) {
    FullTable table;
    table.circle.propose(2, removal(3));
    return why(table.circle[1].seal(as_bytes("hello"), table.circle.random));
}

REFUSES(leaf_source, OfAnUpdateInAList) {
    return FullTable().update([](LeafNode& leaf) { leaf.source = LeafNodeSource::commit; });
}
REFUSES(leaf_keys, OfAnUpdate) {
    return FullTable().update([](LeafNode& leaf) { leaf.encryption_key = Bytes(32); });
}
REFUSES(leaf_extensions, OfAnUpdate) {
    return FullTable().update([](LeafNode& leaf) { leaf.extensions = {{ExtensionType{0x2a2a}, {}}}; });
}
REFUSES(update_key, TheOldOne) {
    FullTable table;
    return table.update([&table](LeafNode& leaf) {
        leaf.encryption_key = table.circle[1].state().epoch->tree.leaf({2})->encryption_key;
    });
}
REFUSES(update_credential, OfAnotherName) {
    return FullTable().update([](LeafNode& leaf) { leaf.credential.identity = {1}; });
}
REFUSES(leaf_signature, OfAnUpdateForAnotherPlace) {
    FullTable table;
    LeafNode leaf = *table.forge.state.tree.leaf({0});
    leaf.source = LeafNodeSource::update;
    leaf.encryption_key = to_bytes(crypto::KemKeyPair::generate(table.circle.random).public_key);
    sign_leaf(leaf, table.forge.state.signing_key, {as_bytes("group"), {1}});
    return table.alone({Update{leaf}});
}
REFUSES(duplicate_key, OfAnUpdateAndAMember) {
    FullTable table;
    const GroupState& third = *table.circle[2].state().epoch;
    LeafNode leaf = *third.tree.leaf({2});
    leaf.source = LeafNodeSource::update;
    leaf.encryption_key = third.tree.leaf({3})->encryption_key;
    sign_leaf(leaf, third.signing_key, {as_bytes("group"), {2}});
    EXPECT_EQ(why(table.circle[1].open(Forge(third).message(Proposal{Update{leaf}}))), "accepted");
    return table.with_pending();
}
REFUSES(update_by_committer, ByReference) {
    FullTable table;
    table.circle.propose_update(0);
    return table.with_pending();
}
REFUSES(update_by_committer, ByValue) {
    FullTable table;
    LeafNode leaf = *table.forge.state.tree.leaf({0});
    leaf.source = LeafNodeSource::update;
    leaf.encryption_key = to_bytes(crypto::KemKeyPair::generate(table.circle.random).public_key);
    sign_leaf(leaf, table.forge.state.signing_key, {as_bytes("group"), {0}});
    return table.with({{Update{leaf}}});
}
REFUSES(update_twice, OfOneLeaf) {
    FullTable table;
    table.circle.propose_update(2);
    table.circle.propose_update(2);
    return table.with_pending();
}
REFUSES(update_and_remove, OfOneLeaf) {
    FullTable table;
    table.circle.propose_update(2);
    return table.with_pending({removal(2)});
}
REFUSES(remove_twice, ByValueAndByReference) {
    FullTable table;
    table.circle.propose(3, removal(2));
    return table.with_pending({removal(2)});
}
REFUSES(remove_committer, ByReference) {
    FullTable table;
    table.circle.propose(3, removal(0));
    return table.with_pending();
}
REFUSES(remove_unknown, Alone) { return FullTable().alone(removal(4)); }
REFUSES(add_twice, ByValueAndByReference) {
    FullTable table;
    const auto iris = person("iris", table.circle.random);
    table.circle.propose(3, addition(iris.public_part));
    return table.with_pending({addition(iris.public_part)});
}
REFUSES(add_present, Alone) {
    FullTable table;
    const auto twin = make_key_package(as_bytes("twin"), table.circle[2].state().epoch->signing_key.clone(), monday,
                                       friday, table.circle.random);
    table.circle.propose(3, addition(twin.public_part));
    return table.with_pending();
}
REFUSES(key_package_signature, OfAnAddAlone) {
    FullTable table;
    auto iris = person("iris", table.circle.random);
    iris.public_part.signature[0] ^= 1;
    return table.alone(addition(iris.public_part));
}

REFUSES(psk_nonce, OfWrongLength) {
    PreSharedKeyID id = psk_named("tea");
    id.psk_nonce.pop_back();
    return FullTable().with({psk(id)});
}
REFUSES(psk_nonce, Alone) { return FullTable().alone(psk({})); }
// A Welcome's ids pass no list of proposals; they are held against the same rules where their secrets are looked up.
REFUSES(psk_nonce, InAWelcome) {
    PskStore store;
    store.hold(to_bytes(as_bytes("tea")), SecretBytes(32));
    PreSharedKeyID id = psk_named("tea");
    id.psk_nonce.push_back(0);
    return why(psk_secret_of({id}, {&store}));
}
REFUSES(psk_twice, InOneCommit) { return FullTable().with({psk(psk_named("tea")), psk(psk_named("tea"))}); }
REFUSES(psk_unknown, External) { return FullTable().with({psk(psk_named("coffee"))}); }
REFUSES(psk_unknown, OfAnEpochBeforeWeCame) {
    FullTable table;
    return table.with({psk(resumption_psk(as_bytes("group"), {0}, table.circle.random))});
}
REFUSES(psk_usage, OfABranch) {
    FullTable table;
    PreSharedKeyID id = resumption_psk(as_bytes("group"), {1}, table.circle.random);
    id.usage = ResumptionUsage::branch;
    return table.with({psk(id)});
}
REFUSES(psk_usage, OfAReInitAlone) {
    FullTable table;
    PreSharedKeyID id = resumption_psk(as_bytes("group"), {1}, table.circle.random);
    id.usage = ResumptionUsage::reinit;
    return table.alone(psk(id));
}

REFUSES(group_extensions, Twice) { return FullTable().with({extensions({{odd_extension, {}}, {odd_extension, {}}})}); }
REFUSES(group_extensions, RequiredCapabilitiesThatAreNone) {
    return FullTable().alone(extensions({{ExtensionType::required_capabilities, {1}}}));
}
REFUSES(group_extensions, ExternalSendersThatAreNone) {
    return FullTable().alone(extensions({{ExtensionType::external_senders, {1}}}));
}
REFUSES(group_extensions, OfAReInit) {
    return FullTable().alone(reinit_to(our_version, {{odd_extension, {}}, {odd_extension, {}}}));
}
REFUSES(group_extensions_twice, InOneCommit) { return FullTable().with({extensions({}), extensions({})}); }
REFUSES(required_capabilities, ThatMembersLack) {
    return FullTable().with({extensions({{ExtensionType{0x2a2a}, {}}})});
}
REFUSES(required_capabilities, ThatAnExtensionAsksFor) {
    return FullTable().with({extensions(requiring(ExtensionType{0x2a2a}))});
}
// The list's own extensions judge its Adds (12.3).
REFUSES(required_capabilities, OfAnAddBesideThem) {
    FullTable table;
    const auto plain = person("plain", table.circle.random);
    return table.with({addition(plain.public_part), extensions(requiring(odd_extension))});
}
REFUSES(required_capabilities, OfAnUpdate) {
    FullCircle circle(3, requiring(odd_extension));
    const GroupState& third = *circle[2].state().epoch;
    LeafNode leaf = *third.tree.leaf({2});
    leaf.source = LeafNodeSource::update;
    leaf.encryption_key = to_bytes(crypto::KemKeyPair::generate(circle.random).public_key);
    leaf.capabilities.extensions.clear();
    sign_leaf(leaf, third.signing_key, {as_bytes("group"), {2}});
    circle.hear(2, Forge(third).message(Proposal{Update{leaf}}));
    CommitWith with;
    with.by_reference = circle[0].pending_references();
    return why(circle[0].commit(std::move(with), circle.random));
}
REFUSES(path_required, ByGroupContextExtensions) { return FullTable().with({extensions({})}); }
REFUSES(path_required, ByAnUpdate) {
    FullTable table;
    table.circle.propose_update(2);
    return table.with_pending();
}

REFUSES(reinit_version, Older) { return FullTable().with({reinit_to(ProtocolVersion{0})}); }
REFUSES(reinit_not_alone, WithAnother) { return FullTable().with({reinit_to(our_version), psk(psk_named("tea"))}); }
REFUSES(external_init_by_member, InACommit) { return FullTable().with({{ExternalInit{Bytes(32)}}}); }
REFUSES(external_init_by_member, Alone) { return FullTable().alone({ExternalInit{Bytes(32)}}); }
REFUSES(sender_content, AnUpdateMadeElsewhere) {
    FullTable table;
    return why(table.circle[0].propose({Update{*table.forge.state.tree.leaf({0})}}, table.circle.random));
}

// A kind of proposal that nobody knows has no length: it is refused as it is read, and nothing after it is looked at.
TEST(FullProposals, RefuseAnUnknownKindByItsNumber) {
    FullTable table;
    Commit commit;
    commit.proposals.push_back({removal(2)});
    AuthenticatedContent message =
        sign_as({{SenderType::member, 0}, WireFormat::public_message, {}}, table.forge.state, commit);
    Bytes encoded = encode_message(PublicMessage{message.content, message.auth, {}});
    const Bytes kind{1, 0, 3, 0, 0, 0, 2};  // by value, Remove, of leaf 2
    const auto at = std::search(encoded.begin(), encoded.end(), kind.begin(), kind.end());
    ASSERT_NE(at, encoded.end());
    at[1] = at[2] = 0x0a;  // a GREASE value, which must not stand here
    EXPECT_EQ(table.judges(encoded), "unknown_value");
}

}  // namespace
}  // namespace veranda::mls
