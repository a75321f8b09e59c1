// TOML by toml++, one reader that remembers which options it was asked for, so that what is left over is unknown.
#include "server/config.hpp"

#include <toml++/toml.h>

#include <charconv>
#include <fstream>
#include <set>
#include <sstream>

#include "server/net/http_pages.hpp"

namespace veranda::server {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& file, const toml::source_region& where, const std::string& what) {
    throw StartError(file.string() + ":" + std::to_string(where.begin.line) + ": " + what);
}

class OptionTable {
public:
    OptionTable(const toml::table& table, const fs::path& file, std::string name)
        : table_(table), file_(file), name_(std::move(name)) {}

    void read(std::string_view option, std::string& into) { take(option, into, "a text"); }
    void read(std::string_view option, bool& into) { take(option, into, "true or false"); }
    void read(std::string_view option, std::optional<bool>& into) {
        bool value = false;
        if (take(option, value, "true or false")) into = value;
    }
    void read(std::string_view option, std::optional<std::string>& into) {
        std::string value;
        if (take(option, value, "a text")) into = std::move(value);
    }
    // A path is relative to the configuration file.
    void read(std::string_view option, fs::path& into) {
        std::string value;
        if (take(option, value, "a path")) into = file_.parent_path() / value;
    }
    void read(std::string_view option, std::vector<std::string>& into);
    template <class Integer>
    void read_number(std::string_view option, Integer& into, std::int64_t least, std::int64_t most);
    void read_time(std::string_view option, store::milliseconds& into, std::int64_t unit_ms);

    std::optional<OptionTable> table(std::string_view option);
    void finish() const;

private:
    const toml::node* find(std::string_view option);
    template <class T>
    bool take(std::string_view option, T& into, const std::string& kind);
    std::string full(std::string_view option) const {
        return name_.empty() ? std::string(option) : name_ + "." + std::string(option);
    }

    const toml::table& table_;
    const fs::path& file_;
    std::string name_;
    std::set<std::string, std::less<>> known_;
};

const toml::node* OptionTable::find(std::string_view option) {
    known_.emplace(option);
    return table_.get(option);
}

template <class T>
bool OptionTable::take(std::string_view option, T& into, const std::string& kind) {
    const toml::node* const node = find(option);
    if (node == nullptr) return false;
    const auto value = node->value_exact<T>();
    if (!value) refuse(file_, node->source(), full(option) + " has to be " + kind);
    into = *value;
    return true;
}

void OptionTable::read(std::string_view option, std::vector<std::string>& into) {
    const toml::node* const node = find(option);
    if (node == nullptr) return;
    const toml::array* const items = node->as_array();
    if (items == nullptr) refuse(file_, node->source(), full(option) + " has to be a list of texts");
    for (const toml::node& item : *items) {
        const auto text = item.value_exact<std::string>();
        if (!text) refuse(file_, item.source(), full(option) + " has to be a list of texts");
        into.push_back(*text);
    }
}

template <class Integer>
void OptionTable::read_number(std::string_view option, Integer& into, std::int64_t least, std::int64_t most) {
    std::int64_t value = 0;
    const std::string kind = "a number from " + std::to_string(least) + " to " + std::to_string(most);
    if (!take(option, value, kind)) return;
    if (value < least || value > most) refuse(file_, find(option)->source(), full(option) + " has to be " + kind);
    into = static_cast<Integer>(value);
}

void OptionTable::read_time(std::string_view option, store::milliseconds& into, std::int64_t unit_ms) {
    std::int64_t value = into.count() / unit_ms;
    read_number(option, value, 1, 24 * 60);
    into = store::milliseconds(value * unit_ms);
}

std::optional<OptionTable> OptionTable::table(std::string_view option) {
    const toml::node* const node = find(option);
    if (node == nullptr) return std::nullopt;
    if (node->as_table() == nullptr) refuse(file_, node->source(), full(option) + " has to be a table");
    return OptionTable(*node->as_table(), file_, full(option));
}

void OptionTable::finish() const {
    for (const auto& [key, node] : table_)
        if (!known_.contains(key.str())) refuse(file_, node.source(), "unknown option " + full(key.str()));
}

void read_limits(OptionTable limits, Config& config) {
    relay::Rates& rates = config.relay.rates;
    limits.read_number("connections", config.connections_max, 1, 1'000'000);
    limits.read_number("connections_per_prefix", config.newcomers_max, 0, 65'535);
    limits.read_number("members", config.relay.members_max, 2, veranda::limits::members_max);
    limits.read_number("proof_of_work_bits", config.relay.proof_of_work_bits, 0, 24);
    limits.read_number("frames_per_second", config.frame_rates.frames, 10, 1'000'000);
    limits.read_number("bytes_per_second", config.frame_rates.bytes, 1'048'576, 1'073'741'824);
    limits.read_number("requests_per_second", rates.requests.per_second, 1, 1'000'000);
    limits.read_number("requests_burst", rates.requests.burst, 1, 1'000'000);
    limits.read_number("room_messages_per_second", rates.room.per_second, 1, 1'000'000);
    limits.read_number("room_messages_burst", rates.room.burst, 1, 1'000'000);
    std::uint64_t claim_seconds = static_cast<std::uint64_t>(config.relay.claim.count()) / 1'000;
    limits.read_number("claim_seconds", claim_seconds, 1, 3'600);
    config.relay.claim = store::milliseconds(claim_seconds * 1'000);
    limits.finish();
}

void read_lifetimes(OptionTable lifetimes, store::Lifetimes& into) {
    lifetimes.read_time("log_minutes", into.log, 60'000);
    lifetimes.read_time("mail_minutes", into.mail, 60'000);
    lifetimes.read_time("knock_seconds", into.knock, 1'000);
    lifetimes.read_time("presence_seconds", into.presence, 1'000);
    lifetimes.finish();
}

void read_tls(OptionTable tls, Config& config) {
    config.tls.emplace();
    tls.read("certificate", config.tls->certificate);
    tls.read("key", config.tls->key);
    tls.finish();
    if (config.tls->certificate.empty() || config.tls->key.empty())
        throw StartError("tls: certificate and key are both needed");
}

// An origin as a browser writes it: scheme://host[:port], no path, no slash at the end.
bool is_origin(std::string_view text) {
    const bool known_scheme = text.starts_with("https://") || text.starts_with("http://");
    const std::string_view host = known_scheme ? text.substr(text.find("//") + 2) : std::string_view();
    return !host.empty() && host.find_first_of("/?#@ ") == std::string_view::npos &&
           text.size() <= veranda::limits::origin_bytes_max;
}

void check_neutral_page(const Config& config) {
    const std::string_view page = config.neutral_page;
    if (!net::is_neutral_page(page))
        throw StartError("neutral_page: expected the plain address of another site, https://HOST/PATH");
    for (const std::string& origin : config.origins)
        if (page == origin || page.starts_with(origin + "/") || page.starts_with(origin + "?"))
            throw StartError("neutral_page: this is Veranda's own address; it has to be another site");
}

}  // namespace

net::ListenAt parse_listen(std::string_view text) {
    if (text == "systemd") return net::Inherited{};
    if (text.starts_with("unix:/")) return net::UnixPath{text.substr(5)};
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0)
        throw StartError("listen: expected HOST:PORT, unix:/PATH or systemd");
    std::string_view host = text.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    const std::string_view digits = text.substr(colon + 1);
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (error != std::errc{} || end != digits.data() + digits.size() || digits.empty())
        throw StartError("listen: the port is not a number from 0 to 65535");
    return net::TcpAddress{std::string(host), port};
}

Config parse_config(std::string_view text, const fs::path& file) {
    toml::table parsed;
    try {
        parsed = toml::parse(text, file.string());
    } catch (const toml::parse_error& problem) {
        refuse(file, problem.source(), std::string(problem.description()));
    }
    Config config;
    OptionTable options(parsed, file, "");
    std::string listen = "127.0.0.1:8080";
    options.read("listen", listen);
    config.listen = parse_listen(listen);
    options.read("origins", config.origins);
    options.read("behind_proxy", config.behind_proxy);
    options.read("organisation", config.organisation);
    options.read("staff_list", config.staff_list);
    fs::path pages;
    options.read("pages", pages);
    if (!pages.empty()) config.pages = pages;
    options.read("neutral_page", config.neutral_page);
    options.read("redis", config.redis);
    options.read("health_counts", config.health_counts);
    if (const auto tls = options.table("tls")) read_tls(*tls, config);
    if (const auto limits = options.table("limits")) read_limits(*limits, config);
    if (const auto lifetimes = options.table("lifetimes")) read_lifetimes(*lifetimes, config.relay.lifetimes);
    options.finish();
    complete(config);
    return config;
}

Config load_config(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    if (in) text << in.rdbuf();
    if (!in) throw StartError("cannot read the configuration file " + file.string());
    return parse_config(text.str(), file);
}

void complete(Config& config) {
    if (config.organisation.empty()) throw StartError("organisation: the organisation's public file is needed");
    if (config.staff_list.empty()) config.staff_list = config.organisation.parent_path() / "staff.list";
    for (const std::string& origin : config.origins)
        if (!is_origin(origin)) throw StartError("origins: expected scheme://host[:port], got " + origin);

    if (!config.neutral_page.empty()) check_neutral_page(config);

    const auto* const tcp = std::get_if<net::TcpAddress>(&config.listen);
    const bool loopback = tcp != nullptr && net::is_loopback(*tcp);
    if (config.behind_proxy && tcp != nullptr && !loopback)
        throw StartError("behind_proxy: the proxy reaches the server by loopback or a unix socket only");
    if (!config.behind_proxy && !config.tls && !loopback)
        throw StartError("listen: without TLS only a loopback address, or behind_proxy = true");
    if (config.origins.empty() && !loopback)
        throw StartError("origins: say at which addresses the page is opened, such as https://veranda.example");
    if (!config.health_counts) config.health_counts = !config.behind_proxy;
}

}  // namespace veranda::server
