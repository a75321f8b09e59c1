// Plain words for the codes of errors, for people at a terminal. The codes are those of the core and of the relay.
#pragma once

#include <string_view>

namespace veranda::terminal {

std::string_view error_words(std::string_view code);  // empty for a code without words of its own

}  // namespace veranda::terminal
