// Nobody outside an epoch opens anything of it. An infiltrator who kept every key reads nothing that was said before
// she was let in or after she was ordered out, and nothing that she sends from outside is taken or shown; nor what she
// sends from inside, when her level forbids it.
#pragma once

#include <memory>

#include "tests/simulation/checkers/checker.hpp"

namespace veranda::simulation {

std::unique_ptr<Checker> outsiders_checker(World& world);

}  // namespace veranda::simulation
