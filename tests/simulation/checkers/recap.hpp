// Nobody's screen shows what was said before she was let in, and none shows one text twice, whoever tells it again.
#pragma once

#include <memory>

#include "tests/simulation/checkers/checker.hpp"

namespace veranda::simulation {

std::unique_ptr<Checker> recap_checker(World& world);

}  // namespace veranda::simulation
