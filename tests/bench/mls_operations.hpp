// The operations that are measured, each with its least work and with what is wanted of it.
#pragma once

#include <functional>
#include <string>

#include "tests/bench/mls_groups.hpp"

namespace veranda::bench {

struct Operation {
    std::string name;
    double ratio_max;  // wanted, of its time to that of its least work
    Work least;
    std::function<double()> measured;  // does it once; microseconds, without what it needs beforehand
};

// Caller must: keep the trio and the source of randomness as long as the operations.
std::vector<Operation> operations_on(const Trio& trio, crypto::RandomSource& random);

// A group of so many made by one Commit of its first member, from checking the key packages on.
Operation making_of_a_group(std::uint32_t members, crypto::RandomSource& random);

}  // namespace veranda::bench
