// What the files of RedisStore share: its two connections, which memory they talk to, and small readers of replies.
#pragma once

#include "server/store/redis/commands.hpp"
#include "server/store/redis/keys.hpp"
#include "server/store/redis/redis_store.hpp"
#include "server/store/redis/subscriptions.hpp"

namespace veranda::store {

struct RedisStore::State {
    State(RedisStore& the_store, boost::asio::any_io_executor executor, RedisSettings the_settings);

    // One of the connections is up, and talks to this. false: the memory is another one.
    bool up(redis::Incarnation incarnation, bool is_commands);
    void failed(const std::string& why);
    void beat();
    void forget(bool renew_commands, bool renew_subscriber);
    void retell(RoomId room);
    void retell_talk(RoomId room, KnockId knock);
    void answer_connect();
    void log(std::string_view line) const;

    std::uint64_t log_ms() const { return static_cast<std::uint64_t>(settings.lifetimes.log.count()); }
    // Mail of an ended room must not outlive it, and its keys are not known when the room ends.
    std::uint64_t mail_ms() const {
        return static_cast<std::uint64_t>(std::min(settings.lifetimes.mail, settings.lifetimes.log).count());
    }

    // The same for what is said with a knock, which goes on for as long as the relay puts the knock again.
    std::uint64_t talk_ms() const {
        return static_cast<std::uint64_t>(std::min(settings.lifetimes.knock, settings.lifetimes.log).count());
    }

    std::uint64_t presence_ms() const { return static_cast<std::uint64_t>(settings.lifetimes.presence.count()); }

    RedisStore* const store;
    RedisSettings settings;
    Listener* listener = nullptr;
    std::optional<redis::Incarnation> known;
    std::function<void(std::optional<std::string>)> connecting;
    bool was_down = false;
    // In this order: what a connection calls must still be there when it is destroyed.
    std::unique_ptr<redis::Commands> commands;
    std::unique_ptr<redis::AsioConnection> subscriber;
    std::unique_ptr<redis::Subscriptions> subscriptions;
};

namespace redis {

// Readers for Commands::answering().
inline std::optional<Nothing> nothing_of(ReplyView) { return Nothing{}; }
inline std::optional<bool> flag_of(ReplyView reply) {
    const auto number = reply.number();
    return number ? std::optional(*number == 1) : std::nullopt;
}
template <class T>
std::optional<T> decoded(ByteView bytes) {
    auto value = tls::decode<T>(bytes);
    return value ? std::optional<T>(*std::move(value)) : std::nullopt;
}
std::optional<std::vector<LogEntry>> entries_of(ReplyView reply);

template <class T>
std::vector<T> by_arrival(std::vector<std::pair<std::uint64_t, T>> found) {
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<T> sorted;
    for (auto& item : found) sorted.push_back(std::move(item.second));
    return sorted;
}

}  // namespace redis
}  // namespace veranda::store
