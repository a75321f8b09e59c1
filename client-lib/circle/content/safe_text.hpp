// Makes another person's text harmless to whoever shows it: no controls that move a cursor, none that turn the
// direction of writing around, nothing that is not UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace veranda::circle {

// What must not be seen by a terminal or a page is replaced by U+FFFD: C0 and C1 controls (a line break and a tab
// become a space unless `keep_lines`), bidirectional controls (U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to
// U+2069), U+FEFF, line and paragraph separators, noncharacters, tag characters, broken UTF-8. Joiners (U+200C, U+200D)
// stay: Persian and emoji need them.
std::string safe_text(std::string_view text, bool keep_lines = false);

// Would safe_text change it?
bool is_safe_text(std::string_view text);

// The longest beginning with at most `bytes_max` bytes that ends with a whole character. `text`: UTF-8.
std::string_view beginning_of(std::string_view text, std::size_t bytes_max);

// How many code points. Broken UTF-8 counts byte by byte.
std::size_t code_points(std::string_view text);

}  // namespace veranda::circle
