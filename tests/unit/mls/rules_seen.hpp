// Records which rules of mls/ a test saw refused, so that one test at the end can say which were never provoked.
#pragma once

#include <set>

#include "client-lib/mls/rules.hpp"

namespace veranda::mls::tests {

inline std::set<const Rule*>& rules_seen() {
    static std::set<const Rule*> seen;
    return seen;
}

// Why something was refused, as a name that a failing test prints; "accepted" if it was not.
template <class T>
std::string_view why(const Result<T>& result) {
    if (result.has_value()) return "accepted";
    rules_seen().insert(result.error().rule);
    return result.error().rule->name;
}

}  // namespace veranda::mls::tests
