// The server's HTTP face: pages and their headers, health, and what it does with requests that are none of that.
#include <gtest/gtest.h>

#include "tests/support/running_server.hpp"

namespace veranda::tests {
namespace {

// One server for all: no request leaves anything behind, which is what these tests are about.
class ServerHttp : public testing::Test {
protected:
    static void SetUpTestSuite() { server_ = new RunningServer; }
    static void TearDownTestSuite() {
        delete server_;
        server_ = nullptr;
    }
    static std::uint16_t port() { return server_->port(); }
    static HttpAnswer get(std::string_view target, std::string_view more = {}) {
        return http_get(port(), target, more);
    }
    static HttpAnswer post_clear(std::string_view more) {
        return http_raw(port(), "POST /clear HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n" +
                                    std::string(more) + "\r\n");
    }
    static void expect_strict(const HttpAnswer& answer) {
        EXPECT_EQ(answer.header("content-security-policy"),
                  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; "
                  "img-src 'self' data:; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
                  "frame-ancestors 'none'");
        EXPECT_EQ(answer.header("cross-origin-opener-policy"), "same-origin");
        EXPECT_EQ(answer.header("cross-origin-embedder-policy"), "require-corp");
        EXPECT_EQ(answer.header("cross-origin-resource-policy"), "same-origin");
        EXPECT_EQ(answer.header("referrer-policy"), "no-referrer");
        EXPECT_EQ(answer.header("x-content-type-options"), "nosniff");
        EXPECT_NE(answer.header("x-robots-tag").find("noindex"), std::string::npos);
        for (const std::string_view what : {"camera=()", "geolocation=()", "microphone=()", "clipboard-read=()"})
            EXPECT_NE(answer.header("permissions-policy").find(what), std::string::npos) << what;
        EXPECT_EQ(answer.header("x-frame-options"), "deny");
        EXPECT_EQ(answer.header("strict-transport-security"), "");  // not by TLS
        EXPECT_EQ(answer.header("server"), "");
        EXPECT_EQ(answer.header("set-cookie"), "");
    }

    static RunningServer* server_;
};
RunningServer* ServerHttp::server_ = nullptr;

TEST_F(ServerHttp, ServesTheIndexAtTheRootAndAtJoinAndKeepsItNowhere) {
    for (const std::string_view target : {"/", "/join", "/staff", "/index.html", "/?x=1"}) {
        const HttpAnswer answer = get(target);
        EXPECT_EQ(answer.status, 200) << target;
        EXPECT_EQ(answer.body, "<!doctype html><title>Veranda</title>");
        EXPECT_EQ(answer.header("content-type"), "text/html; charset=utf-8");
        EXPECT_EQ(answer.header("cache-control"), "no-store");
        expect_strict(answer);
    }
}

TEST_F(ServerHttp, LetsAFileBeKeptWhoseNameBearsItsHash) {
    const HttpAnswer answer = get("/assets/app-1a2b3c4d5e.js");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("content-type"), "text/javascript; charset=utf-8");
    EXPECT_NE(answer.header("cache-control").find("immutable"), std::string::npos);
    EXPECT_NE(answer.header("content-security-policy").find("default-src 'none'"), std::string::npos);  // a worker's
    EXPECT_EQ(answer.header("cross-origin-embedder-policy"), "require-corp");
    EXPECT_EQ(answer.header("x-content-type-options"), "nosniff");
    EXPECT_EQ(answer.header("permissions-policy"), "");
    const HttpAnswer again = get("/assets/app-1a2b3c4d5e.js", "If-None-Match: " + answer.header("etag") + "\r\n");
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(again.body, "");
}

TEST_F(ServerHttp, ServesThePackedFileToWhoTakesIt) {
    const HttpAnswer answer = get("/assets/app-1a2b3c4d5e.js", "Accept-Encoding: gzip, deflate\r\n");
    EXPECT_EQ(answer.header("content-encoding"), "gzip");
    EXPECT_EQ(answer.body, "packed");
    EXPECT_EQ(get("/assets/app-1a2b3c4d5e.js.gz").status, 404);
}

TEST_F(ServerHttp, NamesTheTypeOfWebAssembly) {
    EXPECT_EQ(get("/core.wasm").header("content-type"), "application/wasm");
}

TEST_F(ServerHttp, AnswersHeadWithoutABody) {
    const HttpAnswer answer = http_raw(port(), "HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("content-length"), "37");
    EXPECT_EQ(answer.body, "");
}

TEST_F(ServerHttp, AnswersHealthWithCounts) {
    const HttpAnswer answer = get("/healthz");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("content-type"), "application/json");
    for (const std::string_view name : {"status", "connections", "rooms", "delivered", "refused", "faults"})
        EXPECT_NE(answer.body.find(name), std::string::npos) << answer.body;
    expect_strict(answer);
}

TEST_F(ServerHttp, DoesNotRepeatAPathThatItDoesNotKnow) {
    const HttpAnswer answer = get("/favourite-secret");
    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(answer.body.find("favourite"), std::string::npos);
    EXPECT_EQ(answer.head.find("favourite"), std::string::npos);
    expect_strict(answer);
}

TEST_F(ServerHttp, RefusesToLeaveTheFolderOfPages) {
    for (const std::string_view target :
         {"/../organisation.pub", "/%2e%2e/organisation.pub", "/assets/../../staff.list", "/..%2forganisation.pub",
          "//etc/passwd", "/pages/../../organisation.pub"})
        EXPECT_EQ(get(target).status, 404) << target;
}

TEST_F(ServerHttp, SaysThatALinkArrivedBroken) {
    const std::string secret(64, 'A');
    for (const std::string& target : {std::string("/join%231.c2VjcmV0"), std::string("/join/1.c2VjcmV0"),
                                      std::string("/join%2F1.c2VjcmV0"), "/" + secret, "/?" + secret}) {
        const HttpAnswer answer = get(target);
        EXPECT_EQ(answer.status, 404) << target;
        EXPECT_NE(answer.body.find("arrived broken"), std::string::npos) << target;
        EXPECT_EQ(answer.body.find("c2Vj"), std::string::npos);
        EXPECT_EQ(answer.header("cache-control"), "no-store");
        expect_strict(answer);
    }
}

TEST_F(ServerHttp, HasTheBrowserOfWhoLeavesForgetAndWritesNothing) {
    const std::string own = "Origin: http://127.0.0.1:" + std::to_string(port()) + "\r\n";
    for (const std::string& from :
         {own, std::string("Origin: null\r\nSec-Fetch-Site: same-origin\r\n"), std::string()}) {
        const HttpAnswer answer = post_clear(from);
        EXPECT_EQ(answer.status, 204) << from;
        EXPECT_EQ(answer.header("clear-site-data"), "\"cache\", \"cookies\", \"storage\"");
        EXPECT_EQ(answer.header("cache-control"), "no-store");
        EXPECT_EQ(answer.head.find("content-length"), std::string::npos);
        expect_strict(answer);
    }
    for (const std::string_view word : {"clear", "204", "POST"})
        EXPECT_EQ(server_->process().log().find(word), std::string::npos) << server_->process().log();
}

TEST_F(ServerHttp, LetsNoOtherPageHaveABrowserForget) {
    for (const std::string_view from :
         {"Origin: https://evil.example\r\n", "Origin: null\r\n", "Origin: null\r\nSec-Fetch-Site: cross-site\r\n",
          "Origin: null\r\nOrigin: null\r\nSec-Fetch-Site: same-origin\r\n"}) {
        const HttpAnswer answer = post_clear(from);
        EXPECT_EQ(answer.status, 403) << from;
        EXPECT_EQ(answer.header("clear-site-data"), "");
    }
    EXPECT_EQ(get("/clear").status, 405);
    EXPECT_EQ(get("/clear").header("clear-site-data"), "");
    EXPECT_EQ(http_raw(port(), "POST /clear HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi").status, 413);
}

TEST_F(ServerHttp, RefusesOtherMethods) {
    EXPECT_EQ(http_raw(port(), "DELETE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").status, 405);
    EXPECT_EQ(http_raw(port(), "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").status,
              405);
}

TEST_F(ServerHttp, RefusesABody) {
    EXPECT_EQ(http_raw(port(), "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello").status, 413);
    EXPECT_EQ(http_raw(port(), "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n").status,
              400);
}

TEST_F(ServerHttp, RefusesAHeadThatIsTooLong) {
    EXPECT_EQ(http_get(port(), "/", "X-Long: " + std::string(9'000, 'x') + "\r\n").status, 431);
    std::string many;
    for (int i = 0; i < 100; ++i) many += "X: y\r\n";
    EXPECT_EQ(http_get(port(), "/", many).status, 431);
}

TEST_F(ServerHttp, RefusesGarbage) {
    EXPECT_EQ(http_raw(port(), "hello there\r\n\r\n").status, 400);
    EXPECT_EQ(http_raw(port(), std::string("GET /\0 HTTP/1.1\r\n\r\n", 20)).status, 400);
    EXPECT_EQ(http_raw(port(), "GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n").status, 400);
    EXPECT_EQ(http_raw(port(), "\x16\x03\x01\x02\r\n\r\n").status, 400);  // TLS at the plain port
}

TEST_F(ServerHttp, KeepsAConnectionForTheNextRequest) {
    RawSocket socket(port());
    const std::string request = "GET /join HTTP/1.1\r\nHost: x\r\n\r\n";
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(socket.send(request));
        EXPECT_NE(socket.receive_until("</title>").find("200 OK"), std::string::npos);
    }
    ASSERT_TRUE(socket.send(request + request));  // two at once are answered one after the other
    EXPECT_NE(socket.receive_until("</title>").find("200 OK"), std::string::npos);
}

}  // namespace
}  // namespace veranda::tests
