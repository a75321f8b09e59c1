// From what was typed to a Meeting: reads the files, the link or the words, and complains about what does not fit,
// before anything goes over the network.
#pragma once

#include "client-lib/terminal/conversation.hpp"
#include "client-lib/terminal/options.hpp"

namespace veranda::terminal {

Meeting meeting_of(const Host& options);
Meeting meeting_of(const Join& options);

// What the two sides of the support desk need to know, each run as a whole.
ExitCode run_desk(const DeskOptions& options);
ExitCode run_ask(const AskOptions& options);

}  // namespace veranda::terminal
