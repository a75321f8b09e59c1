// The options of veranda-server: one file, or what a trial needs.
#include <CLI/CLI.hpp>

#include "server/config.hpp"

namespace veranda::server {
namespace {

struct Options {
    std::string config;
    std::string listen;
    std::string organisation;
    std::string staff_list;
    std::string pages;
    std::string redis;
    std::vector<std::string> origins;
};

void declare(CLI::App& app, Options& options) {
    auto* const config = app.add_option("--config", options.config, "The configuration file (config/veranda.toml)");
    auto* const listen = app.add_option("--listen", options.listen, "HOST:PORT; port 0 takes any that is free");
    app.add_option("--organisation", options.organisation, "The organisation's public file, organisation.pub")
        ->needs(listen);
    app.add_option("--staff-list", options.staff_list, "Default: staff.list beside organisation.pub")->needs(listen);
    app.add_option("--pages", options.pages, "The folder of the web client")->needs(listen);
    app.add_option("--redis", options.redis, "redis://HOST:PORT/NUMBER or unix:/PATH; default: memory")->needs(listen);
    app.add_option("--origin", options.origins, "An origin that may connect, besides the server's own")->needs(listen);
    config->excludes(listen);
    app.set_version_flag("--version", "veranda-server 0.1.0");
}

Config for_trial(const Options& options) {
    Config config;
    config.listen = parse_listen(options.listen);
    config.organisation = options.organisation;
    config.staff_list = options.staff_list;
    config.origins = options.origins;
    if (!options.pages.empty()) config.pages = options.pages;
    if (!options.redis.empty()) config.redis = options.redis;
    complete(config);
    return config;
}

}  // namespace

std::optional<Config> read_command_line(int argc, const char* const* argv) {
    CLI::App app("Relays end-to-end encrypted messages that it cannot read.", "veranda-server");
    Options options;
    declare(app, options);
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& asked) {
        app.exit(asked);
        return std::nullopt;
    } catch (const CLI::ParseError& problem) {
        throw StartError(std::string(problem.what()) + " (--help lists the options)");
    }
    if (!options.config.empty()) return load_config(options.config);
    if (options.listen.empty()) throw StartError("--config FILE, or --listen HOST:PORT for a trial, is needed");
    return for_trial(options);
}

}  // namespace veranda::server
