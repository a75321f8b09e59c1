// Every checker, each in a file of its own that says in its first lines what must hold.
#pragma once

#include <set>

#include "tests/simulation/checkers/checker.hpp"

namespace veranda::simulation {

std::unique_ptr<Checker> admission_checker(World& world);
std::unique_ptr<Checker> alarm_answers_checker(World& world);
std::unique_ptr<Checker> alarms_checker(World& world);
std::unique_ptr<Checker> bounds_checker(World& world);
std::unique_ptr<Checker> epochs_checker(World& world);
std::unique_ptr<Checker> log_checker(World& world);
std::unique_ptr<Checker> messages_checker(World& world);
std::unique_ptr<Checker> orders_checker(World& world);
std::unique_ptr<Checker> outsiders_checker(World& world);
std::unique_ptr<Checker> presence_checker(World& world);
std::unique_ptr<Checker> recap_checker(World& world);
std::unique_ptr<Checker> remains_checker(World& world);
std::unique_ptr<Checker> remake_checker(World& world);
std::unique_ptr<Checker> removed_checker(World& world);
std::unique_ptr<Checker> sent_checker(World& world);
std::unique_ptr<Checker> waiting_checker(World& world);
std::unique_ptr<Checker> winners_checker(World& world);

}  // namespace veranda::simulation
