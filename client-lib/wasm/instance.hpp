// What an instance of the module holds: channels, each with a client behind it, and what they know in common.
#pragma once

#include <deque>
#include <map>

#include "client-lib/client/staff_only.hpp"
#include "client-lib/wasm/modules.hpp"

namespace veranda::wasm {

using ChannelNumber = std::uint32_t;

// One connection to the relay, and the client that speaks on it. They are all drained in the same way.
struct Channel {
    template <class Core, class... Arguments>
    explicit Channel(std::in_place_type_t<Core> which, Arguments&&... arguments)
        : core(which, std::forward<Arguments>(arguments)...) {}

    AnyCore core;
    std::deque<client::Action> actions{};  // taken from the core, not yet from us
};

struct Instance {
    crypto::SystemRandom random{};
    std::string origin{};
    std::string organisation{};                   // its file, as it was handed in
    std::optional<client::TrustAnchor> anchor{};  // of the group that was opened last
    std::map<ChannelNumber, Channel> channels{};
    ChannelNumber spoke = 0;                       // whose the last action or event was
    client::StaffOnly<client::StaffKeys> staff{};  // who has signed in

    // A new client in place of what was on the channel.
    template <class Core>
    Core& open(ChannelNumber number, const client::TrustAnchor& trust) {
        close(number);
        auto& channel = channels.try_emplace(number, std::in_place_type<Core>, origin, trust, random).first->second;
        return std::get<Core>(channel.core);
    }
    void close(ChannelNumber number);
    void wipe();  // all but what is public: the organisation's file

    std::optional<client::Action> next_action();
    std::optional<client::Event> next_event();
};

}  // namespace veranda::wasm
