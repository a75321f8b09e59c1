// A veranda-server on a free port, with an organisation and a few pages of its own, for one test.
#pragma once

#include "tests/support/organisation_files.hpp"
#include "tests/support/raw_websocket.hpp"
#include "tests/support/server_process.hpp"

namespace veranda::tests {

class RunningServer {
public:
    explicit RunningServer(std::vector<std::string> more = {}) {
        organisation_.write_to(folder_);
        folder_.write("pages/index.html", "<!doctype html><title>Veranda</title>");
        folder_.write("pages/assets/app-1a2b3c4d5e.js", "export const app = 1;");
        folder_.write("pages/assets/app-1a2b3c4d5e.js.gz", "packed");
        folder_.write("pages/core.wasm", std::string("\0asm", 4));
        std::vector<std::string> arguments{"--listen",       "127.0.0.1:0",
                                           "--organisation", (folder_ / "organisation.pub").string(),
                                           "--pages",        (folder_ / "pages").string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        process_.emplace(VERANDA_SERVER, arguments);
        const auto port = process_->wait_until_listening();
        if (!port) throw std::runtime_error("the server does not listen: " + process_->log());
        port_ = *port;
    }

    std::uint16_t port() const { return port_; }
    std::string origin() const { return "http://127.0.0.1:" + std::to_string(port_); }
    ServerProcess& process() { return *process_; }
    const TemporaryFolder& folder() const { return folder_; }
    const TestOrganisation& organisation() const { return organisation_; }

private:
    TemporaryFolder folder_;
    TestOrganisation organisation_;
    std::optional<ServerProcess> process_;
    std::uint16_t port_ = 0;
};

}  // namespace veranda::tests
