#include "tests/simulation/checkers/messages.hpp"

namespace veranda::simulation {

std::vector<std::unique_ptr<Checker>> make_checkers(World& world) {
    std::vector<std::unique_ptr<Checker>> all;
    all.push_back(messages_checker(world));
    return all;
}

}  // namespace veranda::simulation
