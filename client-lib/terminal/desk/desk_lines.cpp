// The table of commands at the desk.
#include "client-lib/terminal/desk/desk_lines.hpp"

#include <charconv>

namespace veranda::terminal {
namespace {

constexpr std::string_view counsellor_commands =
    "/queue, /take N, /answer TEXT, /back, /hand-over NAME, /who, /end, /off, /quit";
constexpr std::string_view asker_commands = "/leave-request, /yes, /no, /who, /leave, /quit";

DeskLine take_of(std::string_view number) {
    Take take;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), take.number);
    if (error != std::errc{} || end != number.data() + number.size()) return NameMissing{"Which? /take N"};
    return take;
}

UnknownCommand unknown(std::string_view word, DeskPost post) {
    const auto commands = post == DeskPost::counsellor ? counsellor_commands : asker_commands;
    return {"There is no command " + std::string(word) + " here. There are: " + std::string(commands) +
            ". To say something that begins with /, begin with //."};
}

DeskLine counsellor_line(std::string_view word, std::string_view rest) {
    if (word == "/take") return take_of(rest);
    if (word == "/answer")
        return rest.empty() ? DeskLine(NameMissing{"What? /answer TEXT"}) : Answer{std::string(rest)};
    if (word == "/back" && rest.empty()) return PutBack{};
    if (word == "/hand-over")
        return rest.empty() ? DeskLine(NameMissing{"To whom? /hand-over NAME"}) : HandOverTo{std::string(rest)};
    if (word == "/queue" && rest.empty()) return ShowQueue{};
    if (word == "/end" && rest.empty()) return End{};
    if (word == "/off" && rest.empty()) return OffDuty{};
    return unknown(word, DeskPost::counsellor);
}

}  // namespace

DeskLine desk_line(std::string_view line, DeskPost post) {
    const auto read = read_line(line);
    if (const auto* say = std::get_if<Say>(&read)) return *say;
    const auto* words = std::get_if<CommandWords>(&read);
    if (words == nullptr) return Nothing{};
    const auto [word, rest] = *words;
    if (word == "/who" && rest.empty()) return Who{};
    if (word == "/quit" && rest.empty()) return Quit{};
    if (post == DeskPost::counsellor) return counsellor_line(word, rest);
    if (word == "/leave" && rest.empty()) return Quit{};
    if (word == "/yes" && rest.empty()) return Agree{true};
    if (word == "/no" && rest.empty()) return Agree{false};
    if (word == "/leave-request" && rest.empty()) return LeaveRequest{};
    return unknown(word, post);
}

}  // namespace veranda::terminal
