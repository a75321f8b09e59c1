// A connection as the relay sees it: somewhere to send frames, something that can be closed. net/ has the real one,
// tests have one that remembers.
#pragma once

#include <memory>

#include "protocol/frames.hpp"

namespace veranda::relay {

// One encoded frame, immutable, shared by every queue that it waits in.
using SharedFrame = std::shared_ptr<const Bytes>;

// Close codes of RFC 6455, 7.4.1.
enum class CloseCode : std::uint16_t {
    normal = 1000,
    going_away = 1001,
    protocol_error = 1002,
    unsupported_data = 1003,
    policy_violation = 1008,
    message_too_big = 1009,
    try_again_later = 1013,
};

class Connection {
public:
    virtual ~Connection() = default;
    // Queues; never writes at once. A connection whose queue is full closes itself with policy_violation.
    virtual void send(SharedFrame frame, PriorityClass priority) = 0;
    // Bytes that wait in the queue. The relay sends a long log only as fast as this falls.
    virtual std::size_t queued_bytes() const = 0;
    // What is queued goes out first, as far as the peer takes it. The relay hears closed() later.
    virtual void close(CloseCode code) = 0;
};

}  // namespace veranda::relay
