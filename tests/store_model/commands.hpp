// Random commands from a seed: every operation of the contract, over so few rooms, members, cards, knocks, envelopes
// and requests that they collide often, with time passing in between. A seed's theme says what is asked for most, and
// of what there is as much as the contract's limit allows.
#pragma once

#include "tests/store_model/words.hpp"

namespace veranda::tests {

inline constexpr std::size_t commands_a_script = 400;

// To whom a command is put, and who hears the answer in words.
struct Asking {
    Store& store;
    UnixMillis now;
    Precision precision = Precision::exact;
    std::function<void(std::string)> reply;
};

struct Command {
    std::string operation;
    std::string words;
    std::size_t relay = 0;
    std::function<void(const Asking&)> ask;  // none: time passes, or everything is forgotten
    milliseconds passes{};
    bool forgets = false;
};

// A command that is answered. `ask`: of a store, the time and a Then<T>.
template <class T, class Ask>
Command asking(std::string operation, std::string words, Ask ask) {
    Command command{std::move(operation), std::move(words), 0, {}};
    command.ask = [ask](const Asking& to) {
        const Then<T> then = [reply = to.reply, precision = to.precision](Answer<T> answer) {
            const T* const value = std::get_if<T>(&answer);
            reply(value ? words_of(*value, precision) : "trouble");
        };
        ask(to.store, to.now, then);
    };
    return command;
}

// How time passes in a script, and what runs out in it.
struct Times {
    Lifetimes lifetimes;
    std::vector<milliseconds> steps;  // one of them at a time; none: time stands still
    std::vector<milliseconds> room_lives;
    std::vector<milliseconds> lives;  // of leases, claims and answers
    std::uint64_t card_seconds_max = 0;
    bool forgets = false;
};

Times exact_times();               // to the millisecond, edges included
Times standing_still();            // lifetimes of hours, and no time passes
Times ticking(milliseconds tick);  // by whole ticks; everything runs out in the middle between two

std::vector<Command> commands_of(std::uint64_t seed, std::size_t count, const Times& times, UnixMillis begin);

constexpr std::size_t relays = 2;

}  // namespace veranda::tests
