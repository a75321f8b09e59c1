// The server as a process: how it starts, how it says that it cannot, how it ends.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "protocol/armour.hpp"
#include "tests/support/raw_websocket.hpp"
#include "tests/support/running_server.hpp"

namespace veranda::tests {
namespace {

// What the server says when it is started so, and its exit status.
struct Refusal {
    std::optional<int> status;
    std::string line;
    bool one_line() const { return std::count(line.begin(), line.end(), '\n') == 1; }
};

Refusal start(const std::vector<std::string>& arguments) {
    ServerProcess process(VERANDA_SERVER, arguments);
    const auto status = process.wait_for_exit();
    return {status, process.log()};
}

class Starting : public testing::Test {
protected:
    Starting() { organisation_.write_to(folder_); }
    std::string organisation_file() const { return (folder_ / "organisation.pub").string(); }
    Refusal start_with(std::string_view toml) {
        return start({"--config", folder_.write("veranda.toml", toml).string()});
    }
    static void expect_refused(const Refusal& refusal, std::string_view because) {
        EXPECT_EQ(refusal.status, 2);
        EXPECT_TRUE(refusal.one_line()) << refusal.line;
        EXPECT_NE(refusal.line.find(because), std::string::npos) << refusal.line;
    }

    TemporaryFolder folder_;
    TestOrganisation organisation_;
};

TEST_F(Starting, RefusesAPortThatIsInUse) {
    RunningServer first;
    const std::string at = "127.0.0.1:" + std::to_string(first.port());
    expect_refused(start({"--listen", at, "--organisation", organisation_file()}), "cannot listen on port");
}

TEST_F(Starting, RefusesAnUnknownOptionAndNamesItsLine) {
    expect_refused(start_with("organisation = \"organisation.pub\"\n\nlissten = \"127.0.0.1:0\"\n"),
                   "veranda.toml:3: unknown option lissten");
}

TEST_F(Starting, RefusesWhatIsNotToml) { expect_refused(start_with("listen = \n"), "veranda.toml:1: "); }

TEST_F(Starting, RefusesAMissingConfigurationFile) {
    expect_refused(start({"--config", (folder_ / "none.toml").string()}), "cannot read the configuration file");
}

TEST_F(Starting, RefusesAnUnknownArgument) { expect_refused(start({"--verbose"}), "--verbose"); }

TEST_F(Starting, RefusesAMissingCertificateFile) {
    expect_refused(start_with("listen = \"127.0.0.1:0\"\norganisation = \"organisation.pub\"\n"
                              "[tls]\ncertificate = \"none.pem\"\nkey = \"none.key\"\n"),
                   "none.pem");
}

TEST_F(Starting, RefusesPlainHttpForTheWorld) {
    expect_refused(start({"--listen", "0.0.0.0:0", "--organisation", organisation_file()}), "without TLS");
}

TEST_F(Starting, RefusesAMissingOrganisationFile) {
    expect_refused(start({"--listen", "127.0.0.1:0", "--organisation", (folder_ / "none.pub").string()}), "none.pub");
}

TEST_F(Starting, RefusesAnOrganisationFileThatItsRootHasNotSigned) {
    TestOrganisation other;
    Signed<Organisation> forged = organisation_.organisation();
    forged.signature = other.sign(signed_bytes(forged.body));
    folder_.write("organisation.pub", armour(armour_titles::organisation, tls::encode(forged)));
    expect_refused(start({"--listen", "127.0.0.1:0", "--organisation", organisation_file()}), "organisation_signature");
}

TEST_F(Starting, RefusesAnOrganisationFileThatWasCutShort) {
    folder_.write("organisation.pub", "-----BEGIN VERANDA ORGANISATION-----\nZWRp\n");
    expect_refused(start({"--listen", "127.0.0.1:0", "--organisation", organisation_file()}), "organisation.pub");
}

TEST_F(Starting, RefusesAStaffListOfAnotherRoot) {
    TestOrganisation().write_staff_list(folder_, UnixSeconds{now_seconds().value + 60});
    expect_refused(start({"--listen", "127.0.0.1:0", "--organisation", organisation_file()}), "staff_list_signature");
}

TEST_F(Starting, RefusesAStaffListThatHasRunOut) {
    organisation_.write_staff_list(folder_, UnixSeconds{now_seconds().value - 60});
    expect_refused(start({"--listen", "127.0.0.1:0", "--organisation", organisation_file()}), "has run out");
}

TEST_F(Starting, RefusesARedisThatIsNotThere) {
    const std::string redis = "unix:" + (folder_ / "no.sock").string();
    expect_refused(start({"--listen", "127.0.0.1:0", "--organisation", organisation_file(), "--redis", redis}),
                   "redis");
}

TEST_F(Starting, RefusesAFolderOfPagesWithoutAnIndex) {
    folder_.write("pages/app.js", "");
    expect_refused(start({"--listen", "127.0.0.1:0", "--organisation", organisation_file(), "--pages",
                          (folder_ / "pages").string()}),
                   "no index.html");
}

TEST_F(Starting, TakesASocketThatWasOpenedForIt) {
    const int listening = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ASSERT_EQ(::bind(listening, reinterpret_cast<sockaddr*>(&address), size), 0);
    ASSERT_EQ(::listen(listening, 16), 0);
    ASSERT_EQ(::getsockname(listening, reinterpret_cast<sockaddr*>(&address), &size), 0);
    folder_.write("veranda.toml",
                  "listen = \"systemd\"\nbehind_proxy = true\norigins = [\"https://veranda.example\"]\n"
                  "organisation = \"organisation.pub\"\n");
    // The shell becomes the server, so that LISTEN_PID is the server's own.
    const std::string script = "exec 3<&" + std::to_string(listening) + "; export LISTEN_PID=$$ LISTEN_FDS=1; exec '" +
                               VERANDA_SERVER + "' --config '" + (folder_ / "veranda.toml").string() + "'";
    ServerProcess process("/bin/sh", {"-c", script});
    ::close(listening);
    ASSERT_TRUE(process.wait_for_log("started")) << process.log();
    EXPECT_EQ(http_get(ntohs(address.sin_port), "/healthz").status, 200);
    process.signal(SIGTERM);
    EXPECT_EQ(process.wait_for_exit(), 0);
}

TEST(Ending, ClosesEveryConnectionAsGoingAwayAndExitsWithZero) {
    RunningServer server;
    RawWebSocket websocket(server.port());
    RawWebSocket other(server.port());
    RawSocket idle(server.port());
    ASSERT_TRUE(websocket.receive().has_value());
    ASSERT_TRUE(other.receive().has_value());
    server.process().signal(SIGTERM);
    EXPECT_EQ(websocket.wait_for_close_code(), 1001);
    EXPECT_EQ(other.wait_for_close_code(), 1001);
    EXPECT_TRUE(idle.wait_for_close());
    EXPECT_EQ(server.process().wait_for_exit(), 0);
}

TEST(Ending, DoesNotWaitForAPeerThatNeverAnswers) {
    RunningServer server;
    RawWebSocket websocket(server.port());
    ASSERT_TRUE(websocket.receive().has_value());
    server.process().signal(SIGINT);  // and this side reads and closes nothing
    EXPECT_EQ(server.process().wait_for_exit(), 0);
}

TEST(Running, ReadsThePagesAndTheStaffListAgainOnHangup) {
    RunningServer server;
    server.folder().write("pages/index.html", "<!doctype html><title>New</title>");
    server.process().signal(SIGHUP);
    ASSERT_TRUE(server.process().wait_for_log("read again"));
    EXPECT_NE(http_get(server.port(), "/").body.find("New"), std::string::npos);
}

TEST(Running, SaysWhatTheOrganisationSaysAnewOnHangup) {
    RunningServer server;
    const TestOrganisation other;
    Organisation body = other.organisation().body;
    body.not_safe = {{{"en"}, "Call 112."}};
    const Signed<Organisation> changed{body, other.sign(signed_bytes(body))};
    server.folder().write("organisation.pub", armour(armour_titles::organisation, tls::encode(changed)));
    other.write_staff_list(server.folder(), UnixSeconds{now_seconds().value + 60});
    server.process().signal(SIGHUP);
    ASSERT_TRUE(server.process().wait_for_log("read again"));
    RawWebSocket socket(server.port());
    const auto hello = socket.receive();
    ASSERT_TRUE(hello);
    EXPECT_NE(as_text(hello->payload).find("Call 112."), std::string_view::npos);
}

TEST(Running, KeepsTheStaffListItHasWhenTheNewOneIsForged) {
    RunningServer server;
    TestOrganisation().write_staff_list(server.folder(), UnixSeconds{now_seconds().value + 60});
    server.process().signal(SIGHUP);
    ASSERT_TRUE(server.process().wait_for_log("is not good"));
    EXPECT_EQ(http_get(server.port(), "/healthz").status, 200);
}

TEST(Running, WritesNoAddressAndNoPath) {
    RunningServer server;
    http_get(server.port(), "/join%231.c2VjcmV0");
    http_get(server.port(), "/somewhere-else");
    server.process().signal(SIGTERM);
    ASSERT_EQ(server.process().wait_for_exit(), 0);
    for (const std::string_view secret : {"127.0.0.1", "join", "somewhere", "c2Vj"})
        EXPECT_EQ(server.process().log().find(secret), std::string::npos) << server.process().log();
}

}  // namespace
}  // namespace veranda::tests
