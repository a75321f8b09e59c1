// The embedded store against the model, many seeds of random commands.
//
//     VERANDA_STORE_SEED=123 store_model_test      that one script again
//     VERANDA_STORE_SEEDS=10000 store_model_test   so many, from the seed above or from 0
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "tests/store_model/runner.hpp"

namespace veranda::tests {
namespace {

constexpr std::size_t commands_a_script = 400;

std::optional<std::uint64_t> asked_for(const char* name) {
    const char* const value = std::getenv(name);
    if (value == nullptr) return std::nullopt;
    return std::strtoull(value, nullptr, 10);
}

// One script. Says what differs, with as few commands as were found to show it.
Outcome live(std::uint64_t seed) {
    const Times times = exact_times();
    const MakeSubject make = [&] { return memory_subject(times.lifetimes); };
    auto subject = make();
    const auto script = commands_of(seed, commands_a_script, times, subject->begin());
    Outcome outcome = run(script, times.lifetimes, *subject);
    if (outcome.difference) {
        const auto few = shrunk(script, times.lifetimes, make);
        const auto again = run(few, times.lifetimes, *make()).difference;
        ADD_FAILURE() << "VERANDA_STORE_SEED=" << seed << ", command " << outcome.difference->at << ":\n"
                      << told(few) << (again ? again->what : outcome.difference->what);
    }
    return outcome;
}

TEST(StoreModel, TheEmbeddedStoreAnswersAndTellsAsTheContractSays) {
    const std::uint64_t first = asked_for("VERANDA_STORE_SEED").value_or(0);
    const std::uint64_t count = asked_for("VERANDA_STORE_SEEDS").value_or(asked_for("VERANDA_STORE_SEED") ? 1 : 240);
    std::map<std::string, std::size_t> answers;
    for (std::uint64_t seed = first; seed < first + count && !HasFailure(); ++seed)
        for (const auto& [answer, times] : live(seed).answers) answers[answer] += times;
    for (const auto& [answer, times] : answers) std::cout << answer << " " << times << "\n";
}

}  // namespace
}  // namespace veranda::tests
