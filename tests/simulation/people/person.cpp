#include "tests/simulation/people/person.hpp"

#include "tests/simulation/world.hpp"

namespace veranda::simulation {
namespace {

constexpr std::uint64_t moment_ms_min = 3'000;
constexpr std::uint64_t moment_ms_max = 40'000;
constexpr std::uint64_t looks_at_phone_ms = 1'000;  // whether the phone is awake

}  // namespace

Person::Person(World& world, std::string name, Dice dice) : world_(world), name_(std::move(name)), dice_(dice) {}

void Person::later(std::uint64_t ms, Device& device, std::function<void()> what) {
    world_.agenda().after(ms, [this, &device, what = std::move(what)] {
        if (device_ != &device || !device.is_alive()) return;
        device.is_asleep() ? later(looks_at_phone_ms, device, what) : what();
    });
}

void Person::begin() {
    world_.agenda().after(dice_.between(moment_ms_min, moment_ms_max), [this] {
        if (gone_) return;
        if (is_in()) look();
        if (acting_ && is_in()) moment();
        begin();
    });
}

// As the page keeps it: with each entry. What a phone keeps is a line of text.
std::optional<circle::Ticket> Person::ticket() const {
    const client::Client* client = device_ == nullptr ? nullptr : device_->client();
    if (client == nullptr) return std::nullopt;
    const auto held = client->ticket();
    if (!held) return std::nullopt;
    auto read = circle::Ticket::decode(held->encode());
    if (!read) return std::nullopt;
    return *std::move(read);
}

void Person::come_back(std::optional<circle::Ticket> ticket) {
    ticket ? come_back_by(*std::move(ticket)) : come_anew();
}

void Person::reload() {
    if (device_ == nullptr || !device_->is_alive() || device_->is_asleep()) return;
    auto kept = ticket();
    device_->die();
    come_back(std::move(kept));
}

void Person::lose_phone() {
    if (device_ == nullptr || !device_->is_alive()) return;
    auto kept = std::make_shared<std::optional<circle::Ticket>>(ticket());
    device_->die();
    device_ = nullptr;
    world_.agenda().after(dice_.between(2'000, 150'000), [this, kept] {
        if (!gone_ && device_ == nullptr) come_back(std::move(*kept));
    });
}

void Person::double_tab() {
    if (!is_in()) return;
    auto kept = ticket();
    if (!kept) return;
    Device& first = *device_;
    come_back_by(*std::move(kept));
    world_.agenda().after(dice_.between(10'000, 60'000), [&first] { first.die(); });
}

void Person::give_up() {
    gone_ = true;
    if (device_ != nullptr) std::exchange(device_, nullptr)->die();
}

}  // namespace veranda::simulation
