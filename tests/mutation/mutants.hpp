// Included by the copies of source files that ops/mutate makes: which of their checks stands, and which is deleted.
#pragma once

#include <cstdlib>
#include <type_traits>

namespace veranda::mutants {

inline int deleted() {
    static const int number = [] {
        const char* said = std::getenv("VERANDA_MUTANT");
        return said == nullptr ? -1 : std::atoi(said);
    }();
    return number;
}

constexpr bool stands(int number) { return std::is_constant_evaluated() || number != deleted(); }

}  // namespace veranda::mutants
