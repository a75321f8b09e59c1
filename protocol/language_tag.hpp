// A language by its tag (BCP 47), as far as it matters here.
#pragma once

#include <algorithm>
#include <string>

#include "protocol/limits.hpp"
#include "protocol/tls_syntax.hpp"

namespace veranda {

struct LanguageTag {
    std::string tag;
    friend bool operator==(const LanguageTag&, const LanguageTag&) = default;
    VERANDA_FIELDS(tag)
};

// Letters, digits and hyphens, 1 to limits::language_bytes_max.
inline bool is_language_tag(std::string_view text) {
    const auto may_stand = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    };
    return !text.empty() && text.size() <= limits::language_bytes_max &&
           std::all_of(text.begin(), text.end(), may_stand);
}

}  // namespace veranda
