// What somebody said is in the log, or her phone has told her that it is not: nothing waits for ever while a facilitator
// is there. That goes for what is held, and for the composer itself.
#pragma once

#include <memory>

#include "tests/simulation/checkers/checker.hpp"

namespace veranda::simulation {

std::unique_ptr<Checker> sent_checker(World& world);

}  // namespace veranda::simulation
