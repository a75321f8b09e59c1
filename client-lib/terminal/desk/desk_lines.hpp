// A line that was typed at the support desk, as what it means. Whether it can be done now is for the client core to
// say.
#pragma once

#include <cstdint>

#include "client-lib/terminal/line_commands.hpp"

namespace veranda::terminal {

enum class DeskPost { counsellor, asker };

struct ShowQueue {};
struct Take {
    std::uint64_t number = 0;
};
struct OffDuty {};
struct Answer {  // to a request that was left
    std::string text;
};
struct PutBack {};
struct HandOverTo {
    std::string name;
};
struct Agree {  // to a hand-over
    bool agrees = false;
};
struct LeaveRequest {};  // for later, with nobody on duty

using DeskLine = std::variant<Say, ShowQueue, Take, Answer, PutBack, HandOverTo, End, OffDuty, LeaveRequest, Agree, Who,
                              Quit, Nothing, UnknownCommand, NameMissing>;

// As line_command: only what begins with one / is a command.
DeskLine desk_line(std::string_view line, DeskPost post);

}  // namespace veranda::terminal
