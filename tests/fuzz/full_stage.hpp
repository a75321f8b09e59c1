// A FullGroup on which messages can be tried again and again: members who can be made anew, as they were, with
// proposals of every kind pending; and each kind of message that they take, to be changed and put right again.
#pragma once

#include "tests/unit/mls/full_people.hpp"

namespace veranda::mls::tests {

struct FullStage {
    // A message as it would honestly be, before it is framed, and whose key signs it.
    struct Base {
        std::string name;
        AuthenticatedContent content;
        const crypto::SigningKey* signer;
    };

    FullStage();

    // Who receives: the committer of the last epoch, an Update of whose own is pending; or she whom it let in.
    FullGroup committer() const;
    FullGroup joined() const;
    const FullGroup& forger() const { return circle.members[forger_place]; }
    const FullState& forger_state() const { return forger().state(); }

    RepeatableRandom random{77};
    crypto::SigningKey service;  // an external sender
    FullCircle circle;           // its first member is before the last Commit, the next two are after it
    OwnKeyPackage newcomer;      // whom the last Commit added
    OwnKeyPackage another;       // whom the messages add
    OwnKeyPackage iris;          // who joins externally
    OwnKeyPackage returned;      // who comes back so
    PskStore psks;
    Bytes welcome;                 // of the newcomer; it names a PSK
    std::vector<Bytes> proposals;  // that the receivers hear, once they are made
    Bytes own_update;              // of the committer
    std::vector<Base> bases;

private:
    OwnFullCommit last_commit() const;
    void propose();
    void add_proposals();
    void add_outsiders();
    void add_commits();

    static constexpr std::size_t forger_place = 1;
    static constexpr std::size_t updater_place = 2;
};

// As set_confirmation_tag() and renew_path_leaf() of stage.hpp, for Commits of any proposals, of members and joiners.
void set_full_tag(const FullState& receiver, AuthenticatedContent& message);
void renew_full_leaf(const FullState& forger, const crypto::SigningKey& key, AuthenticatedContent& message);

}  // namespace veranda::mls::tests
