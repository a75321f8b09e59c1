// URLs of Redis: what is understood, and what the operator is told otherwise.
#include "server/store/redis/redis_settings.hpp"

#include <gtest/gtest.h>

namespace veranda::store {
namespace {

std::string error_of(std::string_view url) {
    const auto parsed = parse_redis_url(url);
    EXPECT_FALSE(parsed.has_value()) << url;
    return parsed.has_value() ? "" : parsed.error();
}

TEST(RedisUrl, OfAHost) {
    const auto plain = parse_redis_url("redis://cache.example");
    ASSERT_TRUE(plain.has_value());
    EXPECT_EQ(plain->host, "cache.example");
    EXPECT_EQ(plain->port, 6379);
    EXPECT_EQ(plain->database, 0U);
    EXPECT_TRUE(plain->password.empty());

    const auto full = parse_redis_url("redis://veranda:p%40ss%3Aword@[::1]:7000/12");
    ASSERT_TRUE(full.has_value());
    EXPECT_EQ(full->host, "::1");
    EXPECT_EQ(full->port, 7000);
    EXPECT_EQ(full->user, "veranda");
    EXPECT_EQ(full->password, "p@ss:word");
    EXPECT_EQ(full->database, 12U);

    const auto password_only = parse_redis_url("redis://:secret@127.0.0.1:6380/");
    ASSERT_TRUE(password_only.has_value());
    EXPECT_EQ(password_only->password, "secret");
    EXPECT_EQ(password_only->port, 6380);
}

TEST(RedisUrl, OfAUnixSocket) {
    const auto plain = parse_redis_url("unix:/run/redis/redis.sock");
    ASSERT_TRUE(plain.has_value());
    EXPECT_EQ(plain->unix_path, "/run/redis/redis.sock");
    const auto database = parse_redis_url("unix:/run/redis.sock?db=2");
    ASSERT_TRUE(database.has_value());
    EXPECT_EQ(database->unix_path, "/run/redis.sock");
    EXPECT_EQ(database->database, 2U);
}

TEST(RedisUrl, ANameNeverHoldsThePassword) {
    EXPECT_EQ(parse_redis_url("redis://:secret@host:1/2")->name(), "redis://host:1/2");
    EXPECT_EQ(parse_redis_url("unix:/a")->name(), "unix:/a");
}

TEST(RedisUrl, SaysWhatIsWrong) {
    EXPECT_EQ(error_of("http://host"), "a Redis URL begins with redis:// or unix:");
    EXPECT_EQ(error_of(""), "a Redis URL begins with redis:// or unix:");
    EXPECT_NE(error_of("rediss://host").find("not supported"), std::string::npos);
    EXPECT_EQ(error_of("redis://"), "a redis:// URL needs a host");
    EXPECT_EQ(error_of("redis://:6379"), "a redis:// URL needs a host");
    for (const char* port : {"redis://h:", "redis://h:0", "redis://h:65536", "redis://h:6a", "redis://[::1]x"})
        EXPECT_EQ(error_of(port), "a port is a number from 1 to 65535");
    EXPECT_EQ(error_of("redis://::1"), "an IPv6 address stands in brackets, as in redis://[::1]:6379");
    EXPECT_EQ(error_of("redis://[::1"), "the [ of an IPv6 address is not closed");
    EXPECT_EQ(error_of("redis://secret@h"), "before @ a redis:// URL takes :password or user:password");
    EXPECT_EQ(error_of("redis://:a%2@h"), "a % in user or password must be followed by two hexadecimal digits");
    EXPECT_EQ(error_of("redis://h/one"), "after the host, a redis:// URL takes /NUMBER, the database");
    EXPECT_EQ(error_of("unix:relative.sock"), "a unix: URL needs an absolute path, as in unix:/run/redis/redis.sock");
    EXPECT_EQ(error_of("unix:/a?x=1"), "after ? a unix: URL takes db=NUMBER and nothing else");
    EXPECT_EQ(error_of("unix:/" + std::string(200, 'a')), "the path of a unix socket has at most 107 bytes");
}

}  // namespace
}  // namespace veranda::store
