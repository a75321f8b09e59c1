// Our members in a group with another implementation: driven over standard input and output by tests/interop/*.mjs.
//
// One command a line, one answer a line; words between spaces, bytes in hexadecimal, "-" for none. An answer begins with
// "ok", or with "refused" and the rule's name and section. Anything else that goes wrong ends the program.
//
//     key_package MEMBER                     the bytes of a KeyPackage
//     create MEMBER GROUP
//     join MEMBER WELCOME TREE               TREE: "-" if it is in the Welcome
//     commit MEMBER PATH ADDS REMOVES        PATH: "path" or "-"; key packages and leaves between commas. Answers the
//                                            Commit, and the Welcomes in the order of the Adds
//     accept MEMBER                          its Commit is in force
//     drop MEMBER                            another's is
//     open MEMBER MESSAGE                    "text SENDER BYTES", "commit SENDER" (in force at once), "removed SENDER"
//     seal MEMBER BYTES
//     where MEMBER                           epoch, leaf, epoch authenticator
//     export MEMBER LABEL CONTEXT LENGTH
//     tree MEMBER
//     roster MEMBER                          leaves and identities by turns
#include <charconv>
#include <iostream>
#include <map>
#include <sstream>

#include "client-lib/mls/group_state.hpp"

namespace veranda::mls {
namespace {

using Words = std::vector<std::string>;
using Answer = Result<Words>;

[[noreturn]] void stop(std::string_view why) {
    std::cerr << "mls_peer: " << why << '\n';
    std::exit(2);
}

// --- words

std::string hex(ByteView bytes) {
    static constexpr std::string_view digits = "0123456789abcdef";
    if (bytes.empty()) return "-";
    std::string text;
    for (const std::uint8_t byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

template <class Number>
Number number(std::string_view text, int base = 10) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc() || end != text.data() + text.size()) stop("not a number: " + std::string(text));
    return value;
}

Bytes bytes(std::string_view text) {
    Bytes out;
    if (text == "-") return out;
    if (text.size() % 2 != 0) stop("half a byte");
    for (std::size_t i = 0; i < text.size(); i += 2) out.push_back(number<std::uint8_t>(text.substr(i, 2), 16));
    return out;
}

Words split(const std::string& text, char between) {
    Words words;
    if (text == "-") return words;
    std::istringstream parts(text);
    for (std::string word; std::getline(parts, word, between);) words.push_back(word);
    return words;
}

std::string joined(const Words& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ",") + word;
    return text.empty() ? "-" : text;
}

// --- members

struct Peer {
    std::optional<OwnKeyPackage> own;
    std::optional<Group> group;
    std::optional<Group> undecided;
};

class Peers {
public:
    Answer answer(const Words& line);

private:
    using Command = Answer (Peers::*)(Peer& peer, const Words& words);
    static const std::map<std::string_view, std::pair<Command, std::size_t>>& commands();

    Answer key_package(Peer& peer, const Words& words);
    Answer create(Peer& peer, const Words& words);
    Answer join(Peer& peer, const Words& words);
    Answer commit(Peer& peer, const Words& words);
    Answer accept(Peer& peer, const Words& words);
    Answer drop(Peer& peer, const Words& words);
    Answer open(Peer& peer, const Words& words);
    Answer seal(Peer& peer, const Words& words);
    Answer where(Peer& peer, const Words& words);
    Answer export_secret(Peer& peer, const Words& words);
    Answer tree(Peer& peer, const Words& words);
    Answer roster(Peer& peer, const Words& words);

    crypto::SystemRandom random_;
    std::map<std::string, Peer> peers_;
};

// Each with the number of its words, itself and the member counted.
const std::map<std::string_view, std::pair<Peers::Command, std::size_t>>& Peers::commands() {
    static const std::map<std::string_view, std::pair<Command, std::size_t>> commands{
        {"key_package", {&Peers::key_package, 2}},
        {"create", {&Peers::create, 3}},
        {"join", {&Peers::join, 4}},
        {"commit", {&Peers::commit, 5}},
        {"accept", {&Peers::accept, 2}},
        {"drop", {&Peers::drop, 2}},
        {"open", {&Peers::open, 3}},
        {"seal", {&Peers::seal, 3}},
        {"where", {&Peers::where, 2}},
        {"export", {&Peers::export_secret, 5}},
        {"tree", {&Peers::tree, 2}},
        {"roster", {&Peers::roster, 2}},
    };
    return commands;
}

Answer Peers::answer(const Words& line) {
    if (line.size() < 2) stop("a line too short");
    const auto found = commands().find(line[0]);
    if (found == commands().end()) stop("no such command: " + line[0]);
    if (line.size() != found->second.second) stop("wrong number of words: " + line[0]);
    Peer& peer = peers_[line[1]];
    static const std::string_view without_group = "key_package create join";
    if (!peer.group && without_group.find(line[0]) == std::string_view::npos) stop("in no group: " + line[1]);
    return (this->*found->second.first)(peer, line);
}

Answer Peers::key_package(Peer& peer, const Words& words) {
    constexpr UnixSeconds always{0};
    constexpr UnixSeconds never{4'000'000'000};
    peer.own = make_key_package(as_bytes(words[1]), crypto::SigningKey::generate(random_), always, never, random_);
    return Words{hex(tls::encode(peer.own->public_part))};
}

Answer Peers::create(Peer& peer, const Words& words) {
    if (!peer.own) stop("create before key_package");
    peer.group = Group::create(bytes(words[2]), *std::exchange(peer.own, std::nullopt), random_);
    return Words{};
}

Answer Peers::join(Peer& peer, const Words& words) {
    if (!peer.own) stop("join before key_package");
    const Bytes tree = bytes(words[3]);
    JoinInputs inputs;
    if (!tree.empty()) inputs.ratchet_tree = tree;
    peer.group = Group(TRY(join_group(bytes(words[2]), *peer.own, inputs)));
    peer.own.reset();
    return Words{};
}

Answer Peers::commit(Peer& peer, const Words& words) {
    std::vector<KeyPackage> adds;
    for (const std::string& add : split(words[3], ',')) adds.push_back(TRY(decode_and_check_key_package(bytes(add))));
    std::vector<LeafIndex> removes;
    for (const std::string& leaf : split(words[4], ',')) removes.push_back({number<std::uint32_t>(leaf)});
    const PathPolicy path = words[2] == "path" ? PathPolicy::always : PathPolicy::if_required;
    OwnCommit made = TRY(peer.group->commit(adds, removes, random_, path));
    peer.undecided = std::move(made.next);
    Words welcomes;
    for (std::size_t i = 0; i < adds.size(); ++i) welcomes.push_back(hex(made.welcome.whole(i)));
    return Words{hex(made.message), joined(welcomes)};
}

Answer Peers::accept(Peer& peer, const Words&) {
    if (!peer.undecided) stop("nothing to accept");
    peer.group = std::exchange(peer.undecided, std::nullopt);
    return Words{};
}

Answer Peers::drop(Peer& peer, const Words&) {
    peer.undecided.reset();
    return Words{};
}

Answer Peers::open(Peer& peer, const Words& words) {
    Received received = TRY(peer.group->open(bytes(words[2])));
    if (const auto* text = std::get_if<Plaintext>(&received))
        return Words{"text", std::to_string(text->sender.value), hex(text->content)};
    auto& commit = std::get<StagedCommit>(received);
    const std::string sender = std::to_string(commit.sender().value);
    if (commit.removes_us()) return Words{"removed", sender};
    peer.group = peer.group->after(std::move(commit));
    return Words{"commit", sender};
}

Answer Peers::seal(Peer& peer, const Words& words) { return Words{hex(TRY(peer.group->seal(bytes(words[2]), random_)))}; }

Answer Peers::where(Peer& peer, const Words&) {
    const Group& group = *peer.group;
    return Words{std::to_string(group.epoch().value), std::to_string(group.own_leaf().value),
                 hex(group.epoch_authenticator())};
}

Answer Peers::export_secret(Peer& peer, const Words& words) {
    const SecretBytes secret =
        TRY(peer.group->export_secret(words[2], bytes(words[3]), number<std::size_t>(words[4])));
    return Words{hex(secret.view())};
}

Answer Peers::tree(Peer& peer, const Words&) { return Words{hex(peer.group->state().tree.encode())}; }

Answer Peers::roster(Peer& peer, const Words&) {
    Words words;
    for (const Member& member : peer.group->roster()) {
        words.push_back(std::to_string(member.leaf.value));
        words.push_back(hex(member.identity));
    }
    return words;
}

}  // namespace
}  // namespace veranda::mls

int main() {
    using namespace veranda::mls;
    Peers peers;
    for (std::string line; std::getline(std::cin, line);) {
        const Answer answer = peers.answer(split(line, ' '));
        if (answer) {
            std::cout << "ok";
            for (const std::string& word : *answer) std::cout << ' ' << word;
        } else {
            std::cout << "refused " << answer.error().rule->name << ' ' << answer.error().rule->section;
        }
        std::cout << std::endl;
    }
}
