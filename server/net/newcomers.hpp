// How many connections one address prefix may open in a little while. No address is kept, not even hashed: there is a
// fixed number of counters, a prefix falls on one of them by a salted hash, and salt and counters are new every window.
//
// Two prefixes may share a counter; the next window parts them again.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <vector>

#include "crypto/verify/random.hpp"
#include "server/net/sockets.hpp"

namespace veranda::net {

class NewcomerLimit {
public:
    NewcomerLimit(std::size_t per_window, Clock::duration window, crypto::RandomSource& random);

    // One more connection from there. False: too many. Loopback is never counted.
    bool admit(const asio::ip::address& address, Clock::time_point now);

private:
    std::size_t counter_of(const asio::ip::address& address) const;

    std::size_t per_window_;
    Clock::duration window_;
    crypto::RandomSource& random_;
    ByteArray<32> salt_{};
    std::vector<std::uint16_t> counters_;
    Clock::time_point window_end_{};
};

}  // namespace veranda::net
