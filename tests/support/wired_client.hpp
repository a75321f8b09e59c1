// A real client core on a raw WebSocket: what it sends can be seen, kept and sent again by a test. For tests only.
#pragma once

#include <gtest/gtest.h>

#include <functional>

#include "client-lib/client/client.hpp"
#include "crypto/verify/random.hpp"
#include "protocol/armour.hpp"
#include "protocol/frame_codec.hpp"
#include "tests/support/raw_websocket.hpp"
#include "tests/support/server_process.hpp"
#include "tests/support/small_organisation.hpp"
#include "tests/support/temporary_folder.hpp"

namespace veranda::tests {

inline client::Now now_of_this_machine() {
    using std::chrono::duration_cast;
    using std::chrono::milliseconds;
    const auto wall = duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch());
    const auto steady = duration_cast<milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
    return {UnixMillis{static_cast<std::uint64_t>(wall.count())}, static_cast<std::uint64_t>(steady.count())};
}

// A server with an organisation whose root the test holds.
class HeldServer {
public:
    HeldServer() : harbour(random) {
        harbour.now = UnixSeconds{now_of_this_machine().wall.value / 1000};
        amara.emplace(harbour.certify("Amara"));
        folder_.write("organisation.pub", armour(armour_titles::organisation, tls::encode(harbour.organisation)));
        folder_.write("staff.list", armour(armour_titles::staff_list, tls::encode(harbour.staff)));
        process_.emplace(VERANDA_SERVER, std::vector<std::string>{"--listen", "127.0.0.1:0", "--organisation",
                                                                  (folder_ / "organisation.pub").string()});
        const auto listening = process_->wait_until_listening();
        if (!listening) throw std::runtime_error("the server does not listen: " + process_->log());
        port = *listening;
    }
    std::string origin() const { return "http://127.0.0.1:" + std::to_string(port); }

    crypto::SystemRandom random;
    SmallOrganisation harbour;
    std::optional<client::StaffKeys> amara;
    std::uint16_t port = 0;

private:
    TemporaryFolder folder_;
    std::optional<ServerProcess> process_;
};

// One connection on which a test speaks frames by itself.
class FrameSocket {
public:
    explicit FrameSocket(std::uint16_t port, bool greets = true) : socket_(port) {
        const auto frame = next();
        if (!frame || !std::holds_alternative<ServerHello>(*frame)) throw std::runtime_error("no hello");
        hello = std::get<ServerHello>(*frame);
        if (greets && !std::holds_alternative<Done>(ask(ClientHello{}))) throw std::runtime_error("not greeted");
    }

    // The answer that bears the request's id. Fault, if the connection ended instead.
    template <class Frame>
    ServerFrame ask(const Frame& frame) {
        const RequestId request{++last_};
        return ask_bytes(encode_frame(frame, request), request);
    }
    ServerFrame ask_bytes(const Bytes& message, RequestId request) {
        last_ = std::max(last_, request.value);
        socket_.send_binary(message);
        while (read()) {
            for (auto at = frames_.begin(); at != frames_.end(); ++at) {
                if (at->request != request || !std::holds_alternative<ServerFrame>(at->frame)) continue;
                ServerFrame found = std::get<ServerFrame>(at->frame);
                frames_.erase(at);
                return found;
            }
        }
        return Fault{"closed", 0};
    }
    // Why it was refused; none if it was not.
    template <class Frame>
    std::optional<Refusal> why(const Frame& frame) {
        const ServerFrame answer = ask(frame);
        const auto* refused = std::get_if<Refused>(&answer);
        return refused == nullptr ? std::nullopt : std::optional(refused->refusal);
    }
    bool send(const Bytes& message) { return socket_.send_binary(message); }
    int wait_for_close_code() { return socket_.wait_for_close_code(); }

    ServerHello hello;

private:
    std::optional<ServerFrame> next() {
        if (!read()) return std::nullopt;
        const auto* known = std::get_if<ServerFrame>(&frames_.front().frame);
        const std::optional<ServerFrame> found = known == nullptr ? std::nullopt : std::optional(*known);
        frames_.erase(frames_.begin());
        return found;
    }
    bool read() {
        const auto message = socket_.receive();
        if (!message || message->opcode != Opcode::binary) return false;
        auto more = decode_server_message(message->payload);
        if (!more) return false;
        for (auto& frame : *more) frames_.push_back(std::move(frame));
        return true;
    }

    RawWebSocket socket_;
    std::vector<Received<ServerFrame>> frames_;
    std::uint32_t last_ = 0;
};

// The core, its socket, and everything that went either way.
class WiredClient {
public:
    explicit WiredClient(HeldServer& server)
        : client(server.origin(), server.harbour.anchor(), server.random), server_(server) {}

    client::Client client;
    std::vector<ClientFrame> sent;
    std::vector<ServerFrame> heard;

    // Carries out and listens until such an event comes. None: the connection ended.
    template <class Event>
    std::optional<Event> run_until_event(const std::function<bool(const Event&)>& holds = {}) {
        while (true) {
            for (const client::Action& action : client.take_actions()) carry_out(action);
            while (const auto event = client.next_event())
                if (const auto* mine = std::get_if<Event>(&*event); mine != nullptr && (!holds || holds(*mine)))
                    return *mine;
            const auto message = socket_ ? socket_->receive() : std::nullopt;
            if (!message) return std::nullopt;
            if (message->opcode != Opcode::binary) continue;
            if (const auto frames = decode_server_message(message->payload))
                for (const auto& each : *frames)
                    if (const auto* known = std::get_if<ServerFrame>(&each.frame)) heard.push_back(*known);
            client.received(message->payload, now_of_this_machine());
        }
    }
    bool run_until(client::Phase phase) {
        return run_until_event<client::StateEvent>(
                   [&](const client::StateEvent& state) { return state.phase == phase; })
            .has_value();
    }

    template <class Frame>
    std::optional<Frame> last_sent() const {
        return last<Frame>(sent);
    }
    template <class Frame>
    std::optional<Frame> last_heard() const {
        return last<Frame>(heard);
    }

private:
    template <class Frame, class Frames>
    static std::optional<Frame> last(const Frames& frames) {
        std::optional<Frame> found;
        for (const auto& frame : frames)
            if (const auto* mine = std::get_if<Frame>(&frame)) found = *mine;
        return found;
    }
    void carry_out(const client::Action& action) {
        if (std::holds_alternative<client::Connect>(action)) {
            socket_.emplace(server_.port);
            client.connected(now_of_this_machine());
        } else if (const auto* send = std::get_if<client::Send>(&action)) {
            if (const auto frames = decode_client_message(send->message))
                for (const auto& each : *frames)
                    if (const auto* known = std::get_if<ClientFrame>(&each.frame)) sent.push_back(*known);
            if (socket_) socket_->send_binary(send->message);
        } else if (std::holds_alternative<client::Disconnect>(action)) {
            socket_.reset();
        }
    }

    HeldServer& server_;
    std::optional<RawWebSocket> socket_;
};

}  // namespace veranda::tests
