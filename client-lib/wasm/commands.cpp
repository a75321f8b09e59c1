// From fields to a command of whichever table has it.
#include "client-lib/wasm/commands.hpp"

#include <algorithm>
#include <charconv>

#include "crypto/verify/staff_check.hpp"
#include "protocol/armour.hpp"

namespace veranda::wasm {
namespace {

using client::AskingClient;
using client::Client;

constexpr Command commands[] = {
    {"say", 1, on<&Client::say, &AskingClient::say>},
    {"agree", 1, on<&Client::agree, &AskingClient::agree>},
    {"leave", 0, on<&Client::leave, &AskingClient::leave>},
};

const Command* find(Table table, std::string_view name) {
    const auto found = std::find_if(table.begin(), table.end(), [&](const Command& it) { return it.name == name; });
    return found == table.end() ? nullptr : &*found;
}

// Only where the client is that they are for; elsewhere the table is not even there.
template <class Core, Table (*table)()>
const Command* find_of(std::string_view name) {
    if constexpr (is_here<Core>)
        return find(table(), name);
    else
        return nullptr;
}

const Command* find(std::string_view name) {
    if (const auto* shared = find(commands, name)) return shared;
    if (const auto* group = find_of<Client, group_commands>(name)) return group;
    if (const auto* asking = find_of<AskingClient, asking_commands>(name)) return asking;
    if (const auto* staff = find_of<client::DeskClient, staff_commands>(name)) return staff;
    return find_of<client::DeskClient, desk_commands>(name);
}

}  // namespace

std::uint64_t number_of(Call& call) {
    const std::string_view text = call.text();
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) call.malformed = true;
    return number;
}

Result<client::TrustAnchor> organisation_of(const Instance& here) {
    const Bytes bytes = TRY(unarmour(armour_titles::organisation, here.organisation));
    auto organisation = TRY(tls::decode<Signed<Organisation>>(bytes));
    TRY(crypto::check_organisation(organisation));
    return client::TrustAnchor{std::nullopt, std::move(organisation)};
}

Result<Texts> run(Instance& here, ChannelNumber channel, std::string_view fields, client::Now now) {
    std::vector<std::string_view> texts;
    while (!fields.empty()) {
        const std::size_t end = fields.find('\0');
        if (end == std::string_view::npos) return fail(faults::command_form);
        texts.push_back(fields.substr(0, end));
        fields.remove_prefix(end + 1);
    }
    const Command* command = texts.empty() ? nullptr : find(texts.front());
    if (command == nullptr || command->arguments + 1 != texts.size()) return fail(faults::command_unknown);
    Call call{here, channel, now, std::span(texts).subspan(1)};
    TRY(command->carry_out(call));
    return std::move(call.answer);
}

}  // namespace veranda::wasm
