#include "tests/simulation/checkers/alarms.hpp"

#include <string>

#include "tests/simulation/people/person.hpp"
#include "tests/simulation/world.hpp"

namespace veranda::simulation {
namespace {

constexpr std::uint64_t nobody_reads_faster_ms = 1'000;
constexpr std::uint64_t told_within_ms = limits::lane_unseen_ms + 30'000;

class Alarms final : public Checker {
public:
    using Checker::Checker;
    std::string_view name() const override { return "alarms"; }

    void shown(const Device& device, const client::Event& event) override {
        if (const auto* alarm = std::get_if<client::AlarmEvent>(&event); alarm != nullptr && alarm->open)
            on_screens_.try_emplace(alarm->from, world().now_ms());
        const auto* lane = std::get_if<client::LaneEvent>(&event);
        if (lane == nullptr || lane->kind != LaneKind::not_safe) return;
        switch (lane->progress) {
            case client::LaneProgress::sent:
            case client::LaneProgress::at_server: open_.try_emplace(&device, world().now_ms()); return;
            case client::LaneProgress::seen: is_seen(device); [[fallthrough]];
            case client::LaneProgress::nobody: open_.erase(&device); return;
        }
    }

    void dies(const Device& device) override { open_.erase(&device); }

    void quiet() override {
        for (const auto& [device, since] : open_)
            if (device->is_in() && world().now_ms() > since + told_within_ms)
                violated(device->name() + " is not told what became of her alarm");
    }

private:
    void is_seen(const Device& device) const {
        const auto shown = on_screens_.find(device.person().name());
        if (shown == on_screens_.end() || world().now_ms() < shown->second + nobody_reads_faster_ms)
            violated(device.name() + " is told that her alarm was seen, and nobody can have seen it yet");
    }

    std::map<std::string, std::uint64_t> on_screens_;  // of staff, for the first time; by whose it is
    std::map<const Device*, std::uint64_t> open_;
};

}  // namespace

std::unique_ptr<Checker> alarms_checker(World& world) { return std::make_unique<Alarms>(world); }

}  // namespace veranda::simulation
