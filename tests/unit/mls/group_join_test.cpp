// Welcomes: everything for which one is refused (RFC 9420, 12.4.3.1). Each is signed, hashed and sealed as it must be,
// so that only the rule under test can be the reason.
#include "tests/unit/mls/forge.hpp"

namespace veranda::mls {
namespace {

using namespace tests;

// A group of three, whose first member has set a path, and a fourth who is being added.
struct Door {
    Circle circle{3};
    OwnKeyPackage own;
    OwnCommit made;

    explicit Door(PathPolicy path = PathPolicy::if_required)
        : own((circle.renew(0), person("iris", circle.random))),
          made(*circle[1].commit(std::span(&own.public_part, 1), {}, circle.random, path)) {}

    Bytes welcome() const { return made.welcome.whole(0); }
    std::string_view with(const std::function<void(WelcomeParts&)>& spoil) const {
        return why(Group::join(spoiled_welcome(welcome(), own, made.next, spoil), own));
    }
};

TEST(Welcome, IsAcceptedWhenPutTogetherAgain) {
    EXPECT_EQ(Door().with([](WelcomeParts&) {}), "accepted");
    EXPECT_EQ(Door(PathPolicy::always).with([](WelcomeParts&) {}), "accepted");
}

// A member's lifetime may have run out while the group went on (mls-traps 13): a join never looks at it.
TEST(Welcome, IsAcceptedThoughALifetimeInTheTreeHasRunOut) {
    RepeatableRandom random;
    auto own = make_key_package(as_bytes("old"), crypto::SigningKey::generate(random), {1}, {2}, random);
    const Group group = Group::create(as_bytes("group"), std::move(own), random);
    const auto iris = person("iris", random);
    const auto made = group.commit(std::span(&iris.public_part, 1), {}, random);
    EXPECT_EQ(why(Group::join(made->welcome.whole(0), iris)), "accepted");
}

TEST(Welcome, GivesEachJoinerHerOwnSecretsAndNobodyElses) {
    Circle circle(1);
    const auto iris = person("iris", circle.random);
    const auto juno = person("juno", circle.random);
    const std::vector<KeyPackage> adds{iris.public_part, juno.public_part};
    const auto made = circle[0].commit(adds, {}, circle.random);
    ASSERT_EQ(made->welcome.heads.size(), 2U);
    EXPECT_EQ(decode_message<Welcome>(made->welcome.whole(0))->secrets.size(), 1U);
    EXPECT_EQ(why(Group::join(made->welcome.whole(0), juno)), "welcome_not_for_us");
    EXPECT_EQ(Group::join(made->welcome.whole(1), juno)->own_leaf(), LeafIndex{2});
}

REFUSES(wire_format, OfAnotherMessage) {
    const Door door;
    return why(Group::join(door.made.message, door.own));
}
REFUSES(version, OfAMessage) {
    const Door door;
    Bytes welcome = door.welcome();
    welcome[1] = 2;
    return why(Group::join(welcome, door.own));
}
REFUSES(version, OfTheGroup) {
    return Door().with([](WelcomeParts& parts) { parts.info.context.version = ProtocolVersion{2}; });
}
REFUSES(cipher_suite, OfAWelcome) {
    const Door door;
    Bytes welcome = door.welcome();
    welcome[5] = 1;
    return why(Group::join(welcome, door.own));
}
REFUSES(cipher_suite, OfTheGroup) {
    return Door().with([](WelcomeParts& parts) { parts.info.context.cipher_suite = CipherSuite{1}; });
}
REFUSES(welcome_not_for_us, ForAnother) {
    Door door;
    return why(Group::join(door.welcome(), person("juno", door.circle.random)));
}
REFUSES(welcome_secrets, Changed) {
    const Door door;
    Bytes welcome = door.welcome();
    welcome[door.made.welcome.heads[0].size() - 1] ^= 1;
    return why(Group::join(welcome, door.own));
}
REFUSES(welcome_secrets, OfWrongLength) { return why(GroupSecrets::decode(Bytes{1, 7, 0, 0})); }
REFUSES(group_info, UnderAnotherKey) {
    return Door().with([](WelcomeParts& parts) { parts.wrong_key = true; });
}
REFUSES(group_info_extensions, Twice) {
    return Door().with([](WelcomeParts& parts) { parts.info.extensions.push_back(parts.info.extensions[0]); });
}
REFUSES(group_info_extensions, TwiceInTheContext) {
    return Door().with([](WelcomeParts& parts) {
        parts.info.context.extensions.assign(2, {ExtensionType::external_senders, {}});
    });
}
REFUSES(group_info_signer, BlankLeaf) {
    return Door().with([](WelcomeParts& parts) { parts.info.signer = {99}; });
}
REFUSES(group_info_signer, Ourselves) {
    return Door().with([](WelcomeParts& parts) { parts.info.signer = {3}; });
}
REFUSES(group_info_signature, OfAnother) {
    return Door().with([](WelcomeParts& parts) { parts.info.signer = {0}; });
}
REFUSES(group_info_signature, Changed) {
    return Door().with([](WelcomeParts& parts) {
        parts.keep_signature = true;
        parts.info.signature[3] ^= 1;
    });
}
REFUSES(ratchet_tree_missing, Missing) {
    return Door().with([](WelcomeParts& parts) { parts.info.extensions.clear(); });
}
REFUSES(own_leaf_missing, Removed) {
    return Door().with([](WelcomeParts& parts) { parts.tree.resize(5); });
}
REFUSES(own_leaf_missing, ChangedInOneByte) {
    return Door().with([](WelcomeParts& parts) { parts.tree[6]->leaf.lifetime.not_after.value += 1; });
}
REFUSES(welcome_path_secret, ThatMakesOtherKeys) {
    return Door(PathPolicy::always).with([](WelcomeParts& parts) { parts.secrets.path = Secret32(); });
}
REFUSES(welcome_path_secret, WhereNobodySetAPath) {
    return Door().with([](WelcomeParts& parts) { parts.secrets.path = Secret32(); });
}
REFUSES(confirmation_tag, OfAWelcome) {
    return Door().with([](WelcomeParts& parts) { parts.info.confirmation_tag[0] ^= 1; });
}

REFUSES(tree_hash, OfAnotherTree) {
    return Door().with([](WelcomeParts& parts) {
        parts.info.context.tree_hash[0] ^= 1;
        parts.keep_tree_hash = true;
    });
}
REFUSES(tree_shape, Empty) {
    return Door().with([](WelcomeParts& parts) { parts.tree.clear(); });
}
REFUSES(tree_shape, BlankAtItsEnd) {
    return Door().with([](WelcomeParts& parts) { parts.tree.push_back(std::nullopt); });
}
REFUSES(tree_shape, ParentAtItsEnd) {
    return Door().with([](WelcomeParts& parts) { parts.tree.push_back(parts.tree[3]); });
}
REFUSES(tree_shape, LeafInAParentsPlace) {
    return Door().with([](WelcomeParts& parts) { parts.tree[5] = parts.tree[6]; });
}
REFUSES(tree_too_large, Decoded) {
    return Door().with([](WelcomeParts& parts) {
        parts.tree.insert(parts.tree.end(), 8192, std::nullopt);
        parts.tree.push_back(parts.tree[6]);
    });
}
REFUSES(parent_hash, OfAChangedParent) {
    return Door().with([](WelcomeParts& parts) { parts.tree[1]->parent.encryption_key[0] ^= 1; });
}
REFUSES(parent_hash, OfAParentThatNobodySet) {
    return Door().with([](WelcomeParts& parts) { parts.tree[5] = TreeNode{2, {}, {Bytes(32, 9), {}, {{3}}}}; });
}
REFUSES(parent_hash, OfARootThatNamesOne) {
    return Door().with([](WelcomeParts& parts) { parts.tree[3]->parent.parent_hash = Bytes(32, 1); });
}
REFUSES(parent_key, OfLowOrder) {
    return Door().with([](WelcomeParts& parts) { parts.tree[3]->parent.encryption_key = Bytes(32); });
}
REFUSES(unmerged_leaves, NotAscending) {
    return Door().with([](WelcomeParts& parts) { parts.tree[3]->parent.unmerged_leaves = {{3}, {2}}; });
}
REFUSES(unmerged_leaves, Twice) {
    return Door().with([](WelcomeParts& parts) { parts.tree[3]->parent.unmerged_leaves = {{3}, {3}}; });
}
REFUSES(unmerged_leaves, NotBelowTheParent) {
    return Door().with([](WelcomeParts& parts) { parts.tree[1]->parent.unmerged_leaves = {{3}}; });
}
REFUSES(unmerged_leaves, Blank) {
    return Door().with([](WelcomeParts& parts) {
        parts.tree[4].reset();
        parts.tree[3]->parent.unmerged_leaves = {{2}};
    });
}
REFUSES(unmerged_leaves, NotInAParentBetween) {
    return Door().with([](WelcomeParts& parts) { parts.tree[3]->parent.unmerged_leaves = {{1}, {3}}; });
}
REFUSES(duplicate_key, EncryptionKeyOfTwoLeaves) {
    const Door door;
    return door.with([&door](WelcomeParts& parts) {
        parts.tree[4]->leaf.encryption_key = parts.tree[2]->leaf.encryption_key;
        sign_leaf(parts.tree[4]->leaf, door.circle.members[2].state().signing_key, {});
    });
}
REFUSES(duplicate_key, EncryptionKeyOfALeafAndAParent) {
    const Door door;
    return door.with([&door](WelcomeParts& parts) {
        parts.tree[4]->leaf.encryption_key = parts.tree[3]->parent.encryption_key;
        sign_leaf(parts.tree[4]->leaf, door.circle.members[2].state().signing_key, {});
    });
}
REFUSES(duplicate_key, SignatureKeyOfTwoLeaves) {
    const Door door;
    return door.with([&door](WelcomeParts& parts) {
        parts.tree[4]->leaf.signature_key = parts.tree[2]->leaf.signature_key;
        sign_leaf(parts.tree[4]->leaf, door.circle.members[1].state().signing_key, {});
    });
}
REFUSES(leaf_signature, InTheTree) {
    return Door().with([](WelcomeParts& parts) {
        parts.tree[1].reset();  // no parents, whose hashes would notice first
        parts.tree[3].reset();
        parts.tree[4]->leaf.signature[0] ^= 1;
    });
}
REFUSES(leaf_signature, OfAnotherPlace) {
    const Door door;
    return door.with([&door](WelcomeParts& parts) {  // only a renewed leaf signs where it stands
        sign_leaf(parts.tree[0]->leaf, door.circle.members[0].state().signing_key, {as_bytes("group"), {1}});
        parts.tree[1].reset();
        parts.tree[3].reset();
    });
}
REFUSES(leaf_keys, InTheTree) {
    return Door().with([](WelcomeParts& parts) { parts.tree[4]->leaf.encryption_key = Bytes(32); });
}
REFUSES(required_capabilities, InTheTree) {
    return Door().with([](WelcomeParts& parts) { parts.info.context.extensions = {{ExtensionType{0x2a2a}, {}}}; });
}

REFUSES(psk_unknown, InAWelcome) {
    return Door().with([](WelcomeParts& parts) { parts.secrets.psks.emplace_back().psk_nonce = Bytes(32); });
}

}  // namespace
}  // namespace veranda::mls
