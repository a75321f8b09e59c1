// What the page can ask for: commands by name, with their arguments as texts. They are listed twice, as tables in the
// *_commands.cpp and, with types and for whom each is, in web-client/src/core/commands.ts; a test holds the two against
// each other.
//
// A number is decimal, a flag 0 or 1; a level, a sign and an urgency are called as in events (client/events.hpp).
#pragma once

#include <span>

#include "client-lib/wasm/instance.hpp"
#include "client-lib/wasm/word_lists.hpp"

namespace veranda::wasm {

namespace faults {
// No such command in this module, or on the client that this channel has, or not with so many arguments.
inline constexpr Rule command_unknown{"command_unknown", "client-lib/wasm/commands.hpp"};
inline constexpr Rule command_form{"command_form", "client-lib/wasm/commands.hpp"};  // not a number, not a level...
inline constexpr Rule not_started{"not_started", "client-lib/wasm/commands.hpp"};    // nothing is on this channel
inline constexpr Rule word_lists{"word_lists", "client-lib/wasm/commands.hpp"};      // not handed in yet
inline constexpr Rule not_signed_in{"not_signed_in", "client-lib/wasm/commands.hpp"};
inline constexpr Rule secret_form{"secret_form", "client-lib/wasm/commands.hpp"};  // too long, or not what was sealed
}  // namespace faults

using Texts = std::vector<std::string>;

// A command as it is carried out. Handlers take the arguments one after the other.
struct Call {
    Instance& here;
    ChannelNumber channel;
    client::Now now;
    std::span<const std::string_view> arguments;  // not taken yet
    bool malformed = false;                       // one of those that were taken
    Texts answer{};

    std::string_view text() {
        const std::string_view first = arguments.front();
        arguments = arguments.subspan(1);
        return first;
    }
};

struct Command {
    std::string_view name;
    std::size_t arguments;
    Result<void> (*carry_out)(Call& call);
};

// Whatever of client/ answers to a command, on whichever channel: its arguments are read by the types of its
// parameters. Of several methods, the one whose client this channel has.
template <auto... methods>
Result<void> on(Call& call);

// What makes words (an invite, return words) or reads them, once the lists are here. Errors: word_lists.
template <Result<void> (*carry_out)(Call&)>
Result<void> with_words(Call& call) {
    return word_lists_are_here() ? carry_out(call) : Result<void>(fail(faults::word_lists));
}

// The command that these fields are, each ended by a zero byte, carried out. Answers with texts. Errors: those of
// `faults`, and the client's.
Result<Texts> run(Instance& here, ChannelNumber channel, std::string_view fields, client::Now now);

using Table = std::span<const Command>;
Table group_commands();
Table asking_commands();
Table staff_commands();
Table desk_commands();

// ---- for those that open a channel ----

// A fingerprint as it goes from one module to another: with a zero behind it, for base64url in full groups.
inline constexpr std::size_t named_organisation_bytes = 33;

// Of the page's own server, for whoever comes by words, which hold no fingerprint. Errors: those of armour and of
// check_organisation.
Result<client::TrustAnchor> organisation_of(const Instance& here);
// A client for a group, on the call's channel; with the book that a member of staff has opened. Errors: those of
// bring_book; other_organisation, when a member of staff comes into a group of somebody else's.
Result<client::Client*> open_group(Call& call, client::TrustAnchor anchor);

// ---- how `on` reads ----

std::uint64_t number_of(Call& call);

// By its name, of an enumeration that has names and says what it knows.
template <class Enum>
Enum named(Call& call) {
    using client::name;
    const std::string_view text = call.text();
    for (std::uint8_t value = 0; value < 16; ++value)
        if (is_known(Enum{value}) && name(Enum{value}) == text) return Enum{value};
    call.malformed = true;
    return {};
}

template <class Type>
Type argument(Call& call) {
    if constexpr (std::is_same_v<Type, client::Now>) {  // the one that the page does not say
        return call.now;
    } else if constexpr (std::is_same_v<Type, std::string_view>) {
        return call.text();
    } else if constexpr (std::is_same_v<Type, std::uint64_t>) {
        return number_of(call);
    } else if constexpr (std::is_same_v<Type, bool>) {
        const std::uint64_t flag = number_of(call);
        if (flag > 1) call.malformed = true;
        return flag == 1;
    } else if constexpr (std::is_same_v<Type, std::optional<Level>>) {  // empty: none
        if (call.arguments.front().empty()) return call.text(), std::nullopt;
        return named<Level>(call);
    } else {
        return named<Type>(call);
    }
}

template <class Core, class... Parameters>
Result<void> call_it(Core& core, Result<void> (Core::*method)(Parameters...), Call& call) {
    const std::tuple<Parameters...> read{argument<Parameters>(call)...};  // in braces: from left to right
    if (call.malformed) return fail(faults::command_form);
    return std::apply([&](const auto&... each) { return (core.*method)(each...); }, read);
}

template <class Core, class... Parameters>
bool call_if_here(Result<void> (Core::*method)(Parameters...), Call& call, Channel& channel, Result<void>& result) {
    if constexpr (is_here<Core>) {
        auto* core = std::get_if<Core>(&channel.core);
        if (core != nullptr) result = call_it(*core, method, call);
        return core != nullptr;
    }
    return false;
}

template <auto... methods>
Result<void> on(Call& call) {
    const auto channel = call.here.channels.find(call.channel);
    if (channel == call.here.channels.end()) return fail(faults::not_started);
    Result<void> result;
    const bool found = (call_if_here(methods, call, channel->second, result) || ...);
    return found ? result : Result<void>(fail(faults::command_unknown));
}

}  // namespace veranda::wasm
