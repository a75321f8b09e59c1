// The one socket of the client side: a WebSocket to the relay, plain or TLS, one at a time. Carries bytes; the core
// says when to connect and what to send.
#pragma once

#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "client-lib/terminal/server_url.hpp"
#include "protocol/bytes.hpp"

namespace veranda::terminal {

class SocketListener {
public:
    virtual void on_connected() = 0;
    virtual void on_message(ByteView message) = 0;
    // Once for each connect(), unless close() was called. `never_up`: it was not connected before.
    virtual void on_disconnected(const std::string& why, bool never_up) = 0;

protected:
    ~SocketListener() = default;
};

class Socket {
public:
    // Complains about a ca_file that cannot be read. Caller must: the listener lives longer.
    Socket(boost::asio::io_context& loop, ServerUrl url, const std::optional<std::filesystem::path>& ca_file,
           SocketListener& listener);
    ~Socket();

    void connect();
    void send(Bytes message);
    void close();  // what was sent before still goes out; the listener hears no more of this connection

    class Connection;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace veranda::terminal
