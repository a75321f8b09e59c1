// Many lives of a group over a delivery service that goes wrong, each from a seed.
//
//     VERANDA_MODEL_SEED=123 model_test      that one life again
#include <cstdlib>
#include <iostream>

#include "tests/model/full_world.hpp"
#include "tests/model/world.hpp"

namespace veranda::mls {
namespace {

using tests::World;

#ifdef __SANITIZE_ADDRESS__
constexpr std::uint64_t lives_a_case = 1;  // eight times slower
#else
constexpr std::uint64_t lives_a_case = 4;
#endif

void live(std::uint64_t seed) {
    std::cout << "VERANDA_MODEL_SEED=" << seed << ": " << std::flush;
    World world(seed);
    for (int spell = 0; spell < 3 && !testing::Test::HasFailure(); ++spell) {
        world.live(60);
        world.settle();
    }
    const World::Counts& counts = world.counts();
    std::cout << counts.commits << " Commits, " << counts.lost_races << " lost a race, " << counts.read << " read, "
              << counts.refused << " refused, " << counts.dropped << " dropped, " << counts.doubled << " doubled, "
              << counts.repaired << " repaired, " << counts.rejoined << " rejoined, " << counts.removed
              << " removed, who tried " << counts.attacks << " later messages\n";
}

void live_fully(std::uint64_t seed) {
    std::cout << "VERANDA_MODEL_SEED=" << seed << ", everything: " << std::flush;
    tests::FullWorld world(seed);
    for (int spell = 0; spell < 3 && !testing::Test::HasFailure(); ++spell) {
        world.live(100);
        world.settle();
    }
    const auto& counts = world.counts();
    std::cout << counts.proposals << " proposals, " << counts.commits << " Commits, " << counts.by_reference
              << " by reference, " << counts.lost_races << " lost a race, " << counts.read << " read, "
              << counts.refused << " refused, " << counts.dropped << " dropped, " << counts.repaired << " repaired, "
              << counts.returned << " came back, " << counts.removed << " removed, who tried " << counts.attacks
              << " later Commits\n";
}

std::optional<std::uint64_t> asked_for() {
    const char* seed = std::getenv("VERANDA_MODEL_SEED");
    if (seed == nullptr) return std::nullopt;
    return std::strtoull(seed, nullptr, 10);
}

class Model : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Model, SettlesWhateverTheDeliveryServiceDoes) {
    if (asked_for()) GTEST_SKIP() << "another seed is asked for";
    for (std::uint64_t i = 0; i < lives_a_case && !HasFailure(); ++i) live(GetParam() * lives_a_case + i);
}

TEST_P(Model, SettlesWithEverythingThatRfc9420Has) {
    if (asked_for()) GTEST_SKIP() << "another seed is asked for";
    live_fully(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Seeds, Model, testing::Range<std::uint64_t>(0, 8));

TEST(ModelFresh, SettlesWithASeedThatNobodyHasTried) {
    std::random_device fresh;
    const std::uint64_t seed = asked_for().value_or(fresh());
    live(seed);
    if (!HasFailure()) live_fully(seed);
}

}  // namespace
}  // namespace veranda::mls
