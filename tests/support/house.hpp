// Everything that an organisation has, made and started as its people do it: keys and certificates by `veranda staff`
// and `veranda org`, servers, a Redis if asked for, and terminals. All of it is gone with the House.
#pragma once

#include <gtest/gtest.h>

#include <list>

#include "tests/support/redis_server.hpp"
#include "tests/support/server_process.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/terminal_process.hpp"

namespace veranda::tests {

// Files only. Made once for all tests of a process: each key costs a slow hash of its passphrase.
class StaffFiles {
public:
    static const StaffFiles& of_this_process() {
        static const StaffFiles files;
        return files;
    }

    std::string organisation() const { return (folder_ / "house/organisation.pub").string(); }
    std::string staff(std::string_view name) const { return (folder_ / (std::string(name) + ".staff")).string(); }
    std::string passphrase() const { return (folder_ / "passphrase").string(); }
    std::string rules() const { return (folder_ / "rules.txt").string(); }
    // One more member of staff. Caller must: before a server is started, which reads the list then.
    void certify(const std::string& name, const std::string& role) const {
        const std::string request = (folder_ / (name + ".request")).string();
        run({"staff", "new", "--name", name, "--out", request});
        run({"org", "certify", (folder_ / "house").string(), request, "--role", role, "--out", staff(name)});
    }
    std::string write(std::string_view name, std::string_view text) const { return folder_.write(name, text).string(); }

private:
    StaffFiles() {
        folder_.write("passphrase", "a passphrase for tests\n");
        folder_.write("rules.txt", "Be kind.\n");
        run({"org", "init", (folder_ / "house").string(), "--name", "Harbour"});
        for (const char* name : {"Amara", "Blessing"}) certify(name, "facilitator");
    }
    void run(std::vector<std::string> arguments) const {
        arguments.insert(arguments.end(), {"--passphrase-file", passphrase()});
        TerminalProcess command(VERANDA_TERMINAL, arguments);
        if (command.wait_for_exit() != 0) throw std::runtime_error(arguments[1] + ": " + command.transcript());
    }

    TemporaryFolder folder_;
};

enum class Kept { in_the_server, in_redis };

// Where a test that holds for every store runs: one server with rooms of its own, or two over one Redis.
struct Place {
    const char* name;
    Kept kept;
    std::size_t servers;
};
inline const Place every_place[] = {{"AServersOwnMemory", Kept::in_the_server, 1},
                                    {"TwoServersAndRedis", Kept::in_redis, 2}};
inline std::string name_of_place(const testing::TestParamInfo<Place>& place) { return place.param.name; }
inline void PrintTo(const Place& place, std::ostream* out) { *out << place.name; }

class House {
public:
    // `kept`: where rooms are. With Redis, `servers` processes share them.
    explicit House(Kept kept = Kept::in_the_server, std::size_t servers = 1) {
        if (kept == Kept::in_redis) redis_.emplace();
        for (std::size_t i = 0; i < servers; ++i) start_server();
    }

    const StaffFiles& files = StaffFiles::of_this_process();

    // `toml`: more lines for its configuration file. They come last, so tables too.
    ServerProcess& start_server(std::string_view toml = {}) {
        std::string config = "listen = \"127.0.0.1:0\"\norganisation = \"" + files.organisation() + "\"\n";
        if (redis_) config += "redis = \"" + redis_->url() + "\"\n";
        config += toml;
        const std::string name = "server-" + std::to_string(servers_.size()) + ".toml";
        servers_.emplace_back(VERANDA_SERVER,
                              std::vector<std::string>{"--config", folder_.write(name, config).string()});
        const auto port = servers_.back().wait_until_listening();
        if (!port) throw std::runtime_error("the server does not listen: " + servers_.back().log());
        ports_.push_back(*port);
        return servers_.back();
    }
    std::uint16_t port(std::size_t server = 0) const { return ports_.at(server); }
    std::string url(std::size_t server = 0) const { return url_of_port(port(server)); }
    static std::string url_of_port(std::uint16_t port) { return "http://127.0.0.1:" + std::to_string(port); }
    std::size_t servers() const { return ports_.size(); }
    std::list<ServerProcess>& processes() { return servers_; }
    RedisServer& redis() { return *redis_; }

    TerminalProcess& terminal(std::vector<std::string> arguments) {
        return terminals_.emplace_back(VERANDA_TERMINAL, std::move(arguments));
    }
    // Amara, with a group open.
    TerminalProcess& host(const std::string& url, const std::string& group = "Evening group") {
        TerminalProcess& amara =
            terminal({"host", "--json", "--server", url, "--group", group, "--rules", files.rules(), "--staff",
                      files.staff("Amara"), "--passphrase-file", files.passphrase()});
        if (!amara.wait_for_state("in_group")) throw std::runtime_error("no group:\n" + amara.transcript());
        return amara;
    }
    TerminalProcess& host_by_link(const std::string& link, std::string_view name = "Blessing") {
        return terminal(
            {"host", "--json", "--join", link, "--staff", files.staff(name), "--passphrase-file", files.passphrase()});
    }
    TerminalProcess& join_by_link(const std::string& link, const std::string& name) {
        return terminal({"join", "--json", link, "--name", name});
    }
    TerminalProcess& join_by_ticket(const std::string& ticket) {
        return terminal({"join", "--json", "--ticket", ticket});
    }
    TerminalProcess& host_by_ticket(const std::string& ticket, std::string_view name) {
        return terminal({"host", "--json", "--ticket", ticket, "--staff", files.staff(name), "--passphrase-file",
                         files.passphrase()});
    }
    TerminalProcess& join_by_words(const std::string& words, const std::string& name, const std::string& url) {
        return terminal(
            {"join", "--json", words, "--name", name, "--server", url, "--organisation", files.organisation()});
    }

    // The same link, for another address of the same organisation.
    static std::string at(const std::string& url, const std::string& link) {
        return url + link.substr(link.find("/join"));
    }

    // A new invite of this facilitator's.
    TerminalEvent invite(TerminalProcess& facilitator, bool for_staff = false) {
        facilitator.type(for_staff ? "/invite-staff" : "/invite");
        const auto event = facilitator.wait_for("invite");
        if (!event) throw std::runtime_error("no invite:\n" + facilitator.transcript());
        return *event;
    }
    // Lets in who knocks under this name, and waits until she is in.
    static void let_in(TerminalProcess& facilitator, TerminalProcess& joiner, const std::string& name) {
        ASSERT_TRUE(facilitator.wait_for(
            "knock", [&](const TerminalEvent& e) { return e.text("name") == name && e.truth("waiting"); }))
            << facilitator.transcript() << joiner.transcript();
        facilitator.type("/admit " + name);
        ASSERT_TRUE(joiner.wait_for_state("in_group")) << joiner.transcript() << facilitator.transcript();
    }

    // Types this, and waits until all of them see a group without her: until then nobody may write. Caller must: they
    // have all heard her.
    static void type_and_miss(TerminalProcess& who, const std::string& line, const std::string& name,
                              const std::vector<TerminalProcess*>& others) {
        for (TerminalProcess* each : others) each->forget_events();
        who.type(line);
        for (TerminalProcess* each : others)
            ASSERT_TRUE(each->wait_for("roster", [&](const TerminalEvent& e) {
                return e.line.find('"' + name + '"') == std::string::npos;
            })) << each->transcript();
    }

private:
    TemporaryFolder folder_;
    std::optional<RedisServer> redis_;
    std::list<ServerProcess> servers_;
    std::vector<std::uint16_t> ports_;
    std::list<TerminalProcess> terminals_;
};

}  // namespace veranda::tests
