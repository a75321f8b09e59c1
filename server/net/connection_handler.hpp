// What net/ tells about its connections, and to whom: the relay in the server, an echo in tests.
//
// Calling order: opened once, received any number of times, closed once. All from the loop's thread.
#pragma once

#include "server/relay/connection.hpp"

namespace veranda::net {

class ConnectionHandler {
public:
    using Id = std::uint64_t;

    virtual ~ConnectionHandler() = default;
    virtual Id opened(relay::Connection& connection) = 0;  // the connection outlives closed()
    virtual void received(Id id, ByteView message) = 0;    // one whole binary message
    virtual void closed(Id id) = 0;
};

}  // namespace veranda::net
