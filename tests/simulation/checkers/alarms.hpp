// Every alarm is seen by a person of the staff, or her screen says that nobody has.
#pragma once

#include <memory>

#include "tests/simulation/checkers/checker.hpp"

namespace veranda::simulation {

std::unique_ptr<Checker> alarms_checker(World& world);

}  // namespace veranda::simulation
