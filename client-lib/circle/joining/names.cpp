// A name becomes two outlines, of the letters as they stand and of their capitals; names look alike if they share one.
// Two, since l and I look alike and i is not I, while Iris and IRIS are one name.
//
// The table is ours, of what Unicode's confusables (UTS 39) say of three scripts, cut down to what a name needs.
#include "client-lib/circle/joining/names.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "client-lib/circle/content/safe_text.hpp"
#include "protocol/limits.hpp"

namespace veranda::circle {
namespace {

using CodePoints = std::u32string;

// Caller must: valid UTF-8, as everything is that tls:: has read. Broken bytes stand for themselves.
CodePoints decoded(std::string_view text) {
    CodePoints out;
    while (!text.empty()) {
        const auto lead = static_cast<unsigned char>(text.front());
        const std::size_t length = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        if (length > text.size()) return out + static_cast<char32_t>(lead);
        char32_t value = length == 1 ? lead : lead & (0x7f >> length);
        for (std::size_t i = 1; i < length; ++i) value = value << 6 | (static_cast<unsigned char>(text[i]) & 0x3f);
        out += value;
        text.remove_prefix(length);
    }
    return out;
}

// Latin letters with something on them, by what is below it; '.' where there is nothing to take off.
struct Block {
    char32_t first;
    std::string_view bases;
};
constexpr Block latin[] = {
    {0xc0,
     "AAAAAA.CEEEEIIIIDNOOOOO.OUUUUY..aaaaaa.ceeeeiiiidnooooo.ouuuuy.y"
     "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi..JjKkkLlLlLlL"
     "lLlNnNnNn...OoOoOo..RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzf"},
    {0x1cd,
     "AaIiOoUuUuUuUuUu.AaAa....GgKkOoOo..j...Gg..NnAa....AaAaEeEeIiIiO"
     "oOoRrRrUuUuSsTt..Hh......AaEeOoOoOoOoYy"},
    {0x1e00,
     "AaBbBbBbCcDdDdDdDdDdEeEeEeEeEeFfGgHhHhHhHhHhIiIiKkKkKkLlLlLlLlMm"
     "MmMmNnNnNnNnOoOoOoOoPpPpRrRrRrRrSsSsSsSsSsTtTtTtTtUuUuUuUuUuVvVv"
     "WwWwWwWwWwXxXxYyZzZzZzhtwy......AaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEe"
     "EeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYy......"},
};

struct Pair {
    char32_t letter;
    char32_t looks;
};
// Letters of other scripts, and a few signs, by the Latin letter whose shape they have.
constexpr Pair shapes[] = {
    // Cyrillic
    {U'А', 'A'},
    {U'В', 'B'},
    {U'Е', 'E'},
    {U'З', '3'},
    {U'К', 'K'},
    {U'М', 'M'},
    {U'Н', 'H'},
    {U'О', 'O'},
    {U'Р', 'P'},
    {U'С', 'C'},
    {U'Т', 'T'},
    {U'У', 'Y'},
    {U'Х', 'X'},
    {U'Ь', 'b'},
    {U'а', 'a'},
    {U'в', 'B'},
    {U'г', 'r'},
    {U'е', 'e'},
    {U'з', '3'},
    {U'к', 'k'},
    {U'м', 'M'},
    {U'н', 'H'},
    {U'о', 'o'},
    {U'п', 'n'},
    {U'р', 'p'},
    {U'с', 'c'},
    {U'т', 'T'},
    {U'у', 'y'},
    {U'х', 'x'},
    {U'ь', 'b'},
    {U'Ѕ', 'S'},
    {U'І', 'I'},
    {U'Ї', 'I'},
    {U'Ј', 'J'},
    {U'Ё', 'E'},
    {U'Ў', 'Y'},
    {U'Ќ', 'K'},
    {U'ѕ', 's'},
    {U'і', 'i'},
    {U'ї', 'i'},
    {U'ј', 'j'},
    {U'ё', 'e'},
    {U'ў', 'y'},
    {U'ќ', 'k'},
    {U'ѓ', 'r'},
    {U'ґ', 'r'},
    {U'ѵ', 'v'},
    {U'Ѵ', 'V'},
    {U'һ', 'h'},
    {U'Һ', 'h'},
    {U'Ӏ', 'I'},
    {U'ӏ', 'l'},
    {U'ԁ', 'd'},
    {U'Ԛ', 'Q'},
    {U'ԛ', 'q'},
    {U'Ԝ', 'W'},
    {U'ԝ', 'w'},
    {U'Ү', 'Y'},
    {U'ү', 'y'},
    // Greek
    {U'Α', 'A'},
    {U'Β', 'B'},
    {U'Ε', 'E'},
    {U'Ζ', 'Z'},
    {U'Η', 'H'},
    {U'Ι', 'I'},
    {U'Κ', 'K'},
    {U'Μ', 'M'},
    {U'Ν', 'N'},
    {U'Ο', 'O'},
    {U'Ρ', 'P'},
    {U'Τ', 'T'},
    {U'Υ', 'Y'},
    {U'Χ', 'X'},
    {U'α', 'a'},
    {U'γ', 'y'},
    {U'ε', 'e'},
    {U'η', 'n'},
    {U'ι', 'i'},
    {U'κ', 'k'},
    {U'ν', 'v'},
    {U'ο', 'o'},
    {U'ρ', 'p'},
    {U'σ', 'o'},
    {U'τ', 't'},
    {U'υ', 'u'},
    {U'χ', 'x'},
    {U'ω', 'w'},
    {U'Ά', 'A'},
    {U'Έ', 'E'},
    {U'Ή', 'H'},
    {U'Ί', 'I'},
    {U'Ό', 'O'},
    {U'Ύ', 'Y'},
    {U'ά', 'a'},
    {U'έ', 'e'},
    {U'ή', 'n'},
    {U'ί', 'i'},
    {U'ό', 'o'},
    {U'ύ', 'u'},
    {U'ώ', 'w'},
    {U'ϊ', 'i'},
    {U'ϋ', 'u'},
    {U'ϲ', 'c'},
    {U'ϳ', 'j'},
    {U'ΐ', 'i'},
    {U'ΰ', 'u'},
    // Latin letters and signs that look like others
    {U'ɑ', 'a'},
    {U'ɡ', 'g'},
    {U'ı', 'i'},
    {U'ȷ', 'j'},
    {U'Ɩ', 'I'},
    {U'ǀ', 'I'},
    {U'ɩ', 'i'},
    {U'ʏ', 'Y'},
    {U'ʜ', 'H'},
    {U'ʙ', 'B'},
    {U'ꞌ', '\''},
    // Arabic: an alif with or without its sign, and letters of which two scripts have one each
    {U'أ', U'ا'},
    {U'إ', U'ا'},
    {U'آ', U'ا'},
    {U'ٱ', U'ا'},
    {U'ى', U'ي'},
    {U'ی', U'ي'},
    {U'ک', U'ك'},
};

// What a hurried reader does not see: spaces, joiners, marks on letters, small signs between them.
bool is_overlooked(char32_t c) {
    constexpr std::u32string_view signs =
        U" .,'`-_~\u00a0\u00ad\u00b4\u00b7\u0640\u2010\u2011\u2018\u2019\u202f\u205f"
        U"\u3000";
    const auto within = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
    return signs.find(c) != signs.npos || within(0x300, 0x36f) || within(0x64b, 0x65f) || within(0x2000, 0x200d) ||
           within(0xfe00, 0xfe0f);
}

char32_t narrow(char32_t c) { return c >= 0xff01 && c <= 0xff5e ? c - 0xfee0 : c; }

// One letter as the Latin one that it looks like, its own if there is none.
char32_t shape_of(char32_t c) {
    for (const Block& block : latin)
        if (c >= block.first && c - block.first < block.bases.size() && block.bases[c - block.first] != '.')
            return static_cast<unsigned char>(block.bases[c - block.first]);
    const auto found = std::find_if(std::begin(shapes), std::end(shapes), [c](const Pair& p) { return p.letter == c; });
    return found == std::end(shapes) ? c : found->looks;
}

char32_t capital_of(char32_t c) {
    const auto within = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
    if (within('a', 'z') || within(U'а', U'я') || (within(U'α', U'ω') && c != U'ς')) return c - 0x20;
    if (within(U'ѐ', U'џ')) return c - 0x50;
    return c == U'ς' ? U'Σ' : c;
}

// Shapes that take more or less than a letter: rn for m, vv for w; and the signs that stand for another.
void append_outline(CodePoints& out, char32_t shape) {
    switch (shape) {
        case 'm': out += U"rn"; break;
        case 'w': out += U"vv"; break;
        case 'W': out += U"VV"; break;
        case U'Æ': out += U"AE"; break;
        case U'æ': out += U"ae"; break;
        case U'Œ': out += U"OE"; break;
        case U'œ': out += U"oe"; break;
        case U'ß': out += U"ss"; break;
        case '0': out += 'O'; break;
        case '1':
        case 'l':
        case '|': out += 'I'; break;
        default: out += shape;
    }
}

CodePoints outline(const CodePoints& name, bool in_capitals) {
    CodePoints out;
    for (char32_t c : name) {
        c = narrow(c);
        if (is_overlooked(c)) continue;
        if (in_capitals) {
            append_outline(out, capital_of(shape_of(capital_of(c))));
        } else {
            append_outline(out, shape_of(c));
        }
    }
    return out;
}

bool look_alike(const CodePoints& a, const CodePoints& b) {
    const CodePoints of_a[] = {outline(a, false), outline(a, true)};
    const CodePoints of_b[] = {outline(b, false), outline(b, true)};
    for (const CodePoints& one : of_a)
        if (std::find(std::begin(of_b), std::end(of_b), one) != std::end(of_b)) return true;
    return false;
}

// English and Nigerian Pidgin, French, Italian, Arabic.
constexpr std::string_view words_of_staff[] = {"facilitator",  "facilitators",  "counsellor",     "counselor",
                                               "moderator",    "mediator",      "admin",          "administrator",
                                               "staff",        "team",          "lead",           "leader",
                                               "host",         "support",       "helpdesk",       "official",
                                               "operator",     "system",        "veranda",        "supervisor",
                                               "mod",          "oga",  //
                                               "facilitateur", "facilitatrice", "conseiller",     "conseillere",
                                               "moderateur",   "moderatrice",   "mediateur",      "mediatrice",
                                               "animateur",    "animatrice",    "administrateur", "administratrice",
                                               "equipe",       "responsable",   "superviseur",    "superviseuse",  //
                                               "facilitatore", "consulente",    "consigliere",    "consigliera",
                                               "moderatore",   "mediatore",     "amministratore", "amministratrice",
                                               "operatore",    "operatrice",    "responsabile",   "supervisore",  //
                                               "ميسر",         "ميسرة",         "مرشد",           "مرشدة",
                                               "مشرف",         "مشرفة",         "وسيط",           "وسيطة",
                                               "مدير",         "مديرة",         "مسؤول",          "مسؤولة",
                                               "إدارة",        "فريق",          "الميسر",         "الميسرة",
                                               "المرشد",       "المرشدة",       "المشرف",         "المشرفة",
                                               "الوسيط",       "الوسيطة",       "المدير",         "المديرة",
                                               "المسؤول",      "المسؤولة",      "الإدارة",        "الفريق"};

// The words of a name: what stands between spaces, signs and digits; a 0 or a 1 within a word is taken for a letter.
std::vector<CodePoints> words_of(const CodePoints& name) {
    constexpr std::u32string_view between = U" .,-_()[]{}<>/\\:;!?*#@+&=\"~\u00a0\u2010\u2011\u2013\u2014\u3000";
    std::vector<CodePoints> words(1);
    for (const char32_t wide : name) {
        const char32_t c = narrow(wide);
        if (between.find(c) == between.npos) {
            words.back() += c;
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    for (CodePoints& word : words)
        while (!word.empty() && word.back() >= '0' && word.back() <= '9') word.pop_back();
    return words;
}

}  // namespace

Result<void> check_pseudonym(std::string_view pseudonym) {
    const bool only_spaces = pseudonym.find_first_not_of(' ') == std::string_view::npos;
    const bool framed = !pseudonym.empty() && (pseudonym.front() == ' ' || pseudonym.back() == ' ');
    if (only_spaces || framed || pseudonym.size() > limits::pseudonym_bytes_max ||
        code_points(pseudonym) > limits::pseudonym_characters_max || !is_safe_text(pseudonym))
        return fail(faults::pseudonym_form);
    return {};
}

bool same_pseudonym(std::string_view a, std::string_view b) {
    const auto folded = [](std::string_view name) {
        std::string fold;
        for (const char c : name)
            if (c != ' ') fold += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        return fold;
    };
    return folded(a) == folded(b);
}

bool looks_like(std::string_view a, std::string_view b) { return look_alike(decoded(a), decoded(b)); }

Result<void> check_not_of_staff(std::string_view pseudonym) {
    const CodePoints name = decoded(pseudonym);
    std::vector<CodePoints> words = words_of(name);
    words.push_back(name);  // "A d m i n" is one word to a reader
    for (const std::string_view of_staff : words_of_staff) {
        const CodePoints known = decoded(of_staff);
        for (const CodePoints& word : words)
            if (!word.empty() && look_alike(word, known)) return fail(faults::pseudonym_of_staff);
    }
    return {};
}

}  // namespace veranda::circle
