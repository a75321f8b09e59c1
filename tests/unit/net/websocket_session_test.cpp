// A WebSocket session over loopback, with a handler in place of the relay: one message a turn, urgent frames first,
// slow and silent peers cut.
#include <gtest/gtest.h>

#include "server/relay/limits.hpp"
#include "tests/support/raw_websocket.hpp"
#include "tests/support/server_process.hpp"
#include "tests/unit/net/loopback_server.hpp"

namespace veranda::net {
namespace {

using namespace std::chrono_literals;
using tests::LoopbackServer;
using veranda::tests::frame_bytes;
using veranda::tests::Opcode;
using veranda::tests::RawSocket;
using veranda::tests::RawWebSocket;

relay::SharedFrame frame(std::string_view text) { return std::make_shared<const Bytes>(to_bytes(as_bytes(text))); }

void echo(relay::Connection& connection, ByteView message) {
    connection.send(std::make_shared<const Bytes>(to_bytes(message)), PriorityClass::ordinary);
}
void ignore(relay::Connection&, ByteView) {}

std::string text_of(const std::optional<veranda::tests::RawFrame>& received) {
    return received ? std::string(as_text(received->payload)) : "(closed)";
}

void wait_for_connections(LoopbackServer& server, std::size_t count) {
    const auto until = Clock::now() + veranda::tests::patience;
    while (server.open_connections() != count) ASSERT_LT(Clock::now(), until);
}

TEST(WebSocketSession, SendsAllThatATurnQueuesAsOneMessageMostUrgentFirst) {
    LoopbackServer server(ignore);
    RawWebSocket client(server.port());
    wait_for_connections(server, 1);
    server.with_each([](relay::Connection& connection) {
        connection.send(frame("ordinary "), PriorityClass::ordinary);
        connection.send(frame("control "), PriorityClass::control);
        for (int i = 0; i < 100; ++i) connection.send(frame("."), PriorityClass::ordinary);
        connection.send(frame("urgent "), PriorityClass::urgent);
    });
    EXPECT_EQ(text_of(client.receive()), "urgent control ordinary " + std::string(100, '.'));
}

TEST(WebSocketSession, SharesOneFrameAmongMany) {
    LoopbackServer server(ignore);
    RawWebSocket clients[] = {RawWebSocket(server.port()), RawWebSocket(server.port()), RawWebSocket(server.port())};
    wait_for_connections(server, 3);
    const auto shared = frame("to all");
    server.with_each([&](relay::Connection& connection) { connection.send(shared, PriorityClass::ordinary); });
    for (RawWebSocket& client : clients) EXPECT_EQ(text_of(client.receive()), "to all");
}

TEST(WebSocketSession, HandsOnAMessageOfEverySizeWhole) {
    LoopbackServer server(echo);
    RawWebSocket client(server.port());
    for (const std::size_t size : {1U, 767U, 768U, 769U, 1'535U, 4'096U, 70'000U, 525'312U}) {
        Bytes message(size);
        for (std::size_t i = 0; i < size; ++i) message[i] = static_cast<std::uint8_t>(i * 31 + size);
        ASSERT_TRUE(client.send_binary(message));
        const auto answer = client.receive();
        ASSERT_TRUE(answer.has_value());
        EXPECT_EQ(answer->payload, message);
    }
}

TEST(WebSocketSession, PutsFragmentsTogether) {
    LoopbackServer server(echo);
    RawWebSocket client(server.port());
    ASSERT_TRUE(client.send(Opcode::binary, as_bytes("one "), false));
    ASSERT_TRUE(client.send(Opcode::ping, {}));  // between fragments, as RFC 6455, 5.4 allows
    ASSERT_TRUE(client.send(Opcode::continuation, as_bytes("two"), true));
    const auto pong = client.receive();
    ASSERT_TRUE(pong.has_value());
    EXPECT_EQ(pong->opcode, Opcode::pong);
    EXPECT_EQ(text_of(client.receive()), "one two");
}

// Whole messages go past Beast, and everything else through it; the order has to be the one in which they came.
TEST(WebSocketSession, HandsOnMessagesInOrderHoweverTheyAreFramedAndCut) {
    std::string stream;
    std::string expected;
    const auto say = [&](std::string word, std::string_view frames) { expected += std::move(word), stream += frames; };
    const auto binary = [](std::string_view text, bool fin = true) {
        return frame_bytes(Opcode::binary, as_bytes(text), fin);
    };
    const std::string end_of_two = frame_bytes(Opcode::continuation, as_bytes("b "), true);
    const std::string long_word = std::string(2'000, 'x') + " ";
    say("one ", binary("one "));
    say("two ", binary("two "));
    say("", frame_bytes(Opcode::ping, {}));
    say("three ", binary("three "));
    say("a b ", binary("a ", false) + frame_bytes(Opcode::pong, {}) + end_of_two);
    say("four ", binary("four "));
    say(long_word, binary(long_word));
    say("five", binary("five"));
    for (const std::size_t step : {1U, 2U, 5U, 64U, 1'536U, 100'000U}) {
        LoopbackServer server(echo);
        RawWebSocket client(server.port());
        for (std::size_t at = 0; at < stream.size(); at += step)
            ASSERT_TRUE(client.socket().send(std::string_view(stream).substr(at, step)));
        std::string heard;
        while (heard.size() < expected.size()) {
            const auto answer = client.receive();
            ASSERT_TRUE(answer.has_value());
            if (answer->opcode == Opcode::binary) heard += as_text(answer->payload);
        }
        EXPECT_EQ(heard, expected) << step;
    }
}

TEST(WebSocketSession, EndsTheConnectionWhoseMessageThrows) {
    LoopbackServer server([](relay::Connection&, ByteView) { throw std::bad_alloc(); });
    RawWebSocket client(server.port());
    wait_for_connections(server, 1);
    ASSERT_TRUE(client.send_binary(as_bytes("too much")));
    wait_for_connections(server, 0);
    EXPECT_FALSE(client.receive().has_value());
}

TEST(WebSocketSession, HandsOnNothingBehindTheMessageThatEndedIt) {
    std::size_t heard = 0;
    LoopbackServer server([&heard](relay::Connection& connection, ByteView) {
        ++heard;
        connection.close(relay::CloseCode::policy_violation);
    });
    RawWebSocket client(server.port());
    const std::string one = frame_bytes(Opcode::binary, as_bytes("one"));
    ASSERT_TRUE(client.socket().send(one + one + one));
    EXPECT_EQ(client.wait_for_close_code(), 1008);
    EXPECT_EQ(server.in_loop([&heard] { return heard; }), 1U);
}

TEST(WebSocketSession, SendsWhatIsQueuedBeforeItCloses) {
    LoopbackServer server(ignore);
    RawWebSocket client(server.port());
    wait_for_connections(server, 1);
    server.with_each([](relay::Connection& connection) {
        connection.send(frame("goodbye"), PriorityClass::control);
        connection.close(relay::CloseCode::try_again_later);
        connection.send(frame("too late"), PriorityClass::control);
    });
    EXPECT_EQ(text_of(client.receive()), "goodbye");
    EXPECT_EQ(client.wait_for_close_code(), 1013);
}

TEST(WebSocketSession, CutsAReaderThatIsTooSlowAndKeepsOnlySoMuchForIt) {
    LoopbackServer server(ignore, {.goodbye = 100ms});
    RawWebSocket client(server.port());
    wait_for_connections(server, 1);
    const auto big = std::make_shared<const Bytes>(256 * 1024);
    std::size_t most_queued = 0;
    const auto until = Clock::now() + veranda::tests::patience;
    while (server.open_connections() > 0 && Clock::now() < until)
        server.with_each([&](relay::Connection& connection) {
            connection.send(big, PriorityClass::ordinary);
            most_queued = std::max(most_queued, connection.queued_bytes());
        });
    EXPECT_EQ(server.open_connections(), 0U);
    EXPECT_LE(most_queued, relay::limits::outbox_bytes_max + veranda::limits::message_bytes_max);
    while (big.use_count() > 1) ASSERT_LT(Clock::now(), until);
}

TEST(WebSocketSession, PingsASilentPeerAndKeepsOneThatAnswers) {
    LoopbackServer server(ignore, {.ping = 50ms, .dead = 400ms});
    RawWebSocket client(server.port());
    for (int answered = 0; answered < 10; ++answered) {  // more than `dead` in all
        const auto ping = client.receive();
        ASSERT_TRUE(ping.has_value());
        ASSERT_EQ(ping->opcode, Opcode::ping);
        ASSERT_TRUE(client.send(Opcode::pong, ping->payload));
    }
    EXPECT_EQ(server.open_connections(), 1U);
}

TEST(WebSocketSession, CutsAPeerThatIsDead) {
    LoopbackServer server(ignore, {.ping = 50ms, .dead = 150ms});
    RawWebSocket client(server.port());
    wait_for_connections(server, 1);
    wait_for_connections(server, 0);  // and nobody answered a ping
}

TEST(WebSocketSession, CutsAPeerThatDoesNotAnswerAClose) {
    LoopbackServer server(ignore, {.goodbye = 100ms});
    RawWebSocket client(server.port());
    wait_for_connections(server, 1);
    server.with_each([](relay::Connection& connection) { connection.close(relay::CloseCode::normal); });
    EXPECT_EQ(client.wait_for_close_code(), 1000);
    EXPECT_TRUE(client.socket().wait_for_close());
    wait_for_connections(server, 0);
}

// Bug: after a close of its own Beast read on for as long as the peer sent.
TEST(WebSocketSession, CutsAPeerThatTalksOnAfterItsMessageWasRefused) {
    LoopbackServer server(ignore, {.goodbye = 100ms});
    RawWebSocket client(server.port());
    ASSERT_TRUE(client.send_binary(Bytes(veranda::limits::message_bytes_max + 1)));
    const std::string more = frame_bytes(Opcode::binary, Bytes(64 * 1024));
    const auto until = Clock::now() + veranda::tests::patience;
    while (client.socket().send_some(more) > 0) ASSERT_LT(Clock::now(), until);
    wait_for_connections(server, 0);
}

TEST(HttpConnection, CutsAHeadThatDoesNotComeInTime) {
    LoopbackServer server(ignore, {.handshake = 100ms});
    RawSocket silent(server.port());
    RawSocket slow(server.port());
    ASSERT_TRUE(slow.send("GET / HTTP/1.1\r\nX-Slow: "));
    EXPECT_TRUE(silent.wait_for_close());
    EXPECT_TRUE(slow.wait_for_close());
}

TEST(HttpConnection, CutsAHeadThatComesByteAfterByteForEver) {
    LoopbackServer server(ignore, {.handshake = 200ms});
    RawSocket slow(server.port());
    const auto until = Clock::now() + veranda::tests::patience;
    while (slow.send("x")) {
        ASSERT_LT(Clock::now(), until);
        std::this_thread::yield();
    }
}

TEST(HttpConnection, IsNotKeptForLongWithoutARequest) {
    LoopbackServer server(ignore, {.keep_alive = 100ms});
    RawSocket socket(server.port());
    ASSERT_TRUE(socket.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"));
    EXPECT_NE(socket.receive_until("{}").find("200 OK"), std::string::npos);
    EXPECT_TRUE(socket.wait_for_close());
}

}  // namespace
}  // namespace veranda::net
