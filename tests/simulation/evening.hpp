// One evening from its seed: people come, talk, are interrupted by everything that goes wrong, and at the end all is
// quiet, everyone who should be there is there, and nothing is left.
#pragma once

#include "tests/simulation/people/facilitator.hpp"
#include "tests/simulation/world.hpp"

namespace veranda::simulation {

struct Outcome {
    std::vector<Violation> violations;
    std::uint64_t trace_hash = 0;
    std::uint64_t simulated_ms = 0;
    std::uint64_t entries = 0;  // in all logs
};

class Evening {
public:
    explicit Evening(const Plan& plan, std::FILE* trace = nullptr);
    ~Evening();

    Outcome run();

    World& world() { return world_; }
    bool is_quiet() const { return quiet_; }  // nothing goes wrong any more
    bool is_over() const { return over_; }
    bool has_facilitator_in() const;

    // Invites go from hand to hand outside of Veranda.
    void give_invite(const std::string& link, bool for_staff);
    std::optional<std::string> take_invite(bool for_staff);
    std::size_t invites_wanted(bool for_staff) const;

private:
    void people_come();
    std::optional<crypto::KemKeyPair> desk_key_of_the_house();
    void trouble();
    void house_trouble();
    void phone_trouble();
    Person* anybody();

    World world_;
    Dice dice_;
    std::vector<Facilitator*> facilitators_;
    std::vector<std::string> invites_;
    std::vector<std::string> staff_invites_;
    bool quiet_ = false;
    bool over_ = false;
};

}  // namespace veranda::simulation
