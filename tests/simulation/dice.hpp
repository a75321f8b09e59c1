// Chance from a seed. Every part of a world has dice of its own, so that one part's throws do not move another's.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace veranda::simulation {

// SplitMix64: every seed, zero too, is as good as any other.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    // Dice of their own for `part`, whatever was thrown before.
    [[nodiscard]] Dice apart(std::string_view part) const {
        Dice other(state_);
        for (const char letter : part) other.state_ = other.next() ^ static_cast<std::uint8_t>(letter);
        return other;
    }

    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
        return mixed ^ (mixed >> 31U);
    }
    // Caller must: bound > 0.
    std::uint64_t below(std::uint64_t bound) { return next() % bound; }
    // Both ends included.
    std::uint64_t between(std::uint64_t least, std::uint64_t most) { return least + below(most - least + 1); }
    bool percent(std::uint64_t of_a_hundred) { return below(100) < of_a_hundred; }
    bool per_mille(std::uint64_t of_a_thousand) { return below(1'000) < of_a_thousand; }
    // Caller must: there is one.
    template <class T>
    T& pick(std::vector<T>& from) {
        return from[below(from.size())];
    }

private:
    std::uint64_t state_;
};

}  // namespace veranda::simulation
