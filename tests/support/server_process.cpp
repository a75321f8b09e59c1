// fork, exec, two pipes, poll.
#include "tests/support/server_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace veranda::tests {
namespace {

using Clock = std::chrono::steady_clock;

std::array<int, 2> make_pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    return ends;
}

// False: the other end is closed.
bool take(int& pipe, std::string& into) {
    std::array<char, 4096> buffer{};
    const ssize_t count = ::read(pipe, buffer.data(), buffer.size());
    if (count > 0) {
        into.append(buffer.data(), static_cast<std::size_t>(count));
        return true;
    }
    ::close(pipe);
    pipe = -1;
    return false;
}

int milliseconds_until(Clock::time_point until) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
    return left > 0 ? static_cast<int>(left) : 0;
}

}  // namespace

ServerProcess::ServerProcess(const std::string& program, const std::vector<std::string>& arguments) {
    std::vector<char*> words{const_cast<char*>(program.c_str())};
    for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
    words.push_back(nullptr);
    const auto output = make_pipe();
    const auto log = make_pipe();
    process_ = ::fork();
    if (process_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // a test that is killed leaves no server behind
        ::dup2(output[1], STDOUT_FILENO);
        ::dup2(log[1], STDERR_FILENO);
        ::execv(program.c_str(), words.data());
        ::_exit(127);
    }
    ::close(output[1]);
    ::close(log[1]);
    output_pipe_ = output[0];
    log_pipe_ = log[0];
}

ServerProcess::~ServerProcess() {
    if (process_ > 0) {
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
    }
    if (output_pipe_ >= 0) ::close(output_pipe_);
    if (log_pipe_ >= 0) ::close(log_pipe_);
}

// False: both pipes are closed, or it is too late.
bool ServerProcess::read_more(Clock::time_point until) {
    std::array<pollfd, 2> pipes{pollfd{output_pipe_, POLLIN, 0}, pollfd{log_pipe_, POLLIN, 0}};
    if (output_pipe_ < 0 && log_pipe_ < 0) return false;
    if (::poll(pipes.data(), pipes.size(), milliseconds_until(until)) <= 0) return false;
    if (pipes[0].revents != 0) take(output_pipe_, output_);
    if (pipes[1].revents != 0) take(log_pipe_, log_);
    return true;
}

std::optional<std::uint16_t> ServerProcess::wait_until_listening() {
    const auto until = Clock::now() + patience;
    while (output_.find('\n') == std::string::npos)
        if (!read_more(until)) return std::nullopt;
    const std::string line = output_.substr(0, output_.find('\n'));
    return static_cast<std::uint16_t>(std::stoul(line.substr(line.rfind(':') + 1)));
}

bool ServerProcess::wait_for_log(std::string_view text) {
    const auto until = Clock::now() + patience;
    while (log_.find(text) == std::string::npos)
        if (!read_more(until)) return false;
    return true;
}

void ServerProcess::signal(int number) const { ::kill(process_, number); }

std::optional<int> ServerProcess::wait_for_exit() {
    const auto until = Clock::now() + patience;
    while (read_more(until)) {
    }
    if (output_pipe_ >= 0 || log_pipe_ >= 0) return std::nullopt;
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = -1;
    return WIFEXITED(status) ? std::optional<int>(WEXITSTATUS(status)) : std::nullopt;
}

}  // namespace veranda::tests
