// Gives each command of a script to a store and to the model, and compares the answer and what every relay heard.
#pragma once

#include <memory>

#include "tests/store_model/commands.hpp"

namespace veranda::tests {

// A store under test: what several relays use, and its time.
class Subject {
public:
    virtual ~Subject() = default;
    virtual Precision precision() const = 0;
    virtual UnixMillis begin() const = 0;  // the model's first now
    virtual Store& store(std::size_t relay) = 0;
    virtual Told& told(std::size_t relay) = 0;

    // Until the answer is there, and what the command of this relay told has been heard by all. false: neither, in
    // time.
    virtual bool settle(std::size_t relay, const std::function<bool()>& is_answered) = 0;
    virtual void pass(UnixMillis now) = 0;  // until `now`
    // This machine was too slow for times so short: what came of the last command says nothing.
    virtual bool is_late() const { return false; }
    // What relays do regularly, asked after time has passed: a store without a clock of its own tells only then that it
    // has run out.
    virtual std::vector<Command> regularly() const { return {}; }
    virtual void forget() {}
};

struct Difference {
    std::size_t at = 0;  // which command
    std::string what;
};

struct Outcome {
    std::optional<Difference> difference;
    bool was_too_slow = false;
    std::map<std::string, std::size_t> answers;  // how often each operation answered what, by its first words
};

using MakeSubject = std::function<std::unique_ptr<Subject>()>;

Outcome run(const std::vector<Command>& script, Lifetimes lifetimes, Subject& subject);

// The same difference with as few commands as leaving out halves, quarters and so on finds.
std::vector<Command> shrunk(std::vector<Command> script, Lifetimes lifetimes, const MakeSubject& make);

// Command by command, the last ones at most.
std::string told(const std::vector<Command>& script, std::size_t last = 40);

// The embedded store. Wrapped: with what stands between it and those who use it.
using Wrap = std::function<std::unique_ptr<Store>(std::unique_ptr<Store>)>;
std::unique_ptr<Subject> memory_subject(Lifetimes lifetimes, Wrap wrap = nullptr);

}  // namespace veranda::tests
