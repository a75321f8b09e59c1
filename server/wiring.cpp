// Everything runs in one thread's loop; what is in the gate when the signal comes is shown out before it ends.
#include "server/wiring.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "server/net/safe_log.hpp"
#include "server/organisation_files.hpp"

namespace veranda::server {
namespace {

using namespace std::chrono_literals;
namespace log = net::safe_log;

UnixMillis now_ms() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return UnixMillis{static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(since).count())};
}

UnixSeconds now_seconds() { return UnixSeconds{now_ms().value / 1'000}; }

std::shared_ptr<net::Pages> load_pages(const Config& config) {
    if (!config.pages) return std::make_shared<net::Pages>();
    auto pages = std::make_shared<net::Pages>(*config.pages, config.neutral_page);
    // Words hold no fingerprint of the organisation: the page asks for it here, where it comes from itself.
    std::ifstream file(config.organisation, std::ios::binary);
    pages->add("/organisation.pub", {std::istreambuf_iterator<char>(file), {}});
    return pages;
}

constexpr std::uint64_t turns_a_second = 1s / net::limits::sweep_every;
static_assert(net::limits::sweep_every <= std::chrono::milliseconds(relay::limits::tick_ms));

}  // namespace

Server::Server(Config config)
    : config_(std::move(config)),
      shared_{gate_, turn_,   *this, nullptr, [this](bool local) { return health(local); }, {}, config_.frame_rates,
              {},    nullptr, false} {
    // From the first moment: whoever reads "listening on" may signal before run().
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) signals_.add(signal);
    auto organisation = load_organisation(config_.organisation, config_.staff_list, now_seconds());
    try {
        shared_.pages = load_pages(config_);
        listener_ =
            std::make_shared<net::Listener>(loop_.get_executor(), config_.listen, config_.connections_max, shared_);
        if (config_.tls) listener_->use_tls(net::load_tls(*config_.tls));
    } catch (const net::PagesError& problem) {
        throw StartError(problem.what());
    } catch (const net::TlsError& problem) {
        throw StartError(problem.what());
    } catch (const net::ListenError& problem) {
        throw StartError(problem.what());
    }
    know_origins();
    if (config_.newcomers_max > 0 && !config_.behind_proxy)
        shared_.newcomers =
            std::make_unique<net::NewcomerLimit>(config_.newcomers_max, net::limits::newcomers_window, random_);
    store_ = choose_store(config_.redis, config_.relay.lifetimes, loop_);
    store_->advance(now_ms());  // what is kept before the first second is over has a time to live from now on too
    relay_ = std::make_unique<relay::Relay>(config_.relay, std::move(organisation), store_->store(), random_);
    connect_store();
}

Server::~Server() = default;

void Server::know_origins() {
    if (const auto* tcp = std::get_if<net::TcpAddress>(&config_.listen); tcp != nullptr && net::is_loopback(*tcp)) {
        const std::string scheme = config_.tls ? "https://" : "http://";
        const std::string port = ":" + std::to_string(listener_->port());
        if (config_.origins.empty() || !config_.behind_proxy)
            for (const std::string_view host : {"127.0.0.1", "localhost", "[::1]"})
                config_.origins.push_back(std::string(scheme).append(host).append(port));
    }
    shared_.origins = config_.origins;
    const auto by_tls = [](const std::string& origin) { return origin.starts_with("https://"); };
    shared_.tls_only =
        config_.tls || (config_.behind_proxy && std::all_of(config_.origins.begin(), config_.origins.end(), by_tls));
    config_.relay.origins = config_.origins;
}

std::string Server::address() const {
    if (const auto* unix_path = std::get_if<net::UnixPath>(&config_.listen)) return "unix:" + unix_path->path.string();
    const auto* const tcp = std::get_if<net::TcpAddress>(&config_.listen);
    if (tcp == nullptr) return "the inherited socket";
    const bool v6 = tcp->host.find(':') != std::string::npos;
    return std::string(config_.tls ? "https://" : "http://") + (v6 ? "[" + tcp->host + "]" : tcp->host) + ":" +
           std::to_string(listener_->port());
}

net::ConnectionHandler::Id Server::opened(relay::Connection& connection) {
    return relay_->opened(connection, now_ms()).value;
}

void Server::received(Id id, ByteView message) { relay_->received(relay::ConnectionId{id}, message, now_ms()); }

void Server::closed(Id id) { relay_->closed(relay::ConnectionId{id}, now_ms()); }

void Server::run() {
    await_signal();
    keep_house();
    net::Listener::start(listener_);
    log::info("started");
    run_loop();
    log::info("stopped");
}

// An exception that reaches the loop is a bug; the handler it came from is over, and everyone else goes on.
void Server::run_loop() {
    for (;;) {
        try {
            loop_.run();
            return;
        } catch (const std::exception&) {
            log::warning("an exception reached the loop");
        }
    }
}

void Server::await_signal() {
    signals_.async_wait([this](const net::ErrorCode& error, int signal) {
        if (error) return;
        on_signal(signal);
        await_signal();
    });
}

void Server::on_signal(int signal) {
    if (signal == SIGHUP) return reload();
    if (drained_by_) return gate_.cut_all();  // asked twice
    log::info("stopping", {{"connections", log::Count{relay_->counts().connections}}});
    drained_by_ = net::Clock::now() + net::limits::drain_within;
    listener_.reset();
    gate_.show_out_all();
    house_timer_.cancel();  // keep_house() goes on, in shorter turns
}

// Deadlines of connections, the relay's and the store's clocks; and, when stopping, whether all are gone.
void Server::keep_house() {
    const auto now = net::Clock::now();
    gate_.sweep(now);
    relay_->tick(now_ms());
    if (++house_turns_ % turns_a_second == 0) store_->advance(now_ms());
    if (drained_by_) drain();
    if (loop_.stopped()) return;
    house_timer_.expires_after(drained_by_ ? 10ms : std::chrono::milliseconds(net::limits::sweep_every));
    house_timer_.async_wait([this](const net::ErrorCode&) { keep_house(); });
}

void Server::drain() {
    if (gate_.inside() == 0) return loop_.stop();
    if (net::Clock::now() < *drained_by_) return;
    gate_.cut_all();
    drained_by_ = net::Clock::now() + net::limits::drain_within;
}

void Server::reload() {
    try {
        if (config_.tls && listener_) listener_->use_tls(net::load_tls(*config_.tls));
        auto pages = load_pages(config_);
        pages->keep_from(*shared_.pages);
        shared_.pages = std::move(pages);
        relay_->organisation_changed(load_organisation(config_.organisation, config_.staff_list, now_seconds()),
                                     now_ms());
        log::info("certificate, pages and staff list were read again");
    } catch (const net::TlsError&) {
        log::warning("the new certificate is not good; nothing more was read, and what was before stays");
    } catch (const net::PagesError&) {
        log::warning("the new pages are not good; they stay as before, and so does the staff list");
    } catch (const StartError&) {
        log::warning("the new organisation file or staff list is not good; the one before stays");
    }
}

void Server::connect_store() {
    bool answered = false;
    std::optional<std::string> trouble;
    store_->connect([&](std::optional<std::string> why_not) {
        answered = true;
        trouble = std::move(why_not);
    });
    while (!answered) {
        loop_.restart();
        loop_.run_one();
    }
    loop_.restart();
    if (trouble) throw StartError("redis: " + *trouble);
}

net::Answer Server::health(bool peer_is_local) const {
    const bool reachable = store_->reachable();
    std::string json = reachable ? R"({"status":"ok")" : R"({"status":"the store is out of reach")";
    if (peer_is_local && config_.health_counts.value_or(false)) {
        const relay::Counts counts = relay_->counts();
        const auto add = [&json](std::string_view name, std::uint64_t value) {
            json.append(",\"").append(name).append("\":").append(std::to_string(value));
        };
        add("connections", counts.connections);
        add("rooms", counts.rooms);
        add("delivered", counts.delivered);
        add("refused", counts.refused);
        add("faults", counts.faults);
    }
    return net::json_answer(reachable ? 200 : 503, json + "}\n");
}

}  // namespace veranda::server
