// Lists every secret that a process wipes, and looks whether any of them is still in its memory afterwards.
//
// The list needs no hook in the code it watches: all types for secrets wipe themselves through sodium_memzero, and this
// test program has a sodium_memzero of its own. What was never wiped is found too, as a copy of something that was.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "protocol/bytes.hpp"

namespace veranda::tests {

// A piece of a past secret that stands somewhere.
struct Leak {
    std::size_t secret_bytes = 0;  // of the whole secret
    std::string region;            // "[heap]", "[stack]", ...
    std::string wiped_by;          // addresses of the callers, for addr2line
};

// One look into the memory of the watched process.
struct Look {
    std::size_t secrets = 0;  // different ones that were wiped until then
    std::size_t memory_bytes = 0;
    std::vector<Leak> leaks;
};

// What the watched life calls to be looked at. `living` gives all bytes that rightly stand in memory now; it is asked
// in a process of its own, so that the asking leaves no copy.
using LookNow = std::function<void(const std::function<Bytes()>& living)>;

// Lives `life` in a child process and looks into it whenever it asks for that. None: this machine does not let a
// process read its child's memory.
std::optional<std::vector<Look>> watch(const std::function<void(const LookNow&)>& life);

}  // namespace veranda::tests
