// Requests have a head of limited size and time, and no body. Nothing of a request is written down or sent back.
#include "server/net/http_connection.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/parser.hpp>
#include <ctime>

#include "server/net/limits.hpp"
#include "server/net/safe_log.hpp"
#include "server/net/websocket_session.hpp"

namespace veranda::net {
namespace {

namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;
using TlsStream = asio::ssl::stream<Socket>;

// Every coroutine of a connection ends here, whatever has happened in it.
void ended(const std::exception_ptr& problem) noexcept {
    if (problem) safe_log::warning("a connection ended by an exception");
}

template <class Stream>
class HttpConnection final : public Guest {
public:
    HttpConnection(Stream opened, bool local, Shared& all)
        : Guest(all.gate), stream(std::move(opened)), shared(all), peer_is_local(local) {
        deadline = Clock::now() + shared.deadlines.handshake;
    }

    void sweep(Clock::time_point now) override {
        if (now >= deadline) cut();
    }
    void show_out() override { cut(); }
    void cut() override {
        ErrorCode ignored;
        if (!handed_over) boost::beast::get_lowest_layer(stream).close(ignored);
    }

    Stream stream;
    Shared& shared;
    bool peer_is_local;
    bool handed_over = false;  // the stream is a WebSocket's now
    Clock::time_point deadline;
    std::string unread;  // received and not yet taken apart
};

template <class Stream>
using Connection = std::shared_ptr<HttpConnection<Stream>>;

struct Problem {
    unsigned status = 0;  // 0: the peer has gone
};

using Head = std::variant<UpgradeRequest, Problem>;

bool has_foreign_characters(std::string_view head) {
    return std::any_of(head.begin(), head.end(),
                       [](char c) { return (c < ' ' || c > '~') && c != '\r' && c != '\n' && c != '\t'; });
}

// One head, ending in an empty line. Beast's parser is given only what has passed the limits, all at once.
Head parse_head(std::string_view head) {
    if (has_foreign_characters(head)) return Problem{400};
    if (static_cast<std::size_t>(std::count(head.begin(), head.end(), '\n')) > limits::head_lines_max)
        return Problem{431};
    http::request_parser<http::empty_body> parser;
    parser.header_limit(limits::head_bytes_max + 1);
    parser.body_limit(0);
    parser.eager(true);
    ErrorCode error;
    parser.put(asio::buffer(head), error);
    if (error == http::error::body_limit) return Problem{413};
    if (error || !parser.is_done()) return Problem{400};
    return parser.release();
}

template <class Stream>
Awaitable<Head> read_head(Connection<Stream> connection) {
    std::string& unread = connection->unread;
    std::size_t searched = 0;
    for (;;) {
        const std::size_t end = unread.find("\r\n\r\n", searched > 3 ? searched - 3 : 0);
        if (end != std::string::npos) {
            const std::string head = unread.substr(0, end + 4);
            unread.erase(0, end + 4);
            co_return parse_head(head);
        }
        searched = unread.size();
        if (searched >= limits::head_bytes_max) co_return Problem{431};
        unread.resize(limits::head_bytes_max);
        const auto room = asio::buffer(unread) + searched;
        const auto [error, count] = co_await connection->stream.async_read_some(room, with_error);
        unread.resize(searched + count);
        if (error) co_return Problem{0};
    }
}

std::string http_date() {
    char text[40];
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    return {text, std::strftime(text, sizeof text, "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts)};
}

std::string head_of(const Answer& answer, bool tls_only, bool keep_alive) {
    std::string head = "HTTP/1.1 " + std::to_string(answer.status) + " ";
    head.append(reason_phrase(answer.status)).append("\r\n").append(http_date());
    head.append(strict_headers()).append(answer.headers);
    if (answer.is_document) head.append(document_headers());
    if (tls_only) head.append(tls_only_header());
    if (answer.status != 204 && answer.status != 304)
        head.append("Content-Length: ").append(std::to_string(answer.body ? answer.body->size() : 0)).append("\r\n");
    return head.append(keep_alive ? "\r\n" : "Connection: close\r\n\r\n");
}

// True: the next request may come.
template <class Stream>
Awaitable<bool> respond(Connection<Stream> connection, Answer answer, bool with_body, bool keep_alive) {
    const std::string head = head_of(answer, connection->shared.tls_only, keep_alive);
    const std::string_view body = with_body && answer.body ? *answer.body : std::string_view();
    connection->deadline = Clock::now() + connection->shared.deadlines.response;
    const std::array buffers{asio::buffer(head), asio::buffer(body)};
    const auto [error, count] = co_await asio::async_write(connection->stream, buffers, with_error);
    connection->deadline = Clock::now() + connection->shared.deadlines.keep_alive;
    co_return !error && keep_alive;
}

bool origin_allowed(const UpgradeRequest& request, const std::vector<std::string>& origins) {
    const auto origin = request.find(http::field::origin);
    if (origin == request.end()) return true;  // no browser
    if (request.count(http::field::origin) != 1) return false;
    return std::find(origins.begin(), origins.end(), std::string_view(origin->value())) != origins.end();
}

std::string_view field(const UpgradeRequest& request, http::field name) {
    const auto value = request[name];
    return {value.data(), value.size()};
}

// Only this server's own page may have a browser forget: another's could take away what she chose to keep. Under
// `no-referrer` a beacon names no origin ("null"); then the browser's word that it is ours has to be there.
bool may_clear(const UpgradeRequest& request, const std::vector<std::string>& origins) {
    if (field(request, http::field::origin) == "null")
        return request.count(http::field::origin) == 1 && request["Sec-Fetch-Site"] == "same-origin";
    return origin_allowed(request, origins);
}

Answer answer_to_who_leaves(const UpgradeRequest& request, const Shared& shared) {
    if (request.method() != http::verb::post) {
        Answer answer = plain_answer(405, "Only POST.\n");
        answer.headers += "Allow: POST\r\n";
        return answer;
    }
    return may_clear(request, shared.origins) ? clear_site_data_answer() : plain_answer(403, "Not from this page.\n");
}

Answer answer_to(const UpgradeRequest& request, const Shared& shared, bool peer_is_local) {
    const std::string_view target{request.target().data(), request.target().size()};
    if (target == "/clear") return answer_to_who_leaves(request, shared);
    if (request.method() != http::verb::get && request.method() != http::verb::head) {
        Answer answer = plain_answer(405, "Only GET and HEAD.\n");
        answer.headers += "Allow: GET, HEAD\r\n";
        return answer;
    }
    if (target == "/healthz") return shared.health(peer_is_local);
    if (target == "/ws") return plain_answer(426, "A WebSocket lives here.\n");
    return shared.pages->answer(
        {target, field(request, http::field::accept_encoding), field(request, http::field::if_none_match)});
}

template <class Stream>
Awaitable<void> become_websocket(Connection<Stream> connection, UpgradeRequest request) {
    using Session = WebSocketSession<Stream>;
    auto session = std::make_shared<Session>(std::move(connection->stream), connection->shared);
    connection->handed_over = true;
    // clang 14 takes what stands behind a co_await for a loop. NOLINTNEXTLINE(bugprone-use-after-move)
    if (!co_await Session::accept(session, std::move(request))) {
        session->cut();
        co_return;
    }
    asio::co_spawn(co_await asio::this_coro::executor, Session::read(session), ended);
}

// True: the next request may come.
template <class Stream>
Awaitable<bool> serve_request(Connection<Stream> connection, UpgradeRequest request, bool last) {
    if (websocket::is_upgrade(request)) {
        if (request.target() != "/ws")
            co_return co_await respond(connection, plain_answer(404, "There is no such page.\n"), true, false);
        if (!origin_allowed(request, connection->shared.origins))
            co_return co_await respond(connection, plain_answer(403, "This page may not connect.\n"), true, false);
        if (!connection->unread.empty())
            co_return co_await respond(connection, plain_answer(400, "Too early.\n"), true, false);
        co_await become_websocket(connection, std::move(request));
        co_return false;
    }
    Answer answer = answer_to(request, connection->shared, connection->peer_is_local);
    const bool with_body = request.method() != http::verb::head;
    co_return co_await respond(connection, std::move(answer), with_body, request.keep_alive() && !last);
}

// After a refusal what the peer still sends is read and dropped for a moment, so that the answer arrives.
template <class Stream>
Awaitable<void> linger(Connection<Stream> connection) {
    if (connection->handed_over) co_return;
    Socket& socket = boost::beast::get_lowest_layer(connection->stream);
    ErrorCode ignored;
    socket.shutdown(Socket::shutdown_send, ignored);
    connection->deadline = Clock::now() + connection->shared.deadlines.goodbye;
    ByteArray<512> dropped;
    for (std::size_t left = 64 * 1024;;) {
        const auto [error, count] = co_await socket.async_read_some(asio::buffer(dropped), with_error);
        if (error || count >= left) co_return;
        left -= count;
    }
}

template <class Stream>
Awaitable<void> serve_requests(Connection<Stream> connection) {
    for (std::size_t served = 1; served <= limits::requests_per_connection_max; ++served) {
        Head head = co_await read_head(connection);
        if (const auto* problem = std::get_if<Problem>(&head)) {
            if (problem->status == 0) co_return;
            co_await respond(connection, plain_answer(problem->status, "That request is not understood.\n"), true,
                             false);
            break;
        }
        const bool last = served == limits::requests_per_connection_max;
        if (!co_await serve_request(connection, std::get<UpgradeRequest>(std::move(head)), last)) break;
    }
    co_await linger(connection);
}

Awaitable<void> serve_requests_over_tls(Connection<TlsStream> connection) {
    const auto [error] = co_await connection->stream.async_handshake(asio::ssl::stream_base::server, with_error);
    if (!error) co_await serve_requests(connection);
}

}  // namespace

void serve_plain(Accepted accepted, Shared& shared) {
    const auto executor = accepted.socket.get_executor();
    auto connection =
        std::make_shared<HttpConnection<Socket>>(std::move(accepted.socket), accepted.peer_is_local, shared);
    asio::co_spawn(executor, serve_requests(std::move(connection)), ended);
}

void serve_tls(Accepted accepted, const std::shared_ptr<asio::ssl::context>& context, Shared& shared) {
    const auto executor = accepted.socket.get_executor();
    auto connection = std::make_shared<HttpConnection<TlsStream>>(TlsStream(std::move(accepted.socket), *context),
                                                                  accepted.peer_is_local, shared);
    asio::co_spawn(executor, serve_requests_over_tls(std::move(connection)), ended);
}

}  // namespace veranda::net
