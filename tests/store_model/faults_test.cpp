// That the comparison can fail: for each operation of the contract a fault in the store, and a seed that finds it.
//
//     VERANDA_STORE_SEARCH=1 store_model_test --gtest_filter=*Fault*      looks for the first seed of each
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "tests/store_model/faulty_store.hpp"

namespace veranda::tests {
namespace {

constexpr std::size_t commands_a_script = 400;
constexpr std::uint64_t seeds_to_search = 1'000;

bool finds(std::uint64_t seed, Fault fault) {
    const Times times = exact_times();
    const auto subject = memory_subject(times.lifetimes, planted(fault));
    const auto script = commands_of(seed, commands_a_script, times, subject->begin());
    return run(script, times.lifetimes, *subject).difference.has_value();
}

struct Found {
    Fault fault;
    std::uint64_t seed;
};

class Faults : public testing::TestWithParam<Found> {};

TEST_P(Faults, AFaultInEachOperationIsFound) {
    EXPECT_TRUE(finds(GetParam().seed, GetParam().fault));
    EXPECT_FALSE(finds(GetParam().seed, Fault::none)) << "the fault is what differs";
}

constexpr Found all_found[] = {
    {Fault::listen, 0},
};

INSTANTIATE_TEST_SUITE_P(One, Faults, testing::ValuesIn(all_found),
                         [](const auto& found) { return std::string(name(found.param.fault)); });

TEST(EveryFault, HasItsSeed) {
    ASSERT_EQ(std::size(all_found) + 1, static_cast<std::size_t>(Fault::count));
    for (std::size_t i = 0; i < std::size(all_found); ++i)
        EXPECT_EQ(static_cast<std::size_t>(all_found[i].fault), i + 1);
}

TEST(EveryFault, IsSearchedFor) {
    if (std::getenv("VERANDA_STORE_SEARCH") == nullptr) GTEST_SKIP() << "VERANDA_STORE_SEARCH is not set";
    for (auto number = static_cast<std::size_t>(Fault::none) + 1; number < static_cast<std::size_t>(Fault::count);
         ++number) {
        const auto fault = static_cast<Fault>(number);
        std::uint64_t seed = 0;
        while (seed < seeds_to_search && !finds(seed, fault)) ++seed;
        EXPECT_LT(seed, seeds_to_search) << name(fault);
        std::cout << "    {Fault::" << name(fault) << ", " << seed << "},\n";
    }
}

}  // namespace
}  // namespace veranda::tests
