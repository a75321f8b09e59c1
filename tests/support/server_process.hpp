// The real veranda-server as a child process: started, waited for until it listens, ended by a signal.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <csignal>
#include <optional>
#include <string>
#include <vector>

namespace veranda::tests {

inline constexpr std::chrono::seconds patience{20};  // the most that a test waits for a condition

class ServerProcess {
public:
    // `program` with these arguments. Its standard output and error are kept.
    ServerProcess(const std::string& program, const std::vector<std::string>& arguments);
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;
    ~ServerProcess();  // kills it if it still runs

    // The port of its line "listening on ...". None: it ended, or patience did.
    std::optional<std::uint16_t> wait_until_listening();
    void signal(int number) const;
    // The exit status. None: ended by a signal, or patience did.
    std::optional<int> wait_for_exit();
    // Until its standard error holds this text.
    bool wait_for_log(std::string_view text);

    pid_t id() const { return process_; }
    const std::string& output() const { return output_; }
    const std::string& log() const { return log_; }

private:
    bool read_more(std::chrono::steady_clock::time_point until);

    pid_t process_ = -1;
    int output_pipe_ = -1;
    int log_pipe_ = -1;
    std::string output_;
    std::string log_;
};

}  // namespace veranda::tests
