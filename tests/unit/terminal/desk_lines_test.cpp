// What is typed at the support desk.
#include "client-lib/terminal/desk/desk_lines.hpp"

#include <gtest/gtest.h>

namespace veranda::terminal {
namespace {

template <class Line>
bool is(std::string_view typed, DeskPost post = DeskPost::counsellor) {
    return std::holds_alternative<Line>(desk_line(typed, post));
}

TEST(DeskLines, OfACounsellor) {
    EXPECT_EQ(std::get<Take>(desk_line(" /take  12 ", DeskPost::counsellor)).number, 12U);
    EXPECT_TRUE(is<ShowQueue>("/queue"));
    EXPECT_EQ(std::get<Answer>(desk_line("/answer come on Tuesday", DeskPost::counsellor)).text, "come on Tuesday");
    EXPECT_TRUE(is<PutBack>("/back"));
    EXPECT_EQ(std::get<HandOverTo>(desk_line("/hand-over Dora", DeskPost::counsellor)).name, "Dora");
    EXPECT_TRUE(is<End>("/end"));
    EXPECT_TRUE(is<OffDuty>("/off"));
    EXPECT_TRUE(is<Who>("/who"));
    EXPECT_TRUE(is<Quit>("/quit"));
    EXPECT_TRUE(is<Nothing>("  "));
    EXPECT_EQ(std::get<Say>(desk_line("//take it easy", DeskPost::counsellor)).text, "/take it easy");
}

TEST(DeskLines, OfWhoAsks) {
    EXPECT_TRUE(is<LeaveRequest>("/leave-request", DeskPost::asker));
    EXPECT_TRUE(std::get<Agree>(desk_line("/yes", DeskPost::asker)).agrees);
    EXPECT_FALSE(std::get<Agree>(desk_line("/no", DeskPost::asker)).agrees);
    EXPECT_TRUE(is<Quit>("/leave", DeskPost::asker));
    EXPECT_TRUE(is<Quit>("/quit", DeskPost::asker));
    EXPECT_EQ(std::get<Say>(desk_line("hello", DeskPost::asker)).text, "hello");
}

TEST(DeskLines, AMistakeIsNeverSaid) {
    for (const char* typed :
         {"/take", "/take x", "/take 1 2", "/take -1", "/take 99999999999999999999", "/answer", "/hand-over"})
        EXPECT_TRUE(is<NameMissing>(typed)) << typed;
    for (const char* typed : {"/taken 1", "/end it", "/off now", "/back 1", "/leave-request", "/yes"})
        EXPECT_TRUE(is<UnknownCommand>(typed)) << typed;
    for (const char* typed : {"/take 1", "/off", "/end", "/queue", "/answer x", "/hand-over Dora", "/yes please"})
        EXPECT_TRUE(is<UnknownCommand>(typed, DeskPost::asker)) << typed;
}

}  // namespace
}  // namespace veranda::terminal
