// Everything that an evening is made of, in one process and on one simulated clock: relays, their store, phones with
// real cores and real cryptography, whoever holds them, and those who watch that all is well.
#pragma once

#include <list>
#include <map>

#include "protocol/log_entry.hpp"
#include "tests/simulation/agenda.hpp"
#include "tests/simulation/checkers/checker.hpp"
#include "tests/simulation/device.hpp"
#include "tests/simulation/node.hpp"
#include "tests/simulation/plan.hpp"
#include "tests/simulation/simulated_redis.hpp"
#include "tests/simulation/trace.hpp"
#include "tests/support/seeded_random.hpp"
#include "tests/support/small_organisation.hpp"

namespace veranda::simulation {

struct Violation {
    std::uint64_t ms = 0;
    std::string checker;
    std::string what;
};

class World {
public:
    explicit World(const Plan& plan, std::FILE* trace = nullptr);
    ~World();

    const Plan& plan() const { return plan_; }
    Agenda& agenda() { return agenda_; }
    Trace& trace() { return trace_; }
    SimulatedRedis& redis() { return redis_; }
    crypto::RandomSource& random() { return random_; }
    const std::string& origin() const { return origin_; }
    tests::SmallOrganisation& organisation() { return organisation_; }
    relay::Organisation relay_organisation() const { return {organisation_.organisation, organisation_.staff}; }
    UnixMillis wall() const { return UnixMillis{tests::test_time.value * 1'000 + agenda_.now_ms()}; }
    std::uint64_t now_ms() const { return agenda_.now_ms(); }
    std::vector<std::unique_ptr<Node>>& nodes() { return nodes_; }
    std::list<Device>& devices() { return devices_; }
    std::vector<std::unique_ptr<Person>>& people() { return people_; }
    const std::vector<Violation>& violations() const { return violations_; }

    // Runs until this time. false: it took more steps than any evening needs (`steps_max`), which is a violation.
    bool run_until(std::uint64_t ms);
    // Starts the clocks of relays and store. Once.
    void begin();
    void stop_nodes_from_ticking() { ticking_ = false; }

    template <class Client>
    Device& boot(Person& person, Client client, bool is_good_line = false) {
        return place(person, std::make_unique<CoreOf<Client>>(std::move(client)), is_good_line);
    }
    client::Client new_client() { return {origin_, organisation_.anchor(), random_}; }
    std::shared_ptr<Wire> dial(Device& device, Line line, Dice dice);

    // By devices.
    void shown(const Device& device, const client::Event& event);
    void wanted(const Device& device, std::string_view what, const Result<void>& done);
    void died(const Device& device);

    // Troubles of the house.
    void fail_over(std::uint64_t replica_lags_ms, bool is_empty);
    void restart(Node& node, std::uint64_t down_ms);
    // Looks at the log of every room as it is now.
    void look_at_logs();

    void violated(std::string_view checker, const std::string& what);
    void each_checker(void (Checker::*what)()) {
        for (const auto& checker : checkers_) (*checker.*what)();
    }

private:
    Device& place(Person& person, std::unique_ptr<Core> core, bool is_good_line);
    void tick_nodes();
    void tick_second();

    Plan plan_;
    Dice dice_;
    Agenda agenda_;
    Trace trace_;
    tests::SeededRandom random_;
    tests::SmallOrganisation organisation_;
    std::string origin_ = "http://relay.test";
    SimulatedRedis redis_;
    std::vector<std::unique_ptr<Node>> nodes_;
    std::vector<std::unique_ptr<Person>> people_;
    std::list<Device> devices_;
    std::vector<std::unique_ptr<Checker>> checkers_;
    std::vector<Violation> violations_;
    std::map<RoomId, Sequence> looked_at_;
    bool ticking_ = true;
};

}  // namespace veranda::simulation
