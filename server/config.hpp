// What can be configured, and where it comes from: a file, or a few options for a trial. config/veranda.toml says what
// each option means. An option that is not known is an error, never passed over.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/net/frame_counter.hpp"
#include "server/net/listener.hpp"
#include "server/net/tls.hpp"
#include "server/relay/relay.hpp"
#include "server/start_error.hpp"

namespace veranda::server {

struct Config {
    net::ListenAt listen = net::TcpAddress{"127.0.0.1", 8080};
    std::vector<std::string> origins;  // empty: those of a loopback address, once the port is known
    bool behind_proxy = false;
    std::optional<net::TlsFiles> tls;
    std::filesystem::path organisation;
    std::filesystem::path staff_list;  // empty: staff.list beside the organisation's file
    std::optional<std::filesystem::path> pages;
    std::string neutral_page;  // empty: the page's own, which is blank
    std::optional<std::string> redis;
    std::optional<bool> health_counts;  // none: to this machine, unless behind a proxy
    std::size_t connections_max = net::limits::connections_max_default;
    std::size_t newcomers_max = net::limits::newcomers_max_default;  // 0: any number
    net::FrameRates frame_rates;
    relay::Settings relay;  // but for its origins
};

// host:port, [ipv6]:port, unix:/path or systemd. Errors: StartError.
net::ListenAt parse_listen(std::string_view text);

// Errors: StartError, which names the file, the line and the option.
Config parse_config(std::string_view toml, const std::filesystem::path& file);
Config load_config(const std::filesystem::path& file);

// What options leave open and what they must not say together. Errors: StartError.
void complete(Config& config);

// None: help or the version was asked for and has been printed. Errors: StartError.
std::optional<Config> read_command_line(int argc, const char* const* argv);

}  // namespace veranda::server
