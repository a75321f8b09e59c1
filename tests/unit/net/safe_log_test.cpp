// The log takes what is safe, and nothing that could name a person compiles.
#include "server/net/safe_log.hpp"

#include <gtest/gtest.h>

#include <boost/asio/ip/address.hpp>
#include <cerrno>
#include <filesystem>

#include "protocol/identifiers.hpp"

namespace veranda::net::safe_log {
namespace {

static_assert(Loggable<Count>);
static_assert(Loggable<std::chrono::milliseconds>);
static_assert(Loggable<SystemError>);
static_assert(Loggable<relay::CloseCode>);
static_assert(Loggable<const Rule&>);

static_assert(!Loggable<std::string>);
static_assert(!Loggable<std::string_view>);
static_assert(!Loggable<const char*>);
static_assert(!Loggable<char*>);
static_assert(!Loggable<int>);
static_assert(!Loggable<std::uint64_t>);
static_assert(!Loggable<std::size_t>);
static_assert(!Loggable<double>);
static_assert(!Loggable<bool>);
static_assert(!Loggable<Bytes>);
static_assert(!Loggable<ByteView>);
static_assert(!Loggable<RoomId>);
static_assert(!Loggable<MemberId>);
static_assert(!Loggable<AccessKey>);
static_assert(!Loggable<SignatureKey>);
static_assert(!Loggable<Sequence>);
static_assert(!Loggable<std::filesystem::path>);
static_assert(!Loggable<boost::asio::ip::address>);

// Words are a literal; text that is made at run time is none.
static_assert(!std::constructible_from<Words, std::string>);
static_assert(!std::constructible_from<Words, std::string_view>);
static_assert(!std::constructible_from<Words, const char*>);

constexpr Rule a_rule{"a_rule", "1.2"};

TEST(SafeLog, WritesWordsAndSafeValuesOnOneLine) {
    EXPECT_EQ(line("stopping", {{"connections", Count{3}}, {"after", std::chrono::milliseconds(20)}}),
              "stopping connections=3 after=20ms");
    EXPECT_EQ(line("closed", {{"code", relay::CloseCode::policy_violation}, {"rule", a_rule}}),
              "closed code=1008 rule=\"a_rule\"");
}

TEST(SafeLog, WritesAnErrorOfTheSystemByItsDescription) {
    EXPECT_EQ(line("cannot accept", {{"error", SystemError{EMFILE}}}), "cannot accept error=\"Too many open files\"");
    EXPECT_EQ(line("odd", {{"error", SystemError{123456}}}), "odd error=\"unknown\"");
}

}  // namespace
}  // namespace veranda::net::safe_log
