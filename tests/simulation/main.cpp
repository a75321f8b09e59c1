// Runs evenings from seeds: simulate FIRST COUNT, or simulate --trace SEED.
#include <sodium/core.h>

#include <chrono>
#include <cstdlib>
#include <cstring>

#include "tests/simulation/evening.hpp"

using namespace veranda::simulation;

int main(int argc, char** argv) {
    if (sodium_init() < 0) return 2;
    const bool trace = argc == 3 && std::strcmp(argv[1], "--trace") == 0;
    const std::uint64_t first = std::strtoull(argv[trace ? 2 : 1], nullptr, 10);
    const std::uint64_t count = trace ? 1 : std::strtoull(argv[2], nullptr, 10);
    int failed = 0;
    std::uint64_t simulated = 0;
    const auto began = std::chrono::steady_clock::now();
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        const auto at = std::chrono::steady_clock::now();
        Evening evening(plan_of(seed), trace ? stdout : nullptr);
        const Outcome outcome = evening.run();
        simulated += outcome.simulated_ms;
        std::printf(
            "%llu %016llx %lld ms %s\n", static_cast<unsigned long long>(seed),
            static_cast<unsigned long long>(outcome.trace_hash),
            static_cast<long long>(
                std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - at).count()),
            outcome.violations.empty() ? "" : "VIOLATED");
        for (const Violation& violation : outcome.violations)
            std::printf("  %s: %s\n", violation.checker.c_str(), violation.what.c_str());
        failed += outcome.violations.empty() ? 0 : 1;
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    std::printf("%d failed; %.0f times real time\n", failed, static_cast<double>(simulated) / 1'000 / seconds);
    return failed == 0 ? 0 : 1;
}
