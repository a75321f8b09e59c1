// The server's own TLS: it serves by it, remembers no session, and takes a new certificate on SIGHUP.
#include <gtest/gtest.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include "tests/support/organisation_files.hpp"
#include "tests/support/raw_websocket.hpp"
#include "tests/support/server_process.hpp"

namespace veranda::tests {
namespace {

namespace asio = boost::asio;

struct TlsAnswer {
    std::string subject;  // of the certificate
    std::string answer;
    bool resumable = false;
};

TlsAnswer tls_get(std::uint16_t port, int version = 0) {
    asio::io_context loop;
    asio::ssl::context context(asio::ssl::context::tls_client);
    if (version != 0) SSL_CTX_set_max_proto_version(context.native_handle(), version);
    asio::ssl::stream<asio::ip::tcp::socket> stream(loop, context);
    stream.next_layer().connect({asio::ip::make_address("127.0.0.1"), port});
    stream.handshake(asio::ssl::stream_base::client);
    asio::write(stream, asio::buffer(std::string("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")));
    TlsAnswer result;
    boost::system::error_code ended;
    asio::read(stream, asio::dynamic_buffer(result.answer), ended);
    X509* const certificate = SSL_get1_peer_certificate(stream.native_handle());
    char name[200];
    X509_NAME_oneline(X509_get_subject_name(certificate), name, sizeof name);
    X509_free(certificate);
    result.subject = name;
    result.resumable = SSL_SESSION_is_resumable(SSL_get0_session(stream.native_handle())) == 1;
    return result;
}

class ServerTls : public testing::Test {
protected:
    ServerTls() {
        TestOrganisation().write_to(folder_);
        make_certificate("first");
        const auto config = folder_.write("veranda.toml",
                                          "listen = \"127.0.0.1:0\"\norganisation = \"organisation.pub\"\n"
                                          "[tls]\ncertificate = \"cert.pem\"\nkey = \"key.pem\"\n");
        server_.emplace(VERANDA_SERVER, std::vector<std::string>{"--config", config.string()});
        port_ = server_->wait_until_listening().value_or(0);
    }

    void make_certificate(const std::string& name) {
        ServerProcess openssl("/usr/bin/env",
                              {"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                               "-nodes", "-keyout", (folder_ / "key.pem").string(), "-out",
                               (folder_ / "cert.pem").string(), "-subj", "/CN=" + name, "-days", "2"});
        ASSERT_EQ(openssl.wait_for_exit(), 0) << openssl.log();
    }

    TemporaryFolder folder_;
    std::optional<ServerProcess> server_;
    std::uint16_t port_ = 0;
};

TEST_F(ServerTls, ServesByBothVersionsAndRemembersNoSession) {
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        const TlsAnswer answer = tls_get(port_, version);
        EXPECT_NE(answer.answer.find("200 OK"), std::string::npos);
        EXPECT_FALSE(answer.resumable);
        EXPECT_NE(answer.answer.find("Strict-Transport-Security: max-age=31536000\r\n"), std::string::npos);
    }
    EXPECT_NE(server_->output().find("https://127.0.0.1:"), std::string::npos);
}

TEST_F(ServerTls, RefusesAnOldVersion) { EXPECT_ANY_THROW(tls_get(port_, TLS1_1_VERSION)); }

TEST_F(ServerTls, TakesANewCertificateOnHangup) {
    EXPECT_EQ(tls_get(port_).subject, "/CN=first");
    make_certificate("second");
    server_->signal(SIGHUP);
    ASSERT_TRUE(server_->wait_for_log("read again"));
    EXPECT_EQ(tls_get(port_).subject, "/CN=second");
}

TEST_F(ServerTls, KeepsTheCertificateItHasWhenTheNewOneIsNotGood) {
    folder_.write("cert.pem", "no certificate");
    server_->signal(SIGHUP);
    ASSERT_TRUE(server_->wait_for_log("not good"));
    EXPECT_EQ(tls_get(port_).subject, "/CN=first");
}

TEST_F(ServerTls, CutsWhatIsNotTls) {
    EXPECT_EQ(http_get(port_, "/").status, 0);
    server_->signal(SIGTERM);
    EXPECT_EQ(server_->wait_for_exit(), 0);
}

}  // namespace
}  // namespace veranda::tests
