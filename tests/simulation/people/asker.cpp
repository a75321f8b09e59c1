#include "tests/simulation/people/asker.hpp"

#include "client-lib/client/desk/answer_reader.hpp"
#include "tests/simulation/evening.hpp"

namespace veranda::simulation {
namespace {

using client::AnswerReader;
using client::AskingClient;
using client::Now;
using client::Phase;

constexpr int times_max = 5;  // then she has had enough
constexpr std::string_view notes[] = {"", "It is about a letter.", "Please be quick."};
constexpr std::string_view called[] = {"Guest", "Wren", "Wren", "Celia", "Dora"};  // two are the counsellors'

}  // namespace

Asker::Asker(Evening& evening, std::string name, Dice dice)
    : Person(evening.world(), std::move(name), dice), evening_(evening) {}

void Asker::come_anew() {
    if (is_gone() || evening_.is_over()) return;
    if (++times_ > times_max) return give_up();
    Device& phone =
        world().boot(*this, AskingClient(world().origin(), world().organisation().anchor(), world().random()));
    take(phone);
    client::AskPlan plan;
    plan.urgency = static_cast<Urgency>(dice().between(1, 4));
    plan.note = notes[dice().below(std::size(notes))];
    plan.name = called[dice().below(std::size(called))];
    plan.leaves = dice().percent(20);
    (void)phone.wants<AskingClient>("ask", [&](AskingClient& client, Now now) { return client.ask(plan, now); });
    impatience(phone);
}

// She goes away again, waiting or talking.
void Asker::impatience(Device& phone) {
    later(dice().between(60'000, 600'000), phone, [this, &phone] {
        if (is_acting())
            (void)phone.wants<AskingClient>("leave", [](AskingClient& client, Now now) { return client.leave(now); });
    });
}

void Asker::sees(Device& phone, const client::Event& event) {
    if (device() != &phone) return;
    if (const auto* desk = std::get_if<client::DeskEvent>(&event)) how_it_stands(phone, *desk);
    if (const auto* state = std::get_if<client::StateEvent>(&event)) over(phone, state->phase);
    if (const auto* asked = std::get_if<client::HandOverEvent>(&event); asked && asked->state == "asked")
        later(dice().between(2'000, 30'000), phone, [this, &phone] {
            const bool agrees = dice().percent(80);
            (void)phone.wants<AskingClient>(agrees ? "agree" : "disagree",
                                            [&](AskingClient& client, Now now) { return client.agree(agrees, now); });
        });
}

void Asker::how_it_stands(Device& phone, const client::DeskEvent& desk) {
    if (desk.state == "left") words_ = desk.words;
    if (desk.state == "nobody" && desk.can_leave && dice().percent(50))
        later(dice().between(1'000, 20'000), phone, [&phone] {
            (void)phone.wants<AskingClient>("leave_request",
                                            [](AskingClient& client, Now now) { return client.leave_request(now); });
        });
}

void Asker::over(Device& phone, Phase phase) {
    const bool is_over =
        phase == Phase::left || phase == Phase::ended || phase == Phase::refused || phase == Phase::removed;
    if (!is_over) return;
    later(dice().between(5'000, 120'000), phone, [this, &phone] {
        phone.die();
        words_.empty() ? come_anew() : look_for_answer();
    });
}

void Asker::look_for_answer() {
    if (is_gone() || evening_.is_over()) return;
    const auto entropy = circle::read_words(words_);
    words_.clear();
    if (!entropy) return give_up();
    Device& phone =
        world().boot(*this, AnswerReader(world().origin(), world().organisation().anchor(), world().random()));
    take(phone);
    (void)phone.wants<AnswerReader>(
        "read answer", [&](AnswerReader& reader, Now now) { return reader.read(circle::Pass::from(*entropy), now); });
}

void Asker::moment() {
    (void)device()->wants<AskingClient>("say", [&](AskingClient& client, Now now) {
        return client.say(name() + " says " + std::to_string(++texts_), now);
    });
}

}  // namespace veranda::simulation
