#include "tests/simulation/checkers/messages.hpp"
#include "tests/simulation/checkers/outsiders.hpp"
#include "tests/simulation/checkers/winners.hpp"

namespace veranda::simulation {

std::vector<std::unique_ptr<Checker>> make_checkers(World& world) {
    std::vector<std::unique_ptr<Checker>> all;
    all.push_back(messages_checker(world));
    all.push_back(outsiders_checker(world));
    all.push_back(winners_checker(world));
    return all;
}

}  // namespace veranda::simulation
