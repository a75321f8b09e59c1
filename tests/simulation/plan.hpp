// What kind of evening a seed stands for: how many people, for how long, over which store, and how often things go
// wrong. Two runs of one plan are the same evening.
#pragma once

#include <cstdint>
#include <string>

namespace veranda::simulation {

// How often something happens, in a thousand minutes of the whole house.
struct Troubles {
    std::uint64_t cuts = 0;
    std::uint64_t tunnels = 0;
    std::uint64_t naps = 0;
    std::uint64_t reloads = 0;
    std::uint64_t deaths = 0;
    std::uint64_t doubles = 0;
    std::uint64_t node_restarts = 0;
    std::uint64_t redis_cuts = 0;
    std::uint64_t lost_notifications = 0;
    std::uint64_t fail_overs = 0;
};

struct Plan {
    std::uint64_t seed = 0;
    bool is_full = false;  // thirty people for an hour; else a few for a quarter of it
    std::uint64_t members = 5;
    std::uint64_t minutes = 20;
    bool has_second_facilitator = true;
    bool has_mediator = false;
    bool has_infiltrator = false;
    std::uint64_t counsellors = 0;
    std::uint64_t askers = 0;
    bool over_redis = true;
    std::uint64_t nodes = 2;
    bool is_rough = false;
    bool clocks_are_wrong = false;
    Troubles troubles;

    std::uint64_t ms() const { return minutes * 60'000; }
    std::string describe() const;
};

Plan plan_of(std::uint64_t seed);

}  // namespace veranda::simulation
