// What goes to Redis and what comes back, as values: hiredis formats the one and parses the other, and nothing else of
// it is used. Sockets are asio_connection's.
#pragma once

#include <hiredis/hiredis.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "protocol/bytes.hpp"

namespace veranda::store::redis {

// A reply, or a part of one, that somebody else owns. What is not there reads as nil, so a reply of a shape that we did
// not expect is found by the last look at it and not by a crash.
class ReplyView {
public:
    explicit ReplyView(const redisReply* reply) : reply_(reply) {}

    bool is_nil() const { return !reply_ || reply_->type == REDIS_REPLY_NIL; }
    bool is_error() const { return reply_ && reply_->type == REDIS_REPLY_ERROR; }
    bool is_array() const { return reply_ && reply_->type == REDIS_REPLY_ARRAY; }

    std::size_t size() const { return is_array() ? reply_->elements : 0; }
    ReplyView operator[](std::size_t i) const { return ReplyView(i < size() ? reply_->element[i] : nullptr); }

    std::string_view text() const {  // of a string, a status or an error
        const bool has_text =
            reply_ && (reply_->type == REDIS_REPLY_STRING || reply_->type == REDIS_REPLY_STATUS || is_error());
        return has_text ? std::string_view(reply_->str, reply_->len) : std::string_view();
    }
    ByteView bytes() const { return as_bytes(text()); }
    std::optional<std::uint64_t> number() const;  // of an integer, or of a string that is one

private:
    const redisReply* reply_;
};

struct FreeReply {
    void operator()(redisReply* reply) const { freeReplyObject(reply); }
};

class Reply {
public:
    explicit Reply(redisReply* reply) : reply_(reply) {}
    ReplyView view() const { return ReplyView(reply_.get()); }

private:
    std::unique_ptr<redisReply, FreeReply> reply_;
};

// A formatted command. Shared, because it may have to be sent a second time.
using Wire = std::shared_ptr<const std::string>;

class Command {
public:
    explicit Command(std::string_view name) { add(name); }

    Command& add(std::string_view word) { return words_.emplace_back(word), *this; }
    Command& add(ByteView word) { return add(as_text(word)); }
    Command& add_number(std::uint64_t value) { return words_.push_back(std::to_string(value)), *this; }
    Command& add_flag(bool value) { return add(value ? "1" : "0"); }
    Command& add_all(const std::vector<std::string>& words) {
        return words_.insert(words_.end(), words.begin(), words.end()), *this;
    }

    Wire wire() const;

private:
    std::vector<std::string> words_;
};

}  // namespace veranda::store::redis
