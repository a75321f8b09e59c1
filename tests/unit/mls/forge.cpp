// The forging itself, and the snapshot of a Group.
#include "tests/unit/mls/forge.hpp"

#include "crypto/sealed/aead.hpp"
#include "tests/unit/mls/full_people.hpp"

namespace veranda::mls::tests {

struct Inspector {
    static void set_next(SecretTree& tree, LeafIndex leaf, std::uint64_t next) {
        tree.leaves_[leaf].application.next = next;
    }
    static void add(Bytes& out, const Secret32& secret) { append(out, secret.view()); }
    static void add(Bytes& out, const PathKeys& keys) {
        for (const auto& [node, key] : keys.keys_) {
            append(out, tls::encode(node));
            add(out, key.private_key);
        }
    }
    static void add(Bytes& out, const SecretTree::Ratchet& ratchet) {
        add(out, ratchet.secret);
        append(out, tls::encode(ratchet.next));
        for (const auto& [generation, key] : ratchet.skipped) {
            append(out, tls::encode(generation));
            add(out, key.key);
            append(out, key.nonce.view());
        }
    }
    static void add(Bytes& out, const PskStore& store) {
        for (const auto& psk : store.external_) append(append_to(out, psk.id), psk.secret.view());
        for (const auto& psk : store.resumption_) {
            append(append_to(out, psk.group_id), tls::encode(psk.epoch));
            append(out, psk.secret.view());
        }
    }
    static Bytes& append_to(Bytes& out, ByteView bytes) {
        append(out, bytes);
        return out;
    }
    static void add(Bytes& out, const SecretTree& tree) {
        for (const auto& [node, secret] : tree.nodes_) {
            append(out, tls::encode(node));
            add(out, secret);
        }
        for (const auto& [leaf, ratchets] : tree.leaves_) {
            append(out, tls::encode(leaf));
            add(out, ratchets.handshake);
            add(out, ratchets.application);
        }
    }
};

void set_next_generation(SecretTree& tree, LeafIndex leaf, std::uint64_t next) {
    Inspector::set_next(tree, leaf, next);
}

Bytes snapshot(const GroupState& state) {
    Bytes out = tls::encode(state.context);
    append(out, state.encoded_context);
    append(out, state.tree.encode());
    append(out, tls::encode(state.own));
    append(out, tls::encode(state.welcome_signer));
    append(out, state.signing_key.public_key());
    Inspector::add(out, state.path_keys);
    for (const Secret32* secret : {&state.secrets.sender_data, &state.secrets.encryption, &state.secrets.exporter,
                                   &state.secrets.external, &state.secrets.confirmation, &state.secrets.membership,
                                   &state.secrets.resumption, &state.secrets.authenticator, &state.secrets.init})
        Inspector::add(out, *secret);
    Inspector::add(out, state.secret_tree);
    append(out, state.interim_transcript_hash);
    return out;
}

Bytes snapshot(const FullGroup& group) {
    const FullState& state = group.state();
    Bytes out = snapshot(*state.epoch);
    Inspector::add(out, state.psks);
    append(out, tls::encode(state.reinit));
    for (const PendingProposal& pending : state.pending) {
        append(out, pending.reference);
        append(out, tls::encode(pending.sender));
        append(out, tls::encode(pending.proposal));
    }
    for (const OwnUpdate& update : state.own_updates) {
        append(out, update.leaf_key.private_key.view());
        if (update.signing_key) append(out, update.signing_key->public_key());
    }
    return out;
}

std::string_view refused(Group& group, ByteView message) {
    const Bytes before = snapshot(group);
    const std::string_view reason = why(group.open(message));
    EXPECT_TRUE(snapshot(group) == before) << "the state changed";
    return reason;
}

AuthenticatedContent Forge::signed_content(Content content) const {
    AuthenticatedContent message;
    message.content = {
        state.context.group_id, state.context.epoch, {SenderType::member, state.own.value}, {}, std::move(content)};
    sign_content(message, state.signing_key, state.encoded_context);
    if (type_of(message.content.content) == ContentType::commit) message.auth.confirmation_tag = Bytes(32);
    return message;
}

PrivateMessage Forge::sealed(const AuthenticatedContent& message) {
    const auto use = state.secret_tree.next(state.own, ratchet_of(type_of(message.content.content)));
    return seal_private_message(message, *use, state.secrets.sender_data, random);
}

// As seal_private_message does it, without a reuse guard.
PrivateMessage Forge::sealed_as_it_is(ByteView content, ByteView sender_data) {
    const auto use = state.secret_tree.next(state.own, RatchetKind::application);
    PrivateMessage sealed{state.context.group_id, state.context.epoch, ContentType::application, {}, {}, {}};
    tls::Writer context;
    tls::write(context, sealed.group_id);
    tls::write(context, sealed.epoch);
    tls::write(context, sealed.content_type);
    const Bytes sender_context = context.bytes();
    tls::write(context, Bytes{});
    sealed.ciphertext = crypto::aead_seal(use->key().key, use->key().nonce, context.bytes(), content);
    const MessageKey key = sender_data_key(state.secrets.sender_data, sealed.ciphertext);
    sealed.encrypted_sender_data = crypto::aead_seal(key.key, key.nonce, sender_context, sender_data);
    return sealed;
}

PrivateMessage Forge::sealed_padded(const AuthenticatedContent& message, ByteView padding) {
    const auto use = state.secret_tree.next(state.own, RatchetKind::application);
    tls::Writer plaintext;
    write_content(plaintext, message.content.content);
    message.auth.write(plaintext, ContentType::application);
    plaintext.raw(padding);
    return sealed_as_it_is(plaintext.bytes(), tls::encode(SenderData{state.own, use->generation(), {}}));
}

Bytes Forge::commit(std::vector<Proposal> proposals, std::optional<UpdatePath> path) {
    Commit commit;
    for (Proposal& proposal : proposals) commit.proposals.push_back({std::move(proposal)});
    commit.path = std::move(path);
    return message(std::move(commit));
}

UpdatePath Forge::path(const std::vector<LeafIndex>& removes, const std::function<void(UpdatePath&)>& spoil) {
    RatchetTree tree = state.tree;
    for (const LeafIndex leaf : removes) tree.remove(leaf);
    tree.truncate();
    const OwnPath own = make_path(tree, state.own, state.signing_key, state.context.group_id, random);
    auto path = seal_path(own, tree, state.own, tls::encode(provisional_context(state, tree)), {}, random);
    spoil(*path);
    sign_leaf(path->leaf, state.signing_key, {state.context.group_id, state.own});
    return *path;
}

GroupContext provisional_context(const GroupState& state, const RatchetTree& tree) {
    GroupContext context = state.context;
    context.epoch = context.epoch.next();
    context.tree_hash = to_bytes(tree.hash());
    return context;
}

KeyPackage spoiled(OwnKeyPackage& own, const std::function<void(KeyPackage&)>& spoil) {
    KeyPackage key_package = own.public_part;
    spoil(key_package);
    sign_leaf(key_package.leaf, own.signing_key, {});
    sign_key_package(key_package, own.signing_key);
    return key_package;
}

static void set_confirmation_tag(GroupInfo& info, const Secret32& joiner) {
    const auto epoch = EpochSecrets::from_joiner(joiner, psk_secret({}), tls::encode(info.context));
    info.confirmation_tag = to_bytes(epoch.confirmation_tag(info.context.confirmed_transcript_hash));
}

Bytes spoiled_welcome(ByteView welcome, const OwnKeyPackage& own, const Group& signer,
                      const std::function<void(WelcomeParts&)>& spoil) {
    RepeatableRandom random(7);
    const auto opened = decode_message<Welcome>(welcome);
    auto secrets = open_group_secrets(*opened, own);
    auto key = WelcomeKey::from_joiner(secrets->joiner, psk_secret({}));
    auto info = open_group_info(opened->encrypted_group_info, key);
    WelcomeParts parts{*info, *tls::decode<TreeNodes>(info->extensions[0].data), *std::move(secrets)};
    spoil(parts);
    const Bytes encoded = tls::encode(parts.tree);
    if (!parts.info.extensions.empty()) parts.info.extensions[0].data = encoded;
    const auto tree = RatchetTree::decode(encoded);
    if (tree && !parts.keep_tree_hash) parts.info.context.tree_hash = to_bytes(tree->hash());
    if (parts.renew_tag) set_confirmation_tag(parts.info, parts.secrets.joiner);
    if (!parts.keep_signature) sign_group_info(parts.info, signer.state().signing_key);
    if (parts.wrong_key) key.key = Secret32();
    const Bytes sealed = seal_group_info(tls::encode(parts.info), key);
    Bytes message = *welcome_head(own.public_part, parts.secrets, welcome_context(sealed), random);
    append(message, welcome_tail(sealed));
    return message;
}

}  // namespace veranda::mls::tests
