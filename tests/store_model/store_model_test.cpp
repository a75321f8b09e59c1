// The embedded store against the model, many seeds of random commands.
//
//     VERANDA_STORE_SEED=123 store_model_test      that one script again
//     VERANDA_STORE_SEEDS=10000 store_model_test   so many, from the seed above or from 0
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/store_model/runner.hpp"

namespace veranda::tests {
namespace {

// Answers that say that commands collide, and that limits are reached.
constexpr std::uint64_t seeds_that_meet_everything = 240;
constexpr const char* has_to_be_met[] = {"acknowledge_lane: no",
                                         "acknowledge_lane: yes",
                                         "append: doubled ",
                                         "append: ended",
                                         "append: no room",
                                         "append: stale epoch ",
                                         "append: stored ",
                                         "claim_lease: nobody for ",
                                         "claim_succession: no",
                                         "claim_succession: yes",
                                         "end_knock: no",
                                         "end_knock: yes",
                                         "end_request: no such request",
                                         "end_request: of ",
                                         "find_answer: answered ",
                                         "find_card: card of ",
                                         "find_card: no card",
                                         "find_card: spent of ",
                                         "open_room: no",
                                         "open_room: yes",
                                         "put_desk_answer: claimed",
                                         "put_desk_answer: full",
                                         "put_desk_answer: kept",
                                         "put_desk_answer: no such request",
                                         "put_held: no",
                                         "put_held: yes",
                                         "put_knock: answered ",
                                         "put_knock: full",
                                         "put_knock: waiting",
                                         "put_lane: no",
                                         "put_lane: yes",
                                         "put_request: full",
                                         "put_request: kept",
                                         "put_talk: full",
                                         "put_talk: kept",
                                         "put_talk: no such knock",
                                         "watch: no room",
                                         "watch: room "};

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
    const std::uint64_t count =
        asked_for("VERANDA_STORE_SEEDS").value_or(asked_for("VERANDA_STORE_SEED") ? 1 : seeds_that_meet_everything);
    std::map<std::string, std::size_t> answers;
    for (std::uint64_t seed = first; seed < first + count && !HasFailure(); ++seed)
        for (const auto& [answer, times] : live(seed).answers) answers[answer] += times;
    if (HasFailure() || count < seeds_that_meet_everything) return;
    for (const char* const answer : has_to_be_met) EXPECT_GT(answers[answer], 0U) << answer;
}

}  // namespace
}  // namespace veranda::tests
