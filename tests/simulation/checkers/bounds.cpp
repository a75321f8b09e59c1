// Memory and queues stay within their limits, at the relay, at the store and on every phone.
#include "client-lib/client/client_state.hpp"
#include "tests/simulation/checkers/checkers.hpp"
#include "tests/simulation/world.hpp"

namespace veranda::simulation {
namespace {

class Bounds final : public Checker {
public:
    using Checker::Checker;
    std::string_view name() const override { return "bounds"; }

    void each_second() override {
        for (const Device& device : world().devices()) look_at(device);
        for (const auto& [id, room] : world().redis().memory->rooms) look_at(room);
    }

private:
    void look_at(const Device& device) const {
        if (!device.is_alive()) return;
        if (device.wire() && device.wire()->waiting_bytes() > relay::limits::outbox_bytes_max)
            violated("more waits for " + device.name() + " than a slow reader may cost");
        const client::Client* client = device.client();
        if (client == nullptr) return;
        const client::Client::State& state = client->state();
        if (state.outbox.size() > 2 * client::outbox_max) violated(device.name() + " keeps too much to send");
        if (state.lane_said.size() > client::lane_said_max) violated(device.name() + " keeps too much for staff");
        if (!state.session) return;
        for (const auto& [member, ids] : state.session->seen)
            if (ids.size() > client::seen_ids_max) violated(device.name() + " keeps too many ids");
    }
    void look_at(const store::MemoryRoom& room) const {
        if (room.log.size() > store::log_entries_max || room.log_bytes > store::log_bytes_max)
            violated("a log is longer than it may be");
        if (room.lane.size() > limits::lane_waiting_max) violated("too much waits in a lane");
        if (room.knocks.size() > limits::waiting_knocks_max) violated("too many knock");
        if (room.cards.size() > limits::cards_per_room_max) violated("a room has too many cards");
    }
};

}  // namespace

std::unique_ptr<Checker> bounds_checker(World& world) { return std::make_unique<Bounds>(world); }

}  // namespace veranda::simulation
