// The name of the rule that something breaks; empty: it breaks none. For tests only.
#pragma once

#include <string_view>

#include "protocol/result.hpp"

namespace veranda::tests {

template <class T>
std::string_view rule_of(const Result<T>& result) {
    return result ? std::string_view() : result.error().rule->name;
}

}  // namespace veranda::tests
