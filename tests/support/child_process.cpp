// fork, exec, three pipes, poll.
#include "tests/support/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <stdexcept>

namespace veranda::tests {
namespace {

struct Pipe {
    int read_end = -1;
    int write_end = -1;
};

Pipe make_pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    return {ends[0], ends[1]};
}

void close_end(int& end) {
    if (end >= 0) ::close(end);
    end = -1;
}

// Closes the pipe when its other end is closed.
void take(int& pipe, std::string& into) {
    std::array<char, 4096> buffer{};
    const ssize_t count = ::read(pipe, buffer.data(), buffer.size());
    if (count > 0) return void(into.append(buffer.data(), static_cast<std::size_t>(count)));
    close_end(pipe);
}

int milliseconds_until(ChildProcess::Clock::time_point until) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - ChildProcess::Clock::now()).count();
    return left > 0 ? static_cast<int>(left) : 0;
}

}  // namespace

ChildProcess::ChildProcess(const std::string& program, std::vector<std::string> arguments, Input input) {
    std::vector<char*> words{const_cast<char*>(program.c_str())};
    for (std::string& argument : arguments) words.push_back(argument.data());
    words.push_back(nullptr);
    const bool piped = input == Input::a_pipe;
    if (piped) std::signal(SIGPIPE, SIG_IGN);  // a child that has ended does not end the test
    Pipe in = piped ? make_pipe() : Pipe{};
    Pipe output = make_pipe();
    Pipe log = make_pipe();
    const pid_t parent = ::getpid();
    process_ = ::fork();
    if (process_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // a test that is killed leaves no child behind
        if (::getppid() != parent) ::_exit(127);
        if (piped) ::dup2(in.read_end, STDIN_FILENO);
        ::dup2(output.write_end, STDOUT_FILENO);
        ::dup2(log.write_end, STDERR_FILENO);
        ::execv(program.c_str(), words.data());
        ::_exit(127);
    }
    close_end(in.read_end);
    close_end(output.write_end);
    close_end(log.write_end);
    input_pipe_ = in.write_end;
    output_pipe_ = output.read_end;
    log_pipe_ = log.read_end;
    if (process_ < 0) throw std::runtime_error("no process for " + program);
}

ChildProcess::~ChildProcess() {
    if (process_ > 0) {
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
    }
    close_end(input_pipe_);
    close_end(output_pipe_);
    close_end(log_pipe_);
}

void ChildProcess::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(input_pipe_, bytes.data(), bytes.size());
        if (count <= 0) return;  // it has ended; whoever waits for an answer hears of it
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

void ChildProcess::end_input() { close_end(input_pipe_); }

bool ChildProcess::read_more(Clock::time_point until) {
    if (has_closed()) return false;
    std::array<pollfd, 2> pipes{pollfd{output_pipe_, POLLIN, 0}, pollfd{log_pipe_, POLLIN, 0}};
    if (::poll(pipes.data(), pipes.size(), milliseconds_until(until)) <= 0) return false;
    if (pipes[0].revents != 0) take(output_pipe_, output_);
    if (pipes[1].revents != 0) take(log_pipe_, log_);
    return true;
}

bool ChildProcess::wait_until(const std::function<bool()>& holds) {
    const auto until = Clock::now() + patience;
    while (!holds())
        if (!read_more(until)) return false;
    return true;
}

void ChildProcess::signal(int number) const {
    if (process_ > 0) ::kill(process_, number);
}

std::optional<int> ChildProcess::wait_for_exit() {
    const auto until = Clock::now() + patience;
    while (read_more(until)) {
    }
    if (!has_closed()) return std::nullopt;
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = -1;
    return WIFEXITED(status) ? std::optional<int>(WEXITSTATUS(status)) : std::nullopt;
}

}  // namespace veranda::tests
