// The one place that names a concrete store.
#include "server/store_choice.hpp"

#include "server/net/safe_log.hpp"
#include "server/store/memory/memory_store.hpp"
#ifdef VERANDA_WITH_REDIS
#include "server/store/redis/redis_store.hpp"
#endif

namespace veranda::server {
namespace {

class InMemory final : public ChosenStore {
public:
    explicit InMemory(store::Lifetimes lifetimes) : store_(lifetimes) {}
    store::Store& store() override { return store_; }
    void connect(std::function<void(std::optional<std::string>)> then) override { then(std::nullopt); }
    bool reachable() const override { return true; }
    void advance(UnixMillis now) override { store_.advance(now); }

private:
    store::MemoryStore store_;
};

#ifdef VERANDA_WITH_REDIS

// The store's own lines are made at run time, so the log takes them by their kind only.
void log_of_redis(std::string_view line) {
    if (line.starts_with("Redis is back")) return net::safe_log::info("Redis is back");
    if (line.starts_with("Redis is out of reach")) return net::safe_log::warning("Redis is out of reach");
    if (line.starts_with("Redis has lost"))
        return net::safe_log::warning("Redis has lost its memory: the rooms are gone");
    net::safe_log::warning("Redis refused a command");
}

store::RedisSettings settings_for(const std::string& url, store::Lifetimes lifetimes) {
    auto address = store::parse_redis_url(url);
    if (!address) throw StartError("redis: " + address.error());
    store::RedisSettings settings;
    settings.address = *std::move(address);
    settings.lifetimes = lifetimes;
    settings.log = log_of_redis;
    return settings;
}

class InRedis final : public ChosenStore {
public:
    InRedis(boost::asio::io_context& loop, store::RedisSettings settings)
        : store_(loop.get_executor(), std::move(settings)) {}
    store::Store& store() override { return store_; }
    void connect(std::function<void(std::optional<std::string>)> then) override { store_.connect(std::move(then)); }
    bool reachable() const override { return store_.reachable(); }
    void advance(UnixMillis) override {}  // Redis has a clock of its own

private:
    store::RedisStore store_;
};

#endif

}  // namespace

std::unique_ptr<ChosenStore> choose_store(const std::optional<std::string>& redis, store::Lifetimes lifetimes,
                                          [[maybe_unused]] boost::asio::io_context& loop) {
    if (!redis) return std::make_unique<InMemory>(lifetimes);
#ifdef VERANDA_WITH_REDIS
    return std::make_unique<InRedis>(loop, settings_for(*redis, lifetimes));
#else
    throw StartError("redis: this build has no Redis store");
#endif
}

}  // namespace veranda::server
