// Evenings from seeds: simulate FIRST COUNT, simulate --trace SEED, or simulate --twice FIRST COUNT. Several processes
// share the seeds: one that crashes says which evening it was in.
#include <sodium/core.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <optional>
#include <string>
#include <vector>

#include "tests/simulation/evening.hpp"

using namespace veranda::simulation;

namespace {

constexpr int found_something = 1;
constexpr int asked_wrongly = 2;
constexpr std::uint64_t seeds_max = 1'000'000;
constexpr std::uint64_t processes_max = 64;

int usage(const std::string& why) {
    std::fprintf(
        stderr, "simulate: %s\nsimulate FIRST COUNT [PROCESSES]\nsimulate --trace SEED\nsimulate --twice FIRST COUNT\n",
        why.c_str());
    return asked_wrongly;
}

std::optional<std::uint64_t> number(const std::string& text) {
    if (text.empty() || text.size() > 19 || text.find_first_not_of("0123456789") != std::string::npos)
        return std::nullopt;
    return std::strtoull(text.c_str(), nullptr, 10);
}

// What a worker has done so far; a crash leaves it readable.
struct Sum {
    std::uint64_t failed = 0;
    std::uint64_t simulated_ms = 0;
    std::uint64_t running = 0;  // this seed
};

// In memory that all workers share: whoever is done with an evening takes the next, since a full one takes ten times as
// long as others.
struct Board {
    std::atomic<std::uint64_t> next;
    Sum sums[processes_max];
};

void print(std::uint64_t seed, const Outcome& outcome) {
    if (outcome.violations.empty()) return;
    std::printf("seed %llu, trace %016llx\n", static_cast<unsigned long long>(seed),
                static_cast<unsigned long long>(outcome.trace_hash));
    for (const Violation& violation : outcome.violations)
        std::printf("  %s: %s\n", violation.checker.c_str(), violation.what.c_str());
    std::fflush(stdout);
}

[[noreturn]] void work(Board& board, std::uint64_t end, Sum& mine) {
    while ((mine.running = board.next++) < end) {
        const Outcome outcome = Evening(plan_of(mine.running)).run();
        print(mine.running, outcome);
        mine.failed += outcome.violations.empty() ? 0U : 1U;
        mine.simulated_ms += outcome.simulated_ms;
    }
    _exit(0);
}

pid_t start(Board& board, std::uint64_t end, Sum& mine) {
    const pid_t process = fork();
    if (process == 0) work(board, end, mine);
    return process;
}

void finish(pid_t process, Sum& sum) {
    int status = 0;
    waitpid(process, &status, 0);
    if (status == 0) return;
    std::printf("seed %llu\n  it crashed\n", static_cast<unsigned long long>(sum.running));
    ++sum.failed;
}

int run(std::uint64_t first, std::uint64_t count, std::uint64_t processes) {
    using Seconds = std::chrono::duration<double>;
    const auto began = std::chrono::steady_clock::now();
    void* const shared = mmap(nullptr, sizeof(Board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) return usage("no memory to share");
    Board& board = *new (shared) Board{};
    board.next = first;
    std::vector<pid_t> workers;
    for (std::uint64_t i = 0; i < processes; ++i) workers.push_back(start(board, first + count, board.sums[i]));
    Sum total;
    for (std::uint64_t i = 0; i < processes; ++i) {
        finish(workers[i], board.sums[i]);
        total.failed += board.sums[i].failed;
        total.simulated_ms += board.sums[i].simulated_ms;
    }
    const double seconds = Seconds(std::chrono::steady_clock::now() - began).count();
    const double times = static_cast<double>(total.simulated_ms) / 1'000 / seconds / static_cast<double>(processes);
    std::printf("%llu evenings from seed %llu on, %llu of them with a violation; ",
                static_cast<unsigned long long>(count), static_cast<unsigned long long>(first),
                static_cast<unsigned long long>(total.failed));
    std::printf("%.0f s, each process %.0f times real time\n", seconds, times);
    return total.failed == 0 ? 0 : found_something;
}

int trace(std::uint64_t seed) {
    const Outcome outcome = Evening(plan_of(seed), stdout).run();
    std::printf("trace %016llx\n", static_cast<unsigned long long>(outcome.trace_hash));
    print(seed, outcome);
    return outcome.violations.empty() ? 0 : found_something;
}

// Each evening and the same again, beside the first one's memory, so that nothing lies where it lay before.
int twice(std::uint64_t first, std::uint64_t count) {
    int status = 0;
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        Evening one(plan_of(seed)), other(plan_of(seed));
        if (one.run().trace_hash == other.run().trace_hash) continue;
        std::printf("seed %llu is another evening the second time\n", static_cast<unsigned long long>(seed));
        status = found_something;
    }
    if (status == 0) std::printf("%llu evenings, each the same twice\n", static_cast<unsigned long long>(count));
    return status;
}

}  // namespace

int main(int argc, char** argv) {
    if (sodium_init() < 0) return asked_wrongly;
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() < 2 || words.size() > 3) return usage("two numbers, or --trace and a seed");
    const bool is_way = words[0].starts_with("--");
    if (is_way && !(words[0] == "--trace" && words.size() == 2) && !(words[0] == "--twice" && words.size() == 3))
        return usage("--trace and a seed, or --twice and two numbers");
    std::vector<std::uint64_t> numbers;
    for (std::size_t i = is_way ? 1 : 0; i < std::min<std::size_t>(words.size(), 3); ++i) {
        const auto value = number(words[i]);
        if (!value) return usage("'" + words[i] + "' is not a number");
        numbers.push_back(*value);
    }
    if (words[0] == "--trace") return trace(numbers[0]);
    if (numbers[1] == 0 || numbers[1] > seeds_max) return usage("1 to 1000000 evenings");
    if (words[0] == "--twice") return twice(numbers[0], numbers[1]);
    const std::uint64_t processes = numbers.size() == 3 ? numbers[2] : 1;
    if (processes == 0 || processes > processes_max) return usage("1 to 64 processes");
    return run(numbers[0], numbers[1], processes);
}
