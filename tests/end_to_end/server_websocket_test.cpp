// The server's WebSocket against clients that keep no rule: each gets the close code that RFC 6455 has for it, or is
// cut; and whatever one of them does, the next is served.
#include <gtest/gtest.h>

#include "protocol/frame_codec.hpp"
#include "tests/support/running_server.hpp"

namespace veranda::tests {
namespace {

using Clock = std::chrono::steady_clock;

class ServerWebSocket : public testing::Test {
protected:
    static void SetUpTestSuite() { server_ = new RunningServer; }
    static void TearDownTestSuite() {
        delete server_;
        server_ = nullptr;
    }
    static std::uint16_t port() { return server_->port(); }

    // After every test: the server is well, and nobody is left inside.
    void TearDown() override {
        const auto until = Clock::now() + patience;
        std::string body;
        do body = http_get(port(), "/healthz").body;
        while (body.find("\"connections\":0") == std::string::npos && Clock::now() < until);
        EXPECT_NE(body.find("\"connections\":0"), std::string::npos) << body;
    }

    static RunningServer* server_;
};
RunningServer* ServerWebSocket::server_ = nullptr;

std::vector<Received<ServerFrame>> frames_of(const std::optional<RawFrame>& frame) {
    if (!frame || frame->opcode != Opcode::binary) return {};
    auto frames = decode_server_message(frame->payload);
    return frames ? *std::move(frames) : std::vector<Received<ServerFrame>>{};
}

template <class Frame>
const Frame* first(const std::vector<Received<ServerFrame>>& frames) {
    if (frames.empty()) return nullptr;
    const auto* known = std::get_if<ServerFrame>(&frames.front().frame);
    return known == nullptr ? nullptr : std::get_if<Frame>(known);
}

TEST_F(ServerWebSocket, GreetsWithTheServersHello) {
    RawWebSocket client(port());
    ASSERT_EQ(client.status(), 101);
    const auto frames = frames_of(client.receive());
    const auto* hello = first<ServerHello>(frames);
    ASSERT_NE(hello, nullptr);
    EXPECT_EQ(hello->organisation, server_->organisation().organisation());
}

TEST_F(ServerWebSocket, TakesAPageOfItsOwnOriginAndNoOther) {
    EXPECT_EQ(RawWebSocket(port(), "Origin: " + server_->origin() + "\r\n").status(), 101);
    EXPECT_EQ(RawWebSocket(port(), "Origin: http://localhost:" + std::to_string(port()) + "\r\n").status(), 101);
    EXPECT_EQ(RawWebSocket(port(), "Origin: https://elsewhere.example\r\n").status(), 403);
    EXPECT_EQ(RawWebSocket(port(), "Origin: null\r\n").status(), 403);
    EXPECT_EQ(
        RawWebSocket(port(), "Origin: " + server_->origin() + "\r\nOrigin: " + server_->origin() + "\r\n").status(),
        403);
}

TEST_F(ServerWebSocket, LivesAtOnePathOnly) {
    EXPECT_EQ(RawWebSocket(port(), {}, "/").status(), 404);
    EXPECT_EQ(RawWebSocket(port(), {}, "/ws/").status(), 404);
    EXPECT_EQ(http_get(port(), "/ws").status, 426);
}

TEST_F(ServerWebSocket, OffersNoCompression) {
    RawSocket socket(port());
    socket.send(
        "GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n");
    const std::string answer = socket.receive_until("\r\n\r\n");
    EXPECT_NE(answer.find("101"), std::string::npos);
    EXPECT_EQ(answer.find("permessage-deflate"), std::string::npos);
}

TEST_F(ServerWebSocket, ClosesATextMessageAsUnsupported) {
    RawWebSocket client(port());
    ASSERT_TRUE(client.send(Opcode::text, as_bytes("hello")));
    EXPECT_EQ(client.wait_for_close_code(), 1003);
}

TEST_F(ServerWebSocket, ClosesAMessageThatIsTooBig) {
    RawWebSocket client(port());
    client.send_binary(Bytes(limits::message_bytes_max + 1));
    EXPECT_EQ(client.wait_for_close_code(), 1009);
}

TEST_F(ServerWebSocket, ClosesAMessageThatGrowsTooBigInFragments) {
    RawWebSocket client(port());
    const Bytes part(100 * 1024);
    client.send(Opcode::binary, part, false);
    for (int i = 0; i < 8; ++i)
        if (!client.send(Opcode::continuation, part, false)) break;
    EXPECT_EQ(client.wait_for_close_code(), 1009);
}

TEST_F(ServerWebSocket, ClosesWhatBreaksRfc6455) {
    const std::string broken[] = {
        frame_bytes(Opcode::binary, Bytes(4), true, false),        // a client has to mask
        frame_bytes(static_cast<Opcode>(3), Bytes(4)),             // a reserved opcode
        frame_bytes(Opcode::continuation, Bytes(4)),               // of nothing
        frame_bytes(Opcode::ping, Bytes(126)),                     // a control frame that is too long
        frame_bytes(Opcode::ping, Bytes(4), false),                // a control frame in fragments
        std::string("\xc2\x80\x01\x02\x03\x04", 6),                // reserved bits
        std::string("\x82\xfe\x00\x05\x01\x02\x03\x04hello", 13),  // a length that is not the shortest
    };
    for (const std::string& bytes : broken) {
        RawWebSocket client(port());
        ASSERT_TRUE(client.socket().send(bytes));
        EXPECT_EQ(client.wait_for_close_code(), 1002);
    }
}

TEST_F(ServerWebSocket, NamesTheFaultOfAMalformedFrameAndCloses) {
    RawWebSocket client(port());
    ASSERT_TRUE(client.receive().has_value());
    ASSERT_TRUE(client.send_binary(as_bytes("what is this?")));
    const auto frames = frames_of(client.receive());
    EXPECT_NE(first<Fault>(frames), nullptr);
    EXPECT_EQ(client.wait_for_close_code(), 1002);
}

TEST_F(ServerWebSocket, ClosesAnEmptyAndATruncatedMessage) {
    Bytes truncated = encode_frame(ClientHello{}, RequestId{1});
    truncated.pop_back();
    for (const Bytes& message : {Bytes{}, truncated}) {
        RawWebSocket client(port());
        ASSERT_TRUE(client.send_binary(message));
        EXPECT_EQ(client.wait_for_close_code(), 1002);
    }
}

TEST_F(ServerWebSocket, RefusesAWellFormedFrameOfAStrangerAndLivesOn) {
    RawWebSocket client(port());
    ASSERT_TRUE(client.receive().has_value());
    for (std::uint32_t request = 1; request < 4; ++request) {
        ASSERT_TRUE(client.send_binary(encode_frame(Submit{}, RequestId{request})));
        const auto frames = frames_of(client.receive());
        ASSERT_NE(first<Refused>(frames), nullptr);
        EXPECT_EQ(frames.front().request, RequestId{request});
    }
}

TEST_F(ServerWebSocket, ReadsAMessageInPiecesOfOneByte) {
    RawWebSocket client(port());
    ASSERT_TRUE(client.receive().has_value());
    for (const char byte : frame_bytes(Opcode::binary, encode_frame(Leave{}, RequestId{9})))
        ASSERT_TRUE(client.socket().send({&byte, 1}));
    EXPECT_NE(first<Refused>(frames_of(client.receive())), nullptr);
}

TEST_F(ServerWebSocket, AnswersAPing) {
    RawWebSocket client(port());
    ASSERT_TRUE(client.receive().has_value());
    ASSERT_TRUE(client.send(Opcode::ping, as_bytes("there?")));
    const auto pong = client.receive();
    ASSERT_TRUE(pong.has_value());
    EXPECT_EQ(pong->opcode, Opcode::pong);
    EXPECT_EQ(as_text(pong->payload), "there?");
}

TEST_F(ServerWebSocket, AnswersACloseWithAClose) {
    RawWebSocket client(port());
    ASSERT_TRUE(client.send(Opcode::close, Bytes{0x03, 0xe8}));
    EXPECT_EQ(client.wait_for_close_code(), 1000);
}

// Sends the same bytes until the server cuts. How long that took.
Clock::duration flood(RawWebSocket& client, std::string_view one) {
    std::string many;
    while (many.size() < 64 * 1024) many += one;
    const auto begin = Clock::now();
    while (Clock::now() < begin + patience && client.socket().send_some(many) > 0) {
    }
    return Clock::now() - begin;
}

TEST_F(ServerWebSocket, CutsAFloodOfEmptyFragmentsWithinTwoSeconds) {
    RawWebSocket client(port());
    ASSERT_TRUE(client.send(Opcode::binary, {}, false));
    EXPECT_LT(flood(client, frame_bytes(Opcode::continuation, {}, false)), std::chrono::seconds(2));
}

TEST_F(ServerWebSocket, CutsAFloodOfPingsWithinTwoSeconds) {
    RawWebSocket client(port());
    EXPECT_LT(flood(client, frame_bytes(Opcode::ping, {})), std::chrono::seconds(2));
}

TEST_F(ServerWebSocket, CutsAFloodOfPongsWithinTwoSeconds) {
    RawWebSocket client(port());
    EXPECT_LT(flood(client, frame_bytes(Opcode::pong, as_bytes("x"))), std::chrono::seconds(2));
}

TEST_F(ServerWebSocket, CutsAFloodOfOneByteFragmentsWithinTwoSeconds) {
    RawWebSocket client(port());
    ASSERT_TRUE(client.send(Opcode::binary, as_bytes("x"), false));
    EXPECT_LT(flood(client, frame_bytes(Opcode::continuation, as_bytes("x"), false)), std::chrono::seconds(2));
}

TEST_F(ServerWebSocket, ServesOthersWhileItIsFlooded) {
    RawWebSocket flooding(port());
    RawWebSocket client(port());
    ASSERT_TRUE(client.receive().has_value());
    flood(flooding, frame_bytes(Opcode::ping, {}));
    ASSERT_TRUE(client.send_binary(encode_frame(Submit{}, RequestId{1})));
    EXPECT_NE(first<Refused>(frames_of(client.receive())), nullptr);
}

TEST_F(ServerWebSocket, ForgetsAConnectionThatIsCutWithoutAWord) {
    for (int i = 0; i < 20; ++i) {
        RawWebSocket client(port());
        EXPECT_EQ(client.status(), 101);
    }
}

}  // namespace
}  // namespace veranda::tests
