// A line that was typed, as what it means. Whether it can be done now is for the client core to say.
#pragma once

#include <string>
#include <string_view>
#include <variant>

namespace veranda::terminal {

enum class Post { host, member };

struct Say {
    std::string text;
};
struct Invite {
    bool for_staff = false;
};
struct Revoke {};  // every invite that nobody has used
struct Admit {
    std::string name;
};
struct Refuse {
    std::string name;
};
struct Talk {
    std::string name;
    std::string text;
};
struct Remove {
    std::string name;
};
struct Who {};
struct ShowTicket {};
struct End {};
struct Quit {};
struct Nothing {};  // an empty line
struct UnknownCommand {
    std::string text;  // what to tell her
};
struct NameMissing {
    std::string text;
};

using LineCommand = std::variant<Say, Invite, Revoke, Admit, Refuse, Remove, Who, ShowTicket, End, Quit, Nothing,
                                 UnknownCommand, NameMissing, Talk>;

// Only what begins with one / is a command: a typing mistake in one is never said to the group.
LineCommand line_command(std::string_view line, Post post);

}  // namespace veranda::terminal
