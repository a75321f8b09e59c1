// A room that is made anew begins with everything that its maker's phone knew of the one before: what is hidden, who
// speaks how, who was removed.
#include <algorithm>

#include "client-lib/client/client_state.hpp"
#include "tests/simulation/checkers/checkers.hpp"
#include "tests/simulation/world.hpp"

namespace veranda::simulation {
namespace {

struct Known {
    RoomId room;
    std::vector<InnerId> hidden;
    std::vector<MemberLevel> levels;
    std::vector<MemberId> removed;
};

template <class T>
bool has_all(const std::vector<T>& has, const std::vector<T>& wanted) {
    return std::all_of(wanted.begin(), wanted.end(),
                       [&](const T& each) { return std::find(has.begin(), has.end(), each) != has.end(); });
}

class Remakes final : public Checker {
public:
    using Checker::Checker;
    std::string_view name() const override { return "remake"; }

    void shown(const Device& device, const client::Event&) override { look_at(device); }
    void each_second() override {
        for (const Device& device : world().devices())
            if (device.is_alive()) look_at(device);
    }

    void dies(const Device& device) override { known_.erase(&device); }

    void logged(const RoomId& room, const LogEntry& entry) override {
        if (entry.kind != EntryKind::genesis) return;
        const auto genesis = tls::decode<GenesisEntry>(entry.body);
        if (!genesis || !genesis->genesis.body.predecessor) return;
        const Genesis& made = genesis->genesis.body;
        const auto maker = std::find_if(known_.begin(), known_.end(), [&](const auto& each) {
            const client::Client::State& state = each.first->client()->state();
            return state.session && state.session->room.room() == room && state.self->member == entry.sender;
        });
        if (maker == known_.end()) return;
        const auto before = maker->second.find(*made.predecessor);
        if (before == maker->second.end()) return;
        const Known& known = before->second;
        if (!has_all(made.hidden, known.hidden)) violated("a room made anew shows again what was hidden");
        if (!has_all(made.removed, known.removed)) violated("a room made anew has forgotten who was removed");
        const bool keeps_levels = std::all_of(known.levels.begin(), known.levels.end(), [&](const MemberLevel& level) {
            return std::find(made.levels.begin(), made.levels.end(), level) != made.levels.end() ||
                   std::find(made.removed.begin(), made.removed.end(), level.member) != made.removed.end();
        });
        if (!keeps_levels) violated("a room made anew has forgotten who may not speak");
    }

private:
    // While it is in a room, since what it makes anew is what it knew when it lost that.
    void look_at(const Device& device) {
        if (device.client() == nullptr || !device.client()->state().session) return;
        const client::Client::State& state = device.client()->state();
        if (!state.hosting || !state.self) return;
        const circle::RoomState& room = state.session->room;
        Known& known = known_[&device][room.room()];
        known.room = room.room();
        known.hidden = state.session->shown.hidden_ids();
        known.levels = room.levels_to_carry_over();
        known.removed.assign(room.removed().begin(), room.removed().end());
    }

    // By the phone: whoever opens the group by its book on another knows what the book says, and that has no hides.
    OfDevice<std::map<RoomId, Known>> known_;
};

}  // namespace

std::unique_ptr<Checker> remake_checker(World& world) { return std::make_unique<Remakes>(world); }

}  // namespace veranda::simulation
