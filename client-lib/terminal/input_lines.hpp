// Standard input, line by line, into the event loop. A thread of its own reads, because a terminal, a pipe and a file
// can all stand there and only blocking reads treat them alike (and leave the terminal's flags as they are).
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <string>
#include <thread>

namespace veranda::terminal {

inline constexpr std::size_t input_line_bytes_max = 64 * 1024;  // what is longer arrives cut into such pieces

class InputLines {
public:
    using OnLine = std::function<void(std::string)>;
    using OnEnd = std::function<void()>;

    // Both are called on the loop, in order; OnEnd once, at the end of input.
    InputLines(boost::asio::io_context& loop, OnLine on_line, OnEnd on_end);
    ~InputLines();  // waits for the thread, which stops at once
    InputLines(const InputLines&) = delete;
    InputLines& operator=(const InputLines&) = delete;

private:
    void read_until_stopped();

    boost::asio::io_context& loop_;
    OnLine on_line_;
    OnEnd on_end_;
    int stop_[2] = {-1, -1};
    std::thread thread_;
};

// One line from standard input, before there is a loop.
std::string read_one_line();

}  // namespace veranda::terminal
