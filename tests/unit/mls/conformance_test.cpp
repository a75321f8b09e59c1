// docs/mls-conformance.md: RFC 9420 section by section, each rule with what it refuses and the tests that break it.
// Made from rules.hpp, from the refusing tests that registered themselves, and from rfc_sections.cpp; run with
// VERANDA_WRITE_DOCUMENTS=1 to write the page anew.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "tests/unit/mls/refusals.hpp"
#include "tests/unit/mls/rfc_sections.hpp"

namespace veranda::mls {
namespace {

const std::filesystem::path root = VERANDA_SOURCE_DIR;
constexpr std::string_view rules_file = "client-lib/mls/rules.hpp";
constexpr std::string_view rfc = "RFC 9420, ";

std::string text_of(const std::filesystem::path& file) {
    std::ostringstream out;
    out << std::ifstream(root / file, std::ios::binary).rdbuf();
    return out.str();
}

// Each rule's comment, by its name; empty where a name says it all.
std::map<std::string, std::string> comments() {
    static const std::regex entry(R"re(X\((\w+), "[^"]*"\)[ \\]*(?:/\*\s*([\s\S]*?)\s*\*/)?)re");
    std::map<std::string, std::string> found;
    const std::string text = text_of(rules_file);
    for (std::sregex_iterator it(text.begin(), text.end(), entry), end; it != end; ++it) found[(*it)[1]] = (*it)[2];
    return found;
}

// The files in which each rule is refused.
std::map<std::string, std::set<std::string>> places() {
    static const std::regex use(R"(rules::(\w+))");
    std::map<std::string, std::set<std::string>> found;
    for (const auto& entry : std::filesystem::directory_iterator(root / "client-lib/mls")) {
        const std::string name = entry.path().filename().string();
        const std::string text = text_of(entry.path());
        for (std::sregex_iterator it(text.begin(), text.end(), use), end; it != end; ++it) found[(*it)[1]].insert(name);
    }
    return found;
}

std::string file_name(std::string_view path) { return std::filesystem::path(path).filename().string(); }
std::string link(std::string_view path) { return "[" + file_name(path) + "](../" + std::string(path) + ")"; }

// In lines of no more than a document's columns.
std::string wrapped(std::string_view words) {
    constexpr std::size_t columns_max = 118;
    std::istringstream in{std::string(words)};
    std::string out, word;
    for (std::size_t column = 0; in >> word; column += word.size() + 1) {
        const bool turns = column + word.size() > columns_max;
        out += (out.empty() ? "" : turns ? "\n" : " ") + word;
        if (turns) column = 0;
    }
    return out;
}

// "group_open_test: AByteThatIsNotZero, ...", file by file.
std::string tests_of(const Rule& rule) {
    std::map<std::string, std::set<std::pair<int, std::string_view>>> by_file;
    for (const tests::RefusingTest& test : tests::refusing_tests())
        if (test.rule == &rule) by_file[file_name(test.file)].insert({test.line, test.name});
    std::string out;
    for (const auto& [file, names] : by_file) {
        out += (out.empty() ? "" : "; ") + file.substr(0, file.find('.')) + ": ";
        bool first = true;
        for (const auto& [line, name] : names) {
            out += (first ? "" : ", ") + std::string(name);
            first = false;
        }
    }
    return out;
}

class Page {
public:
    std::string written() {
        out_ << "# RFC 9420, section by section\n\n"
             << wrapped(
                    "Made by [conformance_test.cpp](../tests/unit/mls/conformance_test.cpp), which fails when this "
                    "page is not what it would write; with `VERANDA_WRITE_DOCUMENTS=1` it writes it. A rule is one of "
                    "[rules.hpp](../client-lib/mls/rules.hpp); its tests stand in `tests/unit/mls`, are called "
                    "`MlsRefuses.RULE__NAME`, and each that hands a message to a group asserts that its state is as "
                    "it was. Beside the rules there are the faults of the codec, for bytes that are no structure at "
                    "all (2.1). Vectors are files of the MLS working group, run by "
                    "[tests/vectors](../tests/vectors/main.cpp). That each check is held by a test is shown in "
                    "[mutation.md](mutation.md).")
             << "\n\n";
        out_ << std::size(rules::all) << " rules, " << tests::refusing_tests().size() << " refusing tests.\n";
        for (const tests::RfcSection& section : tests::rfc_sections()) write(section);
        out_ << "\n## Rules that are not RFC 9420's\n";
        table([](std::string_view section) { return !section.starts_with(rfc); }, true);
        write_not_supported();
        return out_.str();
    }

private:
    void write(const tests::RfcSection& section) {
        out_ << "\n## " << section.number << " " << section.title << "\n";
        if (!section.words.empty()) out_ << "\n" << wrapped(section.words) << "\n";
        if (!section.files.empty()) {
            out_ << "\nHeld by:";
            for (const std::string_view file : section.files)
                out_ << (file == section.files.front() ? " " : ", ") << link(file);
            out_ << "\n";
        }
        if (!section.tests.empty()) {
            out_ << "\nBesides, it is seen by:\n";
            for (const std::string_view test : section.tests) {
                const std::string_view file = test.substr(0, test.find(": "));
                out_ << "- " << test.substr(test.find(": ") + 2) << " in " << link(file) << "\n";
            }
        }
        const std::string full = std::string(rfc) + std::string(section.number);
        table([&](std::string_view other) { return other == full; }, false);
    }

    template <class Chosen>
    void table(const Chosen& chosen, bool with_section) {
        bool begun = false;
        for (const Rule* rule : rules::all) {
            if (!chosen(rule->section)) continue;
            const std::string name(rule->name);
            if (!begun) out_ << "\n| rule | what it refuses | refused in | tests |\n|--|--|--|--|\n";
            begun = true;
            out_ << "| `" << name << "` | " << comments_[name];
            if (with_section) out_ << " (" << rule->section << ")";
            out_ << " | ";
            const auto& files = places_[name];
            for (const std::string& file : files) out_ << (file == *files.begin() ? "" : ", ") << file;
            out_ << " | " << tests_of(*rule) << " |\n";
        }
    }

    void write_not_supported() {
        out_ << "\n## What is not supported\n\n| what | why | refused by |\n|--|--|--|\n";
        for (const tests::NotSupported& one : tests::not_supported())
            out_ << "| " << one.what << " | " << one.why << " | " << one.refused_by << " |\n";
    }

    std::ostringstream out_;
    std::map<std::string, std::string> comments_ = comments();
    std::map<std::string, std::set<std::string>> places_ = places();
};

// A copy of the core without its documents, as ops/mutate makes one, has nothing to compare.
#define NEEDS_THE_DOCUMENTS() \
    if (!std::filesystem::exists(root / "docs")) GTEST_SKIP() << "no documents in this tree"

TEST(MlsConformance, IsAsThePageSays) {
    NEEDS_THE_DOCUMENTS();
    const std::string now = Page().written();
    const std::filesystem::path path = root / "docs/mls-conformance.md";
    if (std::getenv("VERANDA_WRITE_DOCUMENTS") != nullptr) std::ofstream(path, std::ios::binary) << now;
    EXPECT_TRUE(text_of(path) == now) << "run this test with VERANDA_WRITE_DOCUMENTS=1, and read what has changed";
}

TEST(MlsConformance, KnowsASectionForEachRuleAndAPlaceThatRefusesIt) {
    NEEDS_THE_DOCUMENTS();
    const auto found = comments();
    const auto used = places();
    for (const Rule* rule : rules::all) {
        const std::string name(rule->name);
        EXPECT_TRUE(found.contains(name)) << name << " was not read in rules.hpp";
        EXPECT_TRUE(used.contains(name)) << "nothing refuses " << name;
        if (!rule->section.starts_with(rfc)) continue;
        const std::string_view number = rule->section.substr(rfc.size());
        EXPECT_TRUE(std::any_of(tests::rfc_sections().begin(), tests::rfc_sections().end(),
                                [number](const auto& section) { return section.number == number; }))
            << name << " is of a section that the page has not: " << number;
    }
}

TEST(MlsConformance, NamesFilesAndTestsThatExist) {
    NEEDS_THE_DOCUMENTS();
    for (const tests::RfcSection& section : tests::rfc_sections()) {
        for (const std::string_view file : section.files) EXPECT_TRUE(std::filesystem::exists(root / file)) << file;
        for (const std::string_view test : section.tests) {
            const std::size_t colon = test.find(": ");
            const std::string_view name = test.substr(colon + 2);
            const std::string declared = "TEST(" + std::string(name.substr(0, name.find('.'))) + ", " +
                                         std::string(name.substr(name.find('.') + 1)) + ")";
            EXPECT_NE(text_of(test.substr(0, colon)).find(declared), std::string::npos) << test;
        }
    }
}

}  // namespace
}  // namespace veranda::mls
