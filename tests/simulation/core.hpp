// The three kinds of client core behind one face: frames in, frames and events out.
#pragma once

#include "client-lib/client/client.hpp"
#include "client-lib/client/desk/asking_client.hpp"
#include "client-lib/client/desk/desk_client.hpp"

namespace veranda::simulation {

class Core {
public:
    virtual ~Core() = default;
    virtual void connected(client::Now now) = 0;
    virtual void received(ByteView message, client::Now now) = 0;
    virtual void disconnected(client::Now now) = 0;
    virtual void tick(client::Now now) = 0;
    virtual std::vector<client::Action> take_actions() = 0;
    virtual std::optional<client::Event> next_event() = 0;
};

template <class Client>
class CoreOf final : public Core {
public:
    explicit CoreOf(Client its_client) : client(std::move(its_client)) {}

    Client client;

    void connected(client::Now now) override { client.connected(now); }
    void received(ByteView message, client::Now now) override { client.received(message, now); }
    void disconnected(client::Now now) override { client.disconnected(now); }
    void tick(client::Now now) override { client.tick(now); }
    std::vector<client::Action> take_actions() override { return client.take_actions(); }
    std::optional<client::Event> next_event() override { return client.next_event(); }
};

}  // namespace veranda::simulation
