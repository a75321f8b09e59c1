// The channels in turn: the first that has something to say is heard first.
#include "client-lib/wasm/desk_talks.hpp"

namespace veranda::wasm {
namespace {

void wipe_actions(std::deque<client::Action>& actions) {
    for (client::Action& action : actions) {
        if (auto* send = std::get_if<client::Send>(&action)) crypto::wipe(send->message);
        if (auto* save = std::get_if<client::SaveBook>(&action)) crypto::wipe(save->body);
    }
    actions.clear();
}

}  // namespace

void Instance::close(ChannelNumber number) {
    const auto found = channels.find(number);
    if (found == channels.end()) return;
    wipe_actions(found->second.actions);
    channels.erase(found);
}

void Instance::wipe() {
    while (!channels.empty()) close(channels.begin()->first);
    anchor.reset();
    origin.clear();
    spoke = 0;
    staff.reset();
    if constexpr (is_here<client::DeskClient>) forget_talks(*this);
}

std::optional<client::Action> Instance::next_action() {
    for (auto& [number, channel] : channels) {
        if (channel.actions.empty()) {
            auto taken = std::visit([](auto& core) { return core.take_actions(); }, channel.core);
            for (client::Action& action : taken) channel.actions.push_back(std::move(action));
        }
        if (channel.actions.empty()) continue;
        client::Action action = std::move(channel.actions.front());
        channel.actions.pop_front();
        spoke = number;
        return action;
    }
    return std::nullopt;
}

std::optional<client::Event> Instance::next_event() {
    if constexpr (is_here<client::DeskClient>) {
        client::Event told;
        if (next_told(*this, told)) return told;
    }
    for (auto& [number, channel] : channels) {
        auto event = std::visit([](auto& core) { return core.next_event(); }, channel.core);
        if (!event) continue;
        spoke = number;
        if constexpr (is_here<client::DeskClient>) hear_of_talk(*this, number, *event);
        return event;
    }
    if constexpr (is_here<client::DeskClient>)
        if (tend_talks(*this)) return next_event();
    return std::nullopt;
}

}  // namespace veranda::wasm
