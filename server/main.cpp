// veranda-server: reads the configuration, puts the parts together, runs until SIGTERM.
#include <sys/prctl.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdio>

#include "server/wiring.hpp"

namespace {

// What this process holds is never written to disk, and no other process may look into it.
void leave_no_core_file() {
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
#ifndef __SANITIZE_ADDRESS__
    prctl(PR_SET_DUMPABLE, 0);  // a sanitizer's leak check has to look
#endif
}

int serve(int argc, char** argv) {
    auto config = veranda::server::read_command_line(argc, argv);
    if (!config) return 0;
    veranda::server::Server server(*std::move(config));
    std::printf("listening on %s\n", server.address().c_str());
    std::fflush(stdout);
    server.run();
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    leave_no_core_file();
    std::signal(SIGPIPE, SIG_IGN);
    try {
        return serve(argc, argv);
    } catch (const veranda::server::StartError& problem) {
        std::fprintf(stderr, "veranda-server: %s\n", problem.what());
        return 2;
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "veranda-server: cannot start: %s\n", problem.what());
        return 2;
    }
}
