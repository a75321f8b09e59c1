// Whoever was removed has no leaf in the group any more, so she opens nothing that is said from then on.
#pragma once

#include <memory>

#include "tests/simulation/checkers/checker.hpp"

namespace veranda::simulation {

std::unique_ptr<Checker> removed_checker(World& world);

}  // namespace veranda::simulation
