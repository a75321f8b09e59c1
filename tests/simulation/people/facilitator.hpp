// A facilitator: she opens the group or joins it as the second, lets people in, keeps order, answers alarms, and ends
// the evening.
#pragma once

#include "tests/simulation/people/member.hpp"

namespace veranda::simulation {

class Facilitator final : public Member {
public:
    Facilitator(Evening& evening, client::StaffKeys keys, bool is_first, Dice dice);

    void arrive() override;
    void sees(Device& device, const client::Event& event) override;
    void moment() override;
    void look() override;
    void saves_book(ByteView body) override { book_.assign(body.begin(), body.end()); }
    bool is_staff() const override { return true; }
    bool keeps_the_door() const override { return true; }
    // Once, at the end. false: not now.
    bool end_evening();

private:
    bool is_for_staff() const override { return true; }
    void come_anew() override;
    void come_back_by(circle::Ticket ticket) override;
    void host();
    circle::GroupBook book(client::Now now);
    Result<void> bring_what_she_has(client::Client& client, client::Now now) override;
    Result<void> knock(client::Client& client, client::Now now) override;
    Result<void> return_by(client::Client& client, circle::Ticket ticket, client::Now now) override;
    void somebody_knocks(Device& device, const std::string& name);
    void decide(Device& device, const std::string& name);
    void answer(std::uint64_t held_number);
    void unlock();
    void keep_order();
    std::string somebody();
    void invite(bool for_staff);
    void may_make_anew(Device& device);
    void open_instead(Device& device);

    client::StaffKeys keys_;
    bool is_first_;
    Bytes book_;  // as her file has it; empty: there is none
    std::set<std::string> at_door_;
    std::map<std::uint64_t, std::string> held_;  // what waits for her on this phone, and whose it is
    const Device* looked_at_ = nullptr;
    std::uint64_t asks_for_invite_until_ms_ = 0;
};

}  // namespace veranda::simulation
