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
    expected<Invites>("/invites", Post::host);
    EXPECT_EQ(expected<Revoke>("/revoke", Post::host).number, std::nullopt);
    EXPECT_EQ(expected<Revoke>("/revoke 3", Post::host).number, 3U);
    expected<NameMissing>("/revoke Iris", Post::host);
    EXPECT_EQ(expected<Admit>("/admit Blue Bird", Post::host).name, "Blue Bird");
    EXPECT_EQ(expected<Admit>("/admit *", Post::host).name, "*");
    EXPECT_EQ(expected<Admit>("/admit Blue Bird", Post::host).level, std::nullopt);
    EXPECT_EQ(expected<Admit>("/admit Blue Bird listens", Post::host).name, "Blue Bird");
    EXPECT_EQ(expected<Admit>("/admit Blue Bird listens", Post::host).level, Level::listens);
    EXPECT_EQ(expected<Admit>("/admit \"Blue Bird\" held", Post::host).name, "Blue Bird");
    EXPECT_EQ(expected<Admit>("/admit \"Blue Bird\" held", Post::host).level, Level::held);
    EXPECT_EQ(expected<Admit>("/admit held", Post::host).name, "held");
    EXPECT_EQ(expected<Admit>("/admit held speaks", Post::host).level, Level::speaks);
    EXPECT_EQ(expected<Refuse>("/refuse  Robin ", Post::host).name, "Robin");
    EXPECT_EQ(expected<Refuse>("/refuse  Robin ", Post::host).words, "");
    EXPECT_EQ(expected<Refuse>("/refuse Robin come on Tuesday", Post::host).words, "come on Tuesday");
    EXPECT_EQ(expected<Refuse>("/refuse Blue Bird", Post::host).whole, "Blue Bird");
    EXPECT_EQ(expected<Word>("/word Blue Bird", Post::host).name, "Blue Bird");
    EXPECT_EQ(expected<WrongWord>("/wrong Robin", Post::host).name, "Robin");
    EXPECT_EQ(expected<Seen>("/seen Robin", Post::host).name, "Robin");
    EXPECT_TRUE(expected<Lock>("/lock", Post::host).locked);
    EXPECT_FALSE(expected<Lock>("/lock", Post::host).clear);
    EXPECT_TRUE(expected<Lock>("/lock clear", Post::host).clear);
    EXPECT_FALSE(expected<Lock>("/unlock", Post::host).locked);
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
    EXPECT_TRUE(expected<Hand>("/hand", Post::member).up);
    EXPECT_FALSE(expected<Hand>("/hand down", Post::member).up);
    EXPECT_EQ(expected<Note>("/note a word, please", Post::member).text, "a word, please");
    expected<ReturnWords>("/words", Post::member);
    expected<WordsSeen>("/words-seen", Post::member);
    expected<UnknownCommand>("/words", Post::host);
    EXPECT_EQ(expected<NotSafe>("/notsafe", Post::member).text, "");
    EXPECT_EQ(expected<NotSafe>("/notsafe he is here", Post::member).text, "he is here");
    expected<Who>("/who", Post::member);
    expected<ShowTicket>("/ticket", Post::member);
    expected<Quit>("/leave", Post::member);
    expected<Quit>("/quit ", Post::member);
    expected<Nothing>("", Post::member);
    expected<Nothing>(" \t\r", Post::member);
}

TEST(LineCommands, ThatOrderAndPoint) {
    EXPECT_EQ(expected<SetLevel>("/mute Blue Bird 10", Post::host).name, "Blue Bird");
    EXPECT_EQ(expected<SetLevel>("/mute Blue Bird 10", Post::host).seconds, 600U);
    EXPECT_EQ(expected<SetLevel>("/mute Robin", Post::host).level, Level::listens);
    EXPECT_EQ(expected<SetLevel>("/mute Room 9999", Post::host).name, "Room 9999");
    EXPECT_EQ(expected<SetLevel>("/mute Room 9999", Post::host).seconds, 0U);
    EXPECT_EQ(expected<SetLevel>("/hold Robin", Post::host).level, Level::held);
    EXPECT_EQ(expected<Lift>("/lift Robin", Post::host).name, "Robin");
    EXPECT_EQ(expected<Slow>("/slow 30", Post::host).seconds, 30U);
    EXPECT_EQ(expected<Slow>("/slow off", Post::host).seconds, 0U);
    EXPECT_EQ(expected<PinText>("/pin Be kind", Post::host).text, "Be kind");
    EXPECT_EQ(expected<PinText>("/unpin", Post::host).text, "");
    EXPECT_EQ(expected<Release>("/release Robin", Post::host).name, "Robin");
    EXPECT_EQ(expected<Decline>("/decline Robin", Post::host).name, "Robin");
    EXPECT_EQ(expected<End>("/end See you", Post::host).last_words, "See you");
    expected<MakeAnew>("/make-anew", Post::host);
    EXPECT_EQ(expected<SayAtDesk>("/desk I am here", Post::member).text, "I am here");
    expected<NameMissing>("/desk", Post::member);
    expected<UnknownCommand>("/desk hello", Post::host);
    expected<UnknownCommand>("/make-anew", Post::member);
    expected<UnknownCommand>("/make-anew it", Post::host);
    for (const Post post : {Post::host, Post::member}) {
        EXPECT_EQ(expected<ReplyTo>("/reply 7 me too", post).text, "me too");
        EXPECT_EQ(expected<Warn>("/warn it was bad", post).text, "it was bad");
        EXPECT_EQ(expected<Open>("/open 7", post).seq, 7U);
        EXPECT_EQ(expected<React>("/react 7 hug", post).sign, ReactionSign::hug);
        EXPECT_TRUE(expected<HideMessage>("/hide 7", post).hidden);
        EXPECT_FALSE(expected<HideMessage>("/unhide 7", post).hidden);
        expected<Undo>("/undo", post);
        for (const std::string_view line : {"/reply", "/reply me too", "/reply 7", "/react 7", "/react 7 boo", "/hide",
                                            "/hide seven", "/hide 7 8", "/hide -1", "/warn", "/open", "/open 7 8"})
            expected<NameMissing>(line, post);
    }
    for (const std::string_view line : {"/mute", "/hold", "/lift", "/slow", "/slow fast", "/pin", "/release"})
        expected<NameMissing>(line, Post::host);
    for (const std::string_view line : {"/mute Robin", "/slow 30", "/pin me", "/release Robin"})
        expected<UnknownCommand>(line, Post::member);
}

TEST(LineCommands, AMistypedOneIsNeverSaid) {
    for (const std::string_view line :
         {"/", "/qiut", "/Quit", "/quit now", "/who is here", "/invite Robin", "/ hello"}) {
        expected<UnknownCommand>(line, Post::host);
        expected<UnknownCommand>(line, Post::member);
    }
    for (const std::string_view line : {"/hand up", "/lock everything", "/unlock it"}) {
        expected<UnknownCommand>(line, Post::host);
        expected<UnknownCommand>(line, Post::member);
    }
    for (const std::string_view line : {"/invite", "/admit Robin", "/remove Robin", "/end", "/seen Robin", "/lock"})
        expected<UnknownCommand>(line, Post::member);
    expected<UnknownCommand>("/leave", Post::host);  // for her it would be unclear whether the group goes on
}

TEST(LineCommands, AskForTheNameThatIsMissing) {
    expected<NameMissing>("/admit", Post::host);
    expected<NameMissing>("/remove  ", Post::host);
    for (const std::string_view line : {"/refuse", "/word", "/wrong", "/seen"}) expected<NameMissing>(line, Post::host);
    expected<NameMissing>("/note", Post::member);
    expected<NameMissing>("/talk", Post::host);
    expected<NameMissing>("/talk Robin", Post::host);
    expected<NameMissing>("/talk \"Blue Bird\"", Post::host);
}

}  // namespace
}  // namespace veranda::terminal
