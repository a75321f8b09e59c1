// What somebody said is in the log, or her phone has told her that it is not: nothing waits for ever while a
// facilitator is there. That goes for what is held, for the composer itself, and for what the log has.
#include <algorithm>
#include <string>
#include <utility>

#include "client-lib/client/client_state.hpp"
#include "tests/simulation/checkers/checkers.hpp"
#include "tests/simulation/world.hpp"

namespace veranda::simulation {
namespace {

// By a line that is there, into a room that is open, with a facilitator who answers what is held within half a minute.
constexpr std::uint64_t within_ms = 90'000;

const client::Client::State* state_of(const Device& device) {
    const client::Client* client = device.is_in() ? device.client() : nullptr;
    return client == nullptr || !client->state().session ? nullptr : &client->state();
}

class Waiting final : public Checker {
public:
    using Checker::Checker;
    std::string_view name() const override { return "waiting"; }

    void each_second() override {
        for (auto& [room, devices] : staff_)
            std::erase_if(devices, [](const auto& each) { return !is_still_there(*each.first); });
        for (const Device& device : world().devices()) {
            const auto* state = state_of(device);
            if (state != nullptr && state->hosting) staff_[state->session->room.room()].try_emplace(&device, now());
            since(no_facilitator_, device, state != nullptr && state->composer_why == "no_facilitator");
            since(held_, device, state != nullptr && state->session->held);
            look_for_progress(device);
        }
    }

    void quiet() override {
        for (const Device& device : world().devices()) {
            if (const auto* state = state_of(device); state != nullptr) look_at(device, *state);
            if (is_long(behind_, &device)) violated(device.name() + " does not get on in the log");
        }
    }

private:
    using Since = OfDevice<std::uint64_t>;

    std::uint64_t now() const { return world().now_ms(); }
    static bool is_still_there(const Device& device) {
        const auto* state = state_of(device);
        return state != nullptr && state->hosting;
    }
    void since(Since& all, const Device& device, bool holds) const {
        holds ? void(all.try_emplace(&device, now())) : void(all.erase(&device));
    }
    bool is_long(const Since& all, const Device* device) const {
        const auto found = all.find(device);
        return found != all.end() && now() > found->second + within_ms;
    }

    // Behind the log, awake, and at the same entry as a second ago.
    void look_for_progress(const Device& device) {
        const client::Client* client = device.is_alive() && !device.is_asleep() ? device.client() : nullptr;
        const bool wants_to_be_in =
            device.phase() == client::Phase::in_group || device.phase() == client::Phase::reconnecting;
        if (client == nullptr || !wants_to_be_in || !client->state().session) return void(behind_.erase(&device));
        const client::Session& session = *client->state().session;
        const store::MemoryRoom* room = world().redis().memory->find(session.room.room());
        const bool got_on = std::exchange(last_[&device], session.last) != session.last;
        if (got_on) behind_.erase(&device);
        since(behind_, device, room != nullptr && session.last < room->last);
    }

    void look_at(const Device& device, const client::Client::State& state) {
        const bool may_write = state.composer_why.empty() || state.composer_why == "slow_mode";
        for (const client::Outgoing& item : state.outbox)
            if (may_write && !item.silent && device.now().steady_ms > item.said_at + within_ms)
                violated(device.name() + " still waits to send \"" + item.text + "\"");
        const Since& staff = staff_[state.session->room.room()];
        const bool has_facilitator =
            std::any_of(staff.begin(), staff.end(), [&](const auto& each) { return now() > each.second + within_ms; });
        if (!has_facilitator) return;
        if (is_long(no_facilitator_, &device)) violated(device.name() + " sees no facilitator, and one is there");
        if (is_long(held_, &device)) violated(device.name() + " waits for an answer to what is held");
    }

    std::map<RoomId, Since> staff_;
    Since no_facilitator_;
    Since held_;
    Since behind_;
    OfDevice<Sequence> last_;
};

}  // namespace

std::unique_ptr<Checker> waiting_checker(World& world) { return std::make_unique<Waiting>(world); }

}  // namespace veranda::simulation
