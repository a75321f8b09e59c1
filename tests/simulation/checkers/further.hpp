// Checkers that the planted bugs asked for, beside those of checkers.hpp.
#pragma once

#include <set>

#include "tests/simulation/checkers/checker.hpp"

namespace veranda::simulation {

std::unique_ptr<Checker> alarm_answers_checker(World& world);
std::unique_ptr<Checker> log_checker(World& world);
std::unique_ptr<Checker> presence_checker(World& world);
std::unique_ptr<Checker> recap_checker(World& world);
std::unique_ptr<Checker> remake_checker(World& world);
std::unique_ptr<Checker> removed_checker(World& world);
std::unique_ptr<Checker> waiting_checker(World& world);

}  // namespace veranda::simulation
