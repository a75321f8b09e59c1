// Every rule of circle/ and of client/ has a test in which it is why something was refused. Found by reading the
// sources, so that nobody has to keep a table; that a rule without a test is found is tested too, on sources made for
// it.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <vector>

namespace veranda::circle {
namespace {

using RuleNames = std::set<std::string>;

RuleNames every_match(const std::string& text, const std::regex& pattern) {
    RuleNames found;
    for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at) found.insert((*at)[1]);
    return found;
}

RuleNames rules_declared_in(const std::string& source) {
    static const std::regex declaration("constexpr Rule ([a-z0-9_]+)\\{");
    return every_match(source, declaration);
}

// Split at every semicolon that is in no parentheses: a lambda stays in the expectation it belongs to. Begins anew
// with each line that closes a body, so that a parenthesis in a text costs one test at most.
std::vector<std::string> statements_of(const std::string& source) {
    std::vector<std::string> found(1);
    int depth = 0;
    for (std::size_t i = 0; i < source.size(); ++i) {
        const char c = source[i];
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        const bool body_ends = c == '}' && i > 0 && source[i - 1] == '\n';
        if (body_ends) depth = 0;
        if (body_ends || (c == ';' && depth == 0))
            found.emplace_back();
        else
            found.back() += c;
    }
    return found;
}

// The rules that a statement of this test file expects: one that expects something to hold or to be equal, and names
// the rule in one of the ways that our tests have of doing so.
RuleNames rules_expected_in(const std::string& source) {
    static const std::regex comment("(^|\\s)//[^\\n]*");
    static const std::regex expectation("(EXPECT|ASSERT)_(TRUE|EQ)\\(");
    static const std::regex opposite("(EXPECT|ASSERT)_(FALSE|NE)\\(");
    static const std::regex ways[] = {std::regex("is\\((?:\\w+::)*faults::([a-z0-9_]+)\\)"),
                                      std::regex("faults::([a-z0-9_]+)\\.name"), std::regex("&faults::([a-z0-9_]+)"),
                                      std::regex("saw\\(\"([a-z0-9_]+)\"\\)")};
    RuleNames found;
    for (const std::string& statement : statements_of(std::regex_replace(source, comment, "$1"))) {
        if (!std::regex_search(statement, expectation) || std::regex_search(statement, opposite)) continue;
        for (const std::regex& way : ways) found.merge(every_match(statement, way));
    }
    return found;
}

std::string missing(const std::string& rules, const std::string& tests) {
    std::string names;
    const RuleNames expected = rules_expected_in(tests);
    for (const std::string& rule : rules_declared_in(rules))
        if (!expected.contains(rule)) names += rule + ' ';
    return names;
}

// The texts of all files under a folder with names that end so.
std::string texts(const std::string& folder, const std::string& suffix) {
    std::ostringstream all;
    for (const auto& file :
         std::filesystem::recursive_directory_iterator(std::filesystem::path(VERANDA_SOURCE_DIR) / folder))
        if (file.path().string().ends_with(suffix)) all << std::ifstream(file.path()).rdbuf() << '\n';
    return all.str();
}

TEST(CircleRules, EachHasARefusingTest) {
    const std::string rules = texts("client-lib/circle", ".hpp") + texts("client-lib/client", ".hpp");
    const std::string tests = texts("tests/unit/circle", "_test.cpp") + texts("tests/unit/client", "_test.cpp");
    EXPECT_GT(rules_declared_in(rules).size(), 50U);
    EXPECT_EQ(missing(rules, tests), "");
}

// Two rules of one name could not be told apart by what a test, a screen or a log says.
TEST(CircleRules, NamesAreDistinctAndAreThoseOfTheConstants) {
    const std::string rules = texts("client-lib/circle", ".hpp") + texts("client-lib/client", ".hpp");
    static const std::regex declaration("constexpr Rule ([a-z0-9_]+)\\{\"([a-z0-9_]+)\", +\"[^\"]+\"\\}");
    RuleNames seen;
    for (std::sregex_iterator at(rules.begin(), rules.end(), declaration), end; at != end; ++at) {
        EXPECT_EQ((*at)[1], (*at)[2]);
        EXPECT_TRUE(seen.insert((*at)[1]).second) << (*at)[1];
    }
    EXPECT_EQ(seen, rules_declared_in(rules));
}

const std::string two_rules =
    "inline constexpr Rule card_torn{\"card_torn\", \"docs/protocol.md, 6\"};\n"
    "inline constexpr Rule lamp_out{\"lamp_out\", \"docs/protocol.md, 6\"};\n";

TEST(RuleSearch, FindsEveryWayOfExpectingARule) {
    for (const std::string way : {"EXPECT_TRUE(opened.error().is(faults::lamp_out));",
                                  "EXPECT_TRUE(opened.error().is(circle::faults::lamp_out));",
                                  "EXPECT_TRUE(read(text)\n    .error()\n    .is(faults::lamp_out));",
                                  "EXPECT_EQ(rule(opened),\n    faults::lamp_out.name) << at;",
                                  "EXPECT_EQ(read(text).error(), (Error{&faults::lamp_out, 2}));",
                                  "EXPECT_EQ(refused([](auto& card) { card.name.clear(); }), faults::lamp_out.name);",
                                  "EXPECT_TRUE(iris.saw(\"lamp_out\"));"})
        EXPECT_EQ(missing(two_rules, way), "card_torn ") << way;
}

TEST(RuleSearch, IsNotContentWithLess) {
    for (const std::string way :
         {"", "// EXPECT_TRUE(opened.error().is(faults::lamp_out));", "const int lamp_out = 1;",
          "if (opened.error().is(faults::lamp_out)) return;", "EXPECT_FALSE(opened.error().is(faults::lamp_out));",
          "EXPECT_NE(rule(opened), faults::lamp_out.name);",
          "EXPECT_FALSE(iris.saw(\"lamp_out\")); EXPECT_TRUE(iris.saw(\"lamp\"));",
          "EXPECT_TRUE(opened); const auto& rule = faults::lamp_out;"})
        EXPECT_EQ(missing(two_rules, way), "card_torn lamp_out ") << way;
}

}  // namespace
}  // namespace veranda::circle
