// What a run in a terminal takes from the machine: the time, and how wide it may write.
#pragma once

#include "client-lib/client/client.hpp"
#include "client-lib/terminal/screen.hpp"

namespace veranda::terminal {

client::Now now();
Look look_of_terminal();

}  // namespace veranda::terminal
