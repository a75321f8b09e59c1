// What happened, as lines that a person can read, and one number that says whether two runs were the same.
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

namespace veranda::simulation {

class Trace {
public:
    // Prints to `out` as it goes; null: only the hash is kept.
    explicit Trace(std::FILE* out = nullptr) : out_(out) {}

    void line(std::uint64_t ms, std::string_view who, std::string_view what) {
        std::string text = clock(ms);
        text.append(" ").append(who).append(" ").append(what).append("\n");
        for (const char letter : text) hash_ = (hash_ ^ static_cast<std::uint8_t>(letter)) * 0x100000001B3U;
        if (out_ != nullptr) std::fwrite(text.data(), 1, text.size(), out_);
    }
    std::uint64_t hash() const { return hash_; }  // FNV-1a of every line

private:
    static std::string clock(std::uint64_t ms) {
        char text[32];
        std::snprintf(text, sizeof text, "%02u:%02u:%02u.%03u", static_cast<unsigned>(ms / 3'600'000),
                      static_cast<unsigned>(ms / 60'000 % 60), static_cast<unsigned>(ms / 1'000 % 60),
                      static_cast<unsigned>(ms % 1'000));
        return text;
    }

    std::FILE* out_;
    std::uint64_t hash_ = 0xCBF29CE484222325U;
};

}  // namespace veranda::simulation
