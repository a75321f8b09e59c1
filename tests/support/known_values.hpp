// Which values of an enum its codec takes. For tests only.
#pragma once

#include <gtest/gtest.h>

#include "protocol/tls_syntax.hpp"

namespace veranda::tests {

// Those from `first` to `last` and no other below 256; each is written as it was read.
template <class Enum>
void expect_known(std::uint64_t first, std::uint64_t last) {
    for (std::uint64_t value = 0; value < 256; ++value) {
        tls::Writer writer;
        writer.number(value, sizeof(Enum));
        const auto decoded = tls::decode<Enum>(writer.bytes());
        EXPECT_EQ(decoded.has_value(), value >= first && value <= last) << value;
        EXPECT_TRUE(!decoded || tls::encode(*decoded) == writer.bytes()) << value;
    }
}

}  // namespace veranda::tests
