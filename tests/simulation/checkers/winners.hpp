// One winner for every claim: one Commit an epoch, one room in the place of another, one admission a knock and one
// person an invite or ticket, one counsellor a request.
#pragma once

#include <memory>

#include "tests/simulation/checkers/checker.hpp"

namespace veranda::simulation {

std::unique_ptr<Checker> winners_checker(World& world);

}  // namespace veranda::simulation
