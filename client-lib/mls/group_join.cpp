// Joining by Welcome (RFC 9420, 12.4.3.1): nothing a GroupInfo or its tree says is believed before it is checked.
#include "client-lib/mls/group_state.hpp"
#include "crypto/verify/equal.hpp"

namespace veranda::mls {

Result<void> check_info(const GroupInfo& info) {
    if (info.context.version != our_version) return fail(rules::version);
    if (info.context.cipher_suite != our_suite) return fail(rules::cipher_suite);
    if (has_duplicates(info.extensions) || has_duplicates(info.context.extensions))
        return fail(rules::group_info_extensions);
    return {};
}

Result<RatchetTree> open_tree(const GroupInfo& info, std::optional<ByteView> beside) {
    const Extension* extension = find_extension(info.extensions, ExtensionType::ratchet_tree);
    if (extension == nullptr && !beside) return fail(rules::ratchet_tree_missing);
    RatchetTree tree = TRY(RatchetTree::decode(extension ? ByteView(extension->data) : *beside));
    if (!same_bytes(tree.hash(), info.context.tree_hash)) return fail(rules::tree_hash);
    return tree;
}

// Cheap checks first, signatures last. Lifetimes are not looked at: a member's may have run out since.
Result<void> check_tree(const RatchetTree& tree, const GroupContext& context) {
    TRY(tree.check_parents());
    const std::vector<LeafIndex> members = tree.members();
    for (const LeafIndex index : members) {
        const LeafNode& leaf = *tree.leaf(index);
        TRY(check_leaf(leaf));
        TRY(check_leaf_meets(leaf, context.extensions));
    }
    TRY(tree.check_keys());
    TRY(tree.check_parent_hashes());
    for (const LeafIndex index : members)
        if (!leaf_signature_ok(*tree.leaf(index), {context.group_id, index}))
            return fail(rules::leaf_signature, index.value);
    return {};
}

Result<void> check_signer(const GroupInfo& info, const RatchetTree& tree, std::optional<LeafIndex> own) {
    const LeafNode* signer = tree.leaf(info.signer);
    if (signer == nullptr || info.signer == own) return fail(rules::group_info_signer, info.signer.value);
    if (!group_info_signature_ok(info, signer->signature_key)) return fail(rules::group_info_signature);
    return {};
}

// PSKs are for who uses them (full_join.cpp).
Result<Group> Group::join(ByteView welcome_message, const OwnKeyPackage& own) {
    const auto welcome = TRY(decode_message<Welcome>(welcome_message));
    const GroupSecrets group_secrets = TRY(open_group_secrets(welcome, own));
    if (!group_secrets.psks.empty()) return fail(rules::psk_unknown);
    return Group(TRY(join_epoch(welcome, own, group_secrets, {}, std::nullopt)));
}

Result<std::unique_ptr<GroupState>> join_epoch(const Welcome& welcome, const OwnKeyPackage& own,
                                               const GroupSecrets& group_secrets, const Secret32& psk,
                                               std::optional<ByteView> ratchet_tree) {
    const Secret32& joiner = group_secrets.joiner;
    GroupInfo info = TRY(open_group_info(welcome.encrypted_group_info, WelcomeKey::from_joiner(joiner, psk)));
    TRY(check_info(info));
    RatchetTree tree = TRY(open_tree(info, ratchet_tree));
    const auto own_leaf = tree.find(own.public_part.leaf);
    if (!own_leaf) return fail(rules::own_leaf_missing);
    TRY(check_signer(info, tree, *own_leaf));
    TRY(check_tree(tree, info.context));

    PathKeys keys;
    keys.set(tree_math::node_of(*own_leaf), own.encryption_key.clone());
    if (group_secrets.path) TRY(adopt_path_secret(keys, tree, info.signer, *own_leaf, *group_secrets.path));
    EpochSecrets secrets = EpochSecrets::from_joiner(joiner, psk, tls::encode(info.context));
    const Hash expected = secrets.confirmation_tag(info.context.confirmed_transcript_hash);
    if (!crypto::equal(info.confirmation_tag, expected)) return fail(rules::confirmation_tag);
    EpochBasis basis{std::move(info.context), std::move(tree), *own_leaf, info.signer,
                     own.signing_key.clone(), std::move(keys)};
    return begin_epoch(std::move(basis), std::move(secrets), expected);
}

}  // namespace veranda::mls
