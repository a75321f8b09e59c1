// That the comparison can fail: for each operation of the contract a fault in the store, and a seed that finds it.
//
//     VERANDA_STORE_SEARCH=1 store_model_test --gtest_filter=*Fault*      looks for the first seed of each
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "tests/store_model/faulty_store.hpp"

namespace veranda::tests {
namespace {

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
    {Fault::open_room, 0},
    {Fault::claim_succession, 1},
    {Fault::replace_room, 0},
    {Fault::watch, 1},
    {Fault::unwatch, 1},
    {Fault::append, 1},
    {Fault::read_log, 0},
    {Fault::put_cards, 0},
    {Fault::drop_cards, 8},
    {Fault::find_card, 8},
    {Fault::put_knock, 0},
    {Fault::find_answer, 1},
    {Fault::end_knock, 2},
    {Fault::list_knocks, 2},
    {Fault::put_talk, 2},
    {Fault::list_talks, 2},
    {Fault::announce_entrance, 1},
    {Fault::set_presence, 2},
    {Fault::refresh_presence, 0},
    {Fault::claim_lease, 3},
    {Fault::release_lease, 8},
    {Fault::put_lane, 0},
    {Fault::put_held, 2},
    {Fault::list_lane, 2},
    {Fault::acknowledge_lane, 3},
    {Fault::watch_desk, 0},
    {Fault::unwatch_desk, 0},
    {Fault::put_duty, 1},
    {Fault::drop_duty, 2},
    {Fault::list_duty, 2},
    {Fault::announce_duty_nonce, 4},
    {Fault::announce_duty_proof, 3},
    {Fault::announce_hand_over, 0},
    {Fault::put_request, 1},
    {Fault::list_requests, 0},
    {Fault::claim_request, 4},
    {Fault::end_request, 0},
    {Fault::put_desk_answer, 17},
    {Fault::find_desk_answer, 1},
    {Fault::refresh_desk, 0},
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
