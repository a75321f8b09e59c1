// The real veranda-server as a child process: started, waited for until it listens, ended by a signal.
#pragma once

#include <csignal>

#include "tests/support/child_process.hpp"

namespace veranda::tests {

class ServerProcess : public ChildProcess {
public:
    using ChildProcess::ChildProcess;

    // The port of its line "listening on ...". None: it ended, or patience did.
    std::optional<std::uint16_t> wait_until_listening();
    // Until its standard error holds this text.
    bool wait_for_log(std::string_view text);
};

}  // namespace veranda::tests
