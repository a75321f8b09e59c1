// The two kinds of members that Veranda's core has: of rooms (Group), and of anything in RFC 9420 (FullGroup).
#pragma once

#include "client-lib/mls/full_group.hpp"
#include "tests/interop/words.hpp"

namespace veranda::mls::tests {

// What all of one kind have in common: by which word which command is meant, and how many words it has.
template <class Peers>
struct Command {
    Answer (Peers::*run)(typename Peers::Peer& peer, const Words& words);
    std::size_t words;
    bool needs_group = true;
};
template <class Peers>
using Commands = std::map<std::string_view, Command<Peers>>;

template <class Peers>
Answer run(Peers& peers, const Words& line) {
    if (line.size() < 2) stop("a line too short");
    const auto found = Peers::commands().find(line[0]);
    if (found == Peers::commands().end()) stop("no such command: " + line[0]);
    if (line.size() != found->second.words) stop("wrong number of words: " + line[0]);
    auto& peer = peers.all[line[1]];
    if (found->second.needs_group && !peer.group) stop("in no group: " + line[1]);
    return (peers.*found->second.run)(peer, line);
}

class RoomPeers {
public:
    struct Peer {
        std::optional<OwnKeyPackage> own;
        std::optional<Group> group;
        std::optional<Group> undecided;
    };
    static const Commands<RoomPeers>& commands();

    std::map<std::string, Peer> all;

private:
    Answer key_package(Peer& peer, const Words& words);
    Answer create(Peer& peer, const Words& words);
    Answer join(Peer& peer, const Words& words);
    Answer commit(Peer& peer, const Words& words);
    Answer accept(Peer& peer, const Words& words);
    Answer open(Peer& peer, const Words& words);
    Answer seal(Peer& peer, const Words& words);
    Answer where(Peer& peer, const Words& words);
    Answer export_secret(Peer& peer, const Words& words);
    Answer roster(Peer& peer, const Words& words);

    crypto::SystemRandom random_;
};

class FullPeers {
public:
    struct Peer {
        std::optional<OwnKeyPackage> own;
        std::optional<FullGroup> group;
        std::optional<FullGroup> undecided;
        PskStore psks;
    };
    static const Commands<FullPeers>& commands();

    std::map<std::string, Peer> all;

private:
    Answer key_package(Peer& peer, const Words& words);
    Answer create(Peer& peer, const Words& words);
    Answer join(Peer& peer, const Words& words);
    Answer join_externally(Peer& peer, const Words& words);
    Answer hold(Peer& peer, const Words& words);
    Answer commit(Peer& peer, const Words& words);
    Answer accept(Peer& peer, const Words& words);
    Answer propose(Peer& peer, const Words& words);
    Answer update(Peer& peer, const Words& words);
    Answer open(Peer& peer, const Words& words);
    Answer seal(Peer& peer, const Words& words);
    Answer where(Peer& peer, const Words& words);
    Answer export_secret(Peer& peer, const Words& words);
    Answer roster(Peer& peer, const Words& words);
    Answer tree(Peer& peer, const Words& words);
    Answer info(Peer& peer, const Words& words);
    Answer succeed(Peer& peer, const Words& words);

    Result<Proposal> proposal(const Peer& peer, const std::string& word);

    crypto::SystemRandom random_;
};

// Of both kinds.
template <class AnyGroup>
Words whereabouts(const AnyGroup& group) {
    return {std::to_string(group.epoch().value), std::to_string(group.own_leaf().value),
            hex(group.epoch_authenticator())};
}

template <class AnyGroup>
Words leaves_and_names(const AnyGroup& group) {
    Words words;
    for (const Member& member : group.roster()) {
        words.push_back(std::to_string(member.leaf.value));
        words.push_back(hex(member.identity));
    }
    return words;
}

template <class AnyGroup>
Answer exported(const AnyGroup& group, const Words& words) {
    const SecretBytes secret = TRY(group.export_secret(words[2], bytes(words[3]), number<std::size_t>(words[4])));
    return Words{hex(secret.view())};
}

template <class AnyCommit>
Words made(const AnyCommit& commit) {
    Words welcomes;
    for (std::size_t i = 0; i < commit.welcome.heads.size(); ++i) welcomes.push_back(hex(commit.welcome.whole(i)));
    return {hex(commit.message), joined(welcomes)};
}

template <class AnyPeer>
Words accept_undecided(AnyPeer& peer) {
    if (!peer.undecided) stop("nothing to accept");
    peer.group = std::exchange(peer.undecided, std::nullopt);
    return {};
}

}  // namespace veranda::mls::tests
