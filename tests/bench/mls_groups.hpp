// Groups of any size to measure and count with: fresh, or with every parent set.
#pragma once

#include "client-lib/mls/group_state.hpp"
#include "tests/bench/mls_least.hpp"

namespace veranda::bench {

// A second Group of the same state: for operations that use a key up, so that they can be repeated.
mls::Group twin(const mls::Group& group);

mls::OwnKeyPackage person(std::uint32_t number, crypto::RandomSource& random);  // names all of one length

// Three members of one group: leaf 0, who commits; leaf 1, who shares all of its path but the lowest node; and the last
// leaf, who shares the root alone. They came by real Welcomes and followed every Commit.
struct Trio {
    Shape shape;
    mls::Group committer;
    mls::Group near;
    mls::Group far;
};
Trio fresh_group(std::uint32_t members, crypto::RandomSource& random);

// Every second leaf commits in turn until all parents are set. Cost: about 2 s for a thousand members.
Trio populated_group(std::uint32_t members, crypto::RandomSource& random);

// A member follows another's Commit. Aborts if it is refused.
mls::Group follow(mls::Group& member, ByteView commit);

std::size_t group_info_bytes(const mls::OwnCommit& commit);  // of its Welcome

}  // namespace veranda::bench
