#include "tests/simulation/node.hpp"

#include <algorithm>

#include "tests/simulation/world.hpp"

namespace veranda::simulation {

Node::Node(World& world, std::string name, Dice dice) : world_(world), name_(std::move(name)), dice_(dice) { start(); }

UnixMillis Node::wall() const { return world_.wall(); }

void Node::start() {
    relay_.reset();
    link_ = nullptr;
    if (world_.plan().over_redis) {
        auto link = std::make_unique<RedisLink>(world_.redis(), world_.agenda(), dice_.apart("link"));
        link_ = link.get();
        store_ = std::move(link);
    } else {
        store_ = std::make_unique<store::MemoryStore>(world_.redis().memory);
    }
    relay::Settings settings;
    settings.origins = {world_.origin()};
    settings.members_max = limits::members_max;
    relay_ = std::make_unique<relay::Relay>(settings, world_.relay_organisation(), *store_, world_.random());
    (void)dice_.next();  // the next start is another
}

// An embedded store is gone with its process; Redis is not.
void Node::stop() {
    for (const auto& wire : std::exchange(wires_, {})) wire->relay_died();
    relay_.reset();
    store_.reset();
    link_ = nullptr;
    if (!world_.plan().over_redis) world_.redis().fail_over({});
}

void Node::tick() {
    if (relay_) relay_->tick(wall());
}

std::vector<std::shared_ptr<Wire>> Node::open_wires() {
    std::erase_if(wires_, [](const auto& wire) { return !wire->is_open() && wire.use_count() == 1; });
    std::vector<std::shared_ptr<Wire>> open;
    std::copy_if(wires_.begin(), wires_.end(), std::back_inserter(open),
                 [](const auto& wire) { return wire->is_open(); });
    return open;
}

}  // namespace veranda::simulation
