// Takes a Redis URL apart.
#include "server/store/redis/redis_settings.hpp"

#include <charconv>

namespace veranda::store {
namespace {

using Refused = tl::unexpected<std::string>;

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::optional<std::string> percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out.push_back(text[i]);
            continue;
        }
        if (i + 2 >= text.size() || hex_digit(text[i + 1]) < 0 || hex_digit(text[i + 2]) < 0) return std::nullopt;
        out.push_back(static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2])));
        i += 2;
    }
    return out;
}

// A number that uses all of `text`, at most `most`.
std::optional<unsigned> whole_number(std::string_view text, unsigned most) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value > most) return std::nullopt;
    return value;
}

constexpr unsigned database_max = 1'000'000;

tl::expected<RedisAddress, std::string> parse_unix(std::string_view rest) {
    RedisAddress address;
    const auto question = rest.find('?');
    address.unix_path = rest.substr(0, question);
    if (address.unix_path.empty() || address.unix_path.front() != '/')
        return Refused("a unix: URL needs an absolute path, as in unix:/run/redis/redis.sock");
    if (address.unix_path.size() > 107) return Refused("the path of a unix socket has at most 107 bytes");
    if (question == std::string_view::npos) return address;
    const auto query = rest.substr(question + 1);
    const auto database =
        query.substr(0, 3) == "db=" ? whole_number(query.substr(3), database_max) : std::optional<unsigned>();
    if (!database) return Refused("after ? a unix: URL takes db=NUMBER and nothing else");
    address.database = *database;
    return address;
}

tl::expected<void, std::string> read_credentials(std::string_view text, RedisAddress& address) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return Refused("before @ a redis:// URL takes :password or user:password");
    auto user = percent_decoded(text.substr(0, colon));
    auto password = percent_decoded(text.substr(colon + 1));
    if (!user || !password) return Refused("a % in user or password must be followed by two hexadecimal digits");
    address.user = std::move(*user);
    address.password = std::move(*password);
    return {};
}

tl::expected<void, std::string> read_host_and_port(std::string_view text, RedisAddress& address) {
    const bool bracketed = !text.empty() && text.front() == '[';  // [::1]:6379
    const auto host_end = bracketed ? text.find(']') : text.rfind(':');
    if (bracketed && host_end == std::string_view::npos) return Refused("the [ of an IPv6 address is not closed");
    address.host = bracketed ? text.substr(1, host_end - 1) : text.substr(0, host_end);
    if (address.host.empty()) return Refused("a redis:// URL needs a host");
    if (!bracketed && address.host.find(':') != std::string::npos)
        return Refused("an IPv6 address stands in brackets, as in redis://[::1]:6379");
    const auto rest = bracketed ? text.substr(host_end + 1) : text.substr(std::min(host_end, text.size()));
    if (rest.empty()) return {};
    const auto port = rest.front() == ':' ? whole_number(rest.substr(1), 65'535) : std::optional<unsigned>();
    if (!port || *port == 0) return Refused("a port is a number from 1 to 65535");
    address.port = static_cast<std::uint16_t>(*port);
    return {};
}

tl::expected<RedisAddress, std::string> parse_tcp(std::string_view rest) {
    RedisAddress address;
    if (const auto at = rest.rfind('@'); at != std::string_view::npos) {
        if (auto read = read_credentials(rest.substr(0, at), address); !read) return Refused(read.error());
        rest.remove_prefix(at + 1);
    }
    const auto slash = rest.find('/');
    if (auto read = read_host_and_port(rest.substr(0, slash), address); !read) return Refused(read.error());
    if (slash == std::string_view::npos || slash + 1 == rest.size()) return address;
    const auto database = whole_number(rest.substr(slash + 1), database_max);
    if (!database) return Refused("after the host, a redis:// URL takes /NUMBER, the database");
    address.database = *database;
    return address;
}

}  // namespace

std::string RedisAddress::name() const {
    const std::string where = unix_path.empty() ? "redis://" + host + ":" + std::to_string(port) : "unix:" + unix_path;
    return database == 0 ? where : where + (unix_path.empty() ? "/" : "?db=") + std::to_string(database);
}

tl::expected<RedisAddress, std::string> parse_redis_url(std::string_view url) {
    constexpr std::string_view tcp = "redis://", path = "unix:";
    if (url.substr(0, tcp.size()) == tcp) return parse_tcp(url.substr(tcp.size()));
    if (url.substr(0, path.size()) == path) return parse_unix(url.substr(path.size()));
    if (url.substr(0, 9) == "rediss://")
        return Refused("rediss:// (TLS to Redis) is not supported yet: use a unix socket or a tunnel");
    return Refused("a Redis URL begins with redis:// or unix:");
}

}  // namespace veranda::store
