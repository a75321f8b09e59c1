// Every structure of client-lib/mls that comes from outside, each with its decoder: what the fuzz target, the corpus
// and the tests of failing allocations go through.
#pragma once

#include "tests/unit/mls/forge.hpp"

namespace veranda::mls::tests {

struct DecodedStructure {
    const char* name;
    bool (*accepts)(ByteView);                       // decodes it, and no more
    std::optional<Bytes> (*encode_again)(ByteView);  // the encoding of what was decoded, if it was accepted
};

// A file of the corpus begins with the place in this list: new ones go to its end.
std::span<const DecodedStructure> decoded_structures();

// A real encoding of each, from a group with blanks, unmerged leaves and paths; and some of more than one kind.
struct Sample {
    std::size_t structure;  // its place in the list
    std::string name;
    Bytes bytes;
};
std::vector<Sample> samples();

}  // namespace veranda::mls::tests
