// The group's history: paths, a blank leaf, an unmerged one; then the messages of one epoch.
#include "tests/unit/mls/stage.hpp"

#include "client-lib/mls/transcript.hpp"

namespace veranda::mls::tests {
namespace {

AuthenticatedContent content_of(const Group& receiver, ByteView message) {
    const GroupState& state = receiver.state();
    const auto sealed = decode_message<PrivateMessage>(message);
    const auto sender = open_sender_data(*sealed, state.secrets.sender_data);
    const auto use = state.secret_tree.find(sender->leaf, ratchet_of(sealed->content_type), sender->generation);
    return *open_content(*sealed, *sender, use->key());
}

}  // namespace

// Six members, some of whose paths overlap; leaves 3 and 5 are blank, then the newcomer takes 3.
Stage::Stage()
    : circle(6, 1, PathPolicy::always),
      newcomer(person("newcomer", circle.random)),
      another(person("another", circle.random)) {
    circle.renew(4);
    circle.renew(2);
    circle.remove(0, 5);
    circle.remove(4, 3);
    const OwnCommit made = last_commit();
    welcome = made.welcome.whole(0);
    auto opened = circle[forger_place].open(made.message);
    circle[forger_place] = circle[forger_place].after(std::move(std::get<StagedCommit>(*opened)));

    const std::span<const KeyPackage> add(&another.public_part, 1);
    const LeafIndex gone{4};
    const std::span<const LeafIndex> remove(&gone, 1);
    const auto commit = [this](auto adds, auto removes, PathPolicy path) {
        return forger().commit(adds, removes, circle.random, path)->message;
    };
    Forge forge(forger());
    const std::pair<const char*, Bytes> messages[] = {
        {"application", forge.message(Bytes{1, 2, 3})},
        {"path", commit(add.first(0), remove.first(0), PathPolicy::always)},
        {"add", commit(add, remove.first(0), PathPolicy::if_required)},
        {"remove", commit(add.first(0), remove, PathPolicy::if_required)},
        {"add_remove", commit(add, remove, PathPolicy::if_required)},
        {"proposal", forge.message(removal(4))},
    };
    const Group receiver = joined();
    for (const auto& [name, message] : messages) bases.push_back({name, message, content_of(receiver, message)});
}

OwnCommit Stage::last_commit() const {
    RepeatableRandom random(5);
    return *circle.members[0].commit(std::span(&newcomer.public_part, 1), {}, random, PathPolicy::always);
}

Group Stage::committer() const { return std::move(last_commit().next); }
Group Stage::joined() const { return *Group::join(welcome, newcomer); }

const crypto::SigningKey* Stage::key_of(LeafIndex leaf) const {
    for (const Group& member : circle.members)
        if (member.own_leaf() == leaf) return &member.state().signing_key;
    return leaf == LeafIndex{3} ? &newcomer.signing_key : nullptr;
}

void sign_added(Commit& commit, const crypto::SigningKey& key) {
    for (ProposalOrRef& entry : commit.proposals) {
        auto* proposal = std::get_if<Proposal>(&entry.content);
        Add* add = proposal ? std::get_if<Add>(&proposal->body) : nullptr;
        if (add == nullptr) continue;
        sign_leaf(add->key_package.leaf, key, {});
        sign_key_package(add->key_package, key);
    }
}

void set_confirmation_tag(const GroupState& receiver, AuthenticatedContent& message) {
    const auto* commit = std::get_if<Commit>(&message.content.content);
    const LeafIndex sender{message.content.sender.index};
    if (commit == nullptr || receiver.tree.leaf(sender) == nullptr || sender == receiver.own) return;
    RatchetTree tree = receiver.tree;
    const auto changes =
        apply_proposals(tree, commit->proposals, sender, receiver.context.extensions, KeyPackages::to_be_checked);
    if (!changes || changes->removes(receiver.own)) return;
    PathKeys keys = receiver.path_keys.clone();
    Secret32 commit_secret;
    GroupContext context = provisional_context(receiver, tree);
    if (commit->path) {
        const auto nodes = merge_path(tree, sender, *commit->path, changes->newcomers);
        if (!nodes) return;
        context = provisional_context(receiver, tree);
        auto opened = open_path(keys, tree, sender, receiver.own, *nodes, *commit->path, tls::encode(context),
                                changes->newcomers);
        if (!opened) return;
        commit_secret = *std::move(opened);
    }
    context.confirmed_transcript_hash = to_bytes(confirmed_transcript_hash(receiver.interim_transcript_hash, message));
    const Bytes encoded = tls::encode(context);
    const Secret32 joiner = joiner_secret(receiver.secrets.init, commit_secret, encoded);
    const auto epoch = EpochSecrets::from_joiner(joiner, psk_secret({}), encoded);
    message.auth.confirmation_tag = to_bytes(epoch.confirmation_tag(context.confirmed_transcript_hash));
}

void renew_path_leaf(const GroupState& forger, Commit& commit) {
    if (!commit.path) return;
    RatchetTree tree = forger.tree;
    const auto changes =
        apply_proposals(tree, commit.proposals, forger.own, forger.context.extensions, KeyPackages::to_be_checked);
    if (!changes) return;
    const std::vector<NodeIndex> nodes = tree.filtered_direct_path(forger.own);
    std::vector<Bytes> keys;
    for (const UpdatePathNode& node : commit.path->nodes) keys.push_back(node.encryption_key);
    if (keys.size() == nodes.size()) commit.path->leaf.parent_hash = tree.set_path(forger.own, nodes, keys);
    sign_leaf(commit.path->leaf, forger.signing_key, {forger.context.group_id, forger.own});
}

}  // namespace veranda::mls::tests
