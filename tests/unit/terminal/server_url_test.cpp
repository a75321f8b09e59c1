// Addresses of servers: what is dialled, and the origin that access proofs name.
#include "client-lib/terminal/server_url.hpp"

#include <gtest/gtest.h>

namespace veranda::terminal {
namespace {

void expect_url(std::string_view text, bool tls, std::string_view host, std::string_view port,
                std::string_view origin) {
    const auto url = server_url(text);
    ASSERT_TRUE(url) << text;
    EXPECT_EQ(url->tls, tls) << text;
    EXPECT_EQ(url->host_to_resolve(), host) << text;
    EXPECT_EQ(url->port, port) << text;
    EXPECT_EQ(url->origin(), origin) << text;
}

TEST(ServerUrl, IsReadInEveryScheme) {
    expect_url("https://veranda.example", true, "veranda.example", "443", "https://veranda.example");
    expect_url("wss://veranda.example/", true, "veranda.example", "443", "https://veranda.example");
    expect_url("http://127.0.0.1:8080", false, "127.0.0.1", "8080", "http://127.0.0.1:8080");
    expect_url("ws://localhost", false, "localhost", "80", "http://localhost");
    expect_url("https://[::1]:8443", true, "::1", "8443", "https://[::1]:8443");
    expect_url("http://[2001:db8::1]", false, "2001:db8::1", "80", "http://[2001:db8::1]");
}

TEST(ServerUrl, MakesOneOriginOfManySpellings) {
    expect_url("HTTPS://Veranda.Example:443", true, "veranda.example", "443", "https://veranda.example");
    expect_url("http://veranda.example:80/", false, "veranda.example", "80", "http://veranda.example");
    expect_url("https://veranda.example:80", true, "veranda.example", "80", "https://veranda.example:80");
}

TEST(ServerUrl, RefusesWhatIsMoreThanAServer) {
    for (const std::string_view text :
         {"", "veranda.example", "ftp://veranda.example", "https://", "https://:443", "https://veranda.example:",
          "https://veranda.example:0", "https://veranda.example:070", "https://veranda.example:65536",
          "https://veranda.example/ws", "https://user@veranda.example", "https://veranda.example?x", "https://a b",
          "https://[::1", "https://[]", "https://[::1]x", "https://veranda.example//", "https://x#y"})
        EXPECT_FALSE(server_url(text)) << text;
}

}  // namespace
}  // namespace veranda::terminal
