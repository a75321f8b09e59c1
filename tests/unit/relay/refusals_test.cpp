// Every refusal that the relay can give has a test in which it is given. Found by reading the sources, so that nobody
// has to keep a table.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "protocol/refusals.hpp"

namespace veranda::relay {
namespace {

// The refusals named in the lines of these files that match `line`.
std::set<std::string> named_in(const std::filesystem::path& folder, const std::string& suffix, const std::regex& line) {
    static const std::regex refusal("Refusal::([a-z_]+)");
    std::set<std::string> found;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        if (!file.path().string().ends_with(suffix)) continue;
        std::ifstream input(file.path());
        for (std::string text; std::getline(input, text);) {
            if (!std::regex_search(text, line)) continue;
            for (std::sregex_iterator at(text.begin(), text.end(), refusal), end; at != end; ++at)
                found.insert((*at)[1]);
        }
    }
    return found;
}

const std::filesystem::path source = VERANDA_SOURCE_DIR;

std::set<std::string> given() { return named_in(source / "server/relay", ".cpp", std::regex("Refusal::")); }

TEST(Refusals, EachThatTheRelayCanGiveIsExpectedByATest) {
    // An expectation may run over two lines, of which the second has only the Refused.
    const auto expected = named_in(source / "tests/unit/relay", "_test.cpp",
                                   std::regex("EXPECT_EQ|ASSERT_EQ|^ *\\(?Refused\\{|invalid\\{"));
    EXPECT_GT(expected.size(), 20U);
    for (const std::string& refusal : given()) EXPECT_TRUE(expected.contains(refusal)) << refusal;
}

TEST(Refusals, EachOfTheListCanBeGivenButTheOneThatTheRelayAnswersByJudgingAnew) {
    const auto all = given();
    for (const Refusal refusal : all_refusals)
        EXPECT_EQ(all.contains(std::string(name(refusal))), refusal != Refusal::stale_orders) << name(refusal);
}

}  // namespace
}  // namespace veranda::relay
