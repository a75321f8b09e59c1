// A group on which messages can be tried again and again: its members can be made anew, as they were, at any time.
#pragma once

#include "tests/unit/mls/forge.hpp"

namespace veranda::mls::tests {

struct Stage {
    // A message of the forger's as it would honestly be, and what is inside it.
    struct Base {
        std::string name;
        Bytes message;
        AuthenticatedContent content;
    };

    Stage();

    // Who receives: the committer of the last epoch, with all keys of its path; or she whom it let in, with few.
    Group committer() const;
    Group joined() const;
    const Group& forger() const { return circle.members[forger_place]; }
    const crypto::SigningKey* key_of(LeafIndex leaf) const;  // null if nobody here is that leaf

    Circle circle;  // as it was before the last Commit; its forger is after it
    OwnKeyPackage newcomer;
    OwnKeyPackage another;  // whom the messages add
    Bytes welcome;
    std::vector<Base> bases;

private:
    OwnCommit last_commit() const;

    static constexpr std::size_t forger_place = 1;
};

// Every key package of its Adds, by this key.
void sign_added(Commit& commit, const crypto::SigningKey& key);

// The confirmation tag that this Commit must have, by the keys of one who receives it; as it is, where there is none.
void set_confirmation_tag(const GroupState& receiver, AuthenticatedContent& message);

// The parent hash that the path of this Commit must have at its leaf, and the leaf signed anew.
void renew_path_leaf(const GroupState& forger, Commit& commit);

}  // namespace veranda::mls::tests
