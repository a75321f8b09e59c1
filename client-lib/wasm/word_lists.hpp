// The word lists that the browser's module is handed when somebody types words.
#pragma once

#include <cstddef>
#include <string_view>

namespace veranda {

// `which`: 0 en, 1 fr, 2 it; `text`: the file joining/words/*.txt. False if it is not such a list, or was there
// already.
bool take_word_list(std::size_t which, std::string_view text);

bool word_lists_are_here();

}  // namespace veranda
