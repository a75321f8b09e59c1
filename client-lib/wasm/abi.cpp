// The exports of abi.h over one Client. No decision is taken here: arguments become the core's types, answers become
// bytes in `output`.
#include "client-lib/wasm/abi.h"

#include <sodium/utils.h>

#include <cstdlib>
#include <deque>

#include "client-lib/circle/joining/invite.hpp"
#include "client-lib/client/client.hpp"
#include "client-lib/wasm/word_lists.hpp"
#include "crypto/verify/random.hpp"
#include "crypto/verify/staff_check.hpp"
#include "protocol/armour.hpp"

namespace veranda {
namespace {

struct Instance {
    crypto::SystemRandom random;
    std::string origin;
    std::optional<client::Client> client;
    std::deque<client::Action> actions;
    Bytes output;
};

Instance& instance() {
    static Instance the_one;
    return the_one;
}

client::Now at(double wall, double steady) {
    return {UnixMillis{static_cast<std::uint64_t>(wall)}, static_cast<std::uint64_t>(steady)};
}

std::string_view text(const char* data, std::size_t size) { return {data, size}; }

// Replaced, never only resized: what was there may have been a secret (a message's text).
void put_out(Bytes bytes) {
    Bytes& output = instance().output;
    sodium_memzero(output.data(), output.size());
    output = std::move(bytes);
}

std::int32_t answer(const Result<void>& result) {
    if (result.has_value()) return put_out({}), 0;
    return put_out(to_bytes(as_bytes(result.error().rule->name))), -1;
}

constexpr Rule not_started{"not_started", "client-lib/wasm/abi.h"};
constexpr Rule word_lists{"word_lists", "client-lib/wasm/abi.h"};

std::int32_t open(const circle::PassEntropy& entropy, client::TrustAnchor anchor, client::Now now) {
    Instance& here = instance();
    here.actions.clear();
    here.client.emplace(here.origin, std::move(anchor), here.random);
    return answer(here.client->open_invite(circle::Pass::from(entropy), now));
}

Result<client::TrustAnchor> read_organisation(std::string_view file) {
    const Bytes bytes = TRY(unarmour(armour_titles::organisation, file));
    auto organisation = TRY(tls::decode<Signed<Organisation>>(bytes));
    TRY(crypto::check_organisation(organisation));
    return client::TrustAnchor{std::nullopt, std::move(organisation)};
}

template <class Command>
std::int32_t command(Command&& run) {
    Instance& here = instance();
    return here.client ? answer(run(*here.client)) : answer(fail(not_started));
}

}  // namespace
}  // namespace veranda

using namespace veranda;

void* veranda_alloc(std::size_t size) { return std::malloc(size == 0 ? 1 : size); }

void veranda_free(void* memory, std::size_t size) {
    if (memory == nullptr) return;
    sodium_memzero(memory, size);
    std::free(memory);
}

const std::uint8_t* veranda_output() { return instance().output.data(); }
std::size_t veranda_output_size() { return instance().output.size(); }

std::int32_t veranda_start(const char* origin, std::size_t origin_size) {
    veranda_wipe();
    instance().origin = text(origin, origin_size);
    return 0;
}

void veranda_wipe() {
    Instance& here = instance();
    here.client.reset();
    for (client::Action& action : here.actions)
        if (auto* send = std::get_if<client::Send>(&action)) sodium_memzero(send->message.data(), send->message.size());
    here.actions.clear();
    here.origin.clear();
    put_out({});
}

std::int32_t veranda_open_link(const char* fragment, std::size_t fragment_size, double wall, double steady) {
    auto link = circle::read_fragment(instance().origin, text(fragment, fragment_size));
    if (!link) return answer(Failure(link.error()));
    return open(link->entropy, {link->fingerprint, std::nullopt}, at(wall, steady));
}

std::int32_t veranda_open_words(const char* words, std::size_t words_size, const char* organisation,
                                std::size_t organisation_size, double wall, double steady) {
    if (!word_lists_are_here()) return answer(fail(word_lists));
    auto entropy = circle::read_words(text(words, words_size));
    if (!entropy) return answer(Failure(entropy.error()));
    auto anchor = read_organisation(text(organisation, organisation_size));
    if (!anchor) return answer(Failure(anchor.error()));
    return open(*std::move(entropy), *std::move(anchor), at(wall, steady));
}

std::int32_t veranda_word_list(std::int32_t which, const char* list, std::size_t size) {
    return take_word_list(static_cast<std::size_t>(which), text(list, size)) ? 1 : 0;
}

std::int32_t veranda_unknown_words(const char* words, std::size_t words_size) {
    put_out({});
    if (!word_lists_are_here()) return 0;
    Bytes lines;
    const std::vector<std::string> unknown = circle::unknown_words(text(words, words_size));
    for (const std::string& word : unknown) {
        append(lines, as_bytes(word));
        lines.push_back('\n');
    }
    put_out(std::move(lines));
    return static_cast<std::int32_t>(unknown.size());
}

std::int32_t veranda_knock(const char* pseudonym, std::size_t pseudonym_size, double wall, double steady) {
    return command([&](client::Client& c) { return c.knock(text(pseudonym, pseudonym_size), at(wall, steady)); });
}

std::int32_t veranda_say(const char* said, std::size_t said_size, double wall, double steady) {
    return command([&](client::Client& c) { return c.say(text(said, said_size), at(wall, steady)); });
}

std::int32_t veranda_leave(double wall, double steady) {
    return command([&](client::Client& c) { return c.leave(at(wall, steady)); });
}

void veranda_connected(double wall, double steady) {
    if (instance().client) instance().client->connected(at(wall, steady));
}

void veranda_received(const std::uint8_t* message, std::size_t message_size, double wall, double steady) {
    if (instance().client) instance().client->received({message, message_size}, at(wall, steady));
}

void veranda_disconnected(double wall, double steady) {
    if (instance().client) instance().client->disconnected(at(wall, steady));
}

void veranda_tick(double wall, double steady) {
    if (instance().client) instance().client->tick(at(wall, steady));
}

std::int32_t veranda_next_action() {
    Instance& here = instance();
    put_out({});
    if (!here.client) return VERANDA_ACTION_NONE;
    if (here.actions.empty())
        for (client::Action& action : here.client->take_actions()) here.actions.push_back(std::move(action));
    if (here.actions.empty()) return VERANDA_ACTION_NONE;
    client::Action action = std::move(here.actions.front());
    here.actions.pop_front();
    if (std::holds_alternative<client::SaveBook>(action)) return veranda_next_action();  // the page keeps no file
    if (std::holds_alternative<client::Connect>(action)) return VERANDA_ACTION_CONNECT;
    if (std::holds_alternative<client::Disconnect>(action)) return VERANDA_ACTION_DISCONNECT;
    put_out(std::move(std::get<client::Send>(action).message));
    return VERANDA_ACTION_SEND;
}

std::int32_t veranda_next_event() {
    Instance& here = instance();
    put_out({});
    if (!here.client) return 0;
    std::optional<client::Event> event = here.client->next_event();
    if (!event) return 0;
    put_out(to_bytes(as_bytes(client::to_json(*event))));
    return 1;
}
