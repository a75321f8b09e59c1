// fork, exec, three pipes, poll.
#include "tests/support/terminal_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <stdexcept>

#include "tests/support/server_process.hpp"

namespace veranda::tests {
namespace {

using Clock = std::chrono::steady_clock;

std::array<int, 2> make_pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    return ends;
}

void close_end(int& end) {
    if (end >= 0) ::close(end);
    end = -1;
}

void take(int& pipe, std::string& into) {
    std::array<char, 4096> buffer{};
    const ssize_t count = ::read(pipe, buffer.data(), buffer.size());
    if (count > 0) return void(into.append(buffer.data(), static_cast<std::size_t>(count)));
    close_end(pipe);
}

int milliseconds_until(Clock::time_point until) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
    return left > 0 ? static_cast<int>(left) : 0;
}

// What stands after "key": at the first place where it is a key. Quotes inside of texts are escaped, so that no text
// looks like one.
std::string_view value_of(std::string_view line, std::string_view key) {
    const std::string marked = '"' + std::string(key) + "\":";
    const std::size_t at = line.find(marked);
    return at == std::string_view::npos ? std::string_view() : line.substr(at + marked.size());
}

}  // namespace

std::string TerminalEvent::text(std::string_view key) const {
    std::string_view value = value_of(line, key);
    if (value.empty() || value.front() != '"') return {};
    value.remove_prefix(1);
    std::string out;
    for (std::size_t i = 0; i < value.size() && value[i] != '"'; ++i) {
        if (value[i] == '\\')
            out += value[++i] == 'n' ? '\n' : value[i];
        else
            out += value[i];
    }
    return out;
}

std::uint64_t TerminalEvent::number(std::string_view key) const {
    const std::string value(value_of(line, key));
    return std::strtoull(value.c_str(), nullptr, 10);
}

bool TerminalEvent::truth(std::string_view key) const { return value_of(line, key).starts_with("true"); }

TerminalProcess::TerminalProcess(const std::string& program, std::vector<std::string> arguments) {
    std::vector<char*> words{const_cast<char*>(program.c_str())};
    for (std::string& argument : arguments) words.push_back(argument.data());
    words.push_back(nullptr);
    std::signal(SIGPIPE, SIG_IGN);  // a child that has ended does not end the test
    const auto input = make_pipe();
    const auto output = make_pipe();
    const auto log = make_pipe();
    process_ = ::fork();
    if (process_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::dup2(input[0], STDIN_FILENO);
        ::dup2(output[1], STDOUT_FILENO);
        ::dup2(log[1], STDERR_FILENO);
        ::execv(program.c_str(), words.data());
        ::_exit(127);
    }
    ::close(input[0]);
    ::close(output[1]);
    ::close(log[1]);
    input_pipe_ = input[1];
    output_pipe_ = output[0];
    log_pipe_ = log[0];
}

TerminalProcess::~TerminalProcess() {
    if (process_ > 0) {
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
    }
    close_end(input_pipe_);
    close_end(output_pipe_);
    close_end(log_pipe_);
}

void TerminalProcess::type(std::string_view line) {
    const std::string bytes = std::string(line) + '\n';
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t count = ::write(input_pipe_, bytes.data() + done, bytes.size() - done);
        if (count <= 0) return;  // it has ended; whoever waits for an answer hears of it
        done += static_cast<std::size_t>(count);
    }
}

void TerminalProcess::end_input() { close_end(input_pipe_); }

// False: both pipes are closed, or it is too late.
bool TerminalProcess::read_more(Clock::time_point until) {
    std::array<pollfd, 2> pipes{pollfd{output_pipe_, POLLIN, 0}, pollfd{log_pipe_, POLLIN, 0}};
    if (output_pipe_ < 0 && log_pipe_ < 0) return false;
    if (::poll(pipes.data(), pipes.size(), milliseconds_until(until)) <= 0) return false;
    if (pipes[0].revents != 0) take(output_pipe_, unread_);
    if (pipes[1].revents != 0) take(log_pipe_, log_);
    take_lines();
    return true;
}

void TerminalProcess::take_lines() {
    for (std::size_t end = unread_.find('\n'); end != std::string::npos; end = unread_.find('\n')) {
        events_.push_back({unread_.substr(0, end)});
        unseen_.push_back(events_.back());
        unread_.erase(0, end + 1);
    }
}

std::optional<TerminalEvent> TerminalProcess::wait_for(std::string_view event, const Predicate& holds) {
    const auto until = Clock::now() + patience;
    std::size_t at = 0;
    do {
        for (; at < unseen_.size(); ++at) {
            if (!unseen_[at].is(event) || (holds && !holds(unseen_[at]))) continue;
            TerminalEvent found = std::move(unseen_[at]);
            unseen_.erase(unseen_.begin() + static_cast<std::ptrdiff_t>(at));
            return found;
        }
    } while (read_more(until));
    return std::nullopt;
}

bool TerminalProcess::wait_for_state(std::string_view state) {
    return wait_for("state", [&](const TerminalEvent& e) { return e.text("state") == state; }).has_value();
}

bool TerminalProcess::wait_for_message(std::string_view text) {
    return wait_for("message", [&](const TerminalEvent& e) { return e.text("text") == text; }).has_value();
}

bool TerminalProcess::wait_for_code(std::string_view event, std::string_view code) {
    return wait_for(event, [&](const TerminalEvent& e) { return e.text("code") == code; }).has_value();
}

const std::vector<TerminalEvent>& TerminalProcess::events() {
    while (read_more(Clock::now())) {
    }
    return events_;
}

std::vector<std::string> TerminalProcess::messages() {
    std::vector<std::string> found;
    for (const TerminalEvent& event : events())
        if (event.is("message")) found.push_back(event.text("from") + ": " + event.text("text"));
    return found;
}

std::optional<int> TerminalProcess::wait_for_exit() {
    const auto until = Clock::now() + patience;
    while (read_more(until)) {
    }
    if (output_pipe_ >= 0 || log_pipe_ >= 0) return std::nullopt;
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = -1;
    return WIFEXITED(status) ? std::optional<int>(WEXITSTATUS(status)) : std::nullopt;
}

std::string TerminalProcess::transcript() const {
    std::string all;
    for (const TerminalEvent& event : events_) all += event.line + '\n';
    return all + log_;
}

}  // namespace veranda::tests
