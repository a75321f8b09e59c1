// The table of commands.
#include "client-lib/terminal/line_commands.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace veranda::terminal {
namespace {

constexpr std::string_view host_commands =
    "/invite, /invite-staff, /invites, /revoke [NUMBER], /admit NAME [listens|held|speaks], /refuse NAME [WORDS], "
    "/talk NAME TEXT, "
    "/word NAME, /wrong NAME, /lock, /lock clear, /unlock, /seen NAME, /remove NAME, /mute NAME MINUTES, /hold NAME, "
    "/lift NAME, /slow SECONDS, /release NAME, /decline NAME, /pin TEXT, /unpin, /undo, /reply NUMBER TEXT, "
    "/warn TEXT, /open NUMBER, /react NUMBER SIGN, /hide NUMBER, /unhide NUMBER, /who, /ticket, /make-anew, /end TEXT, "
    "/quit";
constexpr std::string_view member_commands =
    "/hand, /hand down, /note TEXT, /notsafe [TEXT], /desk TEXT, /words, /words-seen, /reply NUMBER TEXT, "
    "/warn TEXT, /open NUMBER, /react NUMBER SIGN, /hide NUMBER, "
    "/unhide NUMBER, /undo, /who, /ticket, /leave, /quit";

constexpr std::uint64_t minutes_max = 12ULL * 60;  // a session; more is part of a name

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view space = " \t\r";
    while (!text.empty() && space.find(text.front()) != std::string_view::npos) text.remove_prefix(1);
    while (!text.empty() && space.find(text.back()) != std::string_view::npos) text.remove_suffix(1);
    return text;
}

template <class Command>
LineCommand with_name(std::string_view word, std::string_view name) {
    if (name.empty()) return NameMissing{"Whom? " + std::string(word) + " NAME"};
    return Command{std::string(name)};
}

UnknownCommand unknown(std::string_view word, Post post) {
    return {"There is no command " + std::string(word) +
            " here. There are: " + std::string(post == Post::host ? host_commands : member_commands) +
            ". To say something that begins with /, begin with //."};
}

std::optional<std::uint64_t> number_of(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::pair<std::string_view, std::string_view> first_word(std::string_view text) {
    const std::string_view first = text.substr(0, text.find_first_of(" \t"));
    return {first, trimmed(text.substr(first.size()))};
}

// A name may have spaces, and may end with a number: minutes are what follows the last space, if it is a number.
LineCommand mute_command(std::string_view rest) {
    const std::size_t space = rest.find_last_of(" \t");
    const auto minutes = space == std::string_view::npos ? std::nullopt : number_of(rest.substr(space + 1));
    const bool is_timed = minutes && *minutes > 0 && *minutes <= minutes_max;
    const std::string_view name = is_timed ? trimmed(rest.substr(0, space)) : rest;
    if (name.empty()) return NameMissing{"Whom? /mute NAME MINUTES, or /mute NAME until you lift it"};
    return SetLevel{std::string(name), Level::listens, is_timed ? *minutes * 60 : 0};
}

LineCommand slow_command(std::string_view rest) {
    if (rest == "off") return Slow{0};
    const auto seconds = number_of(rest);
    if (!seconds) return NameMissing{"How slow? /slow SECONDS, or /slow off"};
    return Slow{*seconds};
}

std::optional<LineCommand> order_command(std::string_view word, std::string_view rest) {
    if (word == "/mute") return mute_command(rest);
    if (word == "/hold" && rest.empty()) return NameMissing{"Whom? /hold NAME"};
    if (word == "/hold") return SetLevel{std::string(rest), Level::held, 0};
    if (word == "/lift") return with_name<Lift>(word, rest);
    if (word == "/slow") return slow_command(rest);
    if (word == "/pin" && rest.empty()) return NameMissing{"What? /pin TEXT; /unpin takes it down"};
    if (word == "/pin") return PinText{std::string(rest)};
    if (word == "/unpin" && rest.empty()) return PinText{};
    if (word == "/release") return with_name<Release>(word, rest);
    if (word == "/decline") return with_name<Decline>(word, rest);
    return std::nullopt;
}

constexpr std::pair<std::string_view, ReactionSign> signs[] = {
    {"heart", ReactionSign::heart}, {"thanks", ReactionSign::thanks},     {"hug", ReactionSign::hug},
    {"sad", ReactionSign::sad},     {"strength", ReactionSign::strength}, {"yes", ReactionSign::yes},
    {"none", ReactionSign::none},
};

// What points at a message by its number, and what takes back: for members and staff alike.
std::optional<LineCommand> pointing_command(std::string_view word, std::string_view rest) {
    if (word == "/undo" && rest.empty()) return Undo{};
    if (word == "/warn" && rest.empty()) return NameMissing{"What do you say? /warn TEXT"};
    if (word == "/warn") return Warn{std::string(rest)};
    constexpr std::string_view with_a_number[] = {"/reply", "/open", "/react", "/hide", "/unhide"};
    if (std::find(std::begin(with_a_number), std::end(with_a_number), word) == std::end(with_a_number))
        return std::nullopt;
    const auto [first, after] = first_word(rest);
    const auto seq = number_of(first);
    if (!seq) return NameMissing{"Which message? Its number stands before it: " + std::string(word) + " NUMBER"};
    if (word == "/reply" && !after.empty()) return ReplyTo{*seq, std::string(after)};
    if (word == "/reply") return NameMissing{"What do you answer? /reply NUMBER TEXT"};
    if (word == "/react") {
        for (const auto& [name, sign] : signs)
            if (name == after) return React{*seq, sign};
        return NameMissing{"Which sign? heart, thanks, hug, strength, sad, yes; none takes yours back"};
    }
    if (!after.empty()) return NameMissing{"One number: " + std::string(word) + " NUMBER"};
    if (word == "/open") return Open{*seq};
    return HideMessage{*seq, word == "/hide"};
}

// A name with spaces in it may stand in quotes, or be written without them: they don't count in names.
std::pair<std::string_view, std::string_view> name_and_rest(std::string_view text) {
    const bool quoted = text.starts_with('"') && text.find('"', 1) != std::string_view::npos;
    const std::size_t from = quoted ? 1 : 0;
    const std::size_t to = quoted ? text.find('"', 1) : std::min(text.find_first_of(" \t"), text.size());
    return {text.substr(from, to - from), trimmed(text.substr(quoted ? to + 1 : to))};
}

LineCommand talk_to(std::string_view rest) {
    const auto [name, text] = name_and_rest(rest);
    if (name.empty() || text.empty()) return NameMissing{"To whom, and what? /talk NAME TEXT"};
    return Talk{std::string(name), std::string(text)};
}

// "Blue Bird listens", or with the name in quotes. Of somebody called Listens, the name alone.
LineCommand admit(std::string_view rest) {
    Admit command{std::string(rest), std::nullopt};
    constexpr std::pair<std::string_view, Level> levels[] = {
        {"listens", Level::listens}, {"held", Level::held}, {"speaks", Level::speaks}};
    for (const auto& [word, level] : levels) {
        const std::string ending = ' ' + std::string(word);
        if (!rest.ends_with(ending)) continue;
        command = {std::string(trimmed(rest.substr(0, rest.size() - ending.size()))), level};
    }
    if (const auto [name, after] = name_and_rest(command.name); after.empty()) command.name = std::string(name);
    if (command.name.empty()) return NameMissing{"Whom? /admit NAME [listens|held|speaks]"};
    return command;
}

LineCommand refuse(std::string_view rest) {
    const auto [name, words] = name_and_rest(rest);
    if (name.empty()) return NameMissing{"Whom? /refuse NAME [WORDS]"};
    return Refuse{std::string(rest), std::string(name), std::string(words)};
}

template <class Command>
LineCommand with_text(std::string_view word, std::string_view text) {
    if (text.empty()) return NameMissing{"What? " + std::string(word) + " TEXT"};
    return Command{std::string(text)};
}

std::optional<LineCommand> door_command(std::string_view word, std::string_view rest) {
    if (word == "/admit") return admit(rest);
    if (word == "/refuse") return refuse(rest);
    if (word == "/talk") return talk_to(rest);
    if (word == "/word") return with_name<Word>(word, rest);
    if (word == "/wrong") return with_name<WrongWord>(word, rest);
    if (word == "/seen") return with_name<Seen>(word, rest);
    if (word == "/lock" && rest.empty()) return Lock{true, false};
    if (word == "/lock" && rest == "clear") return Lock{true, true};
    if (word == "/unlock" && rest.empty()) return Lock{false, false};
    return std::nullopt;
}

LineCommand member_command(std::string_view word, std::string_view rest) {
    if (word == "/leave" && rest.empty()) return Quit{};
    if (word == "/hand" && rest.empty()) return Hand{true};
    if (word == "/hand" && rest == "down") return Hand{false};
    if (word == "/note") return with_text<Note>(word, rest);
    if (word == "/notsafe") return NotSafe{std::string(rest)};
    if (word == "/desk") return with_text<SayAtDesk>(word, rest);
    if (word == "/words" && rest.empty()) return ReturnWords{};
    if (word == "/words-seen" && rest.empty()) return WordsSeen{};
    return unknown(word, Post::member);
}

LineCommand host_command(std::string_view word, std::string_view rest) {
    if (word == "/invite" && rest.empty()) return Invite{false};
    if (word == "/invite-staff" && rest.empty()) return Invite{true};
    if (word == "/invites" && rest.empty()) return Invites{};
    if (word == "/revoke" && rest.empty()) return Revoke{};
    if (word == "/revoke") {
        if (const auto number = number_of(rest)) return Revoke{number};
        return NameMissing{
            "Which invite? /revoke NUMBER, or /revoke for all that nobody has used. /invites shows them"};
    }
    if (word == "/make-anew" && rest.empty()) return MakeAnew{};
    if (const auto command = door_command(word, rest)) return *command;
    if (word == "/remove") return with_name<Remove>(word, rest);
    if (word == "/end") return End{std::string(rest)};
    if (auto command = order_command(word, rest)) return *std::move(command);
    return unknown(word, Post::host);
}

}  // namespace

std::variant<Nothing, Say, CommandWords> read_line(std::string_view line) {
    const std::string_view text = trimmed(line);
    if (text.empty()) return Nothing{};
    if (text.front() != '/') return Say{std::string(text)};
    if (text.starts_with("//")) return Say{std::string(text.substr(1))};
    const std::string_view word = text.substr(0, text.find_first_of(" \t"));
    return CommandWords{word, trimmed(text.substr(word.size()))};
}

LineCommand line_command(std::string_view line, Post post) {
    const auto read = read_line(line);
    if (const auto* say = std::get_if<Say>(&read)) return *say;
    const auto* words = std::get_if<CommandWords>(&read);
    if (words == nullptr) return Nothing{};
    const auto [word, rest] = *words;
    if (word == "/who" && rest.empty()) return Who{};
    if (word == "/ticket" && rest.empty()) return ShowTicket{};
    if (word == "/quit" && rest.empty()) return Quit{};
    if (auto command = pointing_command(word, rest)) return *std::move(command);
    return post == Post::host ? host_command(word, rest) : member_command(word, rest);
}

}  // namespace veranda::terminal
