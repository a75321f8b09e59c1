// Turns the loop of the Redis store.
#include "tests/contract/stage_redis.hpp"

namespace veranda::tests {

std::unique_ptr<Stage> redis_stage(Lifetimes lifetimes) { return std::make_unique<RedisStage>(lifetimes); }

RedisStage::RedisStage(Lifetimes lifetimes, std::vector<std::string> server_arguments)
    : server(RedisServer::Listens::on_tcp_too, std::move(server_arguments)), lifetimes_(lifetimes), loop_(1) {}

RedisSettings RedisStage::settings() const {
    RedisSettings settings;
    settings.address = *parse_redis_url(server.url());
    settings.lifetimes = lifetimes_;
    return settings;
}

std::unique_ptr<RedisStore> RedisStage::join_with(RedisSettings settings, Listener& listener) {
    if (!settings.log) settings.log = [this](std::string_view line) { lines.emplace_back(line); };
    auto store = std::make_unique<RedisStore>(loop_.get_executor(), std::move(settings));
    store->listen(listener);
    return store;
}

std::optional<std::string> RedisStage::why_not(RedisStore& store) {
    std::optional<std::optional<std::string>> answer;
    store.connect([&](std::optional<std::string> why) { answer = std::move(why); });
    EXPECT_TRUE(turn_until(*this, [&] { return answer.has_value(); }));
    return answer.value_or("no answer");
}

std::unique_ptr<Store> RedisStage::join(Listener& listener) {
    auto store = join_with(settings(), listener);
    EXPECT_EQ(why_not(*store), std::nullopt);
    return store;
}

UnixMillis RedisStage::now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {static_cast<std::uint64_t>(std::chrono::duration_cast<milliseconds>(since).count())};
}

void RedisStage::turn() {
    loop_.restart();
    loop_.run_one_for(5ms);
    loop_.poll();
}

}  // namespace veranda::tests
