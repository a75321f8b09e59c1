// What a person sees of the events: lines. Nothing that another member wrote can look like anything but her words.
//
//   - a line begins with the time and, for a message, the role in brackets; a name comes after it, never before;
//   - names and texts are made safe again here, whatever the core did; brackets in names are turned into round ones;
//   - a text's further lines begin with a margin, also where it is longer than the terminal is wide.
#pragma once

#include <string>

#include "client-lib/client/events.hpp"

namespace veranda::terminal {

struct Look {
    std::string time;         // as it stands before each line: 14:03
    std::size_t columns = 0;  // of the terminal; 0: not one, lines are not broken
    bool qr_codes = false;
};

// One or more lines, each with its end; empty for an event that a person need not see.
std::string screen_text(const client::Event& event, const Look& look);

}  // namespace veranda::terminal
