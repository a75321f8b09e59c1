// ops/bench relay: what a delivery costs veranda-server, beside what it costs the bare relay under the same load.
//
// Each run has a relay process of its own, fills its rooms, and keeps them talking in a closed loop: whoever has heard
// her own message says the next. Counted are messages as they arrive at members, and the relay's time on a processor
// meanwhile. The two relays take turns, so that what else the machine does falls on both. At the end of a run nobody
// speaks any more, and every message has to have reached everyone.
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <optional>
#include <stdexcept>

#include "tests/bench/member.hpp"
#include "tests/support/server_process.hpp"
#include "tests/support/temporary_folder.hpp"

namespace veranda::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr double ratio_wanted = 0.6;
constexpr Seconds warm_up{0.3};
constexpr Seconds drained_within{10};

struct Scenario {
    const char* name;
    Shape shape;
};
constexpr Scenario scenarios[] = {
    {"200 rooms of 10, 1 in flight", {200, 10, 1}},
    {"200 rooms of 10, 8 in flight", {200, 10, 8}},
    {"4 rooms of 200, 8 in flight", {4, 200, 8}},
};

struct Options {
    std::string server;
    std::string bare;
    std::size_t repetitions = 5;
    std::optional<std::size_t> scenario;  // none: all of them
    Seconds measured{1.5};
    bool is_quick = false;
};

// ---- the load ----

class Load {
public:
    Load(Language& language, std::vector<Member> members)
        : language_(language), members_(std::move(members)), loop_(::epoll_create1(EPOLL_CLOEXEC)) {
        for (Member& member : members_) {
            ::fcntl(member.socket, F_SETFL, O_NONBLOCK);
            epoll_event event{EPOLLIN, {&member}};
            ::epoll_ctl(loop_, EPOLL_CTL_ADD, member.socket, &event);
        }
    }
    Load(const Load&) = delete;
    Load& operator=(const Load&) = delete;
    ~Load() {
        for (const Member& member : members_) ::close(member.socket);
        ::close(loop_);
    }

    void start() {
        for (Member& member : members_)
            if (member.speaks) speak(member);
    }
    void run_for(Seconds time) {
        const auto until = Clock::now() + time;
        while (Clock::now() < until) turn();
    }
    // Nobody speaks any more. Errors: std::runtime_error if somebody has not heard everything.
    void come_to_rest(std::size_t room_members) {
        for (Member& member : members_) member.speaks = false;
        const auto until = Clock::now() + drained_within;
        while (heard_ < said_ * room_members && Clock::now() < until) turn();
        if (heard_ != said_ * room_members) throw std::runtime_error("not everybody has heard everything");
    }
    std::uint64_t heard() const { return heard_; }

private:
    void turn() {
        std::array<epoll_event, 512> events;
        const int count = ::epoll_wait(loop_, events.data(), static_cast<int>(events.size()), 100);
        for (int i = 0; i < count; ++i) read(*static_cast<Member*>(events[static_cast<std::size_t>(i)].data.ptr));
    }

    void read(Member& member) {
        const ssize_t count = ::recv(member.socket, buffer_.data(), buffer_.size(), 0);
        if (count <= 0) throw std::runtime_error("a connection ended");
        ByteView bytes = ByteView(buffer_).first(static_cast<std::size_t>(count));
        if (!member.unread.empty()) {
            append(member.unread, bytes);
            bytes = member.unread;
        }
        const Heard heard = language_.hear(member, bytes);
        member.unread = to_bytes(bytes);
        heard_ += heard.messages;
        for (std::size_t i = 0; i < heard.own && member.speaks; ++i) speak(member);
    }

    void speak(Member& member) {
        ++said_;
        send_all(member.socket, language_.next_message(member));
    }

    Language& language_;
    std::vector<Member> members_;
    int loop_;
    std::uint64_t said_ = 0;
    std::uint64_t heard_ = 0;
    std::array<std::uint8_t, 64 * 1024> buffer_;
};

// ---- one run ----

struct Cost {  // of one delivery
    double processor_us = 0;
    double wall_us = 0;
};

// How long the process's only thread has been on a processor, from /proc/PID/schedstat.
double processor_us(pid_t process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/schedstat");
    double nanoseconds = 0;
    if (!(file >> nanoseconds)) throw std::runtime_error("/proc/PID/schedstat cannot be read");
    return nanoseconds / 1'000;
}

Cost measure(Language& language, tests::ServerProcess& relay, const Shape& shape, Seconds time) {
    const auto port = relay.wait_until_listening();
    if (!port) throw std::runtime_error("the relay does not listen: " + relay.log());
    Load load(language, language.bring_in(shape, *port));
    load.start();
    load.run_for(time < warm_up ? time : warm_up);
    const double processor_before = processor_us(relay.id());
    const std::uint64_t heard_before = load.heard();
    const auto before = Clock::now();
    load.run_for(time);
    const Seconds wall = Clock::now() - before;
    const double processor = processor_us(relay.id()) - processor_before;
    const auto heard = static_cast<double>(load.heard() - heard_before);
    load.come_to_rest(shape.members);
    return {processor / heard, wall.count() * 1e6 / heard};
}

Cost measure_bare(const Options& options, const Shape& shape) {
    tests::ServerProcess relay(options.bare, {});
    return measure(*bare_language(), relay, shape, options.measured);
}

// Only what limits one person's or one room's pace is raised; everything else is as it is delivered.
constexpr std::string_view configuration =
    "listen = \"127.0.0.1:0\"\n"
    "organisation = \"organisation.pub\"\n"
    "[limits]\n"
    "members = 200\n"
    "frames_per_second = 1000000\n"
    "bytes_per_second = 1073741824\n"
    "requests_per_second = 1000000\n"
    "requests_burst = 1000000\n"
    "room_messages_per_second = 1000000\n"
    "room_messages_burst = 1000000\n";

Cost measure_veranda(const Options& options, const Shape& shape) {
    const tests::TemporaryFolder folder;
    const auto language = veranda_language(folder.path().string());
    const auto file = folder.write("veranda.toml", configuration);
    tests::ServerProcess relay(options.server, {"--config", file.string()});
    return measure(*language, relay, shape, options.measured);
}

// ---- the figures ----

struct Spread {
    double median = 0;
    double least = 0;
    double most = 0;
};

Spread spread_of(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return {values[values.size() / 2], values.front(), values.back()};
}

template <class Of>
Spread spread_of(const std::vector<Cost>& costs, Of of) {
    std::vector<double> values;
    for (const Cost& cost : costs) values.push_back(of(cost));
    return spread_of(std::move(values));
}

void print_relay(const char* name, const std::vector<Cost>& costs) {
    const Spread processor = spread_of(costs, [](const Cost& cost) { return cost.processor_us; });
    const Spread wall = spread_of(costs, [](const Cost& cost) { return cost.wall_us; });
    std::printf("  %-8s %6.2f us of processor a delivery (%.2f to %.2f), %6.2f us of wall (%.2f to %.2f)\n", name,
                processor.median, processor.least, processor.most, wall.median, wall.least, wall.most);
}

// True: Veranda comes near enough to the bare relay.
bool run(const Options& options, const Scenario& scenario) {
    std::vector<Cost> bare;
    std::vector<Cost> veranda;
    std::vector<double> ratios;
    std::printf("%s\n", scenario.name);
    for (std::size_t i = 0; i < options.repetitions; ++i) {
        bare.push_back(measure_bare(options, scenario.shape));
        veranda.push_back(measure_veranda(options, scenario.shape));
        ratios.push_back(bare.back().processor_us / veranda.back().processor_us);
    }
    print_relay("bare", bare);
    print_relay("veranda", veranda);
    const Spread ratio = spread_of(ratios);
    std::printf("  ratio    %6.2f of the bare relay (%.2f to %.2f)\n", ratio.median, ratio.least, ratio.most);
    std::fflush(stdout);
    return ratio.median >= ratio_wanted;
}

Options read_options(int argc, char** argv) {
    Options options;
    std::vector<std::string> words(argv + 1, argv + argc);
    if (std::erase(words, "--quick") > 0) {
        options.is_quick = true;
        options.repetitions = 1;
        options.measured = Seconds{0.1};
    }
    const auto only = std::find(words.begin(), words.end(), "--scenario");
    if (words.end() - only >= 2) {
        options.scenario = std::stoul(only[1]) - 1;
        words.erase(only, only + 2);
    }
    if (words.size() != 2)
        throw std::runtime_error("relay_load [--quick] [--scenario 1|2|3] VERANDA-SERVER BARE-RELAY");
    options.server = words[0];
    options.bare = words[1];
    return options;
}

void raise_descriptor_limit() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

int bench(const Options& options) {
    raise_descriptor_limit();  // the relays inherit it
    bool is_near = true;
    for (std::size_t i = 0; i < std::size(scenarios); ++i)
        if (!options.scenario || *options.scenario == i) is_near &= run(options, scenarios[i]);
    if (options.is_quick) return 0;  // says that everything arrives, and nothing about speed
    std::printf("wanted: a ratio of %.1f in each; %s\n", ratio_wanted, is_near ? "reached" : "MISSED");
    return is_near ? 0 : 1;
}

}  // namespace
}  // namespace veranda::bench

int main(int argc, char** argv) {
    try {
        return veranda::bench::bench(veranda::bench::read_options(argc, argv));
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "relay_load: %s\n", problem.what());
        return 2;
    }
}
