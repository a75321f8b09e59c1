// One WebSocket between a phone and a relay, as both see it: slow, bounded, cut cleanly or fallen silent. Within one
// direction what arrives arrives in order, as TCP sees to it, unless the world says that this network is a rough one.
#pragma once

#include <memory>

#include "server/net/limits.hpp"
#include "server/relay/outbox.hpp"
#include "server/relay/relay.hpp"
#include "tests/simulation/agenda.hpp"
#include "tests/simulation/dice.hpp"

namespace veranda::simulation {

class Node;
class Device;

// How a line behaves.
struct Line {
    std::uint64_t latency_ms_min = 20;
    std::uint64_t latency_ms_max = 200;
    std::uint64_t bytes_per_ms = 50;  // 400 kbit/s
    bool is_rough = false;            // whole messages come twice or change places with the next
};

class Wire final : public relay::Connection, public std::enable_shared_from_this<Wire> {
public:
    Wire(Agenda& agenda, Node& node, Device& device, Line line, Dice dice);

    // Dials. The device hears connected(), or disconnected() if nobody answers.
    void dial();
    void to_relay(Bytes message);
    // The phone closes it, or its process ends.
    void hang_up();
    // Both sides hear of it, and what was under way is lost.
    void cut();
    // Nothing passes any more; each side finds out by itself, the relay by its pings.
    void fall_silent(std::uint64_t phone_notices_after_ms);
    // The phone sleeps: what arrives waits for it.
    void pause();
    void go_on();
    // The relay's process has ended. Without a word to the relay.
    void relay_died();

    bool is_open() const { return id_.has_value(); }
    std::size_t waiting_bytes() const { return outbox_.bytes(); }

    void send(relay::SharedFrame frame, PriorityClass priority) override;
    std::size_t queued_bytes() const override { return outbox_.bytes() + in_flight_; }
    void close(relay::CloseCode code) override;

private:
    std::uint64_t latency() { return dice_.between(line_.latency_ms_min, line_.latency_ms_max); }
    void drain_soon();
    void drain();
    void let_through();
    void arrive(Bytes message);
    void tell_relay_closed();
    void tell_phone_closed();
    void hear(Bytes message);

    Agenda& agenda_;
    Node* node_;
    Device* device_;
    Line line_;
    Dice dice_;
    Channel up_;
    Channel down_;
    std::optional<relay::ConnectionId> id_;  // at the relay
    bool broken_ = false;                    // perhaps before it was there
    relay::Outbox outbox_;
    std::size_t in_flight_ = 0;
    bool draining_ = false;
    bool closing_ = false;
    bool silent_ = false;
    bool paused_ = false;
    bool phone_knows_ = false;  // that it is closed
    std::vector<Act> missed_;   // while paused
    std::optional<Bytes> held_back_;
};

}  // namespace veranda::simulation
