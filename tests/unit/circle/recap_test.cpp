// What is told again to who comes back: the last of it, in parts that fit, and nothing that is hidden.
#include "client-lib/circle/joining/recap.hpp"

#include <gtest/gtest.h>

namespace veranda::circle {
namespace {

RecapItem item(std::uint64_t number, std::size_t bytes = 10) {
    InnerId id;
    id.bytes[0] = static_cast<std::uint8_t>(number);
    return {Sequence{number}, {MemberId{}, id}, "Iris", Role::member, std::string(bytes, 'x')};
}

std::vector<std::uint64_t> told(const RecentTexts& texts, std::uint64_t after = 0) {
    std::vector<std::uint64_t> numbers;
    for (const Recap& part : texts.since(Sequence{after}))
        for (const RecapItem& each : part.items) numbers.push_back(each.sequence.value);
    return numbers;
}

TEST(RecentTexts, AreThoseAfterWhatSheHad) {
    RecentTexts texts;
    for (std::uint64_t i = 1; i <= 4; ++i) texts.add(item(i));
    EXPECT_EQ(told(texts, 2), (std::vector<std::uint64_t>{3, 4}));
    EXPECT_TRUE(texts.since(Sequence{4}).empty());
}

TEST(RecentTexts, AreTheLastFifty) {
    RecentTexts texts;
    for (std::uint64_t i = 1; i <= limits::recap_texts_max + 1; ++i) texts.add(item(i));
    EXPECT_EQ(told(texts).size(), limits::recap_texts_max);
    EXPECT_EQ(told(texts).front(), 2U);
}

TEST(RecentTexts, AreNoMoreThanTheirBytesAndEachPartFitsATalk) {
    RecentTexts texts;
    constexpr std::size_t whole = limits::recap_bytes_max / limits::text_bytes_max;
    for (std::uint64_t i = 1; i <= whole + 1; ++i) texts.add(item(i, limits::text_bytes_max));
    EXPECT_EQ(told(texts).size(), whole);
    EXPECT_EQ(told(texts).front(), 2U);
    const auto parts = texts.since({});
    EXPECT_GT(parts.size(), 1U);
    for (const Recap& part : parts) {
        EXPECT_LE(tls::encode(part).size(), limits::recap_plain_bytes - 2'048);
        EXPECT_TRUE(open_recap(tls::encode(part)));
    }
}

TEST(RecentTexts, HaveNothingThatIsHidden) {
    RecentTexts texts;
    texts.add(item(1));
    texts.add(item(2));
    texts.hide(item(1).message);
    EXPECT_EQ(told(texts), std::vector<std::uint64_t>{2});
}

// Once a part that was full grew beyond a talk by what is pinned, and nothing was told at all.
TEST(RecentTexts, LeaveRoomForWhatIsPinnedAndTheGroupsName) {
    RecentTexts texts;
    const std::string pinned(limits::text_bytes_max, 'p');
    const GroupWelcome tuesday{"Tuesday", "Be kind.", "it"};
    const auto empty = texts.since({}, pinned, tuesday);
    ASSERT_EQ(empty.size(), 1U);
    EXPECT_EQ(empty[0].group, "Tuesday");
    EXPECT_EQ(empty[0].language, "it");
    texts.add(item(1));
    EXPECT_EQ(texts.since({}, pinned, tuesday).size(), 1U);
    for (std::uint64_t i = 2; i <= 4; ++i) texts.add(item(i, limits::text_bytes_max));
    const auto parts = texts.since({}, pinned, tuesday);
    EXPECT_EQ(parts[0].pinned, pinned);
    EXPECT_EQ(parts[0].group, "Tuesday");
    for (const Recap& part : parts) EXPECT_LE(tls::encode(part).size(), recap_part_bytes_max + 64);
}

TEST(ARecap, IsRefusedBeyondItsLimits) {
    const auto refused = [](const Recap& recap) {
        const auto opened = open_recap(tls::encode(recap));
        return !opened && opened.error().is(faults::recap_form);
    };
    EXPECT_FALSE(refused(Recap{{item(1, limits::text_bytes_max)}, {}, {}, {}, {}, {}}));
    EXPECT_TRUE(refused(Recap{{}, {}, std::string(limits::group_name_bytes_max + 1, 'x'), {}, {}, {}}));
    EXPECT_TRUE(refused(Recap{{}, {}, {}, std::string(limits::language_bytes_max + 1, 'x'), {}, {}}));
    EXPECT_TRUE(refused(Recap{{item(1, limits::text_bytes_max + 1)}, {}, {}, {}, {}, {}}));
    EXPECT_TRUE(refused(Recap{{item(1, 0)}, {}, {}, {}, {}, {}}));
    EXPECT_TRUE(refused(Recap{std::vector<RecapItem>(limits::recap_texts_max + 1, item(1)), {}, {}, {}, {}, {}}));
    EXPECT_TRUE(refused(Recap{{}, std::string(limits::text_bytes_max + 1, 'x'), {}, {}, {}, {}}));
    const auto junk = open_recap(as_bytes("junk"));
    EXPECT_TRUE(!junk && junk.error().is(faults::recap_form));
}

}  // namespace
}  // namespace veranda::circle
