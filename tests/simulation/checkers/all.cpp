#include "tests/simulation/checkers/alarms.hpp"
#include "tests/simulation/checkers/log.hpp"
#include "tests/simulation/checkers/messages.hpp"
#include "tests/simulation/checkers/presence.hpp"
#include "tests/simulation/checkers/recap.hpp"
#include "tests/simulation/checkers/remains.hpp"
#include "tests/simulation/checkers/remake.hpp"
#include "tests/simulation/checkers/removed.hpp"
#include "tests/simulation/checkers/sent.hpp"

namespace veranda::simulation {

std::vector<std::unique_ptr<Checker>> make_checkers(World& world) {
    std::vector<std::unique_ptr<Checker>> all;
    all.push_back(messages_checker(world));
    all.push_back(alarms_checker(world));
    all.push_back(log_checker(world));
    all.push_back(presence_checker(world));
    all.push_back(recap_checker(world));
    all.push_back(remains_checker(world));
    all.push_back(remake_checker(world));
    all.push_back(removed_checker(world));
    all.push_back(sent_checker(world));
    return all;
}

}  // namespace veranda::simulation
