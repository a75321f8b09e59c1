// A client core and its socket: what the core wants is carried out, what the world does is handed to it. Shows nothing
// and decides nothing; whoever owns it is called after each change and pumps.
#pragma once

#include <functional>

#include "client-lib/terminal/socket.hpp"
#include "client-lib/terminal/surroundings.hpp"

namespace veranda::terminal {

// Core: Client, DeskClient, AskingClient or AnswerReader. Caller must: not destroy it from within `changed`.
template <class Core>
class Wired final : private SocketListener {
public:
    struct Wants {
        std::function<void()> changed;
        std::function<void(const std::string& why)> cannot_connect;
    };
    Wired(boost::asio::io_context& loop, const ServerUrl& server, const std::optional<std::filesystem::path>& ca_file,
          Core core, Wants wants)
        : core_(std::move(core)), wants_(std::move(wants)), socket_(loop, server, ca_file, *this) {}

    Core& core() { return core_; }
    const Core& core() const { return core_; }
    void tick() { core_.tick(now()); }
    void close() { socket_.close(); }

    // Carries out and hands out what there is. true: there was something.
    template <class TakeEvent>
    bool pump(TakeEvent take) {
        bool busy = false;
        for (client::Action& action : core_.take_actions()) carry_out(std::move(action)), busy = true;
        while (const auto event = core_.next_event()) take(*event), busy = true;
        return busy;
    }

private:
    void carry_out(client::Action&& action) {
        if (std::holds_alternative<client::Connect>(action))
            socket_.connect();
        else if (auto* send = std::get_if<client::Send>(&action))
            socket_.send(std::move(send->message));
        else if (std::holds_alternative<client::Disconnect>(action))  // a session for two keeps no book
            socket_.close();
    }
    void on_connected() override {
        last_trouble_.clear();
        core_.connected(now());
        wants_.changed();
    }
    void on_message(ByteView message) override {
        core_.received(message, now());
        wants_.changed();
    }
    void on_disconnected(const std::string& why, bool never_up) override {
        if (never_up && std::exchange(last_trouble_, why) != why) wants_.cannot_connect(why);
        core_.disconnected(now());
        wants_.changed();
    }

    Core core_;
    Wants wants_;
    Socket socket_;
    std::string last_trouble_;  // each is told once
};

}  // namespace veranda::terminal
