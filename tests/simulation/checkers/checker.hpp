// Something that must hold on every evening, whatever goes wrong. A checker only looks: at what screens show, at the
// log as it really was, and at the end at everything.
#pragma once

#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "client-lib/client/events.hpp"
#include "protocol/log_entry.hpp"

namespace veranda::simulation {

class Device;
class World;

class Checker {
public:
    explicit Checker(World& world) : world_(world) {}
    virtual ~Checker() = default;
    Checker(const Checker&) = delete;
    Checker& operator=(const Checker&) = delete;

    virtual std::string_view name() const = 0;
    // A screen shows it.
    virtual void shown(const Device&, const client::Event&) {}
    // A person wanted it of her phone; `done`: the phone took it.
    virtual void wants(const Device&, std::string_view, bool) {}
    // A device is about to be gone, with all that it knew.
    virtual void dies(const Device&) {}
    // The log of a room has this entry. Told within a second of its being there, in order; also of one that a failover
    // then forgets.
    virtual void logged(const RoomId&, const LogEntry&) {}
    // Redis, or an embedded store's process, has lost its memory.
    virtual void forgotten() {}
    virtual void each_second() {}
    // The evening is about to be ended: trouble is long over, everyone who can be in is in.
    virtual void quiet() {}
    // It has been ended, and phones have said goodbye.
    virtual void ended() {}
    // Everyone is gone, and everything has had the time to run out.
    virtual void after_all() {}

protected:
    void violated(const std::string& what) const;
    World& world() const { return world_; }

private:
    World& world_;
};

// All of them.
std::vector<std::unique_ptr<Checker>> make_checkers(World& world);

}  // namespace veranda::simulation
