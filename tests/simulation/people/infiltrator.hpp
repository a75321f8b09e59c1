// An infiltrator: a member among members, by a modified client. She keeps every key, is taken out by a facilitator now
// and then, and then tries everything to be heard, to come back, and to read on.
#pragma once

#include "tests/simulation/people/modified_client.hpp"
#include "tests/simulation/people/person.hpp"

namespace veranda::simulation {

class Evening;

class Infiltrator final : public Person {
public:
    Infiltrator(Evening& evening, std::string name, Dice dice);

    void arrive() override;
    void sees(Device& device, const client::Event& event) override;
    void moment() override {}  // hers come each second, in or out
    Loot& loot() { return loot_; }
    // With what every text of hers begins, and nobody else's.
    std::string mark() const { return name() + " intrudes "; }

private:
    void come_back_by(circle::Ticket) override { come_anew(); }
    void come_anew() override;
    Device& new_phone();
    void each_second();
    void within();
    void without();
    void is_found_out();
    void says();
    void does(std::string_view what, const std::function<void(ModifiedClient&)>& command);

    Evening& evening_;
    Loot loot_;
    std::uint64_t found_out_at_ms_ = 0;  // then a facilitator takes her out; 0: nobody notices
    bool comes_back_;                    // by her ticket, as soon as she is out
    int texts_ = 0;
};

}  // namespace veranda::simulation
