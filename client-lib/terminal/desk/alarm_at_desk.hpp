// An alarm that nobody in the group has seen, taken to the support desk: a second client core with a connection of its
// own, beside the group's. Specification: docs/protocol.md, 8.1 and 14.
#pragma once

#include "client-lib/client/desk/asking_client.hpp"
#include "client-lib/terminal/desk/wired.hpp"

namespace veranda::terminal {

class AlarmAtDesk {
public:
    struct Wants {
        std::function<void()> changed;  // call pump()
        std::function<void(const std::string& why)> cannot_connect;
    };
    AlarmAtDesk(boost::asio::io_context& loop, const ServerUrl& server,
                const std::optional<std::filesystem::path>& ca_file, const client::TrustAnchor& anchor,
                crypto::RandomSource& random, Wants wants);

    // `words`: of the alarm; cut to what a request holds. `name`: as the counsellor will see her.
    Result<void> begin(std::string_view words, std::string_view name);
    void tick() { asking_.tick(); }
    // true: there was something; each event goes to `take`.
    template <class TakeEvent>
    bool pump(TakeEvent take) {
        return asking_.pump([&](const client::Event& event) {
            hear(event);
            take(event);
        });
    }

    Result<void> say(std::string_view text) { return asking_.core().say(text, now()); }
    void seen();   // in the group after all: the request is withdrawn, unless somebody has taken it
    void leave();  // whatever there is
    void close() { asking_.close(); }
    bool is_over() const { return is_over_; }

private:
    void hear(const client::Event& event);

    Wired<client::AskingClient> asking_;
    bool is_answered_ = false;  // a counsellor has taken it
    bool is_over_ = false;
};

}  // namespace veranda::terminal
