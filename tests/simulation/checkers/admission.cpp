// Everyone who knocks and should be in is in, within a stated time: in a quiet house nobody waits for ever whom a
// facilitator has let in, or who comes back by her ticket while a facilitator is there.
#include "tests/simulation/checkers/checkers.hpp"
#include "tests/simulation/people/newcomer.hpp"
#include "tests/simulation/world.hpp"

namespace veranda::simulation {
namespace {

constexpr std::uint64_t in_within_ms = 200'000;  // her phone looks, she asks for another invite, somebody thinks

class AdmissionInTime final : public Checker {
public:
    using Checker::Checker;
    std::string_view name() const override { return "admission"; }

    void shown(const Device& device, const client::Event& event) override {
        const auto* state = std::get_if<client::StateEvent>(&event);
        // Who is at the desk, and an infiltrator, go ways of their own.
        if (state == nullptr || dynamic_cast<const Newcomer*>(&device.person()) == nullptr) return;
        if (device.person().device() != &device) return;
        const bool is_over = state->phase == client::Phase::ended || state->phase == client::Phase::left ||
                             state->phase == client::Phase::removed;
        if (state->phase == client::Phase::in_group || is_over)
            since_.erase(&device.person());
        else
            since_.try_emplace(&device.person(), world().now_ms());
    }
    void each_second() override {
        if (!has_facilitator()) door_kept_since_ = world().now_ms();
        for (auto& [person, since] : since_)
            if (person->device() != nullptr && person->device()->is_asleep()) since = world().now_ms();
    }
    void quiet() override {
        for (const auto& person : world().people()) {
            const auto since = since_.find(person.get());
            if (since == since_.end() || person->is_gone() || person->is_in()) continue;
            if (person->device() == nullptr || !person->device()->is_alive() || person->device()->is_asleep()) continue;
            const std::uint64_t waits_ms = world().now_ms() - std::max(since->second, door_kept_since_);
            if (waits_ms > in_within_ms)
                violated(person->name() + " has been on her way in for " + std::to_string(waits_ms / 1'000) + " s");
        }
    }

private:
    bool has_facilitator() const {
        return std::any_of(world().people().begin(), world().people().end(),
                           [](const auto& each) { return each->keeps_the_door() && each->is_in(); });
    }

    std::map<const Person*, std::uint64_t> since_;
    std::uint64_t door_kept_since_ = 0;
};

}  // namespace

std::unique_ptr<Checker> admission_checker(World& world) { return std::make_unique<AdmissionInTime>(world); }

}  // namespace veranda::simulation
