// What the program cannot do, and why: one line for the person at the keyboard, and the code it exits with.
#pragma once

#include <stdexcept>
#include <string>

namespace veranda::terminal {

enum class ExitCode {
    done = 0,
    failed = 1,       // it was tried and came to nothing
    usage = 2,        // what was typed, or a file named in it, cannot be meant
    turned_away = 3,  // refused at the door, or removed
};

class Complaint : public std::runtime_error {
public:
    explicit Complaint(const std::string& line, ExitCode exit_code = ExitCode::usage)
        : std::runtime_error(line), code(exit_code) {}
    ExitCode code;
};

}  // namespace veranda::terminal
