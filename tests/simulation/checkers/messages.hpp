// Every message that the log has reaches every member who stayed, once and in order, or a gap is named.
#pragma once

#include <memory>

#include "tests/simulation/checkers/checker.hpp"

namespace veranda::simulation {

std::unique_ptr<Checker> messages_checker(World& world);

}  // namespace veranda::simulation
