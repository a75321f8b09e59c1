// Every allocation of a test program, counted and at will refused. Linking allocations.cpp puts them in place of the
// library's own; single-threaded programs only.
#pragma once

#include <cstddef>

namespace veranda::tests::allocations {

std::size_t live();        // how many stand now
std::size_t live_bytes();  // and how large they are
std::size_t peak_bytes();  // the most at one time since begin_peak()
void begin_peak();

// The n-th from now throws std::bad_alloc, n counted from 1; those after it do not.
void refuse(std::size_t n);
// Ends that. Whether there was such an allocation.
bool was_refused();

}  // namespace veranda::tests::allocations
