// What a veranda-server says while it runs.
#include "tests/support/server_process.hpp"

namespace veranda::tests {

std::optional<std::uint16_t> ServerProcess::wait_until_listening() {
    if (!wait_until([this] { return output().find('\n') != std::string::npos; })) return std::nullopt;
    const std::string line = output().substr(0, output().find('\n'));
    return static_cast<std::uint16_t>(std::stoul(line.substr(line.rfind(':') + 1)));
}

bool ServerProcess::wait_for_log(std::string_view text) {
    return wait_until([&] { return log().find(text) != std::string::npos; });
}

}  // namespace veranda::tests
