// The server put together: configuration, organisation, store, relay, net; and its life from start to SIGTERM.
#pragma once

#include <boost/asio/signal_set.hpp>

#include "crypto/verify/random.hpp"
#include "server/config.hpp"
#include "server/net/connection_handler.hpp"
#include "server/net/shared.hpp"
#include "server/store_choice.hpp"

namespace veranda::server {

class Server final : private net::ConnectionHandler {
public:
    // Errors: StartError. When it is constructed, it listens.
    explicit Server(Config config);
    ~Server() override;

    // Where it can be reached, as one line for whoever started it.
    std::string address() const;

    // Until SIGTERM or SIGINT has been obeyed. SIGHUP: certificate, staff list and pages are read again.
    void run();

private:
    using Signals = boost::asio::basic_signal_set<net::Executor>;

    Id opened(relay::Connection& connection) override;
    void received(Id id, ByteView message) override;
    void closed(Id id) override;

    void know_origins();
    void await_signal();
    void on_signal(int signal);
    void keep_house();
    void reload();
    void drain();
    void run_loop();
    void connect_store();
    net::Answer health(bool peer_is_local) const;

    Config config_;
    net::Gate gate_;
    boost::asio::io_context loop_{1};
    net::Turn turn_{loop_.get_executor()};
    Signals signals_{loop_.get_executor()};
    net::Timer house_timer_{loop_.get_executor()};
    crypto::SystemRandom random_;
    net::Shared shared_;
    std::shared_ptr<net::Listener> listener_;
    std::unique_ptr<ChosenStore> store_;
    std::unique_ptr<relay::Relay> relay_;

    std::uint64_t house_turns_ = 0;
    std::optional<net::Clock::time_point> drained_by_;
};

}  // namespace veranda::server
