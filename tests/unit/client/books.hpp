// Evenings of a group that has a book: who writes in it, who brings it, and what it says after days have passed. For
// tests only.
#pragma once

#include "client-lib/client/client_limits.hpp"
#include "client-lib/client/rules.hpp"
#include "tests/support/hostile_relay.hpp"

namespace veranda::client {

using namespace tests;
using circle::BookPerson;
using circle::GroupBook;
using Names = std::vector<std::string>;

class Books : public HostileRelay {
protected:
    const SignatureKey& root() const { return evening_.harbour.organisation.body.root; }
    GroupBook book_of(const Phone& phone) const {
        EXPECT_FALSE(phone.saved.empty());
        auto book = GroupBook::from(phone.saved.empty() ? GroupBookBody{} : phone.saved.back(), root());
        EXPECT_TRUE(book.has_value());
        return *std::move(book);
    }
    std::vector<BookPerson> people_of(const Phone& phone) const {
        return book_of(phone).people(evening_.harbour.staff);
    }
    Names names_in_book_of(const Phone& phone) const {
        Names names;
        for (const BookPerson& person : people_of(phone))
            names.push_back(person.pseudonym + (person.removed ? " (removed)" : "") + (person.pass ? " (words)" : ""));
        std::sort(names.begin(), names.end());
        return names;
    }
    static circle::BookPen pen(const StaffKeys& keys) { return {keys.certificate, keys.key}; }
    UnixSeconds today() const { return UnixSeconds{evening_.now.wall.value / 1000}; }
    Bytes named(std::string name) const { return tls::encode(Text{std::move(name)}); }

    std::string words_of(Phone& member) {
        EXPECT_TRUE(member.client.return_words(evening_.now));
        evening_.settle();
        return member.last<ReturnWordsEvent>().words;
    }
    Phone& open_words(const std::string& words) {
        Phone& phone = evening_.phone();
        const auto entropy = circle::read_words(words);
        EXPECT_TRUE(entropy);
        if (entropy) {
            EXPECT_TRUE(phone.client.open_invite(circle::Pass::from(*entropy), evening_.now));
        }
        evening_.settle();
        return phone;
    }
    Phone& knock_by_words(const std::string& words, std::string_view name) {
        Phone& phone = open_words(words);
        EXPECT_TRUE(phone.client.knock(name, evening_.now));
        evening_.settle();
        return phone;
    }
    void admit(Phone& facilitator, std::string_view name) {
        EXPECT_TRUE(facilitator.client.admit(name, evening_.now));
        evening_.settle();
        evening_.wait(1);
    }
    void remove(Phone& facilitator, std::string_view name) {
        EXPECT_TRUE(facilitator.client.remove(name, evening_.now));
        evening_.settle();
        evening_.wait(1);
    }
    void end_session(Phone& facilitator) {
        EXPECT_TRUE(facilitator.client.end(evening_.now));
        evening_.settle();
        evening_.wait(limits::farewell_ms / 1'000 + 1);
    }
    static void kill(Phone& phone, Evening& evening) {
        phone.offline = true;
        phone.cut(evening.now);
        evening.settle();
    }
    void days_pass(std::uint64_t days) {
        evening_.now.wall.value += days * 24 * 3600 * 1'000;
        evening_.now.steady_ms += days * 24 * 3600 * 1'000;
        evening_.store.advance(evening_.now.wall);
        evening_.relay_now->tick(evening_.now.wall);
        evening_.settle();
    }
    // Another process of hers, which has the book as it was last saved and no other memory.
    Phone& host_by_book(const StaffKeys& keys, GroupBook book) {
        Phone& phone = evening_.phone();
        EXPECT_TRUE(phone.client.bring_book(std::move(book)));
        GroupPlan plan;
        plan.name.clear();
        plan.language.clear();
        EXPECT_TRUE(phone.client.host(clone(keys), plan, evening_.now));
        evening_.settle();
        return phone;
    }
    Phone& next_week(const Phone& of) {
        days_pass(6);
        return host_by_book(evening_.amara, book_of(of));
    }
    Phone& bring_staff(Phone& facilitator, const StaffKeys& keys, GroupBook book) {
        Phone& second = evening_.open(evening_.invite(facilitator, true));
        EXPECT_TRUE(second.client.bring_book(std::move(book)));
        EXPECT_TRUE(second.client.knock_as_staff(clone(keys), evening_.now));
        evening_.settle();
        admit(facilitator, keys.certificate.body.name);
        return second;
    }
    MemberId id_of(const Phone& phone) const { return last_heard<Entered>(phone)->self; }
    Genesis genesis_of(const Phone& phone) const { return last_heard<Entered>(phone)->genesis.genesis.body; }
    static std::size_t knocks_shown(const Phone& phone) {
        const auto knocks = phone.all<KnockEvent>();
        return static_cast<std::size_t>(std::count_if(knocks.begin(), knocks.end(), [](auto& e) { return e.waiting; }));
    }
};

}  // namespace veranda::client
