// Posts copies of the callbacks, so that nothing of a destroyed InputLines is touched.
#include "client-lib/terminal/input_lines.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <boost/asio/post.hpp>
#include <cerrno>

#include "client-lib/terminal/complaint.hpp"

namespace veranda::terminal {

InputLines::InputLines(boost::asio::io_context& loop, OnLine on_line, OnEnd on_end)
    : loop_(loop), on_line_(std::move(on_line)), on_end_(std::move(on_end)) {
    if (::pipe2(stop_, O_CLOEXEC) != 0) throw Complaint("cannot make a pipe", ExitCode::failed);
    thread_ = std::thread([this] { read_until_stopped(); });
}

InputLines::~InputLines() {
    ::close(stop_[1]);
    thread_.join();
    ::close(stop_[0]);
}

void InputLines::read_until_stopped() {
    std::string line;
    char piece[4096];
    const auto deliver = [&] {
        boost::asio::post(loop_, [on_line = on_line_, text = std::move(line)] { on_line(text); });
        line.clear();
    };
    while (true) {
        pollfd waiting[2] = {{STDIN_FILENO, POLLIN, 0}, {stop_[0], POLLIN, 0}};
        if (::poll(waiting, 2, -1) < 0 && errno != EINTR) break;
        if (waiting[1].revents != 0) return;
        if (waiting[0].revents == 0) continue;
        const ssize_t count = ::read(STDIN_FILENO, piece, sizeof piece);
        if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (count <= 0) break;
        for (ssize_t i = 0; i < count; ++i) {
            if (piece[i] != '\n') line += piece[i];
            if (piece[i] == '\n' || line.size() >= input_line_bytes_max) deliver();
        }
    }
    if (!line.empty()) deliver();
    boost::asio::post(loop_, on_end_);
}

std::string read_one_line() {
    std::string line;
    char c = 0;
    while (line.size() < input_line_bytes_max) {
        const ssize_t count = ::read(STDIN_FILENO, &c, 1);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0 || c == '\n') break;
        line += c;
    }
    return line;
}

}  // namespace veranda::terminal
