// `veranda`: reads what was typed, does it, and says in one line why it could not.
#include <sys/prctl.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdio>
#include <cstring>

#include "client-lib/terminal/meetings.hpp"
#include "client-lib/terminal/org/commands.hpp"

namespace veranda::terminal {
namespace {

#if defined(__has_feature)
#define VERANDA_HAS_FEATURE(x) __has_feature(x)
#else
#define VERANDA_HAS_FEATURE(x) 0
#endif

// Keys and words in memory stay out of core files and of other programs of the same user.
void keep_memory_to_ourselves() {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
#if !defined(__SANITIZE_ADDRESS__) && !VERANDA_HAS_FEATURE(address_sanitizer)  // its leak check traces the process
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

// A link or words among the arguments are not for everyone who lists the processes.
void hide_arguments(int count, char** arguments) {
    for (int i = 2; i < count; ++i) std::memset(arguments[i], 0, std::strlen(arguments[i]));
}

ExitCode converse(Meeting meeting) { return Conversation(std::move(meeting)).run(); }

struct Do {
    ExitCode operator()(const Host& options) const { return converse(meeting_of(options)); }
    ExitCode operator()(const Join& options) const { return converse(meeting_of(options)); }
    ExitCode operator()(const DeskOptions& options) const { return run_desk(options); }
    ExitCode operator()(const AskOptions& options) const { return run_ask(options); }
    template <class Command>
    ExitCode operator()(const Command& options) const {
        run(options);
        return ExitCode::done;
    }
};

int veranda_main(int count, char** arguments) {
    keep_memory_to_ourselves();
    std::signal(SIGPIPE, SIG_IGN);  // a write that fails says so
    crypto::initialise();
    const auto parsed = parse_options(std::vector<std::string>(arguments + 1, arguments + count));
    if (const auto* nothing = std::get_if<NothingToDo>(&parsed)) {
        std::fputs(nothing->text.c_str(), nothing->to_standard_error ? stderr : stdout);
        return nothing->exit_code;
    }
    hide_arguments(count, arguments);
    return static_cast<int>(std::visit(Do{}, std::get<Options>(parsed)));
}

}  // namespace
}  // namespace veranda::terminal

int main(int count, char** arguments) {
    try {
        return veranda::terminal::veranda_main(count, arguments);
    } catch (const veranda::terminal::Complaint& complaint) {
        std::fprintf(stderr, "veranda: %s\n", complaint.what());
        return static_cast<int>(complaint.code);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "veranda: %s\n", error.what());
        return static_cast<int>(veranda::terminal::ExitCode::failed);
    }
}
