// What her screen says of her alarm is so: that it was seen only after a person of the staff said that she had, and in
// the end something.
#include <string>

#include "tests/simulation/checkers/checkers.hpp"
#include "tests/simulation/people/person.hpp"
#include "tests/simulation/world.hpp"

namespace veranda::simulation {
namespace {

constexpr std::uint64_t told_within_ms = limits::lane_unseen_ms + 30'000;

class AlarmAnswers final : public Checker {
public:
    using Checker::Checker;
    std::string_view name() const override { return "alarm_answers"; }

    void wants(const Device&, std::string_view what, bool done) override {
        constexpr std::string_view seen = "seen ";
        if (!done || !what.starts_with(seen)) return;
        const auto whose = raised_by_.find(std::string(what.substr(seen.size())));
        if (whose != raised_by_.end()) seen_.insert(whose->second);
    }

    void shown(const Device& device, const client::Event& event) override {
        if (const auto* alarm = std::get_if<client::AlarmEvent>(&event))
            raised_by_[alarm->from] = alarm->text.substr(0, alarm->text.find(" says "));
        const auto* lane = std::get_if<client::LaneEvent>(&event);
        if (lane == nullptr || lane->kind != LaneKind::not_safe) return;
        switch (lane->progress) {
            case client::LaneProgress::sent: open_.insert_or_assign(&device, world().now_ms()); return;
            case client::LaneProgress::at_server: open_.try_emplace(&device, world().now_ms()); return;
            case client::LaneProgress::seen:
                if (!seen_.contains(device.person().name()))
                    violated(device.name() + " is told that her alarm was seen, and nobody said so");
                [[fallthrough]];
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
    std::map<std::string, std::string> raised_by_;  // by pseudonym: whose, as the words of an alarm say
    std::set<std::string> seen_;                    // whose
    OfDevice<std::uint64_t> open_;
};

}  // namespace

std::unique_ptr<Checker> alarm_answers_checker(World& world) { return std::make_unique<AlarmAnswers>(world); }

}  // namespace veranda::simulation
