#include "tests/simulation/plan.hpp"

#include "tests/simulation/dice.hpp"

namespace veranda::simulation {
namespace {

constexpr std::uint64_t full_evening_every = 20;

// One evening is calm, another has one kind of trouble much too often, most have a little of each.
Troubles troubles_of(Dice& dice) {
    Troubles all{300, 150, 100, 150, 60, 60, 60, 100, 150, 40};
    const std::uint64_t kind = dice.below(10);
    if (kind == 0) return {};
    if (kind <= 6) return all;
    std::uint64_t* const each[] = {&all.cuts,          &all.tunnels,    &all.naps,
                                   &all.reloads,       &all.deaths,     &all.doubles,
                                   &all.node_restarts, &all.redis_cuts, &all.lost_notifications,
                                   &all.fail_overs};
    *each[dice.below(std::size(each))] *= 10;
    return all;
}

}  // namespace

Plan plan_of(std::uint64_t seed) {
    Dice dice = Dice(seed).apart("plan");
    Plan plan;
    plan.seed = seed;
    plan.is_full = seed % full_evening_every == full_evening_every - 1;
    plan.members = plan.is_full ? dice.between(22, 26) : dice.between(2, 5);
    plan.minutes = plan.is_full ? 60 : dice.between(14, 20);
    plan.has_second_facilitator = plan.is_full || dice.percent(70);
    plan.has_mediator = plan.is_full || dice.percent(25);
    plan.has_infiltrator = dice.percent(40);
    plan.counsellors = plan.is_full ? 2 : dice.below(3);
    plan.askers = plan.counsellors == 0 ? 0 : dice.between(1, 2);
    plan.over_redis = dice.percent(75);
    plan.nodes = plan.over_redis ? dice.between(1, 3) : 1;
    plan.is_rough = dice.percent(15);
    plan.clocks_are_wrong = dice.percent(20);
    plan.troubles = troubles_of(dice);
    if (!plan.over_redis) plan.troubles.node_restarts /= 4;  // each forgets everything
    return plan;
}

std::string Plan::describe() const {
    const auto number = [](std::string_view name, std::uint64_t value) {
        return std::string(name) + " " + std::to_string(value) + ", ";
    };
    std::string text = number("seed", seed) + number("members", members) + number("minutes", minutes) +
                       number("nodes", nodes) + number("counsellors", counsellors) + number("askers", askers);
    text += over_redis ? "over Redis" : "embedded store";
    if (has_second_facilitator) text += ", two facilitators";
    if (has_mediator) text += ", a mediator";
    if (has_infiltrator) text += ", an infiltrator";
    if (is_rough) text += ", rough lines";
    if (clocks_are_wrong) text += ", wrong clocks";
    return text;
}

}  // namespace veranda::simulation
