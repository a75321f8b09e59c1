// Members that take everything of RFC 9420.
#include "tests/interop/peers.hpp"

namespace veranda::mls::tests {
namespace {

WireFormat wire_format(const std::string& word) {
    return word == "public" ? WireFormat::public_message : WireFormat::private_message;
}

bool has(const Words& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

const Commands<FullPeers>& FullPeers::commands() {
    static const Commands<FullPeers> commands{
        {"key_package", {&FullPeers::key_package, 2, false}},
        {"create", {&FullPeers::create, 3, false}},
        {"join", {&FullPeers::join, 4, false}},
        {"join_externally", {&FullPeers::join_externally, 5, false}},
        {"hold", {&FullPeers::hold, 4, false}},
        {"commit", {&FullPeers::commit, 4}},
        {"accept", {&FullPeers::accept, 2, false}},
        {"propose", {&FullPeers::propose, 4}},
        {"update", {&FullPeers::update, 3}},
        {"open", {&FullPeers::open, 3}},
        {"seal", {&FullPeers::seal, 3}},
        {"where", {&FullPeers::where, 2}},
        {"export", {&FullPeers::export_secret, 5}},
        {"roster", {&FullPeers::roster, 2}},
        {"tree", {&FullPeers::tree, 2}},
        {"info", {&FullPeers::info, 3}},
        {"succeed", {&FullPeers::succeed, 4}},
    };
    return commands;
}

Answer FullPeers::key_package(Peer& peer, const Words& words) {
    peer.own = make_key_package(as_bytes(words[1]), crypto::SigningKey::generate(random_), always, never, random_);
    return Words{hex(tls::encode(peer.own->public_part))};
}

Answer FullPeers::create(Peer& peer, const Words& words) {
    if (!peer.own) stop("create before key_package");
    peer.group = TRY(FullGroup::create(bytes(words[2]), {}, *std::exchange(peer.own, std::nullopt), random_));
    return Words{};
}

Answer FullPeers::join(Peer& peer, const Words& words) {
    if (!peer.own) stop("join before key_package");
    const Bytes tree = bytes(words[3]);
    JoinWith with;
    with.psks = &peer.psks;
    if (!tree.empty()) with.ratchet_tree = tree;
    if (peer.group) with.parent = &*peer.group;
    peer.group = TRY(FullGroup::join(bytes(words[2]), *peer.own, with));
    peer.own.reset();
    return Words{};
}

Answer FullPeers::join_externally(Peer& peer, const Words& words) {
    if (!peer.own) stop("join_externally before key_package");
    const Bytes tree = bytes(words[3]);
    ExternalJoinWith with;
    if (!tree.empty()) with.ratchet_tree = tree;
    if (words[4] != "-") with.resync = LeafIndex{number<std::uint32_t>(words[4])};
    OwnFullCommit commit = TRY(FullGroup::join_externally(bytes(words[2]), *peer.own, with, random_));
    peer.own.reset();
    peer.undecided = std::move(commit.next);
    return made(commit);
}

Answer FullPeers::hold(Peer& peer, const Words& words) {
    const Bytes secret = bytes(words[3]);
    peer.psks.hold(bytes(words[2]), SecretBytes::copy_of(secret));
    if (peer.group) peer.group->hold_psk(bytes(words[2]), SecretBytes::copy_of(secret));
    return Words{};
}

Result<Proposal> FullPeers::proposal(const Peer& peer, const std::string& word) {
    const auto [kind, value] = ProposalWord(word);
    if (kind == "add") return Proposal{Add{TRY(decode_and_check_key_package(bytes(value)))}};
    if (kind == "remove") return Proposal{Remove{{number<std::uint32_t>(value)}}};
    if (kind == "psk") return Proposal{PreSharedKey{external_psk(bytes(value), random_)}};
    if (kind == "extensions") return Proposal{GroupContextExtensions{TRY(tls::decode<Extensions>(bytes(value)))}};
    if (kind == "reinit") return Proposal{ReInit{bytes(value), our_version, our_suite, peer.group->extensions()}};
    if (kind != "resumption") stop("no such proposal: " + kind);
    const Epoch epoch{number<std::uint64_t>(value)};
    return Proposal{PreSharedKey{resumption_psk(peer.group->group_id(), epoch, random_)}};
}

Answer FullPeers::commit(Peer& peer, const Words& words) {
    const Words options = split(words[2], ',');
    CommitWith with;
    with.by_reference = peer.group->pending_references();
    for (const std::string& word : split(words[3], ',')) with.by_value.push_back(TRY(proposal(peer, word)));
    if (has(options, "path")) with.path = PathPolicy::always;
    if (has(options, "public")) with.wire_format = WireFormat::public_message;
    if (has(options, "beside")) with.tree = TreePlace::beside;
    if (has(options, "new_key")) with.new_signing_key = crypto::SigningKey::generate(random_);
    OwnFullCommit commit = TRY(peer.group->commit(std::move(with), random_));
    peer.undecided = std::move(commit.next);
    return made(commit);
}

Answer FullPeers::succeed(Peer& peer, const Words& words) {
    if (!peer.own) stop("succeed before key_package");
    std::vector<KeyPackage> others;
    for (const std::string& word : split(words[3], ','))
        others.push_back(TRY(decode_and_check_key_package(bytes(word))));
    OwnKeyPackage own = *std::exchange(peer.own, std::nullopt);
    OwnFullCommit commit = TRY(words[2] == "-" ? peer.group->reinitialize(std::move(own), others, random_)
                                               : peer.group->branch(bytes(words[2]), peer.group->extensions(),
                                                                    std::move(own), others, random_));
    peer.undecided = std::move(commit.next);
    return made(commit);
}

Answer FullPeers::accept(Peer& peer, const Words&) { return accept_undecided(peer); }

Answer FullPeers::propose(Peer& peer, const Words& words) {
    return Words{hex(TRY(peer.group->propose(TRY(proposal(peer, words[3])), random_, wire_format(words[2]))))};
}

Answer FullPeers::update(Peer& peer, const Words& words) {
    return Words{hex(TRY(peer.group->propose_update(random_, wire_format(words[2]))))};
}

Answer FullPeers::open(Peer& peer, const Words& words) {
    FullReceived received = TRY(peer.group->open(bytes(words[2])));
    if (const auto* text = std::get_if<Plaintext>(&received)) return Words{"text", hex(text->content)};
    if (std::holds_alternative<PendingProposal>(received)) return Words{"proposal"};
    auto& commit = std::get<FullStagedCommit>(received);
    if (commit.removes_us()) return Words{"removed"};
    peer.group = peer.group->after(std::move(commit));
    peer.undecided.reset();
    return Words{"commit"};
}

Answer FullPeers::seal(Peer& peer, const Words& words) {
    return Words{hex(TRY(peer.group->seal(bytes(words[2]), random_)))};
}

Answer FullPeers::where(Peer& peer, const Words&) { return whereabouts(*peer.group); }
Answer FullPeers::export_secret(Peer& peer, const Words& words) { return exported(*peer.group, words); }
Answer FullPeers::roster(Peer& peer, const Words&) { return leaves_and_names(*peer.group); }
Answer FullPeers::tree(Peer& peer, const Words&) { return Words{hex(peer.group->ratchet_tree())}; }

Answer FullPeers::info(Peer& peer, const Words& words) {
    return Words{hex(peer.group->group_info(words[2] == "beside" ? TreePlace::beside : TreePlace::inside))};
}

}  // namespace veranda::mls::tests
