// The limit of connections from one address prefix, and what it forgets.
#include "server/net/newcomers.hpp"

#include <gtest/gtest.h>

namespace veranda::net {
namespace {

using namespace std::chrono_literals;
using asio::ip::make_address;

constexpr Clock::time_point first_moment{};

class Newcomers : public testing::Test {
protected:
    int admitted(const char* address, int tries, Clock::time_point at = first_moment + 1s) {
        int count = 0;
        for (int i = 0; i < tries; ++i) count += limit_.admit(make_address(address), at) ? 1 : 0;
        return count;
    }

    crypto::SystemRandom random_;
    NewcomerLimit limit_{5, 10s, random_};
};

TEST_F(Newcomers, AdmitsSoManyOfOneAddressAndNoMore) { EXPECT_EQ(admitted("192.0.2.1", 9), 5); }

TEST_F(Newcomers, CountsAnewInTheNextWindow) {
    EXPECT_EQ(admitted("192.0.2.1", 9), 5);
    EXPECT_EQ(admitted("192.0.2.1", 9, first_moment + 10s), 0);
    EXPECT_EQ(admitted("192.0.2.1", 9, first_moment + 11s), 5);
}

TEST_F(Newcomers, CountsAnIpv6PrefixAsOne) {
    EXPECT_EQ(admitted("2001:db8:0:1200::1", 3), 3);
    EXPECT_EQ(admitted("2001:db8:0:12ff:1:2:3:4", 9), 2);
}

TEST_F(Newcomers, CountsAMappedAddressAsTheIpv4AddressItIs) {
    EXPECT_EQ(admitted("192.0.2.1", 5), 5);
    EXPECT_EQ(admitted("::ffff:192.0.2.1", 5), 0);
}

TEST_F(Newcomers, NeverCountsThisMachine) {
    for (const char* const address : {"127.0.0.1", "::1", "::ffff:127.0.0.1"}) EXPECT_EQ(admitted(address, 50), 50);
}

// Two addresses share a counter once in sixteen thousand; ten thousand tries of one in each window would show it.
TEST_F(Newcomers, LetsOthersInWhileOneIsRefused) {
    int others = 0;
    for (int i = 1; i < 100; ++i) {
        EXPECT_LE(admitted("192.0.2.1", 6, first_moment + i * 20s), 5);
        others += admitted("192.0.2.2", 1, first_moment + i * 20s);
    }
    EXPECT_GE(others, 97);
}

}  // namespace
}  // namespace veranda::net
