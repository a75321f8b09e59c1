// The group's history, what is pending in its last epoch, and that epoch's messages.
#include "tests/fuzz/full_stage.hpp"

#include "client-lib/mls/transcript.hpp"

namespace veranda::mls::tests {
namespace {

Proposal tea() { return {PreSharedKey{psk_named("tea")}}; }

AuthenticatedContent content_of(ByteView public_message) {
    auto message = *decode_message<PublicMessage>(public_message);
    return {WireFormat::public_message, std::move(message.content), std::move(message.auth)};
}

void go_on(FullGroup& member, ByteView commit) {
    auto received = member.open(commit);
    member = member.after(std::move(std::get<FullStagedCommit>(*received)));
}

}  // namespace

// Six members, some of whose paths overlap; leaves 3 and 5 are blank, then the newcomer takes 3.
FullStage::FullStage()
    : service(crypto::SigningKey::generate(random)),
      circle(6, external_senders_of({&service})),
      newcomer(versatile_person("newcomer", random)),
      another(versatile_person("another", random)),
      iris(versatile_person("iris", random)),
      returned(versatile_person("member 4", random)) {
    psks.hold(to_bytes(as_bytes("tea")), SecretBytes(32));
    circle.commit(4, {});
    circle.commit(2, {});
    circle.commit(0, holding({removal(5)}));
    circle.commit(4, holding({removal(3)}));
    const OwnFullCommit made = last_commit();
    welcome = made.welcome.whole(0);
    for (const std::size_t place : {forger_place, updater_place}) go_on(circle[place], made.message);
    propose();
    add_proposals();
    add_outsiders();
    add_commits();
}

OwnFullCommit FullStage::last_commit() const {
    RepeatableRandom same(5);
    CommitWith with = holding({addition(newcomer.public_part), tea()});
    with.path = PathPolicy::always;
    return *circle.members[0].commit(std::move(with), same);
}

void FullStage::propose() {
    FullGroup& forger = circle[forger_place];
    FullGroup& updater = circle[updater_place];
    const Extensions extensions = forger.extensions();
    proposals.push_back(*forger.propose(removal(4), random));
    proposals.push_back(*updater.propose_update(random, WireFormat::public_message));
    proposals.push_back(*forger.propose(tea(), random, WireFormat::public_message));
    proposals.push_back(
        propose_from_outside(as_bytes("group"), forger.epoch(), 0, service, addition(another.public_part)));
    proposals.push_back(*forger.propose({GroupContextExtensions{extensions}}, random));
    proposals.push_back(*forger.propose({ReInit{{7}, our_version, our_suite, extensions}}, random));
    FullGroup owner = std::move(last_commit().next);
    RepeatableRandom same(6);
    own_update = *owner.propose_update(same);
    for (const Bytes& message : {proposals[1], proposals[3], own_update})
        EXPECT_EQ(why(forger.open(message)), "accepted");
}

FullGroup FullStage::committer() const {
    FullGroup group = std::move(last_commit().next);
    for (const Bytes& message : proposals) EXPECT_EQ(why(group.open(message)), "accepted");
    RepeatableRandom same(6);
    EXPECT_EQ(why(group.propose_update(same)), "accepted");
    return group;
}

FullGroup FullStage::joined() const {
    JoinWith with;
    with.psks = &psks;
    FullGroup group = *FullGroup::join(welcome, newcomer, with);
    for (const Bytes& message : proposals) EXPECT_EQ(why(group.open(message)), "accepted");
    EXPECT_EQ(why(group.open(own_update)), "accepted");
    return group;
}

void FullStage::add_proposals() {
    const GroupState& state = *forger_state().epoch;
    LeafNode leaf = *state.tree.leaf(state.own);
    leaf.source = LeafNodeSource::update;
    leaf.lifetime = {};
    leaf.parent_hash = {};
    leaf.encryption_key = to_bytes(crypto::KemKeyPair::generate(random).public_key);
    sign_leaf(leaf, state.signing_key, {state.context.group_id, state.own});
    const std::pair<const char*, Content> said[] = {
        {"application", Bytes{1, 2, 3}},
        {"add", addition(another.public_part)},
        {"update", Proposal{Update{leaf}}},
        {"remove", removal(2)},
        {"psk", tea()},
        {"resumption", Proposal{PreSharedKey{resumption_psk(state.context.group_id, state.context.epoch, random)}}},
        {"reinit", Proposal{ReInit{{8}, our_version, our_suite, state.context.extensions}}},
        {"extensions", Proposal{GroupContextExtensions{{{ExtensionType{odd_extension}, {1}}}}}},
    };
    const Voice voice{{SenderType::member, state.own.value}, WireFormat::public_message, {}};
    for (const auto& [name, content] : said)
        bases.push_back({name, sign_as(voice, state, content), &state.signing_key});
}

void FullStage::add_outsiders() {
    const Epoch epoch = forger().epoch();
    bases.push_back({"outside-remove",
                     content_of(propose_from_outside(as_bytes("group"), epoch, 0, service, removal(2))), &service});
    bases.push_back({"oneself", content_of(propose_oneself(as_bytes("group"), epoch, another)), &another.signing_key});
    ExternalJoinWith with;
    with.psks = &psks;
    with.psk_ids = {psk_named("tea")};
    const Bytes info = forger().group_info();
    bases.push_back(
        {"external", content_of(FullGroup::join_externally(info, iris, with, random)->message), &iris.signing_key});
    with.resync = LeafIndex{4};
    bases.push_back({"external-back", content_of(FullGroup::join_externally(info, returned, with, random)->message),
                     &returned.signing_key});
}

void FullStage::add_commits() {
    const std::vector<Hash> pending = forger().pending_references();
    const auto commit = [&](const char* name, std::vector<std::size_t> references, std::vector<Proposal> values) {
        CommitWith with = holding(std::move(values));
        for (const std::size_t which : references) with.by_reference.push_back(pending[which]);
        with.wire_format = WireFormat::public_message;
        const auto made = forger().commit(std::move(with), random);
        ASSERT_EQ(why(made), "accepted") << name;
        bases.push_back({name, content_of(made->message), &forger_state().epoch->signing_key});
    };
    // In the forger's order: its own five, as they were made; then those it heard.
    const std::size_t remove = 0, psk = 1, extensions = 2, reinit = 3, update = 4, add = 5, owners_update = 6;
    commit("path", {}, {});
    commit("value-add", {}, {addition(another.public_part)});
    commit("value-remove-psk", {}, {removal(2), tea()});
    commit("value-extensions", {}, {{GroupContextExtensions{forger().extensions()}}});
    commit("ref-remove", {remove}, {});
    commit("ref-update", {update}, {});
    commit("ref-owners-update", {owners_update}, {});
    commit("ref-psk-add", {psk, add}, {});
    commit("ref-reinit", {reinit}, {});
    commit("ref-all", {remove, psk, extensions, update, add, owners_update}, {});
    commit("ref-and-value", {remove, update}, {addition(another.public_part), tea()});
}

namespace {

// The list of a Commit applied, as the one who receives it would; nothing where that fails.
std::optional<LeafIndex> apply_commit(const FullState& state, Transition& transition,
                                      const std::vector<ListedProposal>& list, const FramedContent& content) {
    const Commit& commit = std::get<Commit>(content.content);
    if (content.sender.type == SenderType::new_member_commit) {
        if (!commit.path) return std::nullopt;
        const auto effects = apply_external_list(*state.epoch, transition, list, commit.path->leaf);
        if (!effects) return std::nullopt;
        auto init = open_external_init(state.epoch->secrets, effects->kem_output);
        if (!init) return std::nullopt;
        transition.init = *std::move(init);
        return effects->joiner;
    }
    const LeafIndex committer{content.sender.index};
    if (content.sender.type != SenderType::member || state.epoch->tree.leaf(committer) == nullptr) return std::nullopt;
    if (!apply_list(*state.epoch, transition, committer, list, PskUsages::application)) return std::nullopt;
    return committer;
}

void adopt_updates(const FullState& state, EpochBasis& next) {
    const LeafNode* own = next.tree.leaf(next.own);
    for (const OwnUpdate& update : state.own_updates)
        if (own != nullptr && same_bytes(update.leaf_key.public_key, own->encryption_key))
            next.path_keys.set(tree_math::node_of(next.own), update.leaf_key.clone());
}

}  // namespace

void set_full_tag(const FullState& receiver, AuthenticatedContent& message) {
    const auto* commit = std::get_if<Commit>(&message.content.content);
    if (commit == nullptr) return;
    const GroupState& epoch = *receiver.epoch;
    Transition transition = begin_transition(epoch);
    const auto list = resolve(receiver, commit->proposals, message.content.sender);
    if (!list) return;
    const auto committer = apply_commit(receiver, transition, *list, message.content);
    if (!committer || *committer == epoch.own || transition.changes.removes(epoch.own)) return;
    auto psk = psk_secret_of(transition.psks, {&receiver.psks});
    if (!psk) return;
    EpochBasis& next = transition.next;
    adopt_updates(receiver, next);
    Secret32 commit_secret;
    if (commit->path) {
        const auto nodes = merge_path(next.tree, *committer, *commit->path, transition.changes.newcomers);
        if (!nodes) return;
        next.context.tree_hash = to_bytes(next.tree.hash());
        next.path_keys.keep_only_those_of(next.tree);
        auto opened = open_path(next.path_keys, next.tree, *committer, next.own, *nodes, *commit->path,
                                tls::encode(next.context), transition.changes.newcomers);
        if (!opened) return;
        commit_secret = *std::move(opened);
    }
    next.context.tree_hash = to_bytes(next.tree.hash());
    next.context.confirmed_transcript_hash =
        to_bytes(confirmed_transcript_hash(epoch.interim_transcript_hash, message));
    const Bytes encoded = tls::encode(next.context);
    const Secret32 joiner = joiner_secret(transition.init, commit_secret, encoded);
    const auto secrets = EpochSecrets::from_joiner(joiner, *psk, encoded);
    message.auth.confirmation_tag = to_bytes(secrets.confirmation_tag(next.context.confirmed_transcript_hash));
}

void renew_full_leaf(const FullState& forger, const crypto::SigningKey& key, AuthenticatedContent& message) {
    auto* commit = std::get_if<Commit>(&message.content.content);
    if (commit == nullptr || !commit->path) return;
    Transition transition = begin_transition(*forger.epoch);
    const auto list = resolve(forger, commit->proposals, message.content.sender);
    if (!list) return;
    const auto committer = apply_commit(forger, transition, *list, message.content);
    if (!committer) return;
    RatchetTree& tree = transition.next.tree;
    const std::vector<NodeIndex> nodes = tree.filtered_direct_path(*committer);
    std::vector<Bytes> keys;
    for (const UpdatePathNode& node : commit->path->nodes) keys.push_back(node.encryption_key);
    if (keys.size() == nodes.size()) commit->path->leaf.parent_hash = tree.set_path(*committer, nodes, keys);
    sign_leaf(commit->path->leaf, key, {forger.epoch->context.group_id, *committer});
}

}  // namespace veranda::mls::tests
