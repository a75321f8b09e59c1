// HMAC with the window's salt chooses the counter. A prefix is an IPv4 address or the first 56 bits of an IPv6 one,
// which is what one household or one phone has.
#include "server/net/newcomers.hpp"

#include <algorithm>

#include "crypto/verify/mac.hpp"

namespace veranda::net {
namespace {

constexpr std::size_t counters = 16'384;
constexpr std::size_t ipv6_prefix_bytes = 7;

asio::ip::address without_mapping(const asio::ip::address& address) {
    if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address;
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
}

}  // namespace

NewcomerLimit::NewcomerLimit(std::size_t per_window, Clock::duration window, crypto::RandomSource& random)
    : per_window_(per_window), window_(window), random_(random), counters_(counters) {}

bool NewcomerLimit::admit(const asio::ip::address& given, Clock::time_point now) {
    const asio::ip::address address = without_mapping(given);
    if (address.is_loopback()) return true;
    if (now >= window_end_) {
        window_end_ = now + window_;
        random_.fill(salt_);
        std::fill(counters_.begin(), counters_.end(), std::uint16_t{0});
    }
    std::uint16_t& count = counters_[counter_of(address)];
    if (count >= per_window_) return false;
    ++count;
    return true;
}

std::size_t NewcomerLimit::counter_of(const asio::ip::address& address) const {
    Hash hash;
    if (address.is_v4()) {
        hash = crypto::mac(salt_, address.to_v4().to_bytes());
    } else {
        const auto bytes = address.to_v6().to_bytes();
        hash = crypto::mac(salt_, ByteView(bytes).first(ipv6_prefix_bytes));
    }
    return (std::size_t{hash.bytes[0]} << 8 | hash.bytes[1]) % counters;
}

}  // namespace veranda::net
