// Which planted bug is there now. Copies of sources that have bugs planted in them ask it; the sources know nothing.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace veranda::planted {

inline constexpr std::size_t none = 0;

struct Bug {
    std::string_view name;
    std::string_view what;
    std::string_view checker;  // the one that finds it
};

const std::vector<Bug>& all();  // made from bugs.toml
inline std::size_t chosen = none;
inline bool is(std::size_t number) { return chosen == number; }  // of bugs.toml, from 1

}  // namespace veranda::planted
