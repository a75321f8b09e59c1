// A phone, a tab or a terminal: one life of a client core, with a clock of its own and a line that is not always there.
// Whoever holds it is a Person, who hears of every event.
#pragma once

#include <map>

#include "tests/simulation/core.hpp"
#include "tests/simulation/wire.hpp"

namespace veranda::simulation {

class Person;
class World;

inline constexpr Rule cannot_be_used{"cannot_be_used", "tests/simulation"};  // it is gone, or asleep

class Device {
public:
    Device(World& world, Person& person, std::size_t number, std::unique_ptr<Core> core, Line line, Dice dice);
    ~Device();
    Device(const Device&) = delete;
    Device& operator=(const Device&) = delete;

    Person& person() const { return person_; }
    std::size_t number() const { return number_; }
    const std::string& name() const { return name_; }  // of the person and which of her devices
    client::Now now() const;
    bool is_alive() const { return alive_; }
    bool is_asleep() const { return asleep_; }
    client::Phase phase() const { return phase_; }
    // Is it in the group, and up with the world?
    bool is_in() const { return alive_ && !asleep_ && phase_ == client::Phase::in_group; }

    // The core, if it is of this kind.
    template <class Client>
    Client* core() const {
        auto* mine = dynamic_cast<CoreOf<Client>*>(core_.get());
        return mine == nullptr ? nullptr : &mine->client;
    }
    client::Client* client() const { return core<client::Client>(); }

    // What a person wants: `command(core, now)`. What it leads to is carried out at once. A refusal is in the trace.
    template <class Client>
    Result<void> wants(std::string_view what, const std::function<Result<void>(Client&, client::Now)>& command) {
        auto* mine = core<Client>();
        if (mine == nullptr || !alive_ || asleep_) return fail(cannot_be_used);
        const Result<void> done = command(*mine, now());
        wanted(what, done);
        settle();
        return done;
    }

    void die();                    // the process is gone, and with it every key
    void sleep(std::uint64_t ms);  // nothing runs; messages wait
    void cut();
    void fall_silent(std::uint64_t phone_notices_after_ms);
    void set_clock_ahead(std::int64_t ms) { clock_ahead_ms_ = ms; }

    // By its wire.
    void wire_opened();
    void wire_brought(ByteView message);
    void wire_closed(const Wire& wire);
    const std::shared_ptr<Wire>& wire() const { return wire_; }

    // Carries out what the core wants, and hands on what it shows, until it is quiet.
    void settle();

private:
    void tick();
    void carry_out(const client::Action& action);
    void wanted(std::string_view what, const Result<void>& done);

    World& world_;
    Person& person_;
    std::size_t number_;
    std::string name_;
    std::unique_ptr<Core> core_;
    Line line_;
    Dice dice_;
    std::shared_ptr<Wire> wire_;
    std::int64_t clock_ahead_ms_ = 0;
    client::Phase phase_ = client::Phase::connecting;
    bool alive_ = true;
    bool asleep_ = false;
    bool settling_ = false;
    std::size_t sleeps_ = 0;
};

// Devices in the order in which they came: where they lie in memory is another in each run.
struct ByNumber {
    bool operator()(const Device* a, const Device* b) const { return a->number() < b->number(); }
};
template <class Value>
using OfDevice = std::map<const Device*, Value, ByNumber>;

}  // namespace veranda::simulation
