// Our members in a group with another implementation: driven over standard input and output by tests/interop/*.mjs.
//
// One command a line, one answer a line; words between spaces, bytes in hexadecimal, "-" for none. A line begins with
// the kind of the member: "room" (Group), or "full" (FullGroup). An answer begins with "ok", or with "refused" and the
// rule's name and section. Anything else that goes wrong ends the program.
//
//     key_package MEMBER                       the bytes of a KeyPackage
//     create MEMBER GROUP
//     join MEMBER WELCOME TREE                 TREE: "-" if it is in the Welcome
//     commit MEMBER HOW PROPOSALS              HOW: path, public, beside (the tree), new_key, between commas;
//                                              PROPOSALS: add:KEY_PACKAGE, remove:LEAF, psk:ID, resumption:EPOCH,
//                                              reinit:GROUP, by value; what is pending goes by reference. Answers the
//                                              Commit, and the Welcomes in the order of the Adds
//     accept MEMBER                            its Commit is in force
//     open MEMBER MESSAGE                      "text BYTES", "proposal", "commit" (in force at once), "removed"
//     seal MEMBER BYTES
//     where MEMBER                             epoch, leaf, epoch authenticator
//     export MEMBER LABEL CONTEXT LENGTH
//     roster MEMBER                            leaves and identities by turns
//
// and of "full" alone:
//
//     hold MEMBER ID SECRET                    an external PSK
//     propose MEMBER FRAMING PROPOSAL          FRAMING: public or private
//     update MEMBER FRAMING
//     tree MEMBER
//     info MEMBER PLACE                        a GroupInfo; PLACE of the tree: inside or beside
//     join_externally MEMBER INFO TREE LEAF    LEAF: her old one, or "-". Answers the Commit
//     succeed MEMBER GROUP KEY_PACKAGES        a group branched off, or reinitialized ("-"), of her own last key
//     package
//                                              and these. Answers as commit; a member who is in a group joins it by
//                                              join
#include "tests/interop/peers.hpp"

int main() {
    using namespace veranda::mls::tests;
    RoomPeers of_rooms;
    FullPeers full;
    for (std::string line; std::getline(std::cin, line);) {
        Words words = split(line, ' ');
        if (words.empty()) stop("an empty line");
        const std::string kind = words[0];
        words.erase(words.begin());
        const Answer answer = kind == "room" ? run(of_rooms, words) : run(full, words);
        if (answer) {
            std::cout << "ok";
            for (const std::string& word : *answer) std::cout << ' ' << word;
        } else {
            std::cout << "refused " << answer.error().rule->name << ' ' << answer.error().rule->section;
        }
        std::cout << std::endl;
    }
}
