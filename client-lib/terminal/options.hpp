// The command line: what can be typed, as values. Nothing is read or done here.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "protocol/desk.hpp"
#include "protocol/limits.hpp"

namespace veranda::terminal {

using Path = std::filesystem::path;

struct StaffNew {
    std::string name;
    Path out;
    std::optional<Path> passphrase_file;
};

struct OrgInit {
    Path folder;
    std::string name;
    std::uint16_t zone_minutes = 0;
    std::optional<Path> passphrase_file;
};

struct OrgCertify {
    Path folder;
    Path request;
    Role role{};
    Path out;
    std::uint64_t days = 30;
    std::optional<Path> passphrase_file;
};

struct OrgList {
    Path folder;
};

struct OrgRevoke {
    Path folder;
    std::string certificate;
    std::optional<Path> passphrase_file;
};

struct OrgRenew {
    Path folder;
    std::optional<Path> passphrase_file;
};

struct OrgDeskKey {
    Path folder;
    Path out;
    bool replace = false;
    std::optional<Path> passphrase_file;      // the root's
    std::optional<Path> new_passphrase_file;  // the desk key's
};

// What the organisation says to whoever is not safe, in one language.
struct OrgNotSafe {
    Path folder;
    std::string language;
    std::optional<Path> text;  // none: nothing is said in this language any more
    std::optional<Path> passphrase_file;
};

struct Host {
    std::string server;
    std::string join;    // a link, for the second facilitator; then server, group, rules and language are its group's
    std::string ticket;  // comes back into the session that it is of; "-": the first line of standard input
    Path staff;
    std::string group;
    std::optional<Path> rules;
    std::optional<Path> book;  // the group's, which then says name, rules and language
    std::optional<Path> book_passphrase_file;
    std::string language;              // empty: the book's, or en
    std::string newcomers = "speaks";  // or held, or listens
    std::uint16_t members = limits::members_default;
    std::optional<Path> organisation;
    std::optional<Path> passphrase_file;
    std::optional<Path> ca_file;
    bool json = false;
};

struct Join {
    std::string invite;  // a link, or words with spaces between; "-": the first line of standard input
    std::string name;
    std::string ticket;  // in place of invite and name; "-" as there
    std::string server;
    std::optional<Path> organisation;
    std::optional<Path> ca_file;
    bool json = false;
};

struct DeskOptions {
    std::string server;
    Path staff;
    std::optional<Path> desk_key;
    std::optional<Path> desk_passphrase_file;  // without it, passphrase_file is that of both
    std::vector<std::string> languages{"en"};
    std::optional<Path> organisation;
    std::optional<Path> passphrase_file;
    std::optional<Path> ca_file;
    bool json = false;
};

struct AskOptions {
    std::string server;
    Path organisation;
    std::string words;  // reads the answer to what was left; "-": the first line of standard input
    std::string language = "en";
    Urgency urgency = Urgency::calm;
    std::string note;
    std::string name = "Guest";
    bool leaves = false;
    std::uint64_t patience_seconds = 120;
    std::optional<Path> ca_file;
    bool json = false;
};

using Options = std::variant<StaffNew, OrgInit, OrgCertify, OrgList, OrgRevoke, OrgRenew, OrgDeskKey, OrgNotSafe, Host,
                             Join, DeskOptions, AskOptions>;

// --help, --version or a fault: what to print, where, and the exit code.
struct NothingToDo {
    std::string text;
    bool to_standard_error = false;
    int exit_code = 0;
};

std::variant<Options, NothingToDo> parse_options(const std::vector<std::string>& arguments);

// "+01:00", "-03:30", "Z" as minutes east, in two's complement.
std::optional<std::uint16_t> zone_minutes_of(std::string_view text);

}  // namespace veranda::terminal
