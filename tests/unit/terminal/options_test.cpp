// The command line, typed well and typed badly.
#include "client-lib/terminal/options.hpp"

#include <gtest/gtest.h>

namespace veranda::terminal {
namespace {

template <class Command>
Command parsed(const std::vector<std::string>& arguments) {
    auto result = parse_options(arguments);
    if (const auto* nothing = std::get_if<NothingToDo>(&result)) {
        ADD_FAILURE() << nothing->text;
        return {};
    }
    auto* command = std::get_if<Command>(&std::get<Options>(result));
    EXPECT_NE(command, nullptr);
    return command == nullptr ? Command{} : std::move(*command);
}

std::string refused(const std::vector<std::string>& arguments) {
    const auto result = parse_options(arguments);
    const auto* nothing = std::get_if<NothingToDo>(&result);
    EXPECT_NE(nothing, nullptr);
    if (nothing == nullptr) return {};
    EXPECT_TRUE(nothing->to_standard_error);
    EXPECT_EQ(nothing->exit_code, 2);
    return nothing->text;
}

TEST(Options, OfHost) {
    const auto host = parsed<Host>({"host", "--server", "https://v.example", "--staff", "ada.staff", "--group",
                                    "Tuesday circle", "--rules", "rules.txt", "--language", "it", "--json"});
    EXPECT_EQ(host.server, "https://v.example");
    EXPECT_EQ(host.staff, "ada.staff");
    EXPECT_EQ(host.group, "Tuesday circle");
    EXPECT_EQ(host.rules, Path("rules.txt"));
    EXPECT_EQ(host.language, "it");
    EXPECT_EQ(host.newcomers, "speaks");
    EXPECT_EQ(host.members, limits::members_default);
    EXPECT_TRUE(host.json);
    EXPECT_FALSE(host.organisation);
    EXPECT_FALSE(host.passphrase_file);
}

TEST(Options, OfASecondFacilitator) {
    const auto host = parsed<Host>({"host", "--join", "https://v.example/join#1.x", "--staff", "bea.staff"});
    EXPECT_EQ(host.join, "https://v.example/join#1.x");
    refused({"host", "--join", "L", "--staff", "b", "--server", "S", "--group", "G"});
    refused({"host", "--join", "L", "--staff", "b", "--group", "G"});
}

TEST(Options, OfHostAreAskedForWhenMissing) {
    EXPECT_NE(refused({"host", "--staff", "a"}).find("--server URL and --group NAME or --book FILE, or --join LINK"),
              std::string::npos);
    EXPECT_NE(refused({"host", "--server", "S", "--staff", "a"}).find("--group"), std::string::npos);
    EXPECT_NE(refused({"host", "--server", "S", "--group", "G"}).find("--staff"), std::string::npos);
}

TEST(Options, OfHostWithABookNeedNoGroup) {
    const auto host =
        parsed<Host>({"host", "--server", "S", "--staff", "a", "--book", "b", "--book-passphrase-file", "p"});
    EXPECT_EQ(host.book, Path("b"));
    EXPECT_EQ(host.book_passphrase_file, Path("p"));
    EXPECT_EQ(host.group, "");
    EXPECT_EQ(host.language, "") << "the book's";
    EXPECT_EQ(parsed<Host>({"host", "--join", "L", "--staff", "a", "--book", "b"}).book, Path("b"));
    refused({"host", "--server", "S", "--staff", "a", "--group", "G", "--book-passphrase-file", "p"});
}

TEST(Options, OfHostSayHowPeopleComeInAndHowMany) {
    const auto host = [](const std::string& option, const std::string& value) {
        return std::vector<std::string>{
            "host", "--server", "https://v.example", "--staff", "ada.staff", "--group", "Tuesday", option, value};
    };
    EXPECT_EQ(parsed<Host>(host("--newcomers", "listens")).newcomers, "listens");
    EXPECT_EQ(parsed<Host>(host("--members", "12")).members, 12U);
    refused(host("--newcomers", "shouts"));
    refused(host("--members", "1"));
    refused(host("--members", std::to_string(limits::members_max + 1)));
}

TEST(Options, OfJoinTakeALinkOrWordsInOneOrInTwelve) {
    EXPECT_EQ(parsed<Join>({"join", "https://v.example/join#1.x", "--name", "Robin"}).invite,
              "https://v.example/join#1.x");
    EXPECT_EQ(parsed<Join>({"join", "zoo zoo wrong", "--name", "Robin"}).invite, "zoo zoo wrong");
    const auto join = parsed<Join>({"join", "zoo", "zoo", "wrong", "--server", "https://v.example", "--organisation",
                                    "organisation.pub", "--name", "Robin", "--ca-file", "ca.pem"});
    EXPECT_EQ(join.invite, "zoo zoo wrong");
    EXPECT_EQ(join.server, "https://v.example");
    EXPECT_EQ(join.organisation, Path("organisation.pub"));
    EXPECT_EQ(join.ca_file, Path("ca.pem"));
    EXPECT_EQ(parsed<Join>({"join", "-", "--name", "Robin"}).invite, "-");
    refused({"join", "--name", "Robin"});
    refused({"join", "zoo"});
}

TEST(Options, OfAnOrganisation) {
    const auto init = parsed<OrgInit>({"org", "init", "org", "--name", "Example", "--zone", "-03:30"});
    EXPECT_EQ(init.folder, "org");
    EXPECT_EQ(static_cast<std::int16_t>(init.zone_minutes), -210);
    const auto certify = parsed<OrgCertify>(
        {"org", "certify", "org", "ada.request", "--role", "mediator", "--out", "ada.staff", "--days", "7"});
    EXPECT_EQ(certify.role, Role::mediator);
    EXPECT_EQ(certify.days, 7U);
    EXPECT_EQ(parsed<OrgRevoke>({"org", "revoke", "org", "abcdef01"}).certificate, "abcdef01");
    EXPECT_EQ(parsed<OrgList>({"org", "list", "org"}).folder, "org");
    EXPECT_EQ(parsed<OrgRenew>({"org", "renew", "org", "--passphrase-file", "p"}).passphrase_file, Path("p"));
    const auto not_safe = parsed<OrgNotSafe>({"org", "not-safe", "org", "--language", "it", "--text", "it.txt"});
    EXPECT_EQ(not_safe.language, "it");
    EXPECT_EQ(not_safe.text, Path("it.txt"));
    EXPECT_FALSE(parsed<OrgNotSafe>({"org", "not-safe", "org", "--language", "it", "--nothing"}).text);
    const auto staff = parsed<StaffNew>({"staff", "new", "--name", "Ada", "--out", "ada.request"});
    EXPECT_EQ(staff.name, "Ada");
}

TEST(Options, OfAnOrganisationAreHeldAgainstTheirLimits) {
    for (const char* role : {"member", "boss", "Facilitator", ""})
        EXPECT_NE(refused({"org", "certify", "o", "r", "--role", role, "--out", "s"}).find("role"), std::string::npos);
    for (const char* days : {"0", "31", "-1", "many"})
        refused({"org", "certify", "o", "r", "--role", "lead", "--out", "s", "--days", days});
    refused({"org", "init", "o", "--name", "N", "--zone", "Rome"});
    refused({"org"});
    refused({"org", "destroy", "o"});
    EXPECT_NE(refused({"org", "not-safe", "o", "--language", "it"}).find("--nothing"), std::string::npos);
    refused({"org", "not-safe", "o", "--text", "t"});
    refused({"org", "not-safe", "o", "--language", "it", "--text", "t", "--nothing"});
}

TEST(Options, OfZones) {
    EXPECT_EQ(zone_minutes_of("+01:00"), std::uint16_t{60});
    EXPECT_EQ(zone_minutes_of("Z"), std::uint16_t{0});
    EXPECT_EQ(zone_minutes_of("-01:00"), static_cast<std::uint16_t>(-60));
    for (const std::string_view text : {"", "1", "01:00", "+1:00", "+01:60", "+15:00", "+01.00", "+01:00 "})
        EXPECT_FALSE(zone_minutes_of(text)) << text;
}

TEST(Options, HelpAndVersionGoToStandardOutput) {
    for (const char* option : {"--help", "--version"}) {
        const auto result = parse_options({option});
        const auto* nothing = std::get_if<NothingToDo>(&result);
        ASSERT_NE(nothing, nullptr);
        EXPECT_EQ(nothing->exit_code, 0);
        EXPECT_FALSE(nothing->to_standard_error);
        EXPECT_EQ(nothing->text.find("veranda") != std::string::npos, true);
    }
    const auto help = parse_options({"host", "--help"});
    EXPECT_NE(std::get<NothingToDo>(help).text.find("/invite-staff"), std::string::npos);
    refused({});
    refused({"dance"});
}

TEST(Options, OfTheSupportDesk) {
    const auto desk = parsed<DeskOptions>({"desk", "--server", "S", "--staff", "celia.staff", "--languages", "en,it"});
    EXPECT_EQ(desk.languages, (std::vector<std::string>{"en", "it"}));
    EXPECT_EQ(desk.staff, "celia.staff");
    EXPECT_NE(refused({"desk", "--server", "S"}).find("--staff"), std::string::npos);
    EXPECT_EQ(parsed<DeskOptions>({"desk", "--server", "S", "--staff", "c.staff", "--desk-key", "l.desk"}).desk_key,
              "l.desk");
    EXPECT_EQ(parsed<AskOptions>({"ask", "--server", "S", "--organisation", "o.pub", "--words", "a b"}).words, "a b");
    const auto made = parsed<OrgDeskKey>({"org", "desk-key", "dir", "--out", "l.desk", "--replace"});
    EXPECT_EQ(made.folder, "dir");
    EXPECT_TRUE(made.replace);
    EXPECT_NE(refused({"org", "desk-key", "dir"}).find("--out"), std::string::npos);
    const auto ask = parsed<AskOptions>({"ask", "--server", "S", "--organisation", "o.pub", "--urgency", "not_safe",
                                         "--note", "a note", "--leave", "--patience", "30"});
    EXPECT_EQ(ask.urgency, Urgency::not_safe);
    EXPECT_EQ(ask.note, "a note");
    EXPECT_TRUE(ask.leaves);
    EXPECT_EQ(ask.patience_seconds, 30U);
    EXPECT_EQ(parsed<AskOptions>({"ask", "--server", "S", "--organisation", "o.pub"}).patience_seconds, 120U);
    EXPECT_NE(refused({"ask", "--server", "S"}).find("--organisation"), std::string::npos);
    EXPECT_NE(refused({"ask", "--server", "S", "--organisation", "o", "--urgency", "loud"}).find("--urgency"),
              std::string::npos);
    refused({"ask", "--server", "S", "--organisation", "o", "--patience", "0"});
}

}  // namespace
}  // namespace veranda::terminal
