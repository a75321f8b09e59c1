// What a typed line means; above all, what is never said to the group by mistake.
#include "client-lib/terminal/line_commands.hpp"

#include <gtest/gtest.h>

namespace veranda::terminal {
namespace {

template <class Command>
Command expected(std::string_view line, Post post) {
    const LineCommand command = line_command(line, post);
    const auto* found = std::get_if<Command>(&command);
    EXPECT_NE(found, nullptr) << line;
    return found == nullptr ? Command{} : *found;
}

TEST(LineCommands, SayWhatIsNotACommand) {
    EXPECT_EQ(expected<Say>("Hello, how are you?", Post::member).text, "Hello, how are you?");
    EXPECT_EQ(expected<Say>("  and/or \r", Post::host).text, "and/or");
    EXPECT_EQ(expected<Say>("quit", Post::host).text, "quit");
}

TEST(LineCommands, SayTheRestOfADoubleStroke) {
    EXPECT_EQ(expected<Say>("//quit", Post::member).text, "/quit");
    EXPECT_EQ(expected<Say>("///", Post::member).text, "//");
    EXPECT_EQ(expected<Say>("//", Post::host).text, "/");
}

TEST(LineCommands, OfAFacilitator) {
    EXPECT_FALSE(expected<Invite>("/invite", Post::host).for_staff);
    EXPECT_TRUE(expected<Invite>("/invite-staff", Post::host).for_staff);
    expected<Revoke>("/revoke", Post::host);
    EXPECT_EQ(expected<Admit>("/admit Blue Bird", Post::host).name, "Blue Bird");
    EXPECT_EQ(expected<Admit>("/admit *", Post::host).name, "*");
    EXPECT_EQ(expected<Refuse>("/refuse  Robin ", Post::host).name, "Robin");
    EXPECT_EQ(expected<Remove>("/remove\tRobin", Post::host).name, "Robin");
    EXPECT_EQ(expected<Talk>("/talk Robin one moment, please", Post::host).name, "Robin");
    EXPECT_EQ(expected<Talk>("/talk Robin one moment, please", Post::host).text, "one moment, please");
    EXPECT_EQ(expected<Talk>("/talk \"Blue Bird\"  hello", Post::host).name, "Blue Bird");
    EXPECT_EQ(expected<Talk>("/talk \"Blue Bird\"  hello", Post::host).text, "hello");
    expected<Who>("/who", Post::host);
    expected<ShowTicket>("/ticket", Post::host);
    expected<End>("/end", Post::host);
    expected<Quit>("/quit", Post::host);
}

TEST(LineCommands, OfAMember) {
    expected<Who>("/who", Post::member);
    expected<ShowTicket>("/ticket", Post::member);
    expected<Quit>("/leave", Post::member);
    expected<Quit>("/quit ", Post::member);
    expected<Nothing>("", Post::member);
    expected<Nothing>(" \t\r", Post::member);
}

TEST(LineCommands, AMistypedOneIsNeverSaid) {
    for (const std::string_view line :
         {"/", "/qiut", "/Quit", "/quit now", "/who is here", "/invite Robin", "/ hello"}) {
        expected<UnknownCommand>(line, Post::host);
        expected<UnknownCommand>(line, Post::member);
    }
    for (const std::string_view line : {"/invite", "/admit Robin", "/remove Robin", "/end"})
        expected<UnknownCommand>(line, Post::member);
    expected<UnknownCommand>("/leave", Post::host);  // for her it would be unclear whether the group goes on
}

TEST(LineCommands, AskForTheNameThatIsMissing) {
    expected<NameMissing>("/admit", Post::host);
    expected<NameMissing>("/remove  ", Post::host);
    expected<NameMissing>("/talk", Post::host);
    expected<NameMissing>("/talk Robin", Post::host);
    expected<NameMissing>("/talk \"Blue Bird\"", Post::host);
}

}  // namespace
}  // namespace veranda::terminal
