// RFC 9420 section by section, as far as it asks something of an implementation: which files hold a section, what they
// do beside refusing, and which tests see that. The rules themselves come from rules.hpp.
#pragma once

#include <string_view>
#include <vector>

namespace veranda::mls::tests {

struct RfcSection {
    std::string_view number;
    std::string_view title;
    std::vector<std::string_view> files;
    std::string_view words;               // what is not a rule; empty if the rules say it all
    std::vector<std::string_view> tests;  // of those words: "FILE: Suite.Name"
};

const std::vector<RfcSection>& rfc_sections();

struct NotSupported {
    std::string_view what;
    std::string_view why;
    std::string_view refused_by;  // rules, or nothing
};

const std::vector<NotSupported>& not_supported();

}  // namespace veranda::mls::tests
