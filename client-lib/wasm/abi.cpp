// The exports of abi.h over one Instance. No decision is taken here: arguments become the core's types, answers become
// bytes in `output`.
#include "client-lib/wasm/abi.h"

#include <cstdlib>

#include "client-lib/wasm/commands.hpp"
#include "client-lib/wasm/wiping.hpp"
#include "client-lib/wasm/word_lists.hpp"

namespace veranda::wasm {
namespace {

Instance& instance() {
    static Instance the_one;
    return the_one;
}

client::Now at(double wall, double steady) {
    instance().called_at = {UnixMillis{static_cast<std::uint64_t>(wall)}, static_cast<std::uint64_t>(steady)};
    return instance().called_at;
}

std::string_view text(const char* data, std::size_t size) { return {data, size}; }

Bytes output;

// Replaced, never only resized: what was there may have been a secret (a message's text).
void put_out(Bytes bytes) {
    crypto::wipe(output);
    output = std::move(bytes);
}

void put_out(Texts texts) {
    Bytes bytes;
    std::size_t size = 0;
    for (const std::string& each : texts) size += each.size() + 1;
    bytes.reserve(size);
    for (std::string& each : texts) {
        append(bytes, as_bytes(each));
        bytes.push_back(0);
        crypto::wipe({reinterpret_cast<std::uint8_t*>(each.data()), each.size()});
    }
    put_out(std::move(bytes));
}

// What the world does to the client of a channel, if there is one.
template <class Do>
void to_core(ChannelNumber number, Do&& happen) {
    const auto found = instance().channels.find(number);
    if (found != instance().channels.end()) std::visit(happen, found->second.core);
}

}  // namespace
}  // namespace veranda::wasm

using namespace veranda;
using namespace veranda::wasm;

void* veranda_alloc(std::size_t size) { return std::malloc(size == 0 ? 1 : size); }

void veranda_free(void* memory, std::size_t size) {
    if (memory == nullptr) return;
    crypto::wipe({static_cast<std::uint8_t*>(memory), size});
    std::free(memory);
}

const std::uint8_t* veranda_output() { return output.data(); }
std::size_t veranda_output_size() { return output.size(); }

void veranda_start(const char* origin, std::size_t origin_size) {
    veranda_wipe();
    instance().origin = text(origin, origin_size);
}

void veranda_wipe() {
    instance().wipe();
    put_out(Bytes{});
    wipe_stack();
}

void veranda_organisation(const char* file, std::size_t size) { instance().organisation = text(file, size); }

std::int32_t veranda_word_list(std::int32_t which, const char* list, std::size_t size) {
    return take_word_list(static_cast<std::size_t>(which), text(list, size)) ? 1 : 0;
}

std::int32_t veranda_unknown_words(const char* words, std::size_t words_size) {
    Texts unknown;
    if (word_lists_are_here()) unknown = circle::unknown_words(text(words, words_size));
    const auto count = static_cast<std::int32_t>(unknown.size());
    put_out(std::move(unknown));
    return count;
}

std::int32_t veranda_command(std::uint32_t channel, const char* fields, std::size_t size, double wall, double steady) {
    auto answer = run(instance(), channel, text(fields, size), at(wall, steady));
    if (answer) return put_out(*std::move(answer)), 0;
    return put_out(to_bytes(as_bytes(answer.error().rule->name))), -1;
}

void veranda_close(std::uint32_t channel) { instance().close(channel); }

void veranda_connected(std::uint32_t channel, double wall, double steady) {
    to_core(channel, [&](auto& core) { core.connected(at(wall, steady)); });
}

void veranda_received(std::uint32_t channel, const std::uint8_t* message, std::size_t size, double wall,
                      double steady) {
    to_core(channel, [&](auto& core) { core.received({message, size}, at(wall, steady)); });
}

void veranda_disconnected(std::uint32_t channel, double wall, double steady) {
    to_core(channel, [&](auto& core) { core.disconnected(at(wall, steady)); });
}

void veranda_tick(double wall, double steady) { instance().tick(at(wall, steady)); }

std::int32_t veranda_next_action() {
    put_out(Bytes{});
    auto action = instance().next_action();
    if (!action) return VERANDA_ACTION_NONE;
    if (std::holds_alternative<client::Connect>(*action)) return VERANDA_ACTION_CONNECT;
    if (std::holds_alternative<client::Disconnect>(*action)) return VERANDA_ACTION_DISCONNECT;
    if (auto* save = std::get_if<client::SaveBook>(&*action))
        return put_out(std::move(save->body)), VERANDA_ACTION_SAVE_BOOK;
    put_out(std::move(std::get<client::Send>(*action).message));
    return VERANDA_ACTION_SEND;
}

std::int32_t veranda_next_event() {
    put_out(Bytes{});
    const auto event = instance().next_event();
    if (!event) return 0;
    put_out(to_bytes(as_bytes(client::to_json(*event))));
    return 1;
}

std::uint32_t veranda_channel() { return instance().spoke; }

void veranda_ticket(std::uint32_t channel) {
    put_out(Bytes{});
    to_core(channel, [](auto& core) {
        if constexpr (std::is_same_v<decltype(core), client::Client&>)
            if (const auto ticket = core.ticket()) put_out(to_bytes(as_bytes(ticket->encode())));
    });
}
