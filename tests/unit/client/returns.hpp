// Killed tabs, dead phones, doubles, and how they come back. For tests only.
#pragma once

#include "client-lib/client/client_limits.hpp"
#include "client-lib/client/rules.hpp"
#include "tests/support/hostile_relay.hpp"
#include "tests/support/rule_of.hpp"

namespace veranda::client {

using namespace tests;
using Texts = std::vector<std::string>;

class Returns : public HostileRelay {
protected:
    static std::string ticket_of(const Phone& phone) {
        const auto ticket = phone.client.ticket();
        EXPECT_TRUE(ticket.has_value());
        return ticket ? ticket->encode() : std::string();
    }
    // Her process is gone; what it kept is not.
    void kill(Phone& phone) {
        phone.offline = true;
        phone.cut(evening_.now);
        evening_.settle();
    }
    Phone& come_back(const std::string& ticket, const StaffKeys* keys = nullptr) {
        Phone& again = evening_.phone();
        auto read = circle::Ticket::decode(ticket);
        EXPECT_TRUE(read);
        if (!read) return again;
        const auto begun = keys != nullptr ? again.client.return_as_staff(*std::move(read), clone(*keys), evening_.now)
                                           : again.client.return_by(*std::move(read), evening_.now);
        EXPECT_TRUE(begun);
        evening_.settle();
        evening_.wait(2);  // another facilitator may hold the lease
        return again;
    }
    Phone& kill_and_come_back(Phone& phone, const StaffKeys* keys = nullptr) {
        const std::string ticket = ticket_of(phone);
        kill(phone);
        return come_back(ticket, keys);
    }
    // A Commit that nobody can apply.
    static LogEntry spoil(LogEntry entry) {
        auto admit = *tls::decode<AdmitEntry>(entry.body);
        admit.commit.back() ^= 1;
        entry.body = tls::encode(admit);
        return entry;
    }
    MemberId id_of(const Phone& phone) const { return last_heard<Entered>(phone)->self; }
    std::size_t knocks_shown(const Phone& phone) const {
        const auto knocks = phone.all<KnockEvent>();
        return static_cast<std::size_t>(std::count_if(knocks.begin(), knocks.end(), [](auto& e) { return e.waiting; }));
    }
};

}  // namespace veranda::client
