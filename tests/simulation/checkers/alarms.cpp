// Every alarm reaches staff, or the screen of whoever raised it says that it did not.
#include "client-lib/client/client_limits.hpp"
#include "tests/simulation/checkers/checkers.hpp"
#include "tests/simulation/world.hpp"

namespace veranda::simulation {
namespace {

class Alarms final : public Checker {
public:
    using Checker::Checker;
    std::string_view name() const override { return "alarms"; }

    void shown(const Device& device, const client::Event& event) override {
        if (const auto* alarm = std::get_if<client::AlarmEvent>(&event)) reached_.insert(alarm->text);
        const auto* lane = std::get_if<client::LaneEvent>(&event);
        if (lane == nullptr || lane->kind != LaneKind::not_safe) return;
        if (lane->progress == client::LaneProgress::nobody || lane->progress == client::LaneProgress::seen)
            answered_.insert(&device);
        if (lane->progress == client::LaneProgress::seen && !lane->by.empty()) seen_by_staff(device);
    }
    void wants(const Device& device, std::string_view what, bool done) override {
        constexpr std::string_view alarm = "not_safe ";
        if (!done || !what.starts_with(alarm)) return;
        answered_.erase(&device);
        raised_.push_back({&device, std::string(what.substr(alarm.size())), world().now_ms()});
    }
    // Whose phone dies is not told, but what she said may still come.
    void dies(const Device& device) override {
        std::erase_if(raised_, [&](const Raised& each) { return each.device == &device; });
    }
    void quiet() override {
        for (const Raised& each : raised_) {
            const bool is_told = answered_.contains(each.device) || !each.device->is_in();
            const bool had_time = world().now_ms() > each.ms + limits::lane_unseen_ms + 10'000;
            if (had_time && !reached_.contains(each.text) && !is_told)
                violated(each.device->name() + " is not told that nobody has seen: " + each.text);
        }
    }

private:
    struct Raised {
        const Device* device;
        std::string text;
        std::uint64_t ms = 0;
    };

    // Nobody can have seen what was shown to nobody.
    void seen_by_staff(const Device& device) const {
        for (const Raised& each : raised_)
            if (each.device == &device && reached_.contains(each.text)) return;
        for (const Raised& each : raised_)
            if (each.device == &device)
                return violated(device.name() + " is told that somebody has seen: " + each.text);
    }

    std::vector<Raised> raised_;
    std::set<std::string> reached_;
    std::set<const Device*> answered_;
};

}  // namespace

std::unique_ptr<Checker> alarms_checker(World& world) { return std::make_unique<Alarms>(world); }

}  // namespace veranda::simulation
