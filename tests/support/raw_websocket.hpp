// A WebSocket client that does as it is told, wrong things too: any bytes, any frames, no frames at all.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/bytes.hpp"

namespace veranda::tests {

// A TCP connection to this machine. Waits at most `patience` for anything.
class RawSocket {
public:
    explicit RawSocket(std::uint16_t port);
    RawSocket(const RawSocket&) = delete;
    RawSocket& operator=(const RawSocket&) = delete;
    ~RawSocket();

    // False: the peer has closed.
    bool send(std::string_view bytes);
    // What could be sent without waiting for the peer to read; 0: it has closed.
    std::size_t send_some(std::string_view bytes);
    // Some bytes, or none if the peer has closed.
    std::string receive();
    std::string receive_until(std::string_view end);
    std::string receive_all();  // until the peer closes
    // Until the peer closes, without reading what it sends before... which is dropped.
    bool wait_for_close();
    void end_sending();

private:
    int socket_ = -1;
};

struct HttpAnswer {
    int status = 0;
    std::string head;  // with the status line, in lower case
    std::string body;

    std::string header(std::string_view name) const;  // empty: not there
};

// One request on a connection of its own. `more` are header lines, each ending in CRLF.
HttpAnswer http_get(std::uint16_t port, std::string_view target, std::string_view more = {});
HttpAnswer http_raw(std::uint16_t port, std::string_view request);

enum class Opcode : std::uint8_t { continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

struct RawFrame {
    bool fin = true;
    Opcode opcode{};
    Bytes payload;

    // Of a close frame; 0: none.
    int close_code() const;
};

// A client's frame, masked with a fixed mask.
std::string frame_bytes(Opcode opcode, ByteView payload, bool fin = true, bool masked = true);

class RawWebSocket {
public:
    // Connects and upgrades. `more` are header lines, each ending in CRLF.
    explicit RawWebSocket(std::uint16_t port, std::string_view more = {}, std::string_view target = "/ws");

    int status() const { return status_; }  // of the upgrade; 101 if it is a WebSocket now
    bool send(Opcode opcode, ByteView payload, bool fin = true);
    bool send_binary(ByteView payload) { return send(Opcode::binary, payload); }
    // None: the peer has closed.
    std::optional<RawFrame> receive();
    // Answers nothing, drops everything until a close frame. 0: the connection ended without one.
    int wait_for_close_code();

    RawSocket& socket() { return socket_; }

private:
    RawSocket socket_;
    int status_ = 0;
    std::string unread_;
};

}  // namespace veranda::tests
