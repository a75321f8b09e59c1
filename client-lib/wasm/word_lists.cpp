// The word lists of the browser's module: empty until the worker hands them in, for most people come by a link and need
// none. Elsewhere they are compiled in (client-lib/circle/CMakeLists.txt).
#include "client-lib/wasm/word_lists.hpp"

#include <algorithm>

namespace veranda {
namespace {

constexpr std::size_t list_bytes_max = 20'000;  // the longest is 16.5 KB
char lists[3][list_bytes_max + 1];

// A list's own head: lines that begin with '#' say where it comes from.
std::string_view without_head(std::string_view text) {
    while (text.starts_with('#')) text.remove_prefix(std::min(text.size(), text.find('\n') + 1));
    return text;
}

}  // namespace

namespace circle::words {
extern const char* const en;
extern const char* const fr;
extern const char* const it;
const char* const en = lists[0];
const char* const fr = lists[1];
const char* const it = lists[2];
}  // namespace circle::words

bool word_lists_are_here() {
    return std::all_of(std::begin(lists), std::end(lists), [](const char* list) { return list[0] != 0; });
}

bool take_word_list(std::size_t which, std::string_view text) {
    const std::string_view words = without_head(text);
    if (which >= std::size(lists) || words.size() > list_bytes_max || lists[which][0] != 0) return false;
    if (std::count(words.begin(), words.end(), '\n') != 2048 || !words.ends_with('\n')) return false;
    std::copy(words.begin(), words.end(), lists[which]);
    return true;
}

}  // namespace veranda
