// The channels in turn: the first that has something to say is heard first.
#include "client-lib/wasm/instance.hpp"

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
    for (auto& [number, channel] : channels) {
        auto event = std::visit([](auto& core) { return core.next_event(); }, channel.core);
        if (!event) continue;
        spoke = number;
        return event;
    }
    return std::nullopt;
}

}  // namespace veranda::wasm
