// Whoever has been gone for longer than presence lives is away on every screen.
#pragma once

#include <memory>

#include "tests/simulation/checkers/checker.hpp"

namespace veranda::simulation {

std::unique_ptr<Checker> presence_checker(World& world);

}  // namespace veranda::simulation
