// CLI11's part: this is the only file that knows it.
#include "client-lib/terminal/options.hpp"

#include <CLI/CLI.hpp>

#include "client-lib/terminal/complaint.hpp"

namespace veranda::terminal {
namespace {

constexpr auto description =
    "Veranda in a terminal: host or join a group, and an organisation's offline work.\n"
    "The server only passes on what it cannot read.";

constexpr auto footer =
    "Exit codes:\n"
    "  0  done: left, ended, or nothing went wrong\n"
    "  1  it was tried and came to nothing\n"
    "  2  what was typed, a link, words or a file cannot be used\n"
    "  3  turned away: refused at the door, or removed\n";

constexpr auto host_footer =
    "Lines typed while hosting:\n"
    "  /invite         a new invite: link, words and QR code\n"
    "  /invite-staff   the same, for a second facilitator (veranda host --join LINK)\n"
    "  /invites        how each invite stands: not used yet, at the door, let in, void\n"
    "  /revoke         make every invite void that nobody has used yet; /revoke NUMBER: that one\n"
    "  /admit NAME     let in who waits under this name; /admit * lets in all but two on one invite\n"
    "  /refuse NAME    not this time\n"
    "  /remove NAME    remove a member from the session\n"
    "  /who            who is here\n"
    "  /end            end the session for everyone\n"
    "At the door also: /talk, /word, /wrong, /lock, /unlock, /seen. To keep order: /mute, /hold, /lift, /slow,\n"
    "/release, /decline, /hide, /unhide, /pin, /unpin, /undo. To say more: /reply, /react, /warn, /open. If nobody "
    "lets you\n"
    "in again: /make-anew. See docs/guides/facilitator.md.\n"
    "  /ticket         the way back, for this session and you alone: veranda host --ticket TICKET --staff FILE\n"
    "  /quit           leave; the end of input (Ctrl-D) does the same once everything is sent\n"
    "Anything else is said to the group. A line that begins with // says the rest, from the second stroke on.\n";

constexpr auto join_footer =
    "Lines typed in the group:\n"
    "  /hand, /note TEXT, /notsafe   to the team alone; the last two while waiting, too\n"
    "  /desk TEXT      to a counsellor of the support desk, where an alarm goes that nobody has seen for a minute\n"
    "  /words          twelve words to come back with, next week or from another phone: veranda join WORDS\n"
    "  /words-seen     somebody else has seen them: they are void\n"
    "  /reply, /react, /hide, /unhide, /undo   about a message, by its number; see docs/guides/member.md\n"
    "  /warn TEXT      says what may be hard to read: others see it when they type /open NUMBER\n"
    "  /who            who is here\n"
    "  /ticket         the way back, for this session and you alone: veranda join --ticket TICKET\n"
    "  /leave, /quit   leave; the end of input (Ctrl-D) does the same once everything is sent\n"
    "Anything else is said to the group. A line that begins with // says the rest, from the second stroke on.\n"
    "A link or a ticket on a command line is seen by others on this machine and stays in the shell's history;\n"
    "with - in its place it is read from the first line of input.\n";

constexpr auto desk_footer =
    "Lines typed on duty:\n"
    "  /queue          who waits, and for how long\n"
    "  /take N         take request N: a session for two opens, and what is typed is said there\n"
    "  /answer TEXT    answer the request that you took, if it was left; she reads it with her words\n"
    "  /back           put such a request back, for another to answer\n"
    "  /hand-over NAME ask her whether another counsellor on duty may take over\n"
    "  /who            who is in the session\n"
    "  /end            end the session for two and erase it; a request that was left is ended without an answer\n"
    "  /off            off duty; the key of this turn is erased\n"
    "  /quit           end the session if one is open, and go off duty; so does the end of input (Ctrl-D)\n"
    "One session at a time. A line that begins with // says the rest, from the second stroke on.\n";

constexpr auto ask_footer =
    "Lines typed:\n"
    "  /leave-request  with nobody on duty: leave the request, and keep the twelve words\n"
    "  /yes, /no       when you are asked whether another counsellor may take over\n"
    "  /who            who is in the session\n"
    "  /leave, /quit   withdraw the request, or leave; so does the end of input (Ctrl-D)\n"
    "Anything else is said to the counsellor, once she is there.\n"
    "Words or a note on a command line is seen by others on this machine and stays in the shell's history.\n";

// Options shared by several commands. CLI11 fills std::optional by itself.
void add_passphrase(CLI::App& app, std::optional<Path>& file) {
    app.add_option("--passphrase-file", file, "Take the passphrase from the file's first line instead of asking")
        ->type_name("FILE");
}
void add_folder(CLI::App& app, Path& folder) { app.add_option("DIR", folder, "The organisation's folder")->required(); }
void add_connection(CLI::App& app, std::optional<Path>& ca_file, bool& json) {
    app.add_option("--ca-file", ca_file, "Trust the certificate authorities in this file instead of the system's")
        ->type_name("FILE");
    app.add_flag("--json", json, "One JSON object a line for each event");
}

// Every command's values, filled by CLI11; which of them counts is known after parsing.
struct Everything {
    StaffNew staff_new;
    OrgInit init;
    std::string zone = "+00:00";
    OrgCertify certify;
    std::string role;
    OrgList list;
    OrgRevoke revoke;
    OrgRenew renew;
    OrgDeskKey desk_key;
    OrgNotSafe not_safe;
    bool says_nothing = false;
    Host host;
    Join join;
    std::vector<std::string> invite;
    DeskOptions desk;
    AskOptions ask;
    std::string urgency = "calm";
};

std::optional<Role> staff_role(const std::string& text) {
    for (const Role role : {Role::facilitator, Role::counsellor, Role::mediator, Role::lead})
        if (text == name(role)) return role;
    return std::nullopt;
}

// A complaint in our own words; CLI11 gives it the exit code.
[[noreturn]] void complain(const std::string& line) {
    throw CLI::ValidationError(line, CLI::ExitCodes::ValidationError);
}

void add_staff(CLI::App& app, Everything& values) {
    auto& staff = *app.add_subcommand("staff", "A member of staff's own keys");
    staff.require_subcommand(1);
    auto& made = *staff.add_subcommand("new", "Make keys here, and a request for a certificate to send");
    made.add_option("--name", values.staff_new.name, "Your name, as members of a group will see it")
        ->type_name("NAME")
        ->required();
    made.add_option("--out", values.staff_new.out, "Where to write FILE.request; the keys go beside it as FILE.keys")
        ->type_name("FILE")
        ->required();
    add_passphrase(made, values.staff_new.passphrase_file);
}

void add_org_not_safe(CLI::App& org, Everything& values) {
    auto& not_safe =
        *org.add_subcommand("not-safe", "What your organisation says to whoever presses \"I am not safe\"");
    add_folder(not_safe, values.not_safe.folder);
    not_safe.add_option("--language", values.not_safe.language, "The text's language, a BCP 47 tag")
        ->type_name("TAG")
        ->required();
    auto* text = not_safe.add_option("--text", values.not_safe.text, "A text file: whom to call, where to go")
                     ->type_name("FILE");
    not_safe.add_flag("--nothing", values.says_nothing, "Say nothing in this language any more")->excludes(text);
    add_passphrase(not_safe, values.not_safe.passphrase_file);
}

void add_org(CLI::App& app, Everything& values) {
    auto& org = *app.add_subcommand("org", "An organisation's root, certificates and staff list; offline");
    org.require_subcommand(1);

    auto& init =
        *org.add_subcommand("init", "Make an organisation: organisation.pub, staff.list and the sealed root.key");
    add_folder(init, values.init.folder);
    init.add_option("--name", values.init.name, "The organisation's name")->type_name("NAME")->required();
    init.add_option("--zone", values.zone, "Its time zone, fixed: +01:00")->type_name("ZONE")->capture_default_str();
    add_passphrase(init, values.init.passphrase_file);

    auto& certify =
        *org.add_subcommand("certify", "Sign a request: a certificate, which is also put on the staff list");
    add_folder(certify, values.certify.folder);
    certify.add_option("REQUEST", values.certify.request, "FILE.request as she sent it")->required();
    certify.add_option("--role", values.role, "facilitator, counsellor, mediator or lead")
        ->type_name("ROLE")
        ->required();
    certify.add_option("--out", values.certify.out, "Where to write FILE.staff, to send back")
        ->type_name("FILE")
        ->required();
    certify.add_option("--days", values.certify.days, "How long it is good")
        ->type_name("N")
        ->check(CLI::Range(1, 30))
        ->capture_default_str();
    add_passphrase(certify, values.certify.passphrase_file);

    auto& list = *org.add_subcommand("list", "Show the staff list");
    add_folder(list, values.list.folder);

    auto& revoke = *org.add_subcommand("revoke", "Revoke a certificate");
    add_folder(revoke, values.revoke.folder);
    revoke.add_option("HASH", values.revoke.certificate, "Its hash, or the first 8 characters or more")->required();
    add_passphrase(revoke, values.revoke.passphrase_file);

    auto& renew = *org.add_subcommand("renew", "Sign the staff list again: good for 30 more days");
    add_folder(renew, values.renew.folder);
    add_passphrase(renew, values.renew.passphrase_file);

    auto& desk_key =
        *org.add_subcommand("desk-key", "Make the key that requests left at the support desk are read with");
    add_folder(desk_key, values.desk_key.folder);
    desk_key.add_option("--out", values.desk_key.out, "Where to write FILE.desk, for the leads")
        ->type_name("FILE")
        ->required();
    desk_key.add_flag("--replace", values.desk_key.replace,
                      "In place of the key that there is; what was left for that one cannot be read any more");
    add_passphrase(desk_key, values.desk_key.passphrase_file);
    desk_key
        .add_option("--new-passphrase-file", values.desk_key.new_passphrase_file,
                    "Take the passphrase for FILE.desk from this file's first line instead of asking")
        ->type_name("FILE");
    add_org_not_safe(org, values);
}

void add_host(CLI::App& app, Everything& values) {
    auto& host = *app.add_subcommand("host", "Open a group, or join one as its second facilitator");
    host.footer(host_footer);
    auto* server = host.add_option("--server", values.host.server, "The relay: https://host[:port]")->type_name("URL");
    auto* join = host.add_option("--join", values.host.join, "Come into another facilitator's group by this link")
                     ->type_name("LINK");
    host.add_option("--staff", values.host.staff, "Your certificate; the keys are found beside it")
        ->type_name("FILE.staff")
        ->required();
    auto* ticket = host.add_option("--ticket", values.host.ticket, "Come back into the session that this ticket is of")
                       ->type_name("TICKET");
    auto* group = host.add_option("--group", values.host.group, "The group's name")->type_name("NAME");
    auto* rules = host.add_option("--rules", values.host.rules, "A text file with the ground rules")->type_name("FILE");
    host.add_option("--language", values.host.language, "The group's language, a BCP 47 tag")
        ->type_name("TAG")
        ->default_str("en");
    auto* book =
        host.add_option(
                "--book", values.host.book,
                "The group book: people and return words; made if it is not there. With it, --group may be left "
                "out, and a session that lost its facilitator goes on")
            ->type_name("FILE");
    host.add_option("--book-passphrase-file", values.host.book_passphrase_file,
                    "Take the book's passphrase from the file's first line instead of asking")
        ->type_name("FILE")
        ->needs(book);
    host.add_option("--newcomers", values.host.newcomers, "How people come in: speaks, held (through you) or listens")
        ->type_name("LEVEL")
        ->check(CLI::IsMember({"speaks", "held", "listens"}))
        ->capture_default_str();
    host.add_option("--members", values.host.members, "How many may be in the group at once")
        ->type_name("NUMBER")
        ->check(CLI::Range(std::size_t{2}, limits::members_max))
        ->capture_default_str();
    host.add_option("--organisation", values.host.organisation,
                    "organisation.pub to trust; without it, the root that signed your certificate")
        ->type_name("FILE");
    add_passphrase(host, values.host.passphrase_file);
    add_connection(host, values.host.ca_file, values.host.json);
    server->excludes(join);
    join->excludes(group)->excludes(rules);
    ticket->excludes(server)->excludes(join)->excludes(group)->excludes(rules);
}

void add_join(CLI::App& app, Everything& values) {
    auto& join = *app.add_subcommand("join", "Join a group by a link, or by twelve words");
    join.footer(join_footer);
    auto* invite =
        join.add_option("INVITE", values.invite, "The link, or the twelve words, or - to read either from input");
    auto* name =
        join.add_option("--name", values.join.name, "The name you want to have in the group")->type_name("NAME");
    join.add_option("--ticket", values.join.ticket, "Come back into the session that this ticket is of; - reads it")
        ->type_name("TICKET")
        ->excludes(invite)
        ->excludes(name);
    join.add_option("--server", values.join.server, "For words: the relay, https://host[:port]")->type_name("URL");
    join.add_option("--organisation", values.join.organisation, "For words: the organisation's organisation.pub")
        ->type_name("FILE");
    add_connection(join, values.join.ca_file, values.join.json);
}

void add_desk(CLI::App& app, Everything& values) {
    auto& desk = *app.add_subcommand("desk", "The support desk: go on duty as a counsellor");
    desk.footer(desk_footer);
    desk.add_option("--server", values.desk.server, "The relay: https://host[:port]")->type_name("URL")->required();
    desk.add_option("--staff", values.desk.staff, "Your certificate; the keys are found beside it")
        ->type_name("FILE.staff")
        ->required();
    desk.add_option("--desk-key", values.desk.desk_key, "The organisation's desk key, to read what was left")
        ->type_name("FILE.desk");
    desk.add_option("--desk-passphrase-file", values.desk.desk_passphrase_file,
                    "Take the passphrase for FILE.desk from this file's first line; without it, as --passphrase-file")
        ->type_name("FILE");
    desk.add_option("--languages", values.desk.languages, "Those you speak, as BCP 47 tags: en,it")
        ->type_name("TAGS")
        ->delimiter(',')
        ->capture_default_str();
    desk.add_option("--organisation", values.desk.organisation,
                    "organisation.pub to trust; without it, the root that signed your certificate")
        ->type_name("FILE");
    add_passphrase(desk, values.desk.passphrase_file);
    add_connection(desk, values.desk.ca_file, values.desk.json);
}

void add_ask(CLI::App& app, Everything& values) {
    auto& ask = *app.add_subcommand("ask", "The support desk: ask to talk to one person alone");
    ask.footer(ask_footer);
    ask.add_option("--server", values.ask.server, "The relay: https://host[:port]")->type_name("URL")->required();
    ask.add_option("--organisation", values.ask.organisation, "The organisation's organisation.pub")
        ->type_name("FILE")
        ->required();
    ask.add_option("--words", values.ask.words,
                   "Read the answer to what you left, by the twelve words that you kept; - reads them")
        ->type_name("WORDS");
    ask.add_option("--language", values.ask.language, "The language you want to talk in, a BCP 47 tag")
        ->type_name("TAG")
        ->capture_default_str();
    ask.add_option("--urgency", values.urgency, "calm, soon, now or not_safe")->type_name("HOW")->capture_default_str();
    ask.add_option("--note", values.ask.note, "A few words that counsellors can read")->type_name("TEXT");
    ask.add_option("--name", values.ask.name, "The name you want to be called by")
        ->type_name("NAME")
        ->capture_default_str();
    ask.add_flag("--leave", values.ask.leaves, "With nobody on duty, leave the request without asking");
    ask.add_option("--patience", values.ask.patience_seconds,
                   "Seconds without a sign of the counsellor until another is asked")
        ->type_name("N")
        ->check(CLI::Range(1, 3600))
        ->capture_default_str();
    add_connection(ask, values.ask.ca_file, values.ask.json);
}

std::optional<Urgency> urgency_of(const std::string& text) {
    for (const Urgency each : {Urgency::calm, Urgency::soon, Urgency::now, Urgency::not_safe})
        if (text == name(each)) return each;
    return std::nullopt;
}

Options chosen(const CLI::App& app, Everything&& values) {
    if (app.got_subcommand("staff")) return std::move(values.staff_new);
    if (app.got_subcommand("host")) {
        if (values.host.server.empty() && values.host.join.empty() && values.host.ticket.empty())
            complain("host needs --server URL and --group NAME or --book FILE, or --join LINK, or --ticket TICKET");
        if (!values.host.server.empty() && values.host.group.empty() && !values.host.book)
            complain("--server requires --group NAME, or --book FILE");
        return std::move(values.host);
    }
    if (app.got_subcommand("join")) {
        if (values.join.ticket.empty() && (values.invite.empty() || values.join.name.empty()))
            complain("join needs INVITE and --name NAME, or --ticket TICKET");
        for (const std::string& part : values.invite)
            values.join.invite += (values.join.invite.empty() ? "" : " ") + part;
        return std::move(values.join);
    }
    if (app.got_subcommand("desk")) return std::move(values.desk);
    if (app.got_subcommand("ask")) {
        const auto urgency = urgency_of(values.urgency);
        if (!urgency) complain("--urgency: calm, soon, now or not_safe; not " + values.urgency);
        values.ask.urgency = *urgency;
        return std::move(values.ask);
    }
    const CLI::App& org = *app.get_subcommand("org");
    if (org.got_subcommand("init")) {
        const auto zone = zone_minutes_of(values.zone);
        if (!zone) complain("--zone: not a time zone like +01:00: " + values.zone);
        values.init.zone_minutes = *zone;
        return std::move(values.init);
    }
    if (org.got_subcommand("certify")) {
        const auto role = staff_role(values.role);
        if (!role) complain("--role: facilitator, counsellor, mediator or lead; not " + values.role);
        values.certify.role = *role;
        return std::move(values.certify);
    }
    if (org.got_subcommand("list")) return std::move(values.list);
    if (org.got_subcommand("revoke")) return std::move(values.revoke);
    if (org.got_subcommand("desk-key")) return std::move(values.desk_key);
    if (org.got_subcommand("not-safe")) {
        if (!values.not_safe.text && !values.says_nothing) complain("--text FILE, or --nothing");
        return std::move(values.not_safe);
    }
    return std::move(values.renew);
}

}  // namespace

std::variant<Options, NothingToDo> parse_options(const std::vector<std::string>& arguments) {
    CLI::App app(description, "veranda");
    Everything values;
    app.footer(footer);
    app.set_version_flag("--version", "veranda " VERANDA_VERSION);
    app.require_subcommand(1);
    add_host(app, values);
    add_join(app, values);
    add_desk(app, values);
    add_ask(app, values);
    add_staff(app, values);
    add_org(app, values);
    try {
        app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
        return chosen(app, std::move(values));
    } catch (const CLI::Success& success) {  // --help, --version
        std::ostringstream out;
        app.exit(success, out, out);
        return NothingToDo{out.str(), false, 0};
    } catch (const CLI::Error& error) {
        return NothingToDo{std::string("veranda: ") + error.what() + "\nveranda --help says more.\n", true,
                           static_cast<int>(ExitCode::usage)};
    }
}

std::optional<std::uint16_t> zone_minutes_of(std::string_view text) {
    if (text == "Z") return std::uint16_t{0};
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
    for (const std::size_t i : {1U, 2U, 4U, 5U})
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
    const int hours = (text[1] - '0') * 10 + (text[2] - '0');
    const int minutes = (text[4] - '0') * 10 + (text[5] - '0');
    if (hours > 14 || minutes > 59) return std::nullopt;
    const int east = hours * 60 + minutes;
    return static_cast<std::uint16_t>(text[0] == '-' ? -east : east);
}

}  // namespace veranda::terminal
