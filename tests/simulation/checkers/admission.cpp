// Everyone who knocks and should be in is in, within a stated time: in a quiet house nobody waits for ever whom a
// facilitator has let in, or who comes back by her ticket while a facilitator is there.
#include "tests/simulation/checkers/checkers.hpp"
#include "tests/simulation/people/person.hpp"
#include "tests/simulation/world.hpp"

namespace veranda::simulation {
namespace {

constexpr std::uint64_t in_within_ms = 120'000;  // a facilitator thinks for up to half a minute, and may look twice

class AdmissionInTime final : public Checker {
public:
    using Checker::Checker;
    std::string_view name() const override { return "admission"; }

    void shown(const Device& device, const client::Event& event) override {
        const auto* state = std::get_if<client::StateEvent>(&event);
        if (state == nullptr) return;
        const bool is_under_way = state->phase == client::Phase::waiting || state->phase == client::Phase::reconnecting;
        if (is_under_way)
            since_.try_emplace(&device, world().now_ms());
        else
            since_.erase(&device);
    }
    void dies(const Device& device) override { since_.erase(&device); }
    void quiet() override {
        if (!has_facilitator()) return;
        for (const Device& device : world().devices()) {
            const auto since = since_.find(&device);
            if (since == since_.end() || device.is_asleep() || device.person().is_gone()) continue;
            if (world().now_ms() - since->second > in_within_ms)
                violated(device.name() + " has been on her way in for " +
                         std::to_string((world().now_ms() - since->second) / 1'000) + " s");
        }
    }

private:
    bool has_facilitator() const {
        for (const Device& device : world().devices())
            if (device.is_in() && device.person().keeps_the_door()) return true;
        return false;
    }

    std::map<const Device*, std::uint64_t> since_;
};

}  // namespace

std::unique_ptr<Checker> admission_checker(World& world) { return std::make_unique<AdmissionInTime>(world); }

}  // namespace veranda::simulation
