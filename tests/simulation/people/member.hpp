// A member: she writes, reads, raises her hand, sometimes is not safe, sometimes goes.
#pragma once

#include "tests/simulation/people/newcomer.hpp"

namespace veranda::simulation {

class Member : public Newcomer {
public:
    using Newcomer::Newcomer;

    void sees(Device& device, const client::Event& event) override;
    void moment() override;

protected:
    std::string next_text();
    Result<void> does(std::string_view what, const std::function<Result<void>(client::Client&, client::Now)>& command);
    std::uint64_t any_message();  // by its sequence; 0: she has seen none

private:
    int texts_ = 0;
    std::vector<std::uint64_t> seen_;
    bool hand_up_ = false;
};

// Staff who commit nothing, but read along.
class Mediator final : public Member {
public:
    Mediator(Evening& evening, client::StaffKeys keys, Dice dice)
        : Member(evening, keys.certificate.body.name, dice), keys_(std::move(keys)) {}
    bool is_staff() const override { return true; }

private:
    bool is_for_staff() const override { return true; }
    Result<void> knock(client::Client& client, client::Now now) override {
        return client.knock_as_staff(keys_.clone(), now);
    }
    Result<void> return_by(client::Client& client, circle::Ticket ticket, client::Now now) override {
        return client.return_as_staff(std::move(ticket), keys_.clone(), now);
    }
    client::StaffKeys keys_;
};

}  // namespace veranda::simulation
