// Complaints here are what most people will ever see of errors: each is one line that says what to do.
#include "client-lib/terminal/meetings.hpp"

#include <unistd.h>

#include <cstdio>

#include "client-lib/circle/content/safe_text.hpp"
#include "client-lib/circle/joining/knock.hpp"
#include "client-lib/terminal/desk/desk_run.hpp"
#include "client-lib/terminal/org/organisation_folder.hpp"
#include "client-lib/terminal/org/sealed_keys.hpp"
#include "crypto/verify/staff_check.hpp"

namespace veranda::terminal {
namespace {

ServerUrl server_of(const std::string& text) {
    auto url = server_url(text);
    if (!url) throw Complaint("--server: not the address of a server like https://veranda.example: " + text);
    return *std::move(url);
}

circle::Link link_of(const std::string& text) {
    auto link = circle::read_link(text);
    if (link) return *std::move(link);
    if (link.error().is(circle::faults::link_version)) throw Complaint("this link is of a newer Veranda");
    throw Complaint("this is not a whole invite link; copy it again, to its last letter");
}

ServerUrl server_of(const circle::Link& link) {
    auto url = server_url(link.origin);
    if (!url) throw Complaint("this link does not name a server");
    return *std::move(url);
}

circle::Pass pass_of_words(const std::string& words, const std::string& how_many) {
    const auto entropy = circle::read_words(words);
    if (entropy) return circle::Pass::from(*entropy);
    if (entropy.error().is(circle::faults::words_count))
        throw Complaint(how_many + "; these are " + std::to_string(entropy.error().detail));
    if (entropy.error().is(circle::faults::words_unknown)) {
        std::string named;
        for (const std::string& word : circle::unknown_words(words)) named += (named.empty() ? "" : ", ") + word;
        throw Complaint("these words are not in the list: " + circle::safe_text(named));
    }
    throw Complaint("these words do not fit together");
}

client::TrustAnchor anchor_of(const std::optional<Hash>& fingerprint, const std::optional<Path>& file) {
    client::TrustAnchor anchor{fingerprint, std::nullopt};
    if (!file) return anchor;
    anchor.organisation = read_organisation(*file);
    const Hash of_file = crypto::fingerprint(anchor.organisation->body.root);
    if (fingerprint && *fingerprint != of_file)
        throw Complaint("the invite is of another organisation than " + file->string());
    anchor.fingerprint = of_file;
    return anchor;
}

std::string rules_of(const std::optional<Path>& file) {
    if (!file) return {};
    std::string rules = read_file(*file);
    while (!rules.empty() && (rules.back() == '\n' || rules.back() == '\r')) rules.pop_back();
    if (rules.size() > limits::rules_bytes_max)
        throw Complaint(file->string() + ": the rules are longer than " + std::to_string(limits::rules_bytes_max) +
                        " bytes");
    return circle::safe_text(rules, true);
}

// `named`: by a book.
void check_plan(const Host& options, bool named) {
    const std::string& group = options.group;
    if ((group.empty() && !named) || group.size() > limits::group_name_bytes_max || !circle::is_safe_text(group))
        throw Complaint("--group: a name has 1 to " + std::to_string(limits::group_name_bytes_max) +
                        " bytes and nothing unprintable");
    const std::string& language = options.language;
    const auto tag_letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
    if (language.size() > limits::language_bytes_max || language.find_first_not_of(tag_letters) != std::string::npos)
        throw Complaint("--language: not a language tag like en or pcm: " + language);
}

circle::Ticket ticket_of(const std::string& text) {
    auto ticket = circle::Ticket::decode(text == "-" ? read_one_line() : text);
    if (!ticket) throw Complaint("this is not a whole ticket; copy it again, to its last letter");
    return *std::move(ticket);
}

Meeting meeting_of(circle::Ticket ticket, std::optional<client::StaffKeys> keys,
                   const std::optional<Path>& organisation, const std::optional<Path>& ca_file, bool json) {
    auto server = server_url(ticket.origin);
    if (!server) throw Complaint("this ticket does not name a server");
    auto anchor = anchor_of(ticket.fingerprint, organisation);
    return {*std::move(server), std::move(anchor), ComeBack{std::move(ticket), std::move(keys)}, ca_file, json};
}

std::optional<BookFile> book_of(const Host& options, const client::StaffKeys& keys) {
    if (!options.book) return std::nullopt;
    return BookFile::open(*options.book, options.book_passphrase_file, keys.certificate.body.root);
}

Level level_of(std::string_view newcomers) {
    return newcomers == "held" ? Level::held : newcomers == "listens" ? Level::listens : Level::speaks;
}

Meeting new_group(const Host& options) {
    ServerUrl server = server_of(options.server);
    std::error_code ignored;
    const bool has_book = options.book && std::filesystem::exists(*options.book, ignored);
    if (options.book && !has_book && options.group.empty())
        throw Complaint(options.book->string() + " is not there; to make it, give the group a name with --group NAME");
    check_plan(options, has_book);
    client::GroupPlan plan;
    plan.name = options.group;
    plan.rules = rules_of(options.rules);
    plan.language = options.language.empty() && !has_book ? "en" : options.language;
    plan.newcomers = level_of(options.newcomers);
    plan.members_max = options.members;
    auto keys = load_staff(options.staff, options.passphrase_file);
    auto anchor = anchor_of(crypto::fingerprint(keys.certificate.body.root), options.organisation);
    auto book = book_of(options, keys);
    return {std::move(server), std::move(anchor), HostGroup{std::move(keys), std::move(plan)},
            options.ca_file,   options.json,      std::move(book)};
}

bool looks_like_a_link(const std::string& text) {
    return text.find("://") != std::string::npos || text.find("/join") != std::string::npos;
}

std::string asked_for_invite() {
    if (::isatty(STDIN_FILENO) == 1) std::fputs("The link or the words: ", stderr);
    return read_one_line();
}

}  // namespace

Meeting meeting_of(const Host& options) {
    if (!options.ticket.empty()) {
        circle::Ticket ticket = ticket_of(options.ticket);
        auto keys = load_staff(options.staff, options.passphrase_file);
        auto book = book_of(options, keys);
        Meeting back =
            meeting_of(std::move(ticket), std::move(keys), options.organisation, options.ca_file, options.json);
        back.book = std::move(book);
        return back;
    }
    if (options.join.empty()) return new_group(options);
    const circle::Link link = link_of(options.join == "-" ? asked_for_invite() : options.join);
    auto anchor = anchor_of(link.fingerprint, options.organisation);
    auto keys = load_staff(options.staff, options.passphrase_file);
    if (crypto::fingerprint(keys.certificate.body.root) != link.fingerprint)
        throw Complaint("the invite is of another organisation than " + options.staff.string());
    auto book = book_of(options, keys);
    return {server_of(link), std::move(anchor), JoinAsStaff{circle::Pass::from(link.entropy), std::move(keys)},
            options.ca_file, options.json,      std::move(book)};
}

Meeting meeting_of(const Join& options) {
    if (!options.ticket.empty())
        return meeting_of(ticket_of(options.ticket), std::nullopt, options.organisation, options.ca_file, options.json);
    if (!circle::check_pseudonym(options.name))
        throw Complaint("--name: this name cannot be used; take a short one, of letters");
    const std::string invite = options.invite == "-" ? asked_for_invite() : options.invite;
    if (looks_like_a_link(invite)) {
        if (!options.server.empty()) throw Complaint("--server: a link names its server itself");
        const circle::Link link = link_of(invite);
        return {server_of(link), anchor_of(link.fingerprint, options.organisation),
                JoinAsMember{circle::Pass::from(link.entropy), options.name}, options.ca_file, options.json};
    }
    circle::Pass pass = pass_of_words(invite, "there are twelve words in an invite");
    if (options.server.empty() || !options.organisation)
        throw Complaint("words need --server URL and --organisation FILE beside them (a link says both itself)");
    return {server_of(options.server), anchor_of(std::nullopt, options.organisation),
            JoinAsMember{std::move(pass), options.name}, options.ca_file, options.json};
}

ExitCode run_desk(const DeskOptions& options) {
    ServerUrl server = server_of(options.server);
    for (const std::string& language : options.languages)
        if (!is_language_tag(language)) throw Complaint("--languages: not language tags like en,it: " + language);
    if (options.languages.size() > limits::duty_languages_max)
        throw Complaint("--languages: at most " + std::to_string(limits::duty_languages_max));
    auto keys = load_staff(options.staff, options.passphrase_file);
    if (keys.certificate.body.role != Role::counsellor)
        throw Complaint(options.staff.string() + ": only counsellors go on duty at the support desk");
    std::optional<crypto::KemKeyPair> desk_key;
    const auto& desk_passphrase = options.desk_passphrase_file ? options.desk_passphrase_file : options.passphrase_file;
    if (options.desk_key) desk_key = load_desk_key(*options.desk_key, desk_passphrase);
    auto anchor = anchor_of(crypto::fingerprint(keys.certificate.body.root), options.organisation);
    return CounsellorRun({std::move(server), std::move(anchor), options.ca_file, options.json}, std::move(keys),
                         options.languages, std::move(desk_key))
        .run();
}

ExitCode run_ask(const AskOptions& options) {
    ServerUrl server = server_of(options.server);
    if (!options.words.empty()) {
        const std::string words = options.words == "-" ? read_one_line() : options.words;
        return AnswerRun(
                   {std::move(server), anchor_of(std::nullopt, options.organisation), options.ca_file, options.json},
                   pass_of_words(words, "you were given twelve words to keep"))
            .run();
    }
    if (!is_language_tag(options.language))
        throw Complaint("--language: not a language tag like en or pcm: " + options.language);
    if (options.note.size() > limits::desk_note_bytes_max)
        throw Complaint("--note: at most " + std::to_string(limits::desk_note_bytes_max) + " bytes");
    if (!circle::check_pseudonym(options.name))
        throw Complaint("--name: this name cannot be used; take a short one, of letters");
    client::AskPlan plan;
    plan.language = options.language;
    plan.urgency = options.urgency;
    plan.note = circle::safe_text(options.note, true);
    plan.name = options.name;
    plan.patience_ms = options.patience_seconds * 1'000;
    plan.leaves = options.leaves;
    return AskingRun({std::move(server), anchor_of(std::nullopt, options.organisation), options.ca_file, options.json},
                     std::move(plan))
        .run();
}

}  // namespace veranda::terminal
