#include "tests/simulation/device.hpp"

#include "tests/simulation/people/person.hpp"
#include "tests/simulation/world.hpp"

namespace veranda::simulation {
namespace {

constexpr std::uint64_t tick_ms = 1'000;  // as often as a client asks for at least

}  // namespace

Device::Device(World& world, Person& person, std::size_t number, std::unique_ptr<Core> core, Line line, Dice dice)
    : world_(world),
      person_(person),
      number_(number),
      name_(person.name() + "/" + std::to_string(number)),
      core_(std::move(core)),
      line_(line),
      dice_(dice) {
    world_.agenda().after(dice_.below(tick_ms), [this] { tick(); });
}

Device::~Device() = default;

client::Now Device::now() const {
    const std::uint64_t wall =
        static_cast<std::uint64_t>(static_cast<std::int64_t>(world_.wall().value) + clock_ahead_ms_);
    return {UnixMillis{wall}, world_.agenda().now_ms() + 1'000'000};
}

void Device::tick() {
    if (!alive_) return;
    if (!asleep_) {
        core_->tick(now());
        settle();
    }
    world_.agenda().after(tick_ms, [this] { tick(); });
}

void Device::settle() {
    if (settling_) return;  // what a person wants while she reads is done by the loop that showed it to her
    settling_ = true;
    for (bool busy = true; busy && alive_;) {
        busy = false;
        for (const client::Action& action : core_->take_actions()) carry_out(action), busy = true;
        while (alive_) {
            const auto event = core_->next_event();
            if (!event) break;
            busy = true;
            if (const auto* state = std::get_if<client::StateEvent>(&*event)) phase_ = state->phase;
            world_.shown(*this, *event);
            person_.sees(*this, *event);
        }
    }
    settling_ = false;
}

void Device::carry_out(const client::Action& action) {
    if (std::holds_alternative<client::Connect>(action)) {
        if (wire_) wire_->hang_up();
        wire_ = world_.dial(*this, line_, Dice(dice_.next()));
    } else if (const auto* message = std::get_if<client::Send>(&action)) {
        if (wire_) wire_->to_relay(message->message);
    } else if (std::holds_alternative<client::Disconnect>(action)) {
        if (wire_) std::exchange(wire_, nullptr)->hang_up();
    } else if (const auto* book = std::get_if<client::SaveBook>(&action)) {
        person_.saves_book(book->body);
    }
}

void Device::wanted(std::string_view what, const Result<void>& done) { world_.wanted(*this, what, done); }

void Device::die() {
    if (!std::exchange(alive_, false)) return;
    world_.trace().line(world_.agenda().now_ms(), name_, "dies");
    world_.died(*this);
    if (wire_) std::exchange(wire_, nullptr)->hang_up();
    core_.reset();
}

void Device::sleep(std::uint64_t ms) {
    if (!alive_ || std::exchange(asleep_, true)) return;
    world_.trace().line(world_.agenda().now_ms(), name_, "sleeps");
    if (wire_) wire_->pause();
    world_.agenda().after(ms, [this] {
        if (!alive_) return;
        asleep_ = false;
        world_.trace().line(world_.agenda().now_ms(), name_, "wakes");
        if (wire_) std::shared_ptr<Wire>(wire_)->go_on();
        settle();
    });
}

void Device::cut() {
    if (!alive_ || !wire_) return;
    world_.trace().line(world_.agenda().now_ms(), name_, "is cut off");
    wire_->cut();
}

void Device::fall_silent(std::uint64_t phone_notices_after_ms) {
    if (!alive_ || !wire_) return;
    world_.trace().line(world_.agenda().now_ms(), name_, "is in a tunnel");
    wire_->fall_silent(phone_notices_after_ms);
}

void Device::wire_opened() {
    if (!alive_) return;
    core_->connected(now());
    settle();
}

void Device::wire_brought(ByteView message) {
    if (!alive_) return;
    core_->received(message, now());
    settle();
}

void Device::wire_closed(const Wire& wire) {
    if (!alive_ || wire_.get() != &wire) return;
    wire_.reset();
    core_->disconnected(now());
    settle();
}

}  // namespace veranda::simulation
