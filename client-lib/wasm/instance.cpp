// The channels in turn: the first that has something to say is heard first. A group book that changed is sealed with
// the next tick, so that several changes cost one passphrase's work.
#include "client-lib/wasm/desk_talks.hpp"

#include "protocol/armour.hpp"

namespace veranda::wasm {
namespace {

void wipe_actions(std::deque<client::Action>& actions) {
    for (client::Action& action : actions) {
        if (auto* send = std::get_if<client::Send>(&action)) crypto::wipe(send->message);
        if (auto* save = std::get_if<client::SaveBook>(&action)) crypto::wipe(save->body);
    }
    actions.clear();
}

void keep_to_seal(Channel& channel, Bytes body) {
    if (!channel.book) return crypto::wipe(body);
    crypto::wipe(channel.book->unsealed);
    channel.book->unsealed = std::move(body);
}

void seal_book(Channel& channel, crypto::RandomSource& random) {
    BookKeeping& book = *channel.book;
    const auto sealed = circle::seal_book_body(book.unsealed, book.passphrase.view(), random);
    if (!sealed) {  // tried again with each tick
        if (!std::exchange(book.failed, true)) channel.events.emplace_back(client::NoticeEvent{"book_not_saved", {}});
        return;
    }
    book.failed = false;
    book.sealed = armour(armour_titles::group_book, *sealed);
    crypto::wipe(book.unsealed);
    book.unsealed.clear();
}

void take_actions(Channel& channel) {
    auto taken = std::visit([](auto& core) { return core.take_actions(); }, channel.core);
    for (client::Action& action : taken) {
        if (auto* save = std::get_if<client::SaveBook>(&action))
            keep_to_seal(channel, std::move(save->body));
        else
            channel.actions.push_back(std::move(action));
    }
    if (channel.book && !channel.book->sealed.empty())
        channel.actions.emplace_back(client::SaveBook{to_bytes(as_bytes(std::exchange(channel.book->sealed, {})))});
}

}  // namespace

Channel::~Channel() {
    wipe_actions(actions);
    if (book) crypto::wipe(book->unsealed);
}

void Instance::sign_out() {
    staff.reset();
    desk_key.reset();
    book.reset();
    if constexpr (is_here<client::DeskClient>) forget_talks(*this);
}

void Instance::wipe() {
    channels.clear();
    sign_out();
    anchor.reset();
    origin.clear();
    spoke = 0;
}

void Instance::tick(client::Now now) {
    for (auto& [number, channel] : channels) {
        std::visit([&](auto& core) { core.tick(now); }, channel.core);
        if (channel.book && !channel.book->unsealed.empty()) seal_book(channel, random);
    }
}

std::optional<client::Action> Instance::next_action() {
    for (auto& [number, channel] : channels) {
        if (channel.actions.empty()) take_actions(channel);
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
        if (!event && !channel.events.empty()) {
            event = std::move(channel.events.front());
            channel.events.pop_front();
        }
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
