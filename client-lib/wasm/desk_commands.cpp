// What a counsellor can ask for on the channel of the desk.
#include "client-lib/wasm/commands.hpp"
#include "client-lib/wasm/desk_talks.hpp"

namespace veranda::wasm {
namespace {

using client::Client;
using client::DeskClient;

DeskClient* desk_on(Call& call) {
    const auto channel = call.here.channels.find(call.channel);
    return channel == call.here.channels.end() ? nullptr : std::get_if<DeskClient>(&channel->second.core);
}

// The same desk as before, if she comes back to it: talks that go on keep their numbers.
Result<void> go_on_duty(Call& call) {
    if (!call.here.staff) return fail(faults::not_signed_in);
    if (!word_lists_are_here()) return fail(faults::word_lists);  // a talk that is handed over makes words
    client::StaffKeys keys = call.here.staff->clone();
    std::vector<std::string> languages;
    for (std::string_view rest = call.text(); !rest.empty();) {
        const std::size_t end = std::min(rest.find(','), rest.size());
        languages.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    DeskClient* desk = desk_on(call);
    if (desk == nullptr) {
        call.here.talks.desk = call.channel;
        desk =
            &call.here.open<DeskClient>(call.channel, {crypto::fingerprint(keys.certificate.body.root), std::nullopt});
    }
    std::optional<crypto::KemKeyPair> desk_key;
    if (call.here.desk_key) desk_key.emplace(call.here.desk_key->clone());
    return desk->go_on_duty(std::move(keys), languages, call.now, std::move(desk_key));
}

// The end of the room ends the request too. Where the room cannot be ended, it is left.
Result<void> end_request(Call& call) {
    const std::uint64_t number = number_of(call);
    if (call.malformed) return fail(faults::command_form);
    DeskClient* desk = desk_on(call);
    if (desk == nullptr) return fail(faults::not_started);
    Client* room = room_of(call.here, number);
    if (room != nullptr && room->end(call.now)) return {};
    const auto ended = desk->end(number, call.now);
    return room == nullptr ? ended : room->leave(call.now);
}

constexpr Command commands[] = {
    {"go-on-duty", 1, go_on_duty},
    {"go-off-duty", 0, on<&DeskClient::go_off_duty>},
    {"take", 1, on<&DeskClient::take>},
    {"end-request", 1, end_request},
    {"answer", 2, on<&DeskClient::answer>},
    {"put-back", 1, on<&DeskClient::put_back>},
    {"hand-over", 2, on<&DeskClient::look_for>},
};

}  // namespace

Table desk_commands() { return commands; }

}  // namespace veranda::wasm
