// The two clocks, and the terminal's size.
#include "client-lib/terminal/surroundings.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <chrono>
#include <ctime>

namespace veranda::terminal {

client::Now now() {
    using std::chrono::duration_cast;
    using std::chrono::milliseconds;
    const auto wall = duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch());
    const auto steady = duration_cast<milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
    return {UnixMillis{static_cast<std::uint64_t>(wall.count())}, static_cast<std::uint64_t>(steady.count())};
}

Look look_of_terminal() {
    Look look;
    const std::time_t seconds = std::time(nullptr);
    std::tm parts{};
    char text[16] = "";
    if (localtime_r(&seconds, &parts) != nullptr) std::strftime(text, sizeof text, "%H:%M", &parts);
    look.time = text;
    winsize size{};
    if (::isatty(STDOUT_FILENO) == 1 && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) {
        look.columns = size.ws_col;
        look.qr_codes = true;
    }
    return look;
}

}  // namespace veranda::terminal
