// The lines of mls_peer: words between spaces, and what they stand for.
#pragma once

#include <charconv>
#include <iostream>
#include <map>
#include <sstream>

#include "protocol/result.hpp"

namespace veranda::mls::tests {

using Words = std::vector<std::string>;
using Answer = Result<Words>;

// For what is wrong with a line, and not with what a peer sent.
[[noreturn]] inline void stop(std::string_view why) {
    std::cerr << "mls_peer: " << why << '\n';
    std::exit(2);
}

inline std::string hex(ByteView bytes) {
    static constexpr std::string_view digits = "0123456789abcdef";
    if (bytes.empty()) return "-";
    std::string text;
    for (const std::uint8_t byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

template <class Number>
Number number(std::string_view text, int base = 10) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc() || end != text.data() + text.size()) stop("not a number: " + std::string(text));
    return value;
}

inline Bytes bytes(std::string_view text) {
    Bytes out;
    if (text == "-") return out;
    if (text.size() % 2 != 0) stop("half a byte");
    for (std::size_t i = 0; i < text.size(); i += 2) out.push_back(number<std::uint8_t>(text.substr(i, 2), 16));
    return out;
}

inline Words split(const std::string& text, char between) {
    Words words;
    if (text == "-") return words;
    std::istringstream parts(text);
    for (std::string word; std::getline(parts, word, between);) words.push_back(word);
    return words;
}

inline std::string joined(const Words& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ",") + word;
    return text.empty() ? "-" : text;
}

// A proposal as "KIND:VALUE".
struct ProposalWord {
    std::string kind;
    std::string value;

    explicit ProposalWord(const std::string& word)
        : kind(word.substr(0, word.find(':'))), value(word.substr(std::min(word.size(), kind.size() + 1))) {}
};

inline constexpr UnixSeconds always{0};
inline constexpr UnixSeconds never{4'000'000'000};

}  // namespace veranda::mls::tests
