// The table of commands at the desk.
#include "client-lib/terminal/desk/desk_lines.hpp"

#include <charconv>

namespace veranda::terminal {
namespace {

constexpr std::string_view counsellor_commands = "/queue, /take N, /who, /end, /off, /quit";
constexpr std::string_view asker_commands = "/leave-request, /who, /leave, /quit";

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view space = " \t\r";
    while (!text.empty() && space.find(text.front()) != std::string_view::npos) text.remove_prefix(1);
    while (!text.empty() && space.find(text.back()) != std::string_view::npos) text.remove_suffix(1);
    return text;
}

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
    if (word == "/queue" && rest.empty()) return ShowQueue{};
    if (word == "/end" && rest.empty()) return End{};
    if (word == "/off" && rest.empty()) return OffDuty{};
    return unknown(word, DeskPost::counsellor);
}

}  // namespace

DeskLine desk_line(std::string_view line, DeskPost post) {
    const std::string_view text = trimmed(line);
    if (text.empty()) return Nothing{};
    if (text.front() != '/') return Say{std::string(text)};
    if (text.starts_with("//")) return Say{std::string(text.substr(1))};

    const std::string_view word = text.substr(0, text.find_first_of(" \t"));
    const std::string_view rest = trimmed(text.substr(word.size()));
    if (word == "/who" && rest.empty()) return Who{};
    if (word == "/quit" && rest.empty()) return Quit{};
    if (post == DeskPost::counsellor) return counsellor_line(word, rest);
    if (word == "/leave" && rest.empty()) return Quit{};
    if (word == "/leave-request" && rest.empty()) return LeaveRequest{};
    return unknown(word, post);
}

}  // namespace veranda::terminal
