// One process of the server: a relay and its way to the store. It can end and start again.
#pragma once

#include <memory>
#include <vector>

#include "server/relay/relay.hpp"
#include "tests/simulation/simulated_redis.hpp"
#include "tests/simulation/wire.hpp"

namespace veranda::simulation {

class World;

class Node {
public:
    Node(World& world, std::string name, Dice dice);

    bool is_up() const { return relay_ != nullptr; }
    relay::Relay& relay() { return *relay_; }
    const std::string& name() const { return name_; }
    UnixMillis wall() const;
    RedisLink* link() { return link_; }  // none over the embedded store

    void start();
    void stop();  // without a word to anybody
    void tick();
    void opens(std::shared_ptr<Wire> wire) { wires_.push_back(std::move(wire)); }
    std::vector<std::shared_ptr<Wire>> open_wires();

private:
    World& world_;
    std::string name_;
    Dice dice_;
    std::unique_ptr<store::Store> store_;
    RedisLink* link_ = nullptr;
    std::unique_ptr<relay::Relay> relay_;
    std::vector<std::shared_ptr<Wire>> wires_;
};

}  // namespace veranda::simulation
