// Evenings with a bug planted in them. What each line means is in README.md.
#include <sodium/core.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>

#include "tests/simulation/evening.hpp"
#include "tests/simulation/planted/planted.hpp"

using namespace veranda;

namespace {

constexpr int found_nothing = 1;
constexpr int asked_wrongly = 2;

int usage() {
    std::fputs(
        "simulate_planted --list\n"
        "simulate_planted --planted NAME --search FIRST COUNT\n"
        "simulate_planted --planted NAME --replay SEED\n"
        "simulate_planted --planted NAME --trace SEED\n",
        stderr);
    return asked_wrongly;
}

std::optional<std::uint64_t> number(const char* text) {
    char* end = nullptr;
    const std::uint64_t value = std::strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || *end != '\0') return std::nullopt;
    return value;
}

// From 1; none: there is no bug of this name.
std::size_t number_of(std::string_view name) {
    const auto& bugs = planted::all();
    const auto found = std::find_if(bugs.begin(), bugs.end(), [&](const auto& bug) { return bug.name == name; });
    return found == bugs.end() ? planted::none : static_cast<std::size_t>(found - bugs.begin()) + 1;
}

simulation::Outcome evening(std::uint64_t seed, std::size_t with, std::FILE* trace = nullptr) {
    planted::chosen = with;
    simulation::Evening evening(simulation::plan_of(seed), trace);
    simulation::Outcome outcome = evening.run();
    planted::chosen = planted::none;
    return outcome;
}

const simulation::Violation* by(const simulation::Outcome& outcome, std::string_view checker) {
    const auto found = std::find_if(outcome.violations.begin(), outcome.violations.end(),
                                    [&](const auto& violation) { return violation.checker == checker; });
    return found == outcome.violations.end() ? nullptr : &*found;
}

void print(const simulation::Outcome& outcome) {
    for (const auto& violation : outcome.violations)
        std::printf("  %s: %s\n", violation.checker.c_str(), violation.what.c_str());
}

// Found by the checker that should, and by none where it is not.
bool is_found(std::size_t bug, std::uint64_t seed, bool talks) {
    const std::string checker(planted::all()[bug - 1].checker);
    const auto with = evening(seed, bug);
    if (talks) std::puts("with it:"), print(with);
    const auto* violation = by(with, checker);
    if (violation == nullptr) return false;
    const auto without = evening(seed, planted::none);
    if (talks) std::puts("without it:"), print(without);
    if (!without.violations.empty()) return false;
    std::printf("%s: seed %llu: %s: %s\n", std::string(planted::all()[bug - 1].name).c_str(),
                static_cast<unsigned long long>(seed), checker.c_str(), violation->what.c_str());
    return true;
}

int search(std::size_t bug, std::uint64_t first, std::uint64_t count) {
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        if (simulation::plan_of(seed).is_full) continue;  // one that takes a second is better to replay
        if (is_found(bug, seed, false)) return 0;
        std::fflush(stdout);
    }
    std::printf("%s: not found in %llu seeds\n", std::string(planted::all()[bug - 1].name).c_str(),
                static_cast<unsigned long long>(count));
    return found_nothing;
}

int list() {
    for (const auto& bug : planted::all())
        std::printf("%s (%s): %s\n", std::string(bug.name).c_str(), std::string(bug.checker).c_str(),
                    std::string(bug.what).c_str());
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (sodium_init() < 0) return asked_wrongly;
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words == std::vector<std::string>{"--list"}) return list();
    if (words.size() < 4 || words[0] != "--planted") return usage();
    const std::size_t bug = number_of(words[1]);
    if (bug == planted::none) {
        std::fprintf(stderr, "no bug is planted as %s\n", words[1].c_str());
        return asked_wrongly;
    }
    const auto seed = number(words[3].c_str());
    if (!seed) return usage();
    if (words[2] == "--search" && words.size() == 5) {
        const auto count = number(words[4].c_str());
        return count ? search(bug, *seed, *count) : usage();
    }
    if (words.size() != 4) return usage();
    if (words[2] == "--replay") return is_found(bug, *seed, true) ? 0 : found_nothing;
    if (words[2] != "--trace") return usage();
    return evening(*seed, bug, stdout).violations.empty() ? 0 : found_nothing;
}
