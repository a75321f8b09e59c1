// Members as Veranda's rooms have them.
#include "tests/interop/peers.hpp"

namespace veranda::mls::tests {

const Commands<RoomPeers>& RoomPeers::commands() {
    static const Commands<RoomPeers> commands{
        {"key_package", {&RoomPeers::key_package, 2, false}},
        {"create", {&RoomPeers::create, 3, false}},
        {"join", {&RoomPeers::join, 4, false}},
        {"commit", {&RoomPeers::commit, 4}},
        {"accept", {&RoomPeers::accept, 2}},
        {"open", {&RoomPeers::open, 3}},
        {"seal", {&RoomPeers::seal, 3}},
        {"where", {&RoomPeers::where, 2}},
        {"export", {&RoomPeers::export_secret, 5}},
        {"roster", {&RoomPeers::roster, 2}},
    };
    return commands;
}

Answer RoomPeers::key_package(Peer& peer, const Words& words) {
    peer.own = make_key_package(as_bytes(words[1]), crypto::SigningKey::generate(random_), always, never, random_);
    return Words{hex(tls::encode(peer.own->public_part))};
}

Answer RoomPeers::create(Peer& peer, const Words& words) {
    if (!peer.own) stop("create before key_package");
    peer.group = Group::create(bytes(words[2]), *std::exchange(peer.own, std::nullopt), random_);
    return Words{};
}

Answer RoomPeers::join(Peer& peer, const Words& words) {
    if (!peer.own) stop("join before key_package");
    if (words[3] != "-") stop("a room's tree is inside the Welcome");
    peer.group = TRY(Group::join(bytes(words[2]), *peer.own));
    peer.own.reset();
    return Words{};
}

Answer RoomPeers::commit(Peer& peer, const Words& words) {
    std::vector<KeyPackage> adds;
    std::vector<LeafIndex> removes;
    for (const std::string& word : split(words[3], ',')) {
        const ProposalWord proposal(word);
        if (proposal.kind == "add")
            adds.push_back(TRY(decode_and_check_key_package(bytes(proposal.value))));
        else if (proposal.kind == "remove")
            removes.push_back({number<std::uint32_t>(proposal.value)});
        else
            stop("not of a room: " + proposal.kind);
    }
    const PathPolicy path = words[2] == "path" ? PathPolicy::always : PathPolicy::if_required;
    OwnCommit commit = TRY(peer.group->commit(adds, removes, random_, path));
    peer.undecided = std::move(commit.next);
    return made(commit);
}

Answer RoomPeers::accept(Peer& peer, const Words&) { return accept_undecided(peer); }

Answer RoomPeers::open(Peer& peer, const Words& words) {
    Received received = TRY(peer.group->open(bytes(words[2])));
    if (const auto* text = std::get_if<Plaintext>(&received)) return Words{"text", hex(text->content)};
    auto& commit = std::get<StagedCommit>(received);
    if (commit.removes_us()) return Words{"removed"};
    peer.group = peer.group->after(std::move(commit));
    peer.undecided.reset();
    return Words{"commit"};
}

Answer RoomPeers::seal(Peer& peer, const Words& words) {
    return Words{hex(TRY(peer.group->seal(bytes(words[2]), random_)))};
}

Answer RoomPeers::where(Peer& peer, const Words&) { return whereabouts(*peer.group); }
Answer RoomPeers::export_secret(Peer& peer, const Words& words) { return exported(*peer.group, words); }
Answer RoomPeers::roster(Peer& peer, const Words&) { return leaves_and_names(*peer.group); }

}  // namespace veranda::mls::tests
