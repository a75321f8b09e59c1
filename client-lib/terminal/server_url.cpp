// Taking a URL apart, and refusing what is more than a host and a port.
#include "client-lib/terminal/server_url.hpp"

#include <algorithm>

namespace veranda::terminal {
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

bool is_port(std::string_view text) {
    if (text.empty() || text.size() > 5 || text.front() == '0') return false;
    unsigned value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return false;
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    return value <= 65'535;
}

bool is_host(std::string_view text) {
    if (text.empty() || text.size() > 253) return false;
    if (text.front() == '[')
        return text.size() > 3 && text.back() == ']' &&
               text.substr(1, text.size() - 2).find_first_not_of("0123456789abcdef:.") == std::string_view::npos;
    return text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-_") == std::string_view::npos;
}

std::string_view default_port(bool tls) { return tls ? "443" : "80"; }

}  // namespace

std::string ServerUrl::authority() const { return port == default_port(tls) ? host : host + ':' + port; }

std::string ServerUrl::origin() const { return (tls ? "https://" : "http://") + authority(); }

std::string ServerUrl::host_to_resolve() const { return host.front() == '[' ? host.substr(1, host.size() - 2) : host; }

std::optional<ServerUrl> server_url(std::string_view text) {
    const std::size_t mark = text.find("://");
    if (mark == std::string_view::npos) return std::nullopt;
    const std::string scheme = lower(text.substr(0, mark));
    const bool tls = scheme == "https" || scheme == "wss";
    if (!tls && scheme != "http" && scheme != "ws") return std::nullopt;

    std::string rest = lower(text.substr(mark + 3));
    if (rest.ends_with('/')) rest.pop_back();
    ServerUrl url{tls, rest, std::string(default_port(tls))};
    const std::size_t colon = rest.rfind(':');
    if (colon != std::string::npos && rest.find(']', colon) == std::string::npos) {
        url.host = rest.substr(0, colon);
        url.port = rest.substr(colon + 1);
    }
    if (!is_host(url.host) || !is_port(url.port)) return std::nullopt;
    return url;
}

}  // namespace veranda::terminal
