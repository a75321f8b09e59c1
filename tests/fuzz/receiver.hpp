// Who receives a fuzzed message: a live group, and how it looks. A refused message leaves it byte for byte as it was;
// an accepted Commit leads to a group that can go on. And how a target says that it has found something.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <functional>

#include "tests/unit/mls/full_people.hpp"

namespace veranda::mls::tests {

[[noreturn]] inline void found(const char* what) {
    std::fprintf(stderr, "found: %s\n", what);
    std::abort();
}

// A tree that a joiner would take, whose hash is the one that its group says.
inline void expect_sound_tree(const RatchetTree& tree, ByteView tree_hash) {
    const Bytes encoded = tree.encode();
    const auto again = RatchetTree::decode(encoded);
    if (!again || again->encode() != encoded || again->hash() != tree.hash()) found("a tree unlike itself");
    if (!again->check_parents() || !again->check_keys() || !again->check_parent_hashes())
        found("a tree which nobody may join");
    if (!same_bytes(tree.hash(), tree_hash)) found("a group of another tree");
}

// Made anew whenever a message has changed it.
template <class AnyGroup, class Staged>
class Receiver {
public:
    // `judge` looks at the group that a Commit leads to.
    Receiver(std::function<AnyGroup()> make, void (*judge)(const AnyGroup&))
        : make_(std::move(make)), judge_(judge), group_(make_()), before_(snapshot(group_)) {}

    const auto& state() const { return group_.state(); }

    void receives(ByteView message) {
        auto received = group_.open(message);
        if (!received) {
            if (snapshot(group_) != before_) found("a refused message changed the group");
            return;
        }
        auto* staged = std::get_if<Staged>(&*received);
        if (staged != nullptr && !staged->removes_us()) judge_(group_.after(std::move(*staged)));
        group_ = make_();
        if (snapshot(group_) != before_) found("the group made anew is another");
    }

private:
    std::function<AnyGroup()> make_;
    void (*judge_)(const AnyGroup&);
    AnyGroup group_;
    Bytes before_;
};

}  // namespace veranda::mls::tests
