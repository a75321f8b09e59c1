// The whole of net/ in this process, on a thread of its own, with a handler that a test writes; and short deadlines.
#pragma once

#include <boost/asio/post.hpp>
#include <future>
#include <map>
#include <thread>

#include "server/net/listener.hpp"

namespace veranda::net::tests {

using namespace std::chrono_literals;

class LoopbackServer final : public ConnectionHandler {
public:
    using OnMessage = std::function<void(relay::Connection&, ByteView)>;

    explicit LoopbackServer(OnMessage on_message, Deadlines deadlines = {})
        : on_message_(std::move(on_message)), shared_{gate_,
                                                      turn_,
                                                      *this,
                                                      std::make_shared<const Pages>(),
                                                      [](bool) { return json_answer(200, "{}"); },
                                                      {},
                                                      {},
                                                      deadlines,
                                                      nullptr} {
        listener_ = std::make_shared<Listener>(loop_.get_executor(), TcpAddress{"127.0.0.1", 0}, 100, shared_);
        port_ = listener_->port();
        Listener::start(listener_);
        keep_house();
        thread_ = std::thread([this] { loop_.run(); });
    }
    ~LoopbackServer() override {
        asio::post(loop_, [this] {
            ending_ = true;
            listener_.reset();
            gate_.cut_all();
        });
        thread_.join();
    }

    std::uint16_t port() const { return port_; }

    // Runs in the loop's thread; waits for it.
    template <class Call>
    auto in_loop(Call call) {
        std::packaged_task<decltype(call())()> task(std::move(call));
        auto result = task.get_future();
        asio::post(loop_, [&task] { task(); });
        return result.get();
    }
    std::size_t open_connections() {
        return in_loop([this] { return connections_.size(); });
    }
    // Everyone who is connected, one after the other, in one turn of the loop.
    void with_each(std::function<void(relay::Connection&)> call) {
        in_loop([this, &call] {
            for (auto& [id, connection] : connections_) call(*connection);
        });
    }

private:
    Id opened(relay::Connection& connection) override {
        connections_[++last_] = &connection;
        return last_;
    }
    void received(Id id, ByteView message) override { on_message_(*connections_.at(id), message); }
    void closed(Id id) override { connections_.erase(id); }

    void keep_house() {
        gate_.sweep(Clock::now());
        if (ending_ && gate_.inside() == 0) return;
        timer_.expires_after(10ms);
        timer_.async_wait([this](ErrorCode) { keep_house(); });
    }

    OnMessage on_message_;
    Gate gate_;
    asio::io_context loop_{1};
    Turn turn_{loop_.get_executor()};
    Timer timer_{loop_.get_executor()};
    Shared shared_;
    std::shared_ptr<Listener> listener_;
    std::map<Id, relay::Connection*> connections_;
    Id last_ = 0;
    std::uint16_t port_ = 0;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace veranda::net::tests
