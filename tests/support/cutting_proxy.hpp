// A TCP proxy on the loopback that a test can cut: every connection through it is reset at once, on both sides, as by a
// radio that is gone. It can also turn new connections away for a while, and lie: what the server says in a WebSocket
// message goes through a function of the test's.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "protocol/bytes.hpp"

namespace veranda::tests {

class CuttingProxy {
public:
    // Listens on a free port; new connections wait until forward_to. The server sees them come from `source`, a
    // loopback address.
    explicit CuttingProxy(std::string source = "127.0.0.1");
    ~CuttingProxy();  // cuts
    CuttingProxy(const CuttingProxy&) = delete;
    CuttingProxy& operator=(const CuttingProxy&) = delete;

    std::uint16_t port() const { return port_; }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
    void forward_to(std::uint16_t port);

    // When it returns, nothing more goes through what was connected.
    void cut();
    // Cuts, and turns everyone away until `restore`.
    void cut_and_refuse();
    void restore();

    // From now on each binary message of the server's is what `lie` makes of it; empty: it is left out. On the proxy's
    // own thread. Nothing: no lies any more.
    using Lie = std::function<Bytes(Bytes message)>;
    void lie(Lie lie);

    std::size_t accepted() const { return accepted_; }  // connections until now, those turned away too

private:
    struct Pair {
        int client = -1;
        int server = -1;
        Bytes unread = {};   // of the server's, not a whole frame yet
        Bytes message = {};  // of which frames have come, and not the last
        bool is_web_socket = false;
    };

    void run();
    void accept_one();
    static bool forward(int from, int to);
    bool forward_from_server(Pair& pair);
    Bytes as_lied(Pair& pair);
    void cut_locked();
    void wake() const;

    std::string source_;
    int listener_ = -1;
    int wake_ = -1;
    std::uint16_t port_ = 0;
    std::mutex mutex_;  // over all below
    std::vector<Pair> pairs_;
    Lie lie_;
    std::uint64_t cuts_ = 0;
    std::uint16_t target_ = 0;
    bool refusing_ = false;
    bool stopping_ = false;
    std::atomic<std::size_t> accepted_ = 0;
    std::thread thread_;
};

}  // namespace veranda::tests
