// The word lists of BIP39: 2,048 words a language, so that a word stands for eleven bits. Data from words/*.txt,
// compiled in. How twelve of them become a pass is invite.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "client-lib/circle/joining/invite.hpp"

namespace veranda::circle {

inline constexpr std::size_t word_count_of_list = 2048;
inline constexpr std::size_t word_bits = 11;
inline constexpr WordLanguage word_languages[] = {WordLanguage::en, WordLanguage::fr, WordLanguage::it};

// A page fetches the lists when they are first needed; elsewhere they are always here.
bool have_words();

// Caller must: index < word_count_of_list; have_words().
std::string_view word_at(WordLanguage language, std::size_t index);

// Where a folded word stands in the list, which is compared folded too. Cost: one walk over the list.
std::optional<std::size_t> index_of(WordLanguage language, std::string_view folded);

// A word as it is compared: lower case, without accents, whether they came composed or as combining marks (NFC, NFD).
// Anything that is not a Latin letter passes unchanged, and then stands in no list.
std::string fold_word(std::string_view word);

// The words of a text, folded, in order. Whatever keyboards and messengers put between words separates: spaces (the
// unbreakable ones too), line ends, commas.
std::vector<std::string> split_words(std::string_view text);

}  // namespace veranda::circle
