// Looking words up, and what "the same word" means. The lists share words: English and French 123 when folded, French
// and Italian 2, English and Italian none (word_list_test measures it).
#include "client-lib/circle/joining/word_list.hpp"

#include <algorithm>
#include <array>

namespace veranda::circle {

namespace words {  // made by the build from words/*.txt: each word, then a line end
extern const char* const en;
extern const char* const fr;
extern const char* const it;
}  // namespace words

namespace {

using List = std::array<std::string_view, word_count_of_list>;

List take_apart(std::string_view text) {
    List list;
    for (std::string_view& word : list) {
        const std::size_t end = text.find('\n');
        VERANDA_ASSERT(end != std::string_view::npos);
        word = text.substr(0, end);
        text.remove_prefix(end + 1);
    }
    VERANDA_ASSERT(text.empty());
    return list;
}

const List& list_of(WordLanguage language) {
    static const List lists[] = {take_apart(words::en), take_apart(words::fr), take_apart(words::it)};
    return lists[static_cast<std::size_t>(language)];
}

// The bytes of the UTF-8 character that `text` begins with; 1 where it is not UTF-8.
std::size_t character_bytes(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    return length <= text.size() ? length : 1;
}

bool is_combining_mark(std::string_view character) {  // U+0300 to U+036F
    return character.size() == 2 && ((character[0] == '\xcc') || (character[0] == '\xcd' && character[1] < '\xb0'));
}

// The letters of Latin-1 from U+00C0 on, without their accents; a space where there is nothing to take off.
constexpr std::string_view latin_1 =
    "aaaaaa ceeeeiiii nooooo  uuuuy  "
    "aaaaaa ceeeeiiii nooooo  uuuuy y";

void append_folded(std::string& out, std::string_view character) {
    if (character.size() == 1) {
        const char letter = character[0];
        out += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
        return;
    }
    if (is_combining_mark(character)) return;
    if (character[0] == '\xc3' && character.size() == 2) {
        const char plain = latin_1[static_cast<unsigned char>(character[1]) & 0x3f];
        if (plain != ' ') return void(out += plain);
    }
    if (character == "\xc5\x93" || character == "\xc5\x92") return void(out += "oe");
    out += character;
}

bool has_accent(std::string_view word) {
    return std::any_of(word.begin(), word.end(), [](char c) { return (c & 0x80) != 0; });
}

bool separates(std::string_view character) {
    if (character.size() == 1) return std::string_view(" \t\r\n\v\f,").find(character[0]) != std::string_view::npos;
    return character == "\u00a0" || character == "\u202f" || character == "\u2007" || character == "\u3000";
}

}  // namespace

bool have_words() { return *words::en != 0 && *words::fr != 0 && *words::it != 0; }

std::string_view word_at(WordLanguage language, std::size_t index) { return list_of(language)[index]; }

std::optional<std::size_t> index_of(WordLanguage language, std::string_view folded) {
    const List& list = list_of(language);
    for (std::size_t i = 0; i < list.size(); ++i)
        if (list[i] == folded || (has_accent(list[i]) && fold_word(list[i]) == folded)) return i;
    return std::nullopt;
}

std::string fold_word(std::string_view word) {
    std::string folded;
    while (!word.empty()) {
        const std::size_t length = character_bytes(word);
        append_folded(folded, word.substr(0, length));
        word.remove_prefix(length);
    }
    return folded;
}

std::vector<std::string> split_words(std::string_view text) {
    std::vector<std::string> found;
    bool in_word = false;
    while (!text.empty()) {
        const std::string_view character = text.substr(0, character_bytes(text));
        text.remove_prefix(character.size());
        const bool separator = separates(character);
        if (!separator && !in_word) found.emplace_back();
        if (!separator) append_folded(found.back(), character);
        in_word = !separator;
    }
    return found;
}

}  // namespace veranda::circle
