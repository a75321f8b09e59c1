// Somebody with a phone, who reads what it shows and does what people do. What she may do and what she would do next
// are for each kind of person to say; here is what all have in common: devices, ways back, and time to think.
#pragma once

#include <set>

#include "tests/simulation/device.hpp"
#include "tests/simulation/dice.hpp"

namespace veranda::simulation {

class World;

class Person {
public:
    Person(World& world, std::string name, Dice dice);
    virtual ~Person() = default;
    Person(const Person&) = delete;
    Person& operator=(const Person&) = delete;

    const std::string& name() const { return name_; }
    Device* device() const { return device_; }  // the one in her hand, if any
    bool is_in() const { return device_ != nullptr && device_->is_in(); }
    bool is_gone() const { return gone_; }  // for good: she wants nothing more
    virtual bool is_staff() const { return false; }
    virtual bool keeps_the_door() const { return false; }  // lets others in

    virtual void arrive() = 0;
    // Has moments from now on.
    void begin();
    // Her group book was written to its file.
    virtual void saves_book(ByteView) {}
    // A screen of hers shows it.
    virtual void sees(Device& device, const client::Event& event) = 0;
    // Now and then, until the evening ends.
    virtual void moment() = 0;
    // As often, and when all are silent too: whether something waits for her.
    virtual void look() {}

    // What happens to phones.
    void reload();      // the page: another device at once, by the ticket
    void lose_phone();  // and back later, by the ticket that the browser kept
    void double_tab();  // the same ticket in a second tab, while the first is open
    void give_up();     // closes it, and does not come back
    void stop_acting() { acting_ = false; }

protected:
    World& world() const { return world_; }
    Dice& dice() { return dice_; }
    void take(Device& device) { device_ = &device; }
    void leave_for_good() { gone_ = true; }
    bool is_acting() const { return acting_ && !gone_; }
    // After a while, and once it is awake: if this device is still in her hand.
    void later(std::uint64_t ms, Device& device, std::function<void()> what);
    // A new core that comes back by this ticket.
    virtual void come_back_by(circle::Ticket ticket) = 0;
    // Without a ticket: she was not in yet.
    virtual void come_anew() = 0;

private:
    std::optional<circle::Ticket> ticket() const;
    void come_back(std::optional<circle::Ticket> ticket);

    World& world_;
    std::string name_;
    Dice dice_;
    Device* device_ = nullptr;
    bool acting_ = true;
    bool gone_ = false;
};

}  // namespace veranda::simulation
