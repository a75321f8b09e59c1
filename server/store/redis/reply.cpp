// The two calls into hiredis's formatter, and reading numbers.
#include "server/store/redis/reply.hpp"

#include <charconv>

#include "protocol/result.hpp"

namespace veranda::store::redis {

std::optional<std::uint64_t> ReplyView::number() const {
    if (!reply_) return std::nullopt;
    if (reply_->type == REDIS_REPLY_INTEGER) {
        if (reply_->integer < 0) return std::nullopt;
        return static_cast<std::uint64_t>(reply_->integer);
    }
    const std::string_view digits = text();
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

Wire Command::wire() const {
    std::vector<const char*> starts;
    std::vector<std::size_t> lengths;
    for (const std::string& word : words_) {
        starts.push_back(word.data());
        lengths.push_back(word.size());
    }
    char* formatted = nullptr;
    const int length =
        redisFormatCommandArgv(&formatted, static_cast<int>(words_.size()), starts.data(), lengths.data());
    VERANDA_ASSERT(length > 0);  // fails only without memory
    auto wire = std::make_shared<const std::string>(formatted, static_cast<std::size_t>(length));
    redisFreeCommand(formatted);
    return wire;
}

}  // namespace veranda::store::redis
