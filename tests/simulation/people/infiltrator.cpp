#include "tests/simulation/people/infiltrator.hpp"

#include "tests/simulation/evening.hpp"

namespace veranda::simulation {
namespace {

constexpr std::uint64_t asks_for_invite_ms = 5'000;

}  // namespace

Infiltrator::Infiltrator(Evening& evening, std::string name, Dice own)
    : Person(evening.world(), std::move(name), own), evening_(evening), comes_back_(dice().percent(75)) {}

void Infiltrator::arrive() {
    come_anew();
    each_second();
}

Device& Infiltrator::new_phone() {
    const auto& organisation = world().organisation();
    Device& phone =
        world().boot(*this, ModifiedClient(world().origin(), organisation.anchor(), world().random(), loot_, name()));
    take(phone);
    return phone;
}

void Infiltrator::does(std::string_view what, const std::function<void(ModifiedClient&)>& command) {
    (void)device()->wants<ModifiedClient>(what, [&](ModifiedClient& client, client::Now) -> Result<void> {
        command(client);
        return {};
    });
}

// What her last device kept, the next has.
void Infiltrator::come_anew() {
    if (is_gone() || evening_.is_over()) return;
    if (!loot_.footholds.empty()) {
        new_phone();
        return does("enter", [](ModifiedClient& client) { client.enter(); });
    }
    const auto link = evening_.take_invite(false);
    if (!link) {
        world().agenda().after(asks_for_invite_ms, [this] {
            if (device() == nullptr || !device()->is_alive()) come_anew();
        });
        return;
    }
    new_phone();
    does("knock_by an invite",
         [&](ModifiedClient& client) { client.knock_by(circle::read_link(*link)->entropy.clone()); });
}

void Infiltrator::sees(Device& phone, const client::Event& event) {
    const auto* state = std::get_if<client::StateEvent>(&event);
    if (state == nullptr || device() != &phone) return;
    if (state->phase == client::Phase::in_group && found_out_at_ms_ == 0 && dice().percent(70))
        found_out_at_ms_ = world().now_ms() + dice().between(20'000, 240'000);
    if (state->phase == client::Phase::refused && loot_.footholds.empty())
        later(1'000, phone, [this, &phone] { phone.die(), come_anew(); });
}

void Infiltrator::each_second() {
    if (is_gone()) return;
    world().agenda().after(1'000, [this] { each_second(); });
    is_found_out();
    if (!is_acting() || device() == nullptr || !device()->is_alive() || device()->is_asleep()) return;
    if (loot_.footholds.empty() || !device()->core<ModifiedClient>()->is_ready()) return;
    loot_.is_in() ? within() : without();
}

// Facilitators take out whom they have no reason to trust.
void Infiltrator::is_found_out() {
    if (found_out_at_ms_ == 0 || world().now_ms() < found_out_at_ms_ || !loot_.is_in() || evening_.is_quiet()) return;
    for (const auto& person : world().people()) {
        if (dynamic_cast<const Facilitator*>(person.get()) == nullptr || !person->is_in()) continue;
        const auto removed = person->device()->wants<client::Client>(
            "remove " + name(), [this](client::Client& client, client::Now now) { return client.remove(name(), now); });
        if (removed) found_out_at_ms_ = 0;
        return;
    }
}

void Infiltrator::says() {
    const std::string text = mark() + std::to_string(++texts_);
    const std::size_t epochs_back = dice().percent(70) ? 0 : dice().below(4);
    does("say " + text, [&](ModifiedClient& client) { client.say(text, epochs_back); });
}

void Infiltrator::within() {
    const std::uint64_t throw_of = dice().below(100);
    if (throw_of < 8) says();
    if (throw_of == 10) does("commit", [](ModifiedClient& client) { client.commit(); });
    if (throw_of == 11) does("order", [](ModifiedClient& client) { client.order(); });
    if (throw_of == 12) does("repeat", [](ModifiedClient& client) { client.repeat_last_frame(); });
}

void Infiltrator::without() {
    const std::uint64_t throw_of = dice().below(100);
    if (throw_of < 10) return says();
    if (throw_of < 13) return does("enter", [](ModifiedClient& client) { client.enter(); });
    if (throw_of < 15) return does("repeat", [](ModifiedClient& client) { client.repeat_last_frame(); });
    if (throw_of < 17) return does("commit", [](ModifiedClient& client) { client.commit(); });
    if (throw_of < 20) {
        const auto log = loot_.log().find(loot_.footholds.back().room);
        if (log == loot_.log().end() || log->second.empty()) return;
        const LogEntry& old = log->second[dice().below(log->second.size())];
        return does("send again entry " + std::to_string(old.sequence.value),
                    [&](ModifiedClient& client) { client.send_again(old.body); });
    }
    const bool knocks = comes_back_ && !device()->core<ModifiedClient>()->is_knocking();
    if (throw_of < 28 && knocks) does("knock by ticket", [](ModifiedClient& client) { client.knock_by_ticket(); });
}

}  // namespace veranda::simulation
