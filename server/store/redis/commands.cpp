// Script calls with their fallback, and what becomes of an error.
#include "server/store/redis/commands.hpp"

#include "server/store/redis/keys.hpp"

namespace veranda::store::redis {
namespace {

// All scripts are given to Redis in the greeting, so that the first calls cannot overtake each other. Then what another
// incarnation of it left is dropped, before anything is asked.
std::vector<Wire> greeting() {
    std::vector<Wire> commands;
    for (const Script* script : scripts::all)
        commands.push_back(Command("SCRIPT").add("LOAD").add(script->text).wire());
    commands.push_back(call_of(scripts::begin, {std::string(incarnation_key)}).wire());
    return commands;
}

}  // namespace

Command call_of(const Script& script, const std::vector<std::string>& keys) {
    return Command("EVALSHA").add(script.sha1).add_number(keys.size()).add_all(keys);
}

Commands::Commands(const boost::asio::any_io_executor& executor, const RedisSettings& settings,
                   AsioConnection::Events events)
    : log_(settings.log), connection_(executor, settings, greeting(), std::move(events)) {}

void Commands::send(const Command& command, Then<Reply> then) {
    connection_.request(command.wire(), [this, then = std::move(then)](Answer<Reply> answer) {
        if (const Reply* reply = std::get_if<Reply>(&answer); reply && reply->view().is_error()) {
            refused(reply->view().text());
            return then(Trouble::unreachable);
        }
        then(std::move(answer));
    });
}

void Commands::call(const Script& script, const Command& call, Then<Reply> then) {
    const Wire wire = call.wire();
    connection_.request(wire, [this, &script, wire, then = std::move(then)](Answer<Reply> answer) {
        const Reply* reply = std::get_if<Reply>(&answer);
        if (!reply || !reply->view().is_error()) return then(std::move(answer));
        if (reply->view().text().substr(0, 8) != "NOSCRIPT") {
            refused(reply->view().text());
            return then(Trouble::unreachable);
        }
        send(Command("SCRIPT").add("LOAD").add(script.text), [](Answer<Reply>) {});
        connection_.request(wire, [this, then](Answer<Reply> again) {
            const Reply* second = std::get_if<Reply>(&again);
            if (!second || !second->view().is_error()) return then(std::move(again));
            refused(second->view().text());
            then(Trouble::unreachable);
        });
    });
}

// Only the error's first word is told: what follows may quote a key.
void Commands::refused(std::string_view error) {
    const std::string_view word = error.substr(0, error.find(' '));
    log("Redis refused a command: " + std::string(word));
    if (word == "READONLY") connection_.give_up_all(Trouble::unreachable);  // demoted: the greeting will find out
}

void Commands::log(std::string_view line) const {
    if (log_) log_(line);
}

}  // namespace veranda::store::redis
