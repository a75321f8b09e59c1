#include "tests/simulation/wire.hpp"

#include <chrono>

#include "tests/simulation/device.hpp"
#include "tests/simulation/node.hpp"

namespace veranda::simulation {
namespace {

constexpr std::size_t window_bytes = 64 * 1024;  // on their way to a phone at once
constexpr std::uint64_t dead_after_ms =
    std::chrono::duration_cast<std::chrono::milliseconds>(net::limits::dead_after).count();
constexpr std::uint64_t rough_per_mille = 10;
constexpr std::uint64_t held_back_ms = 700;  // if nothing comes after it

}  // namespace

Wire::Wire(Agenda& agenda, Node& node, Device& device, Line line, Dice dice)
    : agenda_(agenda), node_(&node), device_(&device), line_(line), dice_(dice), up_(agenda), down_(agenda) {}

void Wire::dial() {
    agenda_.after(2 * latency(), [self = shared_from_this()] {
        if (self->phone_knows_ || self->broken_) return;
        if (!self->node_->is_up()) return self->tell_phone_closed();
        self->id_ = self->node_->relay().opened(*self, self->node_->wall());
        self->down_.send(self->latency(), [self] { self->hear({}); });
    });
}

// An empty message stands for the end of the handshake.
void Wire::hear(Bytes message) {
    if (phone_knows_) return;
    if (paused_) return missed_.push_back([this, message = std::move(message)] { hear(message); });
    message.empty() ? device_->wire_opened() : device_->wire_brought(message);
}

void Wire::to_relay(Bytes message) {
    if (silent_ || phone_knows_) return;
    up_.send(latency() + message.size() / line_.bytes_per_ms,
             [self = shared_from_this(), message = std::move(message)]() mutable { self->arrive(std::move(message)); });
}

void Wire::arrive(Bytes message) {
    if (!id_) return;
    const bool is_odd = line_.is_rough && dice_.per_mille(rough_per_mille);
    node_->relay().received(*id_, message, node_->wall());
    if (is_odd && id_) node_->relay().received(*id_, message, node_->wall());
}

void Wire::send(relay::SharedFrame frame, PriorityClass priority) {
    if (closing_) return;
    if (!outbox_.push(std::move(frame), priority)) return close(relay::CloseCode::policy_violation);
    drain_soon();
}

void Wire::drain_soon() {
    if (std::exchange(draining_, true)) return;
    agenda_.after(0, [self = shared_from_this()] {
        self->draining_ = false;
        self->drain();
    });
}

void Wire::drain() {
    while (!outbox_.empty() && in_flight_ < window_bytes) {
        Bytes batch;
        outbox_.take_batch(batch);
        const std::size_t size = batch.size();
        in_flight_ += size;
        if (silent_) continue;
        if (line_.is_rough && !held_back_ && dice_.per_mille(rough_per_mille)) {  // goes after the next one
            held_back_ = batch;
            batch.clear();
            agenda_.after(held_back_ms, [self = shared_from_this()] { self->let_through(); });
        }
        const std::uint64_t takes_ms = latency() + size / line_.bytes_per_ms;
        down_.send(takes_ms, [self = shared_from_this(), batch = std::move(batch), size]() mutable {
            self->in_flight_ -= size;
            const bool twice = !batch.empty() && self->line_.is_rough && self->dice_.per_mille(rough_per_mille);
            if (!batch.empty()) self->hear(batch);
            if (twice) self->hear(batch);
            if (!batch.empty()) self->let_through();
            self->drain_soon();
        });
    }
    if (closing_ && outbox_.empty())
        down_.send(latency(), [self = shared_from_this()] {
            self->tell_relay_closed();
            self->tell_phone_closed();
        });
}

void Wire::let_through() {
    if (const auto late = std::exchange(held_back_, std::nullopt); late && !silent_) hear(*late);
}

void Wire::close(relay::CloseCode) {
    if (std::exchange(closing_, true)) return;
    drain_soon();
    // A phone that takes nothing any more does not keep the relay waiting.
    agenda_.after(std::chrono::duration_cast<std::chrono::milliseconds>(net::limits::goodbye_within).count(),
                  [self = shared_from_this()] { self->tell_relay_closed(); });
}

void Wire::tell_relay_closed() {
    if (!id_) return;
    closing_ = true;
    outbox_.clear();
    const relay::ConnectionId id = *std::exchange(id_, std::nullopt);
    node_->relay().closed(id, node_->wall());
}

void Wire::tell_phone_closed() {
    if (phone_knows_) return;
    if (paused_) return missed_.push_back([this] { tell_phone_closed(); });
    phone_knows_ = true;
    device_->wire_closed(*this);
}

void Wire::hang_up() {
    phone_knows_ = true;
    down_.cut();
    if (silent_) return;
    up_.send(latency(), [self = shared_from_this()] { self->tell_relay_closed(); });
}

void Wire::cut() {
    broken_ = true;
    up_.cut();
    down_.cut();
    agenda_.after(latency(), [self = shared_from_this()] { self->tell_relay_closed(); });
    agenda_.after(latency(), [self = shared_from_this()] { self->tell_phone_closed(); });
}

void Wire::fall_silent(std::uint64_t phone_notices_after_ms) {
    if (std::exchange(silent_, true)) return;
    up_.cut();
    down_.cut();
    agenda_.after(dead_after_ms, [self = shared_from_this()] { self->tell_relay_closed(); });
    agenda_.after(phone_notices_after_ms, [self = shared_from_this()] { self->tell_phone_closed(); });
}

void Wire::pause() {
    paused_ = true;
    agenda_.after(dead_after_ms, [self = shared_from_this()] {
        if (!self->paused_) return;  // it has answered a ping since
        self->silent_ = true;
        self->up_.cut();
        self->tell_relay_closed();
        self->tell_phone_closed();
    });
}

void Wire::go_on() {
    if (!std::exchange(paused_, false)) return;
    const auto self = shared_from_this();
    for (const Act& act : std::exchange(missed_, {})) act();
}

void Wire::relay_died() {
    id_.reset();
    closing_ = true;
    outbox_.clear();
    down_.cut();
    agenda_.after(latency(), [self = shared_from_this()] { self->tell_phone_closed(); });
}

}  // namespace veranda::simulation
