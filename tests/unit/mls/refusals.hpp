// Refusing tests: each names the rule that its input breaks, and so a test can find the rules that have none.
//
//     REFUSES(padding, AByteThatIsNotZero) { return why(group.open(message)); }
#pragma once

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

#include "client-lib/mls/rules.hpp"

namespace veranda::mls::tests {

// Why something was refused; "accepted" if it was not.
template <class T>
std::string_view why(const Result<T>& result) {
    return result.has_value() ? "accepted" : result.error().rule->name;
}

struct RefusingTest {
    const Rule* rule;
    std::string_view name;  // without the rule's, which stands before it
    std::string_view file;  // as the compiler was given it
    int line;
};

// In no order.
inline std::vector<RefusingTest>& refusing_tests() {
    static std::vector<RefusingTest> tests;
    return tests;
}

// Registers a test when the program starts.
class Refusal {
public:
    using Provoke = std::string_view (*)();

    Refusal(const Rule& rule, const char* name, Provoke provoke, const char* file, int line) {
        refusing_tests().push_back({&rule, name, file, line});
        const std::string full = std::string(rule.name) + "__" + name;
        testing::RegisterTest("MlsRefuses", full.c_str(), nullptr, nullptr, file, line,
                              [&rule, provoke]() -> testing::Test* { return new Body(rule, provoke); });
    }

private:
    class Body : public testing::Test {
    public:
        Body(const Rule& rule, Provoke provoke) : rule_(rule), provoke_(provoke) {}
        void TestBody() override { EXPECT_EQ(provoke_(), rule_.name); }

    private:
        const Rule& rule_;
        Provoke provoke_;
    };
};

#define REFUSES(rule, Name)                                                                                       \
    std::string_view refuse_##rule##_##Name();                                                                    \
    const tests::Refusal refusal_##rule##_##Name(rules::rule, #Name, refuse_##rule##_##Name, __FILE__, __LINE__); \
    std::string_view refuse_##rule##_##Name()

}  // namespace veranda::mls::tests
