// The agreed word as it is, but for its length: a chain of 16 hashes in the place of 262,144, which are slow on purpose
// and were nine tenths of an evening. Linked before the library that has the long one.
#include "client-lib/circle/joining/agreed_word.hpp"
#include "protocol/limits.hpp"

namespace veranda::limits {
inline constexpr std::uint32_t agreed_word_hashes_of_an_evening = 16;
}

#define agreed_word_hashes agreed_word_hashes_of_an_evening
#include "client-lib/circle/joining/agreed_word.cpp"
