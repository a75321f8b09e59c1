#include "tests/simulation/people/member.hpp"

#include "tests/simulation/world.hpp"

namespace veranda::simulation {

void Member::sees(Device& phone, const client::Event& event) {
    Newcomer::sees(phone, event);
    if (const auto* message = std::get_if<client::MessageEvent>(&event)) seen_.push_back(message->seq);
    if (std::holds_alternative<client::GapEvent>(event)) seen_.clear();
}

std::uint64_t Member::any_message() { return seen_.empty() ? 0 : dice().pick(seen_); }

// Says who wrote it and which it is, so that it is found again wherever it shows.
std::string Member::next_text() { return name() + " says " + std::to_string(++texts_); }

Result<void> Member::does(std::string_view what,
                          const std::function<Result<void>(client::Client&, client::Now)>& command) {
    return device()->wants<client::Client>(what, command);
}

void Member::moment() {
    using client::Client;
    using client::Now;
    const std::uint64_t throw_of = dice().below(100);
    if (throw_of < 60) {
        const std::string text = next_text();
        (void)does("say " + text, [&](Client& client, Now now) { return client.say(text, now); });
    } else if (throw_of < 70) {
        const std::uint64_t to = any_message();
        const std::string text = next_text();
        (void)does("reply " + text, [&](Client& client, Now now) { return client.reply(to, text, now); });
    } else if (throw_of < 78) {
        const std::uint64_t to = any_message();
        (void)does("react", [&](Client& client, Now now) { return client.react(to, ReactionSign{1}, now); });
    } else if (throw_of < 83) {
        hand_up_ = !hand_up_;
        (void)does("raise_hand", [&](Client& client, Now now) { return client.raise_hand(hand_up_, now); });
    } else if (throw_of < 87) {
        const std::string text = next_text();
        (void)does("note " + text, [&](Client& client, Now now) { return client.note(text, now); });
    } else if (throw_of < 90) {
        const std::string text = next_text();
        (void)does("not_safe " + text, [&](Client& client, Now now) { return client.not_safe(text, now); });
    } else if (throw_of < 94) {
        const std::uint64_t seq = any_message();
        (void)does("hide", [&](Client& client, Now now) { return client.hide(seq, true, now); });
    } else if (throw_of < 96 && !is_staff()) {
        (void)does("leave", [&](Client& client, Now now) { return client.leave(now); });
    }
}

}  // namespace veranda::simulation
