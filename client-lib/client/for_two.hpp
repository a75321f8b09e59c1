// What the one who asked for a session for two knows of its counsellors: whom she has met, and whom she agreed to.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "protocol/identifiers.hpp"

namespace veranda::client {

// In a session for two, to the survivor: whether another counsellor may take over.
struct HandOverAsked {
    InnerId question;
    Hash certificate;
    std::string name;
    std::uint64_t until = 0;  // our steady clock
};
struct ForTwo {
    std::optional<HandOverAsked> asked{};
    std::set<Hash> agreed{};       // certificates
    std::set<Hash> counsellors{};  // who has been heard here
};

}  // namespace veranda::client
