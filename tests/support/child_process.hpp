// A child process of a test: started with pipes in place of its terminal, read from while something is waited for, and
// gone with the test at the latest. What it is, and what its lines mean, is for server_process, terminal_process and
// redis_server to say.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace veranda::tests {

inline constexpr std::chrono::seconds patience{20};  // the most that a test waits for a condition

class ChildProcess {
public:
    using Clock = std::chrono::steady_clock;
    enum class Input { of_the_test, a_pipe };

    // `program` with these arguments, in its own process. Its standard output and error are kept.
    ChildProcess(const std::string& program, std::vector<std::string> arguments, Input input = Input::of_the_test);
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;
    ~ChildProcess();  // kills it if it still runs

    // Caller must: have given it a pipe.
    void write(std::string_view bytes);
    void end_input();

    // Waits for its next output and takes it in. False: it has closed both pipes, or it is `until`.
    bool read_more(Clock::time_point until);
    // Reads until this holds of what was read. False: it ended before, or patience did.
    bool wait_until(const std::function<bool()>& holds);
    bool has_closed() const { return output_pipe_ < 0 && log_pipe_ < 0; }

    void signal(int number) const;
    // The exit status; everything is read then. None: ended by a signal, or patience did.
    std::optional<int> wait_for_exit();

    pid_t id() const { return process_; }
    const std::string& output() const { return output_; }
    const std::string& log() const { return log_; }  // of its standard error

private:
    pid_t process_ = -1;
    int input_pipe_ = -1;
    int output_pipe_ = -1;
    int log_pipe_ = -1;
    std::string output_;
    std::string log_;
};

}  // namespace veranda::tests
