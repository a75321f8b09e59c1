// Somebody who wants to talk to one person alone: she asks at the desk, waits, talks, agrees to a hand-over or does
// not, and goes; with nobody on duty she may leave her request, and look for its answer later.
#pragma once

#include "tests/simulation/people/person.hpp"

namespace veranda::simulation {

class Evening;

class Asker final : public Person {
public:
    Asker(Evening& evening, std::string name, Dice dice);

    void arrive() override { come_anew(); }
    void sees(Device& device, const client::Event& event) override;
    void moment() override;

private:
    void come_back_by(circle::Ticket) override { come_anew(); }
    void come_anew() override;
    void how_it_stands(Device& device, const client::DeskEvent& desk);
    void over(Device& device, client::Phase phase);
    void look_for_answer();
    void impatience(Device& device);

    Evening& evening_;
    int times_ = 0;
    int texts_ = 0;
    std::string words_;  // of a request that she left
};

}  // namespace veranda::simulation
