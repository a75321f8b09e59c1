#include "tests/simulation/checkers/sent.hpp"

#include <string>

#include "client-lib/client/client_state.hpp"
#include "tests/simulation/world.hpp"

namespace veranda::simulation {
namespace {

constexpr std::uint64_t sent_within_ms = 60'000;  // by a line that is there, into a room that is open

class Sent final : public Checker {
public:
    using Checker::Checker;
    std::string_view name() const override { return "sent"; }

    void quiet() override {
        for (const Device& device : world().devices()) {
            if (!device.is_in() || device.client() == nullptr || !device.client()->state().session) continue;
            const client::Client::State& state = device.client()->state();
            const bool may_write = state.composer_why.empty() || state.composer_why == "slow_mode";
            for (const client::Outgoing& item : state.outbox)
                if (may_write && !item.silent && device.now().steady_ms > item.said_at + sent_within_ms)
                    violated(device.name() + " still waits to send \"" + item.text + "\"");
        }
    }
};

}  // namespace

std::unique_ptr<Checker> sent_checker(World& world) { return std::make_unique<Sent>(world); }

}  // namespace veranda::simulation
