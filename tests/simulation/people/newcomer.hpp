// Whoever comes into a group by an invite: what members, mediators and a second facilitator have in common on the way
// in and back.
#pragma once

#include "tests/simulation/people/person.hpp"

namespace veranda::simulation {

class Evening;

class Newcomer : public Person {
public:
    Newcomer(Evening& evening, std::string name, Dice dice);

    void arrive() override { come_anew(); }
    void sees(Device& device, const client::Event& event) override;

protected:
    Evening& evening() const { return evening_; }
    virtual bool is_for_staff() const { return false; }
    // With a new client, before anything else.
    virtual Result<void> bring_what_she_has(client::Client&, client::Now) { return {}; }
    virtual Result<void> knock(client::Client& client, client::Now now);
    virtual Result<void> return_by(client::Client& client, circle::Ticket ticket, client::Now now);
    void come_back_by(circle::Ticket ticket) override;
    void come_anew() override;

private:
    void knock(Device& device);
    void closed(Device& device);
    void lose_patience(Device& device);

    Evening& evening_;
    std::string pseudonym_;
    int times_ = 0;
};

}  // namespace veranda::simulation
