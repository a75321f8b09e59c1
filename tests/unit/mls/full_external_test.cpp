// External Commits (RFC 9420, 12.4.3.2): joining from a GroupInfo, coming back after a loss, and everything for which
// one is refused.
#include "tests/unit/mls/full_people.hpp"

namespace veranda::mls {
namespace {

using namespace tests;

// Three members, and one who wants to come in. The second judges.
struct Gate {
    FullCircle circle{3};
    OwnKeyPackage iris = versatile_person("iris", circle.random);

    Result<OwnFullCommit> joins(const ExternalJoinWith& with = {}) {
        return FullGroup::join_externally(circle[0].group_info(), iris, with, circle.random);
    }
    // A good external Commit, spoiled and signed anew.
    std::string_view spoiled(const std::function<void(Commit&)>& spoil) {
        const auto made = joins();
        const GroupState& state = *circle[0].state().epoch;
        auto message = *decode_message<PublicMessage>(made->message);
        spoil(std::get<Commit>(message.content.content));
        AuthenticatedContent content{WireFormat::public_message, message.content, message.auth};
        sign_content(content, iris.signing_key, state.encoded_context);
        return refused(circle[1], encode_message(PublicMessage{content.content, content.auth, {}}));
    }
    // A GroupInfo of the first member's, spoiled and signed anew.
    std::string_view with_info(const std::function<void(GroupInfo&)>& spoil) {
        auto info = *decode_message<GroupInfo>(circle[0].group_info());
        spoil(info);
        sign_group_info(info, circle[0].state().epoch->signing_key);
        return why(FullGroup::join_externally(encode_message(info), iris, {}, circle.random));
    }
};

TEST(FullExternal, LetsAStrangerInWhomAllFollow) {
    Gate gate;
    auto made = gate.joins();
    ASSERT_EQ(why(made), "accepted");
    const auto received = gate.circle[1].open(made->message);
    ASSERT_EQ(why(received), "accepted");
    const auto& staged = std::get<FullStagedCommit>(*received);
    EXPECT_TRUE(staged.is_external());
    ASSERT_EQ(staged.added().size(), 1U);
    EXPECT_EQ(as_text(staged.added()[0].identity), "iris");
    EXPECT_EQ(staged.sender(), made->next.own_leaf());
    gate.circle.let_in(*std::move(made));
    gate.circle.expect_agreement();
    gate.circle.commit(3, {});
    gate.circle.commit(0, {});
    gate.circle.expect_agreement();
}

TEST(FullExternal, GrowsTheTreeOrTakesTheLeftmostFreeLeaf) {
    FullCircle circle(4);
    const auto iris = person("iris", circle.random);
    auto made = FullGroup::join_externally(circle[2].group_info(), iris, {}, circle.random);
    EXPECT_EQ(made->next.own_leaf(), LeafIndex{4});
    circle.let_in(*std::move(made));
    circle.commit(0, holding({removal(1)}));
    const auto juno = person("juno", circle.random);
    made = FullGroup::join_externally(circle[3].group_info(), juno, {}, circle.random);
    EXPECT_EQ(made->next.own_leaf(), LeafIndex{1});
    circle.let_in(*std::move(made));
    circle.expect_agreement();
}

TEST(FullExternal, TakesTheTreeBesideTheGroupInfo) {
    Gate gate;
    const Bytes tree = gate.circle[0].ratchet_tree();
    ExternalJoinWith with;
    with.ratchet_tree = tree;
    auto made =
        FullGroup::join_externally(gate.circle[0].group_info(TreePlace::beside), gate.iris, with, gate.circle.random);
    ASSERT_EQ(why(made), "accepted");
    gate.circle.let_in(*std::move(made));
    gate.circle.expect_agreement();
}

TEST(FullExternal, NamesPsksThatMembersHold) {
    Gate gate;
    PskStore psks;
    psks.hold(to_bytes(as_bytes("tea")), SecretBytes(32));
    ExternalJoinWith with;
    with.psks = &psks;
    with.psk_ids = {psk_named("tea")};
    auto made = gate.joins(with);
    ASSERT_EQ(why(made), "accepted");
    gate.circle.let_in(*std::move(made));
    gate.circle.expect_agreement();
}

// Who lost her state comes back in her own place: the same name and signing key, a new leaf.
TEST(FullExternal, BringsAMemberBackWhoLostHerState) {
    Gate gate;
    const LeafIndex old = gate.circle[2].own_leaf();
    const auto again = make_key_package(as_bytes("member 2"), gate.circle[2].state().epoch->signing_key.clone(), monday,
                                        friday, gate.circle.random);
    FullGroup lost = std::move(gate.circle.members.back());
    gate.circle.members.pop_back();
    ExternalJoinWith with;
    with.resync = old;
    auto made = FullGroup::join_externally(gate.circle[0].group_info(), again, with, gate.circle.random);
    ASSERT_EQ(why(made), "accepted");
    EXPECT_TRUE(std::get<FullStagedCommit>(*lost.open(made->message)).removes_us());
    gate.circle.let_in(*std::move(made));
    gate.circle.expect_agreement();
    EXPECT_EQ(gate.circle[2].own_leaf(), old);
}

REFUSES(external_pub, Missing) {
    return Gate().with_info([](GroupInfo& info) {
        std::erase_if(info.extensions, [](const Extension& e) { return e.type == ExtensionType::external_pub; });
    });
}
// The key has a length of its own inside the extension's (mls-traps 4): 33 bytes, not 32.
REFUSES(external_pub, WithoutItsInnerLength) {
    return Gate().with_info([](GroupInfo& info) {
        for (Extension& extension : info.extensions) {
            if (extension.type != ExtensionType::external_pub) continue;
            EXPECT_EQ(extension.data.size(), 33U);
            extension.data.erase(extension.data.begin());
        }
    });
}
REFUSES(external_pub, OfLowOrder) {
    return Gate().with_info([](GroupInfo& info) {
        for (Extension& extension : info.extensions)
            if (extension.type == ExtensionType::external_pub) extension.data = tls::encode(ExternalPub{Bytes(32)});
    });
}
REFUSES(group_info_signature, OfAGroupInfoAlone) {
    Gate gate;
    Bytes info = gate.circle[0].group_info();
    info.back() ^= 1;
    return why(FullGroup::join_externally(info, gate.iris, {}, gate.circle.random));
}
REFUSES(group_info_signer, OfAGroupInfoAlone) {
    return Gate().with_info([](GroupInfo& info) { info.signer = {7}; });
}
REFUSES(ratchet_tree_missing, OfAGroupInfoAlone) {
    Gate gate;
    return why(
        FullGroup::join_externally(gate.circle[0].group_info(TreePlace::beside), gate.iris, {}, gate.circle.random));
}
// A stranger believes no more of the tree than a newcomer does.
REFUSES(leaf_signature, OfATreeInAGroupInfo) {
    return Gate().with_info([](GroupInfo& info) {
        for (Extension& extension : info.extensions) {
            if (extension.type != ExtensionType::ratchet_tree) continue;
            auto nodes = *tls::decode<TreeNodes>(extension.data);
            nodes[2]->leaf.signature[0] ^= 1;
            extension.data = tls::encode(nodes);
            info.context.tree_hash = to_bytes(RatchetTree::decode(extension.data)->hash());
        }
    });
}
REFUSES(version, OfAGroupInfoAlone) {
    return Gate().with_info([](GroupInfo& info) { info.context.version = ProtocolVersion{2}; });
}
REFUSES(required_capabilities, OfAnExternalJoiner) {
    FullCircle circle(2, requiring(odd_extension));
    const auto plain = person("plain", circle.random);
    return why(FullGroup::join_externally(circle[0].group_info(), plain, {}, circle.random));
}
REFUSES(leaf_capabilities, OfAnExternalJoiner) {
    Gate gate;
    gate.iris.public_part =
        tests::spoiled(gate.iris, [](KeyPackage& kp) { kp.leaf.capabilities.cipher_suites.clear(); });
    return why(gate.joins());
}
REFUSES(duplicate_key, OfAMemberWhoJoinsTwice) {
    Gate gate;
    const auto twin = make_key_package(as_bytes("member 2"), gate.circle[2].state().epoch->signing_key.clone(), monday,
                                       friday, gate.circle.random);
    return why(FullGroup::join_externally(gate.circle[0].group_info(), twin, {}, gate.circle.random));
}
REFUSES(psk_unknown, OfAnExternalJoiner) {
    ExternalJoinWith with;
    with.psk_ids = {psk_named("tea")};
    return why(Gate().joins(with));
}
REFUSES(psk_usage, OfAnExternalCommit) {
    return Gate().spoiled([](Commit& commit) {
        PreSharedKeyID id = psk_named("");
        id.type = PskType::resumption;
        id.usage = ResumptionUsage::reinit;
        commit.proposals.push_back({Proposal{PreSharedKey{id}}});
    });
}
REFUSES(external_init, None) {
    return Gate().spoiled([](Commit& commit) { commit.proposals.clear(); });
}
REFUSES(external_init, Two) {
    return Gate().spoiled([](Commit& commit) { commit.proposals.push_back(commit.proposals[0]); });
}
REFUSES(external_init, OfLowOrder) {
    return Gate().spoiled([](Commit& commit) { commit.proposals[0] = {Proposal{ExternalInit{Bytes(32)}}}; });
}
REFUSES(confirmation_tag, OfAnotherExternalInit) {
    return Gate().spoiled([](Commit& commit) { commit.proposals[0] = {Proposal{ExternalInit{Bytes(32, 9)}}}; });
}
REFUSES(external_commit_proposal, Add) {
    Gate gate;
    const auto juno = person("juno", gate.circle.random);
    return gate.spoiled([&](Commit& commit) { commit.proposals.push_back({addition(juno.public_part)}); });
}
REFUSES(external_commit_proposal, ReInit) {
    return Gate().spoiled([](Commit& commit) { commit.proposals.push_back({Proposal{ReInit{}}}); });
}
REFUSES(external_commit_reference, OfAPendingProposal) {
    Gate gate;
    gate.circle.propose(0, removal(2));
    const Hash reference = gate.circle[1].pending_references()[0];
    return gate.spoiled([&](Commit& commit) { commit.proposals.push_back({to_bytes(reference)}); });
}
REFUSES(external_commit_removes, Two) {
    return Gate().spoiled([](Commit& commit) {
        commit.proposals.push_back({removal(0)});
        commit.proposals.push_back({removal(2)});
    });
}
REFUSES(remove_unknown, OfAnExternalCommit) {
    return Gate().spoiled([](Commit& commit) { commit.proposals.push_back({removal(3)}); });
}
// Only her own old leaf may go with it.
REFUSES(path_credential, OfAnExternalCommitThatRemovesAnother) {
    return Gate().spoiled([](Commit& commit) { commit.proposals.push_back({removal(2)}); });
}
REFUSES(path_keys, OfAJoinerWhoKeepsHerOldKey) {
    Gate gate;
    const Bytes old = gate.circle[1].state().epoch->tree.leaf({2})->encryption_key;
    return gate.spoiled([&](Commit& commit) {
        commit.proposals.push_back({removal(2)});
        commit.path->leaf.encryption_key = old;
        commit.path->leaf.credential.identity = to_bytes(as_bytes("member 2"));
    });
}
REFUSES(path_required, OfAnExternalCommit) {
    return Gate().spoiled([](Commit& commit) { commit.path.reset(); });
}
REFUSES(leaf_source, OfAnExternalCommit) {
    return Gate().spoiled([](Commit& commit) { commit.path->leaf.source = LeafNodeSource::key_package; });
}
REFUSES(leaf_signature, OfAnExternalCommit) {
    return Gate().spoiled([](Commit& commit) { commit.path->leaf.signature[0] ^= 1; });
}
REFUSES(leaf_keys, OfAnExternalCommit) {
    return Gate().spoiled([](Commit& commit) { commit.path->leaf.encryption_key = Bytes(32); });
}
REFUSES(message_signature, OfAnExternalCommit) {
    Gate gate;
    auto message = *decode_message<PublicMessage>(gate.joins()->message);
    message.auth.signature[0] ^= 1;
    return refused(gate.circle[1], encode_message(message));
}
REFUSES(other_epoch, OfAnExternalCommitThatCameTooLate) {
    Gate gate;
    const auto made = gate.joins();
    gate.circle.commit(0, {});
    return refused(gate.circle[1], made->message);
}

}  // namespace
}  // namespace veranda::mls
