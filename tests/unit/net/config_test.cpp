// The configuration: what it understands, and the one line that it says about what it does not.
#include "server/config.hpp"

#include <gtest/gtest.h>

namespace veranda::server {
namespace {

Config parse(const std::string& toml) { return parse_config(toml, "/etc/veranda/veranda.toml"); }

std::string why_not(const std::string& toml) {
    try {
        parse(toml);
    } catch (const StartError& problem) {
        return problem.what();
    }
    return "it is good";
}

const std::string least = "organisation = \"organisation.pub\"\n";

TEST(Config, ReadsTheReferenceConfiguration) {
    const Config config = load_config(VERANDA_SOURCE_DIR "/config/veranda.toml");
    const Config defaults = parse(least);
    EXPECT_EQ(config.connections_max, defaults.connections_max);
    EXPECT_EQ(config.newcomers_max, defaults.newcomers_max);
    EXPECT_EQ(config.frame_rates.frames, defaults.frame_rates.frames);
    EXPECT_EQ(config.frame_rates.bytes, defaults.frame_rates.bytes);
    EXPECT_EQ(config.relay.members_max, defaults.relay.members_max);
    EXPECT_EQ(config.relay.proof_of_work_bits, defaults.relay.proof_of_work_bits);
    EXPECT_EQ(config.relay.rates.requests.per_second, defaults.relay.rates.requests.per_second);
    EXPECT_EQ(config.relay.rates.requests.burst, defaults.relay.rates.requests.burst);
    EXPECT_EQ(config.relay.rates.room.per_second, defaults.relay.rates.room.per_second);
    EXPECT_EQ(config.relay.rates.room.burst, defaults.relay.rates.room.burst);
    EXPECT_EQ(config.relay.claim, defaults.relay.claim);
    EXPECT_EQ(config.relay.lifetimes.log, defaults.relay.lifetimes.log);
    EXPECT_EQ(config.relay.lifetimes.mail, defaults.relay.lifetimes.mail);
    EXPECT_EQ(config.relay.lifetimes.knock, defaults.relay.lifetimes.knock);
    EXPECT_EQ(config.relay.lifetimes.presence, defaults.relay.lifetimes.presence);
}

TEST(Config, TakesPathsFromWhereItsFileIs) {
    const Config config = parse(least + "pages = \"/srv/pages\"\n");
    EXPECT_EQ(config.organisation, "/etc/veranda/organisation.pub");
    EXPECT_EQ(config.staff_list, "/etc/veranda/staff.list");
    EXPECT_EQ(config.pages, "/srv/pages");
}

TEST(Config, NamesTheLineOfAnUnknownOptionWhereverItIs) {
    EXPECT_EQ(why_not(least + "pagse = \"x\"\n"), "/etc/veranda/veranda.toml:2: unknown option pagse");
    EXPECT_EQ(why_not(least + "[limits]\nmembrs = 5\n"), "/etc/veranda/veranda.toml:3: unknown option limits.membrs");
    EXPECT_EQ(why_not(least + "[tls]\ncert = \"x\"\n"), "/etc/veranda/veranda.toml:3: unknown option tls.cert");
    EXPECT_EQ(why_not(least + "[lifetimes]\nlog = 5\n"), "/etc/veranda/veranda.toml:3: unknown option lifetimes.log");
    EXPECT_EQ(why_not(least + "[logging]\n"), "/etc/veranda/veranda.toml:2: unknown option logging");
}

TEST(Config, NamesAnOptionOfTheWrongKind) {
    EXPECT_NE(why_not(least + "listen = 8080\n").find("listen has to be a text"), std::string::npos);
    EXPECT_NE(why_not(least + "behind_proxy = \"yes\"\n").find("behind_proxy has to be true or false"),
              std::string::npos);
    EXPECT_NE(why_not(least + "origins = \"https://x\"\n").find("a list of texts"), std::string::npos);
    EXPECT_NE(why_not(least + "origins = [1]\n").find("a list of texts"), std::string::npos);
    EXPECT_NE(why_not(least + "limits = 5\n").find("limits has to be a table"), std::string::npos);
}

TEST(Config, NamesTheBoundsOfANumber) {
    EXPECT_EQ(parse(least + "[limits]\nclaim_seconds = 3\n").relay.claim, std::chrono::seconds(3));
    EXPECT_NE(why_not(least + "[limits]\nclaim_seconds = 0\n").find("a number from 1 to 3600"), std::string::npos);
    EXPECT_NE(why_not(least + "[limits]\nmembers = 201\n").find("limits.members has to be a number from 2 to 200"),
              std::string::npos);
    EXPECT_NE(why_not(least + "[lifetimes]\nlog_minutes = 0\n").find("a number from 1"), std::string::npos);
    EXPECT_NE(why_not(least + "[limits]\nmembers = 5.5\n").find("a number from"), std::string::npos);
}

TEST(Config, TakesANeutralPageOfAnotherSiteByHttpsOnly) {
    EXPECT_EQ(parse(least).neutral_page, "");
    EXPECT_EQ(parse(least + "neutral_page = \"https://news.example/\"\n").neutral_page, "https://news.example/");
    for (const char* const bad : {"http://news.example/", "javascript:alert(1)", "https://news.example/\\\"x", "news"})
        EXPECT_NE(why_not(least + "neutral_page = \"" + bad + "\"\n").find("neutral_page: expected"), std::string::npos)
            << bad;
    for (const char* const own : {"https://veranda.example", "https://veranda.example/join"})
        EXPECT_NE(why_not(least + "origins = [\"https://veranda.example\"]\nneutral_page = \"" + own + "\"\n")
                      .find("another site"),
                  std::string::npos);
}

TEST(Config, NeedsAnOrganisation) { EXPECT_NE(why_not("").find("organisation"), std::string::npos); }

TEST(Config, NeedsBothFilesOfTls) {
    EXPECT_NE(why_not(least + "[tls]\ncertificate = \"c\"\n").find("both"), std::string::npos);
}

TEST(Config, AllowsPlainHttpOnLoopbackOnly) {
    for (const std::string_view host : {"127.0.0.1", "127.9.9.9", "[::1]", "localhost"})
        EXPECT_EQ(why_not(least + "listen = \"" + std::string(host) + ":80\"\n"), "it is good") << host;
    for (const std::string_view host : {"0.0.0.0", "[::]", "192.0.2.1"})
        EXPECT_NE(why_not(least + "listen = \"" + std::string(host) + ":80\"\n").find("without TLS"), std::string::npos)
            << host;
}

TEST(Config, TrustsAProxyOnThisMachineOnly) {
    const std::string proxied = least + "behind_proxy = true\norigins = [\"https://veranda.example\"]\n";
    EXPECT_EQ(why_not(proxied + "listen = \"unix:/run/veranda.sock\"\n"), "it is good");
    EXPECT_EQ(why_not(proxied + "listen = \"127.0.0.1:8080\"\n"), "it is good");
    EXPECT_NE(why_not(proxied + "listen = \"0.0.0.0:8080\"\n").find("behind_proxy"), std::string::npos);
}

TEST(Config, CountsForHealthAreOffBehindAProxyUnlessAskedFor) {
    const std::string proxied = least + "behind_proxy = true\norigins = [\"https://veranda.example\"]\n";
    EXPECT_EQ(parse(least).health_counts, true);
    EXPECT_EQ(parse(proxied).health_counts, false);
    EXPECT_EQ(parse(proxied + "health_counts = true\n").health_counts, true);
}

TEST(Config, AsksForOriginsWhereItCannotKnowThem) {
    const std::string tls = "listen = \"0.0.0.0:443\"\n";
    const std::string files = "[tls]\ncertificate = \"c\"\nkey = \"k\"\n";
    EXPECT_NE(why_not(least + tls + files).find("origins"), std::string::npos);
    EXPECT_EQ(why_not(least + tls + "origins = [\"https://veranda.example\"]\n" + files), "it is good");
}

TEST(Config, RefusesAnOriginThatNoBrowserWrites) {
    for (const std::string_view origin : {"veranda.example", "https://veranda.example/", "https://", "*", "null",
                                          "https://a@veranda.example", "wss://veranda.example"})
        EXPECT_NE(why_not(least + "origins = [\"" + std::string(origin) + "\"]\n").find("origins"), std::string::npos)
            << origin;
}

TEST(ParseListen, UnderstandsAddressesUnixSocketsAndSystemd) {
    EXPECT_EQ(std::get<net::TcpAddress>(parse_listen("127.0.0.1:0")).port, 0);
    EXPECT_EQ(std::get<net::TcpAddress>(parse_listen("[::1]:8080")).host, "::1");
    EXPECT_EQ(std::get<net::UnixPath>(parse_listen("unix:/run/v.sock")).path, "/run/v.sock");
    EXPECT_TRUE(std::holds_alternative<net::Inherited>(parse_listen("systemd")));
    for (const std::string_view text :
         {"", "8080", ":8080", "host", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:80x"})
        EXPECT_THROW(parse_listen(text), StartError) << text;
}

}  // namespace
}  // namespace veranda::server
