// A token bucket: how often something may be asked for. In memory only, and of nobody's address.
#pragma once

#include "protocol/identifiers.hpp"
#include "server/relay/limits.hpp"

namespace veranda::relay {

class TokenBucket {
public:
    explicit TokenBucket(Rate rate) : rate_(rate), thousandths_(std::uint64_t{rate.burst} * 1'000) {}

    // Takes one token. Not zero: nothing was taken, and this many milliseconds are to be waited.
    std::uint64_t take(UnixMillis now) {
        refill(now);
        if (thousandths_ >= 1'000) {
            thousandths_ -= 1'000;
            return 0;
        }
        const std::uint64_t per_ms = rate_.per_second == 0 ? 1 : rate_.per_second;
        return (1'000 - thousandths_ + per_ms - 1) / per_ms;
    }

private:
    // A token a second is a thousandth of one a millisecond.
    void refill(UnixMillis now) {
        if (now <= filled_at_) return;
        const std::uint64_t full = std::uint64_t{rate_.burst} * 1'000;
        const std::uint64_t ms = std::min<std::uint64_t>(now.value - filled_at_.value, 3'600'000);
        thousandths_ = std::min(full, thousandths_ + ms * rate_.per_second);
        filled_at_ = now;
    }

    Rate rate_;
    std::uint64_t thousandths_;
    UnixMillis filled_at_;
};

}  // namespace veranda::relay
