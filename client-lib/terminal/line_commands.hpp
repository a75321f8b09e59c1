// A line that was typed, as what it means. Whether it can be done now is for the client core to say.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "protocol/content.hpp"

namespace veranda::terminal {

enum class Post { host, member };

struct Say {
    std::string text;
};
struct Invite {
    bool for_staff = false;
};
struct Invites {};  // how each stands
struct Revoke {
    std::optional<std::uint64_t> number{};  // of one; none: every invite that nobody has used
};
struct Admit {
    std::string name;
    std::optional<Level> level{};  // none: the room's for newcomers
};
struct Refuse {
    std::string whole;  // the name, if it has spaces; else
    std::string name;   // the name and
    std::string words;  // what she is told
};
struct Talk {
    std::string name;
    std::string text;
};
struct Remove {
    std::string name;
};
// Orders and what points at messages: /mute, /hold, /lift, /slow, /undo, /reply, /react, /hide, /unhide, /pin,
// /release...
struct SetLevel {
    std::string name;
    Level level{};
    std::uint64_t seconds = 0;  // 0: until lifted
};
struct Lift {
    std::string name;
};
struct Slow {
    std::uint64_t seconds = 0;  // 0: off
};
struct Undo {};
struct MakeAnew {};
struct SayAtDesk {
    std::string text;
};
struct ReplyTo {
    std::uint64_t seq = 0;
    std::string text;
};
struct Warn {  // may be hard to read
    std::string text;
};
struct Open {  // shows such a message
    std::uint64_t seq = 0;
};
struct React {
    std::uint64_t seq = 0;
    ReactionSign sign{};
};
struct HideMessage {
    std::uint64_t seq = 0;
    bool hidden = true;
};
struct PinText {
    std::string text;  // empty: takes down
};
struct Release {
    std::string name;
};
struct Decline {
    std::string name;
};
// ---- the door ----
struct Word {  // the agreed word of one who waits
    std::string name;
};
struct WrongWord {
    std::string name;
};
struct Lock {
    bool locked = true;
    bool clear = false;
};
// ---- the lane ----
struct Hand {
    bool up = true;
};
struct Note {
    std::string text;
};
struct NotSafe {
    std::string text;
};
struct ReturnWords {};
struct WordsSeen {};  // by somebody else
struct Seen {
    std::string name;
};

struct Who {};
struct ShowTicket {};
struct End {
    std::string last_words;
};
struct Quit {};
struct Nothing {};  // an empty line
struct UnknownCommand {
    std::string text;  // what to tell her
};
struct NameMissing {
    std::string text;
};

using LineCommand = std::variant<Say, Invite, Invites, Revoke, Admit, Refuse, Remove, Who, End, Quit, Nothing,
                                 UnknownCommand, NameMissing, Talk, Word, WrongWord, Lock, Hand, Note, NotSafe, Seen,
                                 SetLevel, Lift, Slow, Undo, MakeAnew, SayAtDesk, ReplyTo, Warn, Open, React,
                                 HideMessage, PinText, Release, Decline, ShowTicket, ReturnWords, WordsSeen>;

// A command's word and what follows it.
struct CommandWords {
    std::string_view word;
    std::string_view rest;
};
// What every line is read as first, at whatever post.
std::variant<Nothing, Say, CommandWords> read_line(std::string_view line);

// Only what begins with one / is a command: a typing mistake in one is never said to the group.
LineCommand line_command(std::string_view line, Post post);

}  // namespace veranda::terminal
