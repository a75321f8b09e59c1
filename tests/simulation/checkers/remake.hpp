// A room that is made anew begins with everything that its maker's phone knew of the one before: what is hidden, who
// speaks how, who was removed.
#pragma once

#include <memory>

#include "tests/simulation/checkers/checker.hpp"

namespace veranda::simulation {

std::unique_ptr<Checker> remake_checker(World& world);

}  // namespace veranda::simulation
