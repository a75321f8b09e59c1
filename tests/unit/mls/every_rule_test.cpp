// That no rule of mls/ is without a test which breaks it.
#include <algorithm>

#include "tests/unit/mls/refusals.hpp"

namespace veranda::mls {
namespace {

TEST(MlsRules, EachHasARefusingTest) {
    const auto& tested = tests::refusing_tests();
    for (const Rule* rule : rules::all)
        EXPECT_TRUE(std::any_of(tested.begin(), tested.end(), [rule](const auto& test) { return test.rule == rule; }))
            << rule->name << " has none";
}

TEST(MlsRules, NamesAreDistinctAndSectionsAreSaid) {
    for (const Rule* rule : rules::all) {
        EXPECT_FALSE(rule->section.empty()) << rule->name;
        EXPECT_EQ(std::count_if(std::begin(rules::all), std::end(rules::all),
                                [rule](const Rule* other) { return other->name == rule->name; }),
                  1);
    }
}

}  // namespace
}  // namespace veranda::mls
