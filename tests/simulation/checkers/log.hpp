// The log itself, as the relay should keep it: no entry twice, one Commit an epoch, nothing sealed in an epoch that is
// over or in which somebody was removed, nobody let in who was removed or while the room is
// locked, nobody faster than slow mode.
#pragma once

#include <memory>

#include "tests/simulation/checkers/checker.hpp"

namespace veranda::simulation {

std::unique_ptr<Checker> log_checker(World& world);

}  // namespace veranda::simulation
