// Hexadecimal, so that an operator can read a key.
#include "server/store/redis/keys.hpp"

namespace veranda::store::redis {

std::string hex(ByteView bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        out.push_back(digits[byte >> 4]);
        out.push_back(digits[byte & 15]);
    }
    return out;
}

}  // namespace veranda::store::redis
