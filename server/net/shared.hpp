// What all connections of a server share. It outlives every one of them.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "server/net/connection_handler.hpp"
#include "server/net/drain.hpp"
#include "server/net/frame_counter.hpp"
#include "server/net/http_pages.hpp"
#include "server/net/limits.hpp"
#include "server/net/newcomers.hpp"

namespace veranda::net {

// Whoever has something to write is called once at the end of the loop's turn, however much was queued in it.
class Turn {
public:
    class Writer {
    public:
        virtual ~Writer() = default;
        virtual void flush() = 0;
    };

    explicit Turn(Executor executor) : executor_(std::move(executor)) {}
    // Caller must: not be marked already.
    void mark(std::shared_ptr<Writer> writer);
    // Where a writer puts together what it sends at once. Nobody's between two flushes.
    Bytes& batch() { return batch_; }

private:
    void end();

    Executor executor_;
    std::vector<std::shared_ptr<Writer>> marked_;
    std::vector<std::shared_ptr<Writer>> flushing_;
    Bytes batch_;
};

// How long a connection may take. A test has less time.
struct Deadlines {
    Clock::duration handshake = limits::handshake_within;
    Clock::duration keep_alive = limits::keep_alive_for;
    Clock::duration response = limits::response_within;
    Clock::duration goodbye = limits::goodbye_within;
    Clock::duration ping = limits::ping_after;
    Clock::duration dead = limits::dead_after;
};

struct Shared {
    Gate& gate;
    Turn& turn;
    ConnectionHandler& handler;
    std::shared_ptr<const Pages> pages;
    std::function<Answer(bool peer_is_local)> health;
    std::vector<std::string> origins;  // scheme://host[:port]
    FrameRates rates;
    Deadlines deadlines;
    std::unique_ptr<NewcomerLimit> newcomers;  // none: no address is looked at
    bool tls_only = false;                     // people come by TLS: the server's own, or its proxy's
};

}  // namespace veranda::net
