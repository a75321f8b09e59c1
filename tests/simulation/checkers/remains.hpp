// Nothing remains on the server once the log's time to live is over.
#pragma once

#include <memory>

#include "tests/simulation/checkers/checker.hpp"

namespace veranda::simulation {

std::unique_ptr<Checker> remains_checker(World& world);

}  // namespace veranda::simulation
