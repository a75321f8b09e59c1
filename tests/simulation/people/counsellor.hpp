// A counsellor: on duty at the support desk by one device, with a device more for each session for two. She takes
// requests, talks, hands a talk over, answers what was left, goes off duty and comes back.
#pragma once

#include <list>

#include "tests/simulation/people/person.hpp"

namespace veranda::simulation {

class Evening;

class Counsellor final : public Person {
public:
    // `desk_key`: the organisation's, if it has one.
    Counsellor(Evening& evening, client::StaffKeys keys, std::optional<crypto::KemKeyPair> desk_key, Dice dice);

    void arrive() override;
    void sees(Device& device, const client::Event& event) override;
    void moment() override {}  // hers come each second: she is in no group
    bool is_staff() const override { return true; }

private:
    struct Talk {
        Device* phone = nullptr;
        const Device* desk = nullptr;  // where its request is
        std::uint64_t number = 0;      // of the request, there
        std::optional<client::Colleague> successor = {};
        bool comes_in = false;  // handed over to her: she knocks
        std::uint64_t alone_s = 0;
    };

    void come_back_by(circle::Ticket ticket) override;
    void come_anew() override;
    void go_on_duty();
    void each_second();
    void at_desk();
    void what_happens_at_desk(client::DeskClient& desk);
    void what_she_does_at_desk(client::DeskClient& desk);
    void answer_what_was_left(client::DeskClient& desk);
    void look_for_colleague(const std::vector<std::uint64_t>& numbers);
    void host(client::SessionForTwo session);
    void go_on_with(client::SessionHandedOver session);
    void in_talk(Talk& talk);
    void goes_wrong(Talk& talk);
    void reload(Talk& talk);
    bool is_over(Talk& talk);
    bool one_in(std::uint64_t seconds) { return is_acting() && dice().below(seconds) == 0; }
    Talk* talk_on(const Device& phone);

    Evening& evening_;
    client::StaffKeys keys_;
    std::optional<crypto::KemKeyPair> desk_key_;
    std::string duty_;
    std::list<Talk> talks_;
    int texts_ = 0;
};

}  // namespace veranda::simulation
