// Which store the configuration asks for: memory, or Redis where the build has it.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "server/start_error.hpp"
#include "server/store/store.hpp"

namespace veranda::server {

class ChosenStore {
public:
    virtual ~ChosenStore() = default;
    virtual store::Store& store() = 0;
    // Caller must: once, after the store has its listener. `then` hears nothing, or one line that says why not.
    virtual void connect(std::function<void(std::optional<std::string> why_not)> then) = 0;
    virtual bool reachable() const = 0;
    virtual void advance(UnixMillis now) = 0;  // once a second
};

// Errors: StartError; the URL is wrong, or the build has no Redis.
std::unique_ptr<ChosenStore> choose_store(const std::optional<std::string>& redis, store::Lifetimes lifetimes,
                                          boost::asio::io_context& loop);

}  // namespace veranda::server
