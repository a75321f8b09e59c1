#include "tests/simulation/checkers/checkers.hpp"

namespace veranda::simulation {

std::vector<std::unique_ptr<Checker>> make_checkers(World& world) {
    std::vector<std::unique_ptr<Checker>> all;
    for (const auto make :
         {admission_checker, alarm_answers_checker, alarms_checker, bounds_checker, epochs_checker, log_checker,
          messages_checker, orders_checker, outsiders_checker, presence_checker, recap_checker, remains_checker,
          remake_checker, removed_checker, sent_checker, waiting_checker, winners_checker})
        all.push_back(make(world));
    return all;
}

}  // namespace veranda::simulation
