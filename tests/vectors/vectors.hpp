// What the runners of test vectors share: a case as JSON, and hexadecimal in it. A runner checks all
// of a case; what it cannot, it fails.
#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "client-lib/mls/labels.hpp"

namespace veranda::mls::vectors {

using Json = nlohmann::json;

// A case that is no case, or that was refused: fails its test. Without exceptions there is no next test.
[[noreturn]] inline void give_up(const std::string& why) {
#if defined(__cpp_exceptions)
    throw std::runtime_error(why);
#else
    ADD_FAILURE() << why;
    std::abort();
#endif
}

inline Bytes from_hex(const std::string& hex) {
    if (hex.size() % 2 != 0) give_up("odd hexadecimal");
    Bytes bytes;
    for (std::size_t i = 0; i < hex.size(); i += 2)
        bytes.push_back(static_cast<std::uint8_t>(std::stoul(hex.substr(i, 2), nullptr, 16)));
    return bytes;
}

inline Bytes bytes_of(const Json& value) { return from_hex(value.get<std::string>()); }

inline std::string to_hex(ByteView bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string hex;
    for (const std::uint8_t byte : bytes) hex += {digits[byte >> 4], digits[byte & 15]};
    return hex;
}

inline Secret32 secret_of(const Json& value) {
    const Bytes bytes = bytes_of(value);
    if (bytes.size() != 32) give_up("a secret of another length");
    return Secret32::copy_of(std::span(bytes).first<32>());
}

// A result's value; what it was refused for is what the failing test says.
template <class T>
T must(Result<T> result) {
    if (!result.has_value()) give_up("refused: " + std::string(result.error().rule->name));
    if constexpr (!std::is_void_v<T>) return *std::move(result);
}

using Runner = void (*)(const Json& one_case);

void crypto_basics(const Json&);
void deserialization(const Json&);
void key_schedule(const Json&);
void message_protection(const Json&);
void messages(const Json&);
void passive_client(const Json&);
void psk_secrets(const Json&);
void secret_tree(const Json&);
void transcript_hashes(const Json&);
void tree_kem(const Json&);
void tree_mathematics(const Json&);
void tree_operations(const Json&);
void tree_validation(const Json&);
void welcome(const Json&);

#define EXPECT_BYTES(actual, expected) EXPECT_EQ(vectors::to_hex(actual), (expected).get<std::string>())

}  // namespace veranda::mls::vectors
