// A ticket as one line, and back.
#include "client-lib/circle/joining/ticket.hpp"

#include <gtest/gtest.h>

#include "tests/support/seeded_random.hpp"

namespace veranda::circle {
namespace {

Ticket some_ticket() {
    tests::SeededRandom random(1);
    return {"https://veranda.example",  Hash{random.array<32>()},     crypto::random_secret<pass_entropy_bytes>(random),
            RoomId{random.array<16>()}, MemberId{random.array<16>()}, Sequence{0x0102030405060708}};
}

TEST(ATicket, ReadsBackAsWhatWasWritten) {
    const Ticket ticket = some_ticket();
    const auto read = Ticket::decode(ticket.encode());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->origin, ticket.origin);
    EXPECT_EQ(read->fingerprint, ticket.fingerprint);
    EXPECT_TRUE(read->entropy == ticket.entropy);
    EXPECT_EQ(read->room, ticket.room);
    EXPECT_EQ(read->member, ticket.member);
    EXPECT_EQ(read->last, ticket.last);
    EXPECT_EQ(read->encode(), ticket.encode());
}

TEST(ATicket, RefusesWhatIsNotAWholeOne) {
    const std::string whole = some_ticket().encode();
    const auto refused = [](const std::string& text) {
        const auto read = Ticket::decode(text);
        return !read && read.error().is(faults::ticket_form);
    };
    EXPECT_TRUE(refused(""));
    EXPECT_TRUE(refused(whole.substr(0, whole.size() - 1)));
    EXPECT_TRUE(refused(whole + "A"));
    EXPECT_TRUE(refused("veranda.example" + whole.substr(whole.find("/back"))));
    for (const std::size_t place : {whole.size() - 1, whole.size() - 60, whole.find("#1.") + 3}) {
        std::string changed = whole;
        changed[place] = changed[place] == 'A' ? 'B' : 'A';
        EXPECT_TRUE(refused(changed)) << place;
        changed[place] = '!';
        EXPECT_TRUE(refused(changed)) << place;
    }
}

}  // namespace
}  // namespace veranda::circle
