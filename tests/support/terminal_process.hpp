// The real `veranda` as a child process: lines are typed into it, and the events of its --json are waited for.
#pragma once

#include <deque>

#include "tests/support/child_process.hpp"

namespace veranda::tests {

// One line of `veranda --json`.
struct TerminalEvent {
    std::string line;

    bool is(std::string_view event) const { return text("event") == event; }
    std::string text(std::string_view key) const;  // empty: not there
    std::uint64_t number(std::string_view key) const;
    bool truth(std::string_view key) const;
};

class TerminalProcess {
public:
    using Predicate = std::function<bool(const TerminalEvent&)>;

    // Killed when it goes out of scope, if it still runs.
    TerminalProcess(const std::string& program, std::vector<std::string> arguments);

    void type(std::string_view line);
    void end_input() { child_.end_input(); }

    // The first event of this name for which the predicate holds, of those that were not waited for before; the others
    // stay for later. None: it ended, or patience did.
    std::optional<TerminalEvent> wait_for(std::string_view event, const Predicate& holds = {});
    void forget_events();  // what has come until now is not waited for any more
    bool wait_for_state(std::string_view state);
    bool wait_for_message(std::string_view text);
    bool wait_for_code(std::string_view event, std::string_view code);  // of a notice or an error
    // Everything until now that is there to be read.
    const std::vector<TerminalEvent>& events();
    // "Iris: hello" for each message until now, in order.
    std::vector<std::string> messages();

    // The exit status; all of its events are read then. None: ended by a signal, or patience did.
    std::optional<int> wait_for_exit();

    pid_t id() const { return child_.id(); }
    const std::string& log() const { return child_.log(); }  // of its standard error
    std::string transcript() const;                          // for a test that fails

private:
    bool read_more(ChildProcess::Clock::time_point until);
    void take_lines();

    ChildProcess child_;
    std::size_t taken_ = 0;  // bytes of its output that are events by now
    std::vector<TerminalEvent> events_;
    std::deque<TerminalEvent> unseen_;
};

}  // namespace veranda::tests
